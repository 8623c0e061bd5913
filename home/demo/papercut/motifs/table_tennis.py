"""Table tennis: three compositions."""

from __future__ import annotations

import math

from home.demo.papercut.furniture import heads, pot
from home.demo.papercut.land import sun
from home.demo.papercut.paper import Cut, arc, box, mix, put, smooth
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import corner, flower
from home.demo.papercut.rooms import floor, garden_wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import lantern


def paddle(s: Sheet, x: float, y: float, k: float, turn: float, tone: float = 4) -> None:
    """A table-tennis bat; (x, y) is where the hand holds it."""
    s.lay(Cut().tube(*put([(0, 2, 1), (0, -4.5, 0.9)], x, y, k, turn)), s.accent, 0.25 * k)
    blade = [
        (-1.1, -2.6),
        (-3.4, -5),
        (-4.9, -8.4),
        (-4.3, -12),
        (-1.8, -14),
        (1.8, -14),
        (4.3, -12),
        (4.9, -8.4),
        (3.4, -5),
        (1.1, -2.6),
    ]
    s.lay(Cut(put(smooth(blade, steps=6), x, y, k, turn)), mix(s.glow, s.tone(1), 0.5), 0.4 * k)
    face = arc(0, -9.3, 4.5, 4.5, 130, 410)
    s.lay(Cut(put(face, x, y, k, turn)), tone, 0.2 * k)


def pingpong(s: Sheet, x: float, y: float, w: float, tone: float = 3.4) -> None:
    """A table-tennis table from the side, its top at y."""
    for m in (-1, 1):
        s.lay(
            Cut()
            .tube((x + m * w * 0.3, y, 0.9), (x + m * w * 0.34, y + 19, 0.9))
            .tube((x + m * w * 0.3, y + 6, 0.5), (x + m * w * 0.14, y, 0.5)),
            5,
            0.8,
        )
    s.lay(
        Cut(
            [
                (x - w * 0.46, y - 3),
                (x + w * 0.46, y - 3),
                (x + w * 0.5, y + 1.6),
                (x - w * 0.5, y + 1.6),
            ]
        ).tube((x - w * 0.48, y - 0.9, 0.2), (x + w * 0.48, y - 0.9, 0.2), hole=True),
        tone,
        1.2,
    )
    net = Cut(box(x - 0.9, y - 8, x + 0.9, y - 1))
    s.lay(net, -0.6, 0.7)


def table_tennis(s: Sheet, v: int) -> None:
    """乒乓球."""
    h, looks = s.h, staff(s, "sport")
    if v == 1:
        sun(s, s.w * 0.12, h * 0.46, 30, 1)
        for k, tone in ((0, 1.4), (1, 2.2), (2, 3)):
            pts = [
                (
                    s.left - 6 + (s.w + 12) * i / 10,
                    h * (0.92 - 0.05 * k) - (26 - 7 * k) * math.sin(i * 0.42 + 0.4 * k),
                )
                for i in range(11)
            ]
            s.lay(Cut([*smooth(pts, False), (s.right + 9, h + 9), (s.left - 9, h + 9)]), tone, 2)
        for i in range(7):
            a = i / 6
            s.lay(
                Cut(
                    arc(
                        s.w * (0.36 - 0.5 * a),
                        h * (0.2 + 0.52 * a - 0.5 * a * (1 - a)),
                        1.2 + a * 0.5,
                        1.2 + a * 0.5,
                        n=18,
                    )
                ),
                (0.6, 1.4, 2)[i % 3],
                0.4,
            )
        paddle(s, -s.w * 0.18 - 12, h * 0.98, 5.2, 24, 4)
        s.lay(
            Cut(arc(s.w * 0.2, h * 0.24, 7, 7, n=44)).tube(
                *[
                    (s.w * 0.2 + 5 * math.cos(a), h * 0.24 + 5 * math.sin(a), 0.18)
                    for a in (0.2, 0.6, 1, 1.4)
                ],
                hole=True,
            ),
            -0.8,
            2,
        )
        spots = person(s, s.w * 0.25, h * 0.93, 46, "swing", looks[0], True, lift=0.8)
        paddle(s, *spots["near"], 0.62, -30, 4)
        flower(s, s.w * 0.44, h * 0.96, 9, 1.4, 8, 2)
        corner(s, 5, False, 24)
        return
    garden_wall(s, 1.1, 0, h * 0.33, 23, 0 if v else 2, True)
    for m in (-1, 1):
        if s.w > 130:
            lantern(s, m * s.w * 0.33, h * 0.16, 5, 3.6)
    floor(s, h * 0.68, 2.2)
    y = h * 0.72
    if v == 0:
        pingpong(s, 0, y, 58, 4)
        for m in (False, True):
            spots = person(
                s, (1 if m else -1) * 42, h * 0.9, 44, "swing" if m else "lunge", looks[m], m
            )
            paddle(s, *spots["near"], 0.66, -20 if m else 30, 5 if m else 3)
        for i in range(8):
            a = i / 7
            s.lay(
                Cut(
                    arc(
                        -24 + 44 * a,
                        y - 14 - 12 * math.sin(math.pi * a * 0.9),
                        0.5 if i < 7 else 1.5,
                        0.5 if i < 7 else 1.5,
                        n=14,
                    )
                ),
                -0.8,
                0.4,
            )
    else:
        for i, (x, pose, m) in enumerate(((-47, "ready", False), (45, "ready", True))):
            spots = person(s, x, h * 0.85, 39, pose, looks[i + 2], m)
            paddle(s, *spots["near"], 0.56, 20, 4)
        pingpong(s, 0, y, 62, 4)
        for i, (x, pose, m) in enumerate(((-35, "swing", False), (37, "lunge", True))):
            spots = person(s, x, h * 0.93, 44, pose, looks[i], m)
            paddle(s, *spots["near"], 0.64, -30 if m else 30, 5)
        s.lay(Cut(arc(6, y - 16, 1.5, 1.5, n=18)), -0.8, 0.8)
        heads(s, 5, 1, 0.9)
    if v == 0:
        pot(s, -s.w * 0.46, h * 0.96, 24, 3.6)
        pot(s, s.w * 0.46, h * 0.96, 24, 3.6)
