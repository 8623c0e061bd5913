"""Planting trees: three compositions."""

from __future__ import annotations

import math

from home.demo.papercut.hands import hand
from home.demo.papercut.land import bird, cloud, ridge, scatter, spread, sun
from home.demo.papercut.paper import Cut, arc, box, put, smooth
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import LEAF, grass, sprig, tree
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import HEART


def planting(s: Sheet, v: int) -> None:
    """Tree planting and spring."""
    h, looks = s.h, staff(s, "shirt")
    if v == 2:
        sun(s, 0, h * 0.42, 30, 1)
        for i in range(10):
            a = math.radians(190 + i * 17.8)
            s.lay(
                Cut(
                    put(
                        LEAF, math.cos(a) * 42, h * 0.44 + math.sin(a) * 36, 7, math.degrees(a) + 90
                    )
                ),
                1.5 + 0.5 * (i % 3),
                0.7,
            )
        ridge(s, h * 0.8, 5, 1.8, wave=s.w)
        ridge(s, h * 0.9, 4, 2.8, wave=s.w * 0.7)
        for m in (False, True):
            hand(s, (23 if m else -23), h * 0.77, 27, 10 if m else -10, m, 4 if m else -0.5)
        s.lay(
            Cut(
                smooth(
                    [
                        (-17, h * 0.72),
                        (-9, h * 0.64),
                        (0, h * 0.62),
                        (9, h * 0.64),
                        (17, h * 0.72),
                        (8, h * 0.76),
                        (-8, h * 0.76),
                    ]
                )
            ),
            5,
            1.2,
        )
        sprig(s, 0, h * 0.65, 38, 0, 3.4, 4, 0.04, 1.4)
        sprig(s, -0.5, h * 0.6, 22, -34, 2.6, 3, -0.2, 1)
        sprig(s, 0.5, h * 0.58, 20, 36, 4, 3, 0.2, 1)
        scatter(s, int(s.w / 14), h * 0.06, h * 0.4, s.accent, 1.2, HEART, 8)
        return
    sun(s, (-1) ** v * s.w * 0.26, h * 0.24, 10)
    cloud(s, (-1) ** v * -s.w * 0.2, h * 0.2, 2)
    top = ridge(s, h * 0.62, 6, 1, wave=s.w * 0.7)
    for x in spread(s, int(s.w / 16), s.w):
        tree(s, x, top(x) + 1, s.rng.uniform(11, 17), 1.5)
    ridge(s, h * 0.72, 4, 2, wave=s.w * 0.9)
    if v == 0:
        for x in (-s.w * 0.42, s.w * 0.42):
            tree(s, x, h * 0.82, 36, 2.4, 1)
        ridge(s, h * 0.84, 2.5, 3, wave=s.w * 1.2)
        y = h * 0.87
        for i, c in enumerate((-26, 30)):
            s.lay(
                Cut(
                    smooth(
                        [
                            (c - 11, y + 2),
                            (c - 5, y - 3),
                            (c + 1, y - 4),
                            (c + 7, y - 2),
                            (c + 12, y + 2),
                        ]
                    )
                ),
                4.6,
                0.8,
            )
            sprig(s, c, y - 2, 24 + 6 * i, 0, 3.8, 4, 0.05, 0.9)
        spots = person(s, -46, y + 1, 36, "dig", looks[0])
        hx, hy = spots["near"]
        s.lay(
            Cut()
            .tube((hx - 4, hy - 6, 0.5), (-33, y - 2, 0.5))
            .tube((-35, y - 4, 1.2), (-32, y + 1, 2)),
            5,
            0.5,
        )
        person(s, -10, y + 1, 37, "kneel", looks[1], flip=True)
        spots = person(s, 49, y + 1, 37, "water", looks[2], flip=True)
        hx, hy = spots["near"]
        s.lay(
            Cut(box(hx - 4, hy - 1, hx + 3, hy + 5.5, 1))
            .tube((hx - 4, hy + 3, 0.8), (hx - 9, hy - 1, 0.6))
            .tube((hx - 9, hy - 2, 1), (hx - 10.4, hy + 0.6, 0.9)),
            s.accent,
            0.7,
        )
        s.lay(
            Cut(*(arc(hx - 11 - i * 0.9, hy + 3 + i * 2.2, 0.4, 0.7, n=10) for i in range(6))),
            0,
            0.2,
        )
        person(s, 12, y + 1.5, 36, "stand", looks[3])
    else:
        ridge(s, h * 0.82, 3, 3, wave=s.w * 1.2)
        tree(s, 0, h * 0.88, 80, 2.6, 0)
        for i, (x, pose, m) in enumerate(
            ((-24, "reach", False), (23, "water", True), (-44, "stroll", False), (46, "wave", True))
        ):
            if abs(x) < s.w * 0.46:
                person(s, x, h * 0.9, 37, pose, looks[i], m)
        for i in range(4):
            bird(s, s.w * (-0.36 + 0.1 * i), h * (0.3 - 0.04 * (i % 2)), 0.7)
    grass(s, h * 0.945, 5, 7, int(s.w / 16))
