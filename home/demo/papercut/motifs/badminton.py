"""Badminton: three compositions."""

from __future__ import annotations

import math

from home.demo.papercut.land import cloud, peaks, ridge, rings, scatter, spread, sun
from home.demo.papercut.paper import Cut, arc, box, put, smooth
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import PETAL, corner, flower, sprig, tree
from home.demo.papercut.sheet import Sheet


def racket(s: Sheet, x: float, y: float, k: float, turn: float, tone: float = 5) -> None:
    """A badminton racket held at (x, y)."""
    head = Cut(put(arc(0, -18, 4.6, 6, n=40), x, y, k, turn)).hole(
        put(arc(0, -18, 3.9, 5.3, n=40), x, y, k, turn)
    )
    for i in (-2.4, -1.2, 0, 1.2, 2.4):
        e = math.sqrt(1 - (i / 4.2) ** 2)
        head.tube(*put([(i, -18 - 5.4 * e, 0.11), (i, -18 + 5.4 * e, 0.11)], x, y, k, turn))
        head.tube(
            *put([(-4 * e, -18 + i * 1.3, 0.11), (4 * e, -18 + i * 1.3, 0.11)], x, y, k, turn)
        )
    s.lay(head.tube(*put([(0, -12, 0.4), (0, -3, 0.4)], x, y, k, turn)), tone, 0.5 * k)
    s.lay(Cut().tube(*put([(0, -4, 0.75), (0, 2, 0.85)], x, y, k, turn)), s.accent, 0.4 * k)


def shuttle(s: Sheet, x: float, y: float, k: float, turn: float) -> None:
    """A shuttlecock flying with its cork first."""
    cut = Cut(
        put(
            smooth(
                [
                    (-1.2, 0),
                    (-3.6, -7),
                    (-2.2, -7.8),
                    (-1.1, -7),
                    (0, -8),
                    (1.1, -7),
                    (2.2, -7.8),
                    (3.6, -7),
                    (1.2, 0),
                ],
                steps=4,
            ),
            x,
            y,
            k,
            turn,
        )
    )
    for m in (-1, 0, 1):
        cut.tube(*put([(m * 0.5, -1.4, 0.08), (m * 1.7, -6.4, 0.2)], x, y, k, turn), hole=True)
    cut.tube(*put([(-1.9, -3.6, 0.12), (1.9, -3.6, 0.12)], x, y, k, turn), hole=True)
    s.lay(cut, -0.8, 0.5 * k)
    s.lay(Cut(put(arc(0, 0.4, 1.5, 1.4, n=22), x, y, k, turn)), s.accent, 0.4 * k)


def badminton(s: Sheet, v: int) -> None:
    """羽毛球."""
    h, looks = s.h, staff(s, "sport")
    if v == 0:
        sun(s, 0, h * 0.3, 13)
        peaks(s, h * 0.66, h * 0.3, 0.9, count=4)
        ridge(s, h * 0.6, 3, 1.6, wave=s.w * 0.6)
        for i, x in enumerate(spread(s, int(s.w / 24), s.w)):
            tree(s, x, h * 0.66, s.rng.uniform(15, 24), 2 + 0.5 * (i % 2))
        ridge(s, h * 0.72, 1.5, 2.8, wave=s.w)
        y = h * 0.91
        net = Cut(box(-1, y - 40, 1, y)).add(
            [(-1, y - 38), (14, y - 44), (14, y - 24), (-1, y - 18)]
        )
        for i in range(1, 6):
            net.tube(
                (-1 + i * 2.5, y - 38 - i * 0.95, 0.14),
                (-1 + i * 2.5, y - 19 - i * 0.95, 0.14),
                hole=True,
            )
        for i in range(1, 7):
            net.tube((0, y - 38 + i * 2.9, 0.14), (14, y - 44 + i * 2.9, 0.14), hole=True)
        s.lay(net, 4.4, 1)
        for m, pose in ((False, "jump"), (True, "reach")):
            spots = person(
                s,
                (1 if m else -1) * min(s.w * 0.33, 44),
                y - (0 if m else 8),
                46,
                pose,
                looks[m],
                m,
            )
            racket(s, *spots["near"], 0.95, 10 if not m else -34)
        shuttle(s, 9, h * 0.17, 1.1, 118)
        ridge(s, h * 0.95, 1.5, 4.6, wave=s.w)
    elif v == 1:
        sun(s, 4, h * 0.44, 31, 1.4)
        cloud(s, -s.w * 0.36, h * 0.2, 2, 0.4)
        cloud(s, s.w * 0.36, h * 0.5, 2, 0.4, True)
        ridge(s, h * 0.8, 3, 2.4, wave=s.w)
        ridge(s, h * 0.87, 3, 3.4, wave=s.w * 0.7)
        spots = person(s, -2, h * 0.84, 60, "jump", looks[0], lift=1)
        racket(s, *spots["near"], 1.1, 36)
        shuttle(s, 33, h * 0.13, 1.5, 128)
        scatter(s, int(s.w / 7), h * 0.08, h * 0.7, 2, 1.3, PETAL)
        for m in (False, True):
            corner(s, 5, m, 26)
    else:
        rings(s, -s.w * 0.1, h * 0.5, (62, 0.3), (48, 0.9), (34, 1.5))
        racket(s, -s.w * 0.1 - 34, h * 0.95, 4.3, 40, 4)
        shuttle(s, s.w * 0.22, h * 0.3, 5, 150)
        for i, (x, y, k) in enumerate(
            ((0.4, 0.82, 10), (0.3, 0.95, 7), (-0.44, 0.12, 8), (0.46, 0.62, 5))
        ):
            flower(s, s.w * x, h * y, k, (2, 1, 2, 0)[i], 6 + i % 2 * 2, 2)
        sprig(s, s.right + 2, h * 0.9, 30, -62, 4, 5, -0.15)
        sprig(s, s.left - 2, h * 0.06, 28, 112, 3, 5, 0.15)
        scatter(s, int(s.w / 10), h * 0.05, h * 0.95, s.accent, 0.8, PETAL)
