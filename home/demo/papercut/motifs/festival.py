"""Festivals and dumplings: three compositions."""

from __future__ import annotations

from home.demo.papercut.food import bowl, cup, dumpling
from home.demo.papercut.furniture import table
from home.demo.papercut.land import ridge, scatter, spread
from home.demo.papercut.paper import Cut, arc, box, mix, put, smooth
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import PETAL, corner, tree
from home.demo.papercut.rooms import floor, garden_wall, lattice, wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import lantern


def festival(s: Sheet, v: int) -> None:
    """Spring Festival: dumplings, lanterns, visits."""
    h, looks = s.h, staff(s)
    if v == 0:
        garden_wall(s, 1.6, 0, h * 0.36, 31, 0, True)
        floor(s, h * 0.78, 3.4, False)
        for i in range(3):
            x = (i - 1) * 9
            s.lay(
                Cut().tube(
                    (x, h * 0.55, 0.3),
                    (x + 3, h * 0.46, 1),
                    (x - 2.6, h * 0.37, 0.9),
                    (x + 2, h * 0.27, 0.6),
                    (x, h * 0.2, 0.15),
                ),
                -0.8,
                0.8,
            )
        bowl(s, 0, h * 0.66, 27, 4)
        s.lay(
            Cut()
            .tube((14, h * 0.61, 0.8), (47, h * 0.42, 1))
            .tube((11, h * 0.59, 0.8), (45, h * 0.385, 1)),
            5,
            1.2,
        )
        for x in (-44, 46):
            cup(s, x, h * 0.92, 3.4, s.accent)
            dumpling(s, x * 0.74, h * 0.95, 1.5, 6)
        for m in (-1, 1):
            for i in range(2 if s.w > 130 else 1):
                lantern(s, m * s.w * (0.4 - 0.15 * i), h * (0.26 - 0.1 * i), 9 - 2.6 * i, 4.2)
        for m in (False, True):
            corner(s, 5, m, 22)
    elif v == 1:
        wall(s, 1.6, lift=0.1)
        scatter(s, int(s.w / 3), h * 0.04, h * 0.7, -1, 0.7)
        s.lay(Cut(box(-36, h * 0.3, 36, h * 0.86)), mix(s.glow, s.tone(0), 0.35), 0.4)
        s.lay(
            Cut(box(-40, h * 0.28, 40, h * 0.9)).hole(
                box(-15, h * 0.38, 15, h * 0.9),
                box(-35, h * 0.42, -20, h * 0.66, 0.6),
                box(20, h * 0.42, 35, h * 0.66, 0.6),
            ),
            3.4,
            2,
        )
        for m in (-1, 1):
            lattice(s, m * 27.5, h * 0.54, 7, h * 0.12, 4.4, 2, 0.4)
            s.lay(Cut(box(m * 18 - 1.6, h * 0.38, m * 18 + 1.6, h * 0.86)), 4.2, 0.7)
            s.lay(
                Cut(
                    *(
                        put(PETAL, m * 18, h * (0.45 + 0.1 * i), 1.3, 90 * j)
                        for i in range(4)
                        for j in range(4)
                    )
                ),
                s.accent,
                0.3,
            )
        y = h * 0.26
        tiles = Cut(
            smooth(
                [
                    (-56, y + 3),
                    (-44, y + 1),
                    (-26, y - 10),
                    (26, y - 10),
                    (44, y + 1),
                    (56, y + 3),
                    (44, y + 6),
                    (-44, y + 6),
                ],
                steps=7,
            )
        )
        for i in range(-9, 10):
            tiles.tube(
                (i * 2.7, y - 8.4, 0.1), (i * 3.6, y - 3, 0.26), (i * 4.6, y + 2.2, 0.34), hole=True
            )
        s.lay(tiles.tube((-44, y + 4.2, 0.2), (44, y + 4.2, 0.2), hole=True), 4.6, 2)
        person(s, -6, h * 0.88, 44, "give", looks[3], lift=0.7)
        for m in (-1, 1):
            lantern(s, m * 34, h * 0.4, 5.4, 4.6, h * 0.28)
        ridge(s, h * 0.87, 1.5, 0.2, 2, s.w)
        spots = person(s, 15, h * 0.93, 46, "give", looks[0], True)
        hx, hy = spots["near"]
        s.lay(Cut(box(hx - 6, hy - 4, hx + 3, hy + 3.4, 0.5)), 4, 0.6)
        s.lay(
            Cut(box(hx - 2.4, hy - 4, hx - 0.8, hy + 3.4), box(hx - 6, hy - 1, hx + 3, hy + 0.4)),
            s.accent,
            0.3,
        )
        person(s, 33, h * 0.94, 46, "stroll", looks[1], True)
        person(s, -34, h * 0.93, 44, "wave", looks[2])
        for m in (-1, 1):
            tree(s, m * s.w * 0.44, h * 0.94, 52, 2.6, 0)
        ridge(s, h * 0.965, 1.5, -0.4, 2, s.w * 0.6)
        scatter(s, int(s.w / 9), h * 0.05, h * 0.9, -1, 1)
    else:
        garden_wall(s, 2, 0, h * 0.3, 22, 2, True)
        for i, x in enumerate(spread(s, max(4, round(s.w / 24)), s.w * 0.96, 0)):
            lantern(s, x, h * (0.12 + 0.06 * (i % 2)), 5.6, (4, 3.4)[i % 2])
        floor(s, h * 0.74, 3)
        for i, x in enumerate(spread(s, max(3, round(s.w / 27)), s.w * 0.84, 0.05)):
            person(s, x, h * 0.9, 52, ("hold", "sing")[i % 2], looks[i % 6])
        table(s, 0, h * 0.76, s.w * 0.92, h * 0.3, 4.4, True)
        for x in spread(s, max(3, round(s.w / 32)), s.w * 0.84, 0):
            s.lay(Cut(arc(x, h * 0.765, 11, 2.6, n=40)), 1.2, 0.6)
            for j in range(4):
                dumpling(s, x - 6.6 + j * 4.4, h * 0.755 - (j % 2) * 0.8, 0.55, 0)
        cut = Cut()
        for i in range(int(s.w / 16)):
            x = s.left + 16 * (i + 0.5)
            cut.add(*(put(PETAL, x, h * 0.91, 3.4, 60 * j) for j in range(6)))
        s.lay(cut, s.accent, 0.4)
