"""The workers' congress: three compositions."""

from __future__ import annotations

from home.demo.papercut.furniture import heads, risers, table
from home.demo.papercut.hands import hand_down
from home.demo.papercut.land import ridge, rings, spread, sun
from home.demo.papercut.paper import Cut, arc, box, put
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import PETAL, flower, grass
from home.demo.papercut.rooms import curtains, drape, wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import HEART


def congress(s: Sheet, v: int) -> None:
    """职代会: raised hands, votes, a hall."""
    s.mirror = 1
    h, looks = s.h, staff(s)
    if v == 0:
        wall(s, 1.2, lift=0.1)
        drape(s, 1.7, h * 0.66)
        s.lay(Cut(arc(0, h * 0.6, 34, 34, 180, 360)), 0.6, 1.4)
        s.lay(Cut(arc(0, h * 0.6, 24, 24, 180, 360)), -0.4, 1.2)
        risers(s, h * 0.6, h * 0.05, (s.w * 0.8, s.w * 1.1), 2.4)
        for i, x in enumerate(spread(s, 5, 62, 0)):
            person(s, x, h * 0.7, 36, "hold", looks[i % 6])
        table(s, 0, h * 0.56, 76, 15, 4, True)
        for i, x in enumerate(spread(s, 7, 70, 0)):
            flower(s, x, h * 0.635, 2.3, (1, 0)[i % 2], 6)
        curtains(s, 4.2, 0.13)
        heads(s, 5, 2, 1.15, 5)
    elif v == 1:
        wall(s, 0.8, lift=0.1)
        sun(s, 0, h * 0.32, 24, 1.5)
        for row, (y, t) in enumerate(((0.52, 1.8), (0.71, 2.8), (0.93, 4))):
            k = 33 + 9 * row
            n = round(s.w / (k * 0.62))
            for i, x in enumerate(spread(s, n, s.w * 1.04, 0.04)):
                px = x + (row % 2 - 0.5) * s.w * 0.5 / n
                pose = "stand" if (i * 2 + row) % 3 == 1 else "vote"
                person(s, px, h * y + k * 0.42, k, pose, looks[(i + 2 * row) % 6], i % 2 == 1)
            desk = [
                (s.left - 6 + i * (s.w + 12) / 20, h * y + 3 - 5 * ((i - 10) / 10) ** 2)
                for i in range(21)
            ]
            s.lay(Cut([*desk, (s.right + 9, h + 9), (s.left - 9, h + 9)]), t, 1.8)
            s.lay(Cut(desk + [(x, top + 2.2) for x, top in desk[::-1]]), t - 0.7, 0.8)
    else:
        rings(s, 0, h * 0.5, (60, 0.4), (46, 1), (33, 1.6))
        for i, x in enumerate(spread(s, int(s.w / 11), s.w * 1.02, 0.1)):
            if abs(x) > 27:
                person(
                    s,
                    x,
                    h * (0.86 + 0.03 * (i % 2)),
                    36 + 3 * (i % 2),
                    ("stand", "vote", "hold")[i % 3],
                    looks[i % 6],
                )
        ridge(s, h * 0.86, 1, 3.4, 1.6, s.w)
        y = h * 0.56
        s.lay(Cut(box(-25, y, 25, h * 0.97)), 4, 2)
        s.lay(Cut(box(-28, y - 4, 28, y + 4, 1)), 4.6, 1.2)
        s.lay(Cut(box(-14, y - 1.2, 14, y + 0.8, 0.8)), 5, 0.1)
        s.lay(
            Cut(*(put(PETAL, 0, y + 22, 10, 60 * j) for j in range(6))).hole(
                put(HEART, 0, y + 22.4, 3)
            ),
            s.accent,
            0.9,
        )
        s.lay(
            Cut(box(-11, y - 22, 11, y - 0.4, 0.6)).tube(
                (-4, y - 14, 0.5), (-1.2, y - 11.4, 0.7), (4, y - 17, 0.4), hole=True, curve=False
            ),
            -0.7,
            1,
        )
        hand_down(s, 8, y - 22)
        grass(s, h * 0.965, 5, 4, 5)
