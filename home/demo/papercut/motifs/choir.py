"""The choir: three compositions."""

from __future__ import annotations

import math

from home.demo.papercut.furniture import risers, stool
from home.demo.papercut.land import ridge, spread, sun
from home.demo.papercut.paper import Cut, arc, box, smooth
from home.demo.papercut.people import Look, person, staff
from home.demo.papercut.plants import corner
from home.demo.papercut.rooms import curtains, drape, floor, ribbon, wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import notes


def choir(s: Sheet, v: int) -> None:
    """合唱."""
    s.mirror = 1
    h, looks = s.h, staff(s, "gown")
    if v == 0:
        drape(s, 1.5, h * 0.8)
        for r, t in ((36, 1), (28, 0.5), (20, -0.2)):
            s.lay(Cut(arc(0, h * 0.56, r * 1.3, r * 1.1, n=90)), t, 1.3)
        tops = risers(s, h * 0.56, h * 0.09, (s.w * 0.72, s.w * 0.84, s.w * 1.1), 2)
        for row, y in enumerate(tops[:2]):
            for i, x in enumerate(
                spread(s, int(s.w * (0.6 + 0.07 * row) / 11), s.w * (0.6 + 0.07 * row), 0.04)
            ):
                person(
                    s,
                    x,
                    y + 5 + 7 * row,
                    31,
                    "sing",
                    (looks[0] if row else looks[1])._replace(
                        cut=("bob", "short", "bun")[(i + row) % 3]
                    ),
                )
        s.lay(Cut(box(s.left - 5, h * 0.87, s.right + 5, h + 5)), 4.2, 1.6)
        s.lay(Cut(box(-11, h * 0.9, 11, h + 5, 1)), 5, 1)
        person(s, 0, h * 0.915, 37, "conduct", Look(5, 5, 5))
        curtains(s, 4)
    elif v == 1:
        sun(s, -s.w * 0.08, h * 0.36, 9)
        for i, t in enumerate((0.7, 1.2, 1.8, 2.4)):
            wall(
                s,
                t,
                arc(0, h * 0.76, min(s.w * 0.3, 48) + 8 * i, h * (0.5 + 0.085 * i), n=90),
                lift=2,
            )
        floor(s, h * 0.74, 3.2)
        for i, x in enumerate(spread(s, max(5, int(s.w / 18)), s.w * 0.6, 0.03)):
            person(
                s,
                x,
                h * 0.8 + 5 * math.cos(x / s.w * 4),
                37,
                "sing",
                looks[i % 2]._replace(cut=("bun", "short", "bob")[i % 3]),
            )
        person(s, s.w * 0.385, h * 0.95, 41, "sit", Look(5, 5, 5, "shirt", "tail"), True)
        x, y = s.w * 0.385 - 13, h * 0.95
        s.lay(
            Cut(
                [
                    (x - 22, y - 21),
                    (x + 3, y - 21),
                    (x + 4, y - 13),
                    (x, y - 12),
                    (x, y + 1),
                    (x - 3, y + 1),
                    (x - 3, y - 10),
                    (x - 19, y - 10),
                    (x - 19, y + 1),
                    (x - 22, y + 1),
                ]
            ).add(
                smooth(
                    [
                        (x - 23, y - 21),
                        (x - 19, y - 36),
                        (x - 10, y - 38),
                        (x - 4, y - 31),
                        (x + 2, y - 29),
                        (x + 2, y - 27),
                        (x - 18, y - 21),
                    ],
                    steps=5,
                )
            ),
            5,
            1.6,
        )
        stool(s, s.w * 0.385 - 1, h * 0.95, 18, 4.4)
        notes(s, 7, h * 0.26, h * 0.44)
        corner(s, 4.6, False, 28)
    else:
        sun(s, 0, h * 0.4, 24, 1)
        for k, (tone, off) in enumerate(((1.4, 0), (2.4, 6), (None, 12), (3.4, 17))):
            ribbon(s, h * 0.46 + off, 12, tone, k)
        ridge(s, h * 0.8, 4, 3, wave=s.w * 1.3)
        for i, x in enumerate(spread(s, max(6, int(s.w / 13)), s.w * 0.96, 0.04)):
            if not -27 < x < 2:
                person(s, x, h * 0.88, 31, ("sing", "hold", "sing")[i % 3], looks[i % 4])
        ridge(s, h * 0.92, 2, 4.4, wave=s.w)
        notes(s, 10, h * 0.08, h * 0.34)
        x, y = -14, h * 0.3
        s.lay(Cut().tube((x, y + 16, 2), (x + 1.5, h + 4, 2.6)), 5, 1.8)
        s.lay(Cut(box(x - 10, y - 19, x + 10, y + 20, 10)), 5, 2.2)
        grille = Cut(box(x - 8.4, y - 17.4, x + 8.4, y + 10, 8.4))
        for i in range(5):
            grille.tube(
                (x - 6.4, y - 11 + i * 4.6, 0.4), (x + 6.4, y - 11 + i * 4.6, 0.4), hole=True
            )
        s.lay(grille, 2.6, 0.8)
        s.lay(Cut(box(x - 10.6, y + 8, x + 10.6, y + 11.5, 1)), s.accent, 0.7)
