"""Mountain walks: three compositions."""

from __future__ import annotations

import math

from home.demo.papercut.land import cloud, peaks, ridge, spread, sun
from home.demo.papercut.paper import Cut, arc, box, smooth
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import corner, grass, pine
from home.demo.papercut.rooms import moon_gate
from home.demo.papercut.sheet import Sheet


def mountain(s: Sheet, v: int) -> None:
    """登山 and walking."""
    h, looks = s.h, staff(s, "shirt")
    if v == 0:
        sun(s, s.w * 0.24, h * 0.24, 9)
        peaks(s, h * 0.82, h * 0.62, 0.7, count=3)
        peaks(s, h * 0.84, h * 0.46, 1.4, count=4)
        cloud(s, -s.w * 0.3, h * 0.22, 2.1)
        cloud(s, s.w * 0.12, h * 0.42, 1.5, flip=True)
        top = ridge(s, h * 0.62, 6, 2, wave=s.w * 0.8)
        for x in spread(s, int(s.w / 13), s.w):
            pine(s, x, top(x) + 1, s.rng.uniform(9, 15), s.rng.choice((2.4, 2.8)))
        top = ridge(s, h * 0.84, 5, 3.2, wave=s.w * 1.1, slope=-0.05)
        for i, x in enumerate(spread(s, max(4, int(s.w / 27)), s.w * 0.84)):
            spots = person(
                s, x, top(x) + 0.8, 29, ("walk", "hike", "stroll")[i % 3], looks[i % len(looks)]
            )
            if i % 3 == 1:
                hx, hy = spots["far"]
                s.lay(
                    Cut().tube((hx - 0.6, hy - 3, 0.3), (hx + 3.4, top(hx + 3) + 1, 0.25)), 5, 0.3
                )
        grass(s, h * 0.95, 5, 6, 4)
    elif v == 1:
        sun(s, 0, h * 0.36, 23, 1.2)
        peaks(s, h * 0.9, h * 0.42, 1.5, count=4)
        cloud(s, -s.w * 0.33, h * 0.3, 2.2)
        x, y = -4, h * 0.37
        side = [
            (x - s.w * 0.62, h + 4),
            (x - 34, h * 0.78),
            (x - 17, h * 0.56),
            (x - 6, y + 3),
            (x + 5, y),
            (x + 13, h * 0.5),
            (x + 30, h * 0.7),
            (x + s.w * 0.6, h + 4),
        ]
        path = [
            (x + 1, y + 4, 0.3),
            (x + 8, h * 0.52, 0.6),
            (x - 11, h * 0.66, 0.9),
            (x + 14, h * 0.79, 1.4),
            (x - 10, h * 0.95, 2.2),
            (x - 4, h + 6, 2.6),
        ]
        s.lay(Cut(smooth(side, False)).tube(*path, hole=True), 3.1, 2.6)
        spots = person(s, x + 1, y + 1.5, 21, "cheer", looks[0])
        s.lay(Cut().tube((x - 6, y + 4, 0.35), (x - 6, y - 21, 0.3)), 5, 0.5)
        s.lay(
            Cut(
                smooth(
                    [
                        (x - 6, y - 21),
                        (x - 14, y - 19),
                        (x - 22, y - 21),
                        (x - 21, y - 13),
                        (x - 13, y - 11.5),
                        (x - 6, y - 13),
                    ],
                    steps=5,
                )
            ),
            s.accent,
            0.8,
        )
        person(s, x + 12, h * 0.545, 19, "hike", looks[1], flip=True)
        person(s, x - 12.5, h * 0.58, 19, "hike", looks[2])
        person(s, x - 25.5, h * 0.75, 22, "walk", looks[3])
        cloud(s, s.w * 0.3, h * 0.62, 2.3, -0.5, True)
        cloud(s, -s.w * 0.34, h * 0.86, 2.8, -0.5)
        top = ridge(s, h * 0.93, 4, 4.6, wave=s.w * 0.7)
        for px in spread(s, int(s.w / 12), s.w):
            if abs(px) > 16:
                pine(s, px, top(px) + 2, s.rng.uniform(10, 20), s.rng.choice((4.3, 5)))
    else:
        sun(s, -s.w * 0.14, h * 0.3, 8, -0.9)
        peaks(s, h * 0.62, h * 0.34, 1, count=4)
        ridge(s, h * 0.55, 5, 1.8, wave=s.w * 0.5)
        s.lay(Cut(box(s.left - 5, h * 0.6, s.right + 5, h + 5)), 0.5, 1)
        for i in range(9):
            y, x = h * (0.66 + 0.035 * i), s.rng.uniform(-0.4, 0.4) * s.w
            s.lay(
                Cut().tube((x - 12, y, 0.1), (x, y + 0.5, 0.4), (x + 12, y, 0.1)),
                -0.4 if i % 2 else 1.2,
                0.3,
            )
        deck = [
            (s.left - 4 + (s.w + 8) * i / 20, h * 0.7 - h * 0.1 * math.sin(math.pi * i / 20))
            for i in range(21)
        ]
        arch = Cut([*deck, (s.right + 4, h * 0.92), (s.left - 4, h * 0.92)])
        for k, r in ((-0.27, 0.095), (0, 0.13), (0.27, 0.095)):
            arch.hole(arc(s.w * k, h * 0.925, s.w * r, h * (0.18 if k else 0.25), n=60))
        s.lay(arch, 3, 2)
        for i, px in enumerate(spread(s, max(4, int(s.w / 26)), s.w * 0.66)):
            y = h * 0.7 - h * 0.1 * math.sin(math.pi * (px - s.left + 4) / (s.w + 8))
            person(s, px, y + 0.6, 25, ("stroll", "walk")[i % 2], looks[i % len(looks)])
        rail = Cut().tube(*[(px, py - 5, 0.35) for px, py in deck], curve=False)
        for px, py in deck:
            rail.tube((px, py - 6, 0.4), (px, py + 1, 0.4))
        s.lay(rail, 4, 0.6)
        moon_gate(s, 4.4)
        corner(s, 5, False, 30)
        corner(s, 5, True, 24)
