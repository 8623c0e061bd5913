"""Rooms and stages: walls, windows, curtains, garlands."""

from __future__ import annotations

import math

from home.demo.papercut.land import peaks, ridge, sun
from home.demo.papercut.paper import Cut, arc, box, put, smooth
from home.demo.papercut.sheet import Sheet


def wall(s: Sheet, tone: float, *openings, lift: float = 2.4) -> None:
    """A sheet over the whole picture with openings cut into it."""
    s.lay(Cut(box(s.left - 6, -6, s.right + 6, s.h + 6)).hole(*openings), tone, lift)


def lattice(
    s: Sheet,
    x: float,
    y: float,
    rx: float,
    ry: float,
    tone: float,
    kind: int = 0,
    bar: float = 0.55,
) -> None:
    """A window frame with bars: kind 0 and 1 are round, 2 is square."""
    rim = arc if kind < 2 else lambda cx, cy, a, b, **_: box(cx - a, cy - b, cx + a, cy + b, 1.5)
    cut = Cut(rim(x, y, rx + 1.6, ry + 1.6, n=70)).hole(rim(x, y, rx, ry, n=70))
    reach = (lambda k: math.sqrt(1 - k * k)) if kind < 2 else (lambda _: 1)
    for k in (-0.42, 0.42) if kind else (-0.62, 0.62):
        e = reach(k)
        cut.tube((x + k * rx, y - e * ry, bar), (x + k * rx, y + e * ry, bar)).tube(
            (x - e * rx, y + k * ry, bar), (x + e * rx, y + k * ry, bar)
        )
    if kind == 0:
        ring = [
            (x + math.cos(a) * rx * 0.4, y + math.sin(a) * ry * 0.4, bar)
            for a in (math.radians(i * 22.5) for i in range(17))
        ]
        cut.tube(*ring, curve=False)
        for a in (0, 90, 180, 270):
            c, d = math.cos(math.radians(a)), math.sin(math.radians(a))
            cut.tube((x + c * rx * 0.4, y + d * ry * 0.4, bar), (x + c * rx, y + d * ry, bar))
    s.lay(cut, tone, 1.1)


def moon_gate(s: Sheet, tone: float, x: float = 0, y: float = 0.47, r: float = 0.47) -> None:
    """The nearest sheets, cut open in a circle: a picture seen through a garden gate."""
    reach = min(s.h * 1.02, s.w * 0.92) * r
    for grow, t in ((1.12, tone - 0.8), (1.24, tone)):
        rx = reach * grow * max(1, min(1.5, s.w / s.h * 0.86))
        wall(s, t, arc(x, s.h * y, rx, reach * grow, n=110), lift=2.6)


def floor(s: Sheet, y: float, tone: float, boards: bool = True) -> None:
    """A floor with board lines running to a far point."""
    cut = Cut([(s.left - 6, y), (s.right + 6, y), (s.right + 6, s.h + 6), (s.left - 6, s.h + 6)])
    for i in range(-9, 10) if boards else ():
        cut.tube((i * 12, y + 1.2, 0.08), (i * 27, s.h + 3, 0.34), hole=True)
    s.lay(cut, tone, 1.6)


def garden_wall(
    s: Sheet, tone: float, x: float, y: float, r: float, kind: int = 0, sides: bool = False
) -> None:
    """A wall with a lattice window on hills and sun; `sides` adds windows on a wide sheet."""
    sun(s, x + r * 0.3, y - r * 0.2, r * 0.3)
    peaks(s, y + r * 1.1, r * 1.3, tone * 0.55 + 0.3, 1, max(2, round(s.w / (r * 1.5))))
    ridge(s, y + r * 0.6, 3, tone * 0.8 + 0.4, 1, 40)
    panes = [(x, r * (1.25 if kind == 2 else 1), r, kind)]
    if sides and s.w > 175:
        panes += [(x + m * s.w * 0.34, r * 0.9, r * 0.8, 2) for m in (-1, 1)]
    wall(
        s,
        tone,
        *(
            arc(px, y, rx, ry, n=80) if k < 2 else box(px - rx, y - ry, px + rx, y + ry, 1.5)
            for px, rx, ry, k in panes
        ),
    )
    for px, rx, ry, k in panes:
        lattice(s, px, y, rx, ry, min(5, tone + 1.6), k)


