"""Flowers: three compositions."""

from __future__ import annotations

import math

from home.demo.papercut.land import bird, ridge, rings, scatter, spread, sun
from home.demo.papercut.paper import Cut, put, smooth
from home.demo.papercut.people import Look, person, staff
from home.demo.papercut.plants import LEAF, PETAL, corner, flower, grass, sprig
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import bouquet


def flowers(s: Sheet, v: int) -> None:
    """Women's day."""
    h, looks = s.h, staff(s, "gown")
    if v == 0:
        rings(s, 0, h * 0.42, (62, 0.3), (48, 0.8), (34, 1.3))
        for i in range(9):
            a = (i - 4) * 15
            sprig(s, a * 0.14, h * 0.68, 40 + 6 * (i % 2), a, (2.6, 3.4, 2)[i % 3], 6, 0.0016 * a)
        for i, (x, y, r) in enumerate(
            (
                (-25, 0.36, 10),
                (25, 0.35, 10.5),
                (-13, 0.2, 9),
                (13, 0.18, 9.5),
                (0, 0.3, 13),
                (-15, 0.48, 11),
                (15, 0.48, 11),
                (0, 0.54, 10),
                (-31, 0.54, 7),
                (31, 0.53, 7),
            )
        ):
            flower(
                s,
                x,
                h * y,
                r,
                (2.4, 3.4, 1.4, 4, 3, 1.6, 2.2, 4, 0.6, 1)[i],
                (8, 6, 7, 5)[i % 4],
                3,
                i * 17,
            )
        s.lay(
            Cut(
                smooth(
                    [
                        (-25, h * 0.6),
                        (-9, h * 0.68),
                        (0, h * 0.63),
                        (9, h * 0.68),
                        (25, h * 0.6),
                        (11, h * 0.82),
                        (6, h * 0.97),
                        (-6, h * 0.97),
                        (-11, h * 0.82),
                    ],
                    steps=6,
                )
            )
            .tube((-15, h * 0.68, 0.15), (-4, h * 0.94, 0.4), hole=True)
            .tube((15, h * 0.68, 0.15), (4, h * 0.94, 0.4), hole=True),
            -0.5,
            2,
        )
        s.lay(
            Cut(
                smooth(
                    [(-9, h * 0.815), (9, h * 0.815), (9.4, h * 0.855), (-9.4, h * 0.855)], steps=3
                ),
                put(LEAF, 0, h * 0.835, 15, 118),
                put(LEAF, 0, h * 0.835, 15, -118),
            ),
            s.accent,
            1,
        )
        scatter(s, int(s.w / 6), h * 0.05, h * 0.95, 2, 1.5, PETAL)
        for m in (False, True):
            corner(s, 4.6, m, 26)
    elif v == 1:
        sun(s, 0, h * 0.4, 27, 1.1)
        ridge(s, h * 0.84, 4, 1.8, wave=s.w)
        for i, x in enumerate(spread(s, int(s.w / 12), s.w * 1.02, 0.2)):
            if abs(x) > 30:
                t = h * s.rng.uniform(0.28, 0.66)
                s.lay(Cut().tube((x, h + 3, 0.9), (x + 3, (h + t) / 2, 0.7), (x, t, 0.5)), 3.6, 0.7)
                for m in (-1, 1):
                    s.lay(Cut(put(LEAF, x + 2, (h + t) / 2 + 6 * m, 11, m * 58)), 3 + 0.5 * m, 0.7)
                flower(
                    s,
                    x,
                    t,
                    s.rng.uniform(7, 12),
                    (2, 3.2, 1, 4, 2.6)[i % 5],
                    (8, 6, 5, 7)[i % 4],
                    2 + i % 2,
                    i * 13,
                )
        for i, (x, pose) in enumerate(((-21, "hold"), (0, "hold"), (21, "hold"))):
            spots = person(
                s,
                x,
                h * (0.9 + 0.03 * (i % 2)),
                62 + 3 * (i % 2),
                pose,
                looks[i] if i != 1 else Look(-0.6, 4, 5, "coat", "bun", True),
                lift=0.8,
            )
            bouquet(s, *spots["near"], 1.25)
        for i, x in enumerate(spread(s, int(s.w / 13), s.w, 0.2)):
            flower(s, x, h * 0.97, s.rng.uniform(4, 7), (3, 1.6, 0.4)[i % 3], 7, 2)
        scatter(s, int(s.w / 8), h * 0.04, h * 0.6, 2, 1.3, PETAL)
    else:
        ridge(s, h * 0.72, 5, 0.8, wave=s.w * 0.8)
        for i in range(26):
            a = math.radians(160 + i * 8.8)
            x, y = math.cos(a) * min(s.w * 0.36, 50), h * 0.74 + math.sin(a) * h * 0.58
            sprig(
                s,
                x,
                y,
                13,
                math.degrees(a) + 90 + (64 if i % 2 else -64),
                3 + 0.4 * (i % 3),
                3,
                0,
                0.7,
            )
            flower(
                s,
                x,
                y,
                s.rng.uniform(4.4, 7.4),
                (2, 3.4, 1, 4, 0.2)[i % 5],
                (6, 8, 5)[i % 3],
                2,
                i * 11,
            )
        ridge(s, h * 0.82, 2, 2, wave=s.w)
        for i, (x, pose) in enumerate(((-23, "stroll"), (-3, "walk"), (18, "wave"))):
            person(s, x, h * 0.91, 52, pose, looks[i])
        for i in range(3):
            bird(s, (-0.4 + 0.38 * i) * s.w, h * (0.2 - 0.06 * (i % 2)), 0.8, 3)
        grass(s, h * 0.93, 4.4, 6, int(s.w / 9))