def drape(s: Sheet, tone: float, bottom: float) -> None:
    """A back cloth in soft upright folds, with a garland along its top."""
    s.lay(Cut(box(s.left - 6, -6, s.right + 6, bottom)), tone, 0.3)
    n, folds, lines = int(s.w / 9), Cut(), Cut()
    for i in range(n + 1):
        x, w = s.left + i * s.w / n, s.w / n
        folds.add(
            smooth(
                [
                    (x, -5),
                    (x + w * 0.5, -5),
                    (x + w * 0.56, bottom * 0.4),
                    (x + w * 0.5, bottom),
                    (x, bottom),
                    (x - w * 0.08, bottom * 0.4),
                ],
                steps=5,
            )
        )
        lines.tube(
            (x + w * 0.74, 2, 0.1),
            (x + w * 0.78, bottom * 0.5, 0.3),
            (x + w * 0.74, bottom * 0.94, 0.1),
        )
    s.lay(folds, max(0, tone - 0.3), 0.7)
    s.lay(lines, max(0, tone - 0.35), 0.1)


def curtains(s: Sheet, tone: float, width: float = 0.17, swag: bool = True) -> None:
    """Stage curtains at both sides and a scalloped border along the top."""
    for flip in (False, True):
        w, folds = s.w * width, Cut()
        edge = [
            (-s.w / 2 - 4, -5),
            (-s.w / 2 + w * 1.25, -5),
            (-s.w / 2 + w, s.h * 0.3),
            (-s.w / 2 + w * 0.52, s.h * 0.58),
            (-s.w / 2 + w * 0.62, s.h * 0.8),
            (-s.w / 2 + w * 0.8, s.h + 5),
            (-s.w / 2 - 4, s.h + 5),
        ]
        folds.add(put([*smooth(edge[1:6], False), edge[6], edge[0]], flip=flip))
        for k in (0.25, 0.5, 0.75):
            folds.tube(
                *put(
                    [
                        (-s.w / 2 + w * k * 1.2, -4, 0.2),
                        (-s.w / 2 + w * k * 0.95, s.h * 0.32, 0.55),
                        (-s.w / 2 + w * k * 0.5, s.h * 0.57, 0.2),
                    ],
                    flip=flip,
                ),
                hole=True,
            )
            folds.tube(
                *put(
                    [
                        (-s.w / 2 + w * k * 0.5, s.h * 0.61, 0.2),
                        (-s.w / 2 + w * k * 0.66, s.h * 0.8, 0.5),
                        (-s.w / 2 + w * k * 0.8, s.h, 0.5),
                    ],
                    flip=flip,
                ),
                hole=True,
            )
        s.lay(folds, tone, 3)
        s.lay(
            Cut().tube(
                *put(
                    [
                        (-s.w / 2 - 2, s.h * 0.57, 1),
                        (-s.w / 2 + w * 0.3, s.h * 0.595, 1),
                        (-s.w / 2 + w * 0.56, s.h * 0.58, 0.9),
                    ],
                    flip=flip,
                )
            ),
            s.accent,
            1,
        )
    if swag:
        n = max(4, round(s.w / 24))
        step, cut = s.w / n, Cut(box(s.left - 5, -6, s.right + 5, 4))
        for i in range(n):
            cut.add(arc(s.left + step * (i + 0.5), 3, step * 0.56, 8, n=30))
            for k in (-0.25, 0, 0.25):
                cut.tube(
                    (s.left + step * (i + 0.5 + k), 1, 0.15),
                    (s.left + step * (i + 0.5 + k * 0.8), 8.5 - abs(k) * 5, 0.35),
                    hole=True,
                )
        s.lay(cut, tone + 0.25, 2.4)


def bunting(s: Sheet, y: float, sag: float, tones=(3, None, 4)) -> None:
    """A string of small flags across the sheet."""
    n, line = int(s.w / 9), lambda t: y + sag * (1 - (2 * t - 1) ** 2)
    s.lay(
        Cut().tube(*[(s.left - 3 + (s.w + 6) * i / 12, line(i / 12), 0.22) for i in range(13)]),
        4,
        0.3,
    )
    for k, tone in enumerate(tones):
        cut = Cut()
        for i in range(k, n, len(tones)):
            t = (i + 0.5) / n
            cut.add(
                put(
                    [(-2.6, 0), (2.6, 0), (2.3, 4.8), (0, 3.4), (-2.3, 4.8)],
                    s.left + s.w * t,
                    line(t),
                    1,
                    (0.5 - t) * -14,
                )
            )
        s.lay(cut, s.accent if tone is None else tone, 0.7)


def ribbon(s: Sheet, y: float, rise: float, tone: float | None, k: int = 0) -> None:
    """A long silk ribbon in the air across the sheet."""
    spine = [
        (
            s.left - 6 + (s.w + 12) * i / 12,
            y + rise * math.sin(i * 0.62 + 0.5 * k),
            1.9 + 1.3 * math.sin(i * 0.8 + k),
        )
        for i in range(13)
    ]
    s.lay(Cut().tube(*spine), s.accent if tone is None else tone, 1)
