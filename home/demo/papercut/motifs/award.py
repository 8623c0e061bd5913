"""Awards and honours: three compositions."""

from __future__ import annotations

import math

from home.demo.papercut.furniture import heads, risers
from home.demo.papercut.land import rings, scatter, spread
from home.demo.papercut.paper import Cut, box, put
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import LEAF, PETAL, flower, sprig
from home.demo.papercut.rooms import curtains, drape, floor, wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import HEART, bouquet, rosette


def award(s: Sheet, v: int) -> None:
    """表彰: ribbon, podium, hand-over."""
    h, looks = s.h, staff(s)
    if v == 0:
        drape(s, 1.4, h * 0.82)
        rosette(s, 0, h * 0.2, 12, 4)
        floor(s, h * 0.8, 2.6)
        for x, top, k in ((-27, 0.72, 1), (27, 0.76, 2), (0, 0.64, 0)):
            s.lay(Cut(box(x - 14, h * top, x + 14, h * 0.92)), (4, 3.4, 3)[k], 1.5)
            s.lay(
                Cut(box(x - 15, h * top - 1, x + 15, h * top + 2.4, 0.6)),
                s.accent if k == 0 else 1.4,
                0.8,
            )
            for j in range(3 - k):
                flower(s, x + (j - (2 - k) / 2) * 6, h * top + 11, 2.6, 0, 6)
        for x, top, pose, k in (
            (-27, 0.72, "wave", 1),
            (27, 0.76, "hold", 2),
            (0, 0.64, "cheer", 0),
        ):
            spots = person(s, x, h * top - 0.2, 40, pose, looks[k], lift=0.7)
            if pose == "hold":
                bouquet(s, *spots["near"], 1)
        scatter(s, int(s.w / 4), h * 0.04, h * 0.55, s.accent, 1, box(-1, -0.5, 1, 0.5))
        scatter(s, int(s.w / 5), h * 0.04, h * 0.6, 3, 1, box(-1, -0.5, 1, 0.5))
        curtains(s, 4.2, 0.13)
        heads(s, 5, 1, 0.8, 3)
    elif v == 1:
        rings(s, 0, h * 0.44, (64, 0.25), (50, 0.7), (37, 1.2))
        for m in (-1, 1):
            for i in range(9):
                a = math.radians(90 + m * (24 + i * 16.5))
                x, y = math.cos(a) * 36, h * 0.44 + math.sin(a) * 36
                s.lay(
                    Cut(put(LEAF, x, y, 10.5, math.degrees(a) + 90 - m * 62)).tube(
                        *put(
                            [(0, -0.1, 0.02), (0, -0.8, 0.015)],
                            x,
                            y,
                            10.5,
                            math.degrees(a) + 90 - m * 62,
                        ),
                        hole=True,
                    ),
                    2.4 + 0.5 * (i % 2),
                    0.8,
                )
                s.lay(Cut(put(LEAF, x, y, 9, math.degrees(a) + 90 - m * 118)), 3.2, 0.8)
        rosette(s, 0, h * 0.42, 23, 4)
        for i, x in enumerate(spread(s, int(s.w / 19), s.w * 1.02, 0.1)):
            flower(
                s,
                x,
                h * (0.965 - 0.03 * (i % 2)) - abs(x) * 0.06,
                s.rng.uniform(6, 9.5),
                (3, 2, 1, 4)[i % 4],
                (8, 6, 7)[i % 3],
                2,
            )
        for m in (-1, 1):
            sprig(s, m * s.w * 0.45, h * 1.0, 36, m * -6, 4.4, 6, -m * 0.12)
        scatter(s, int(s.w / 6), h * 0.04, h * 0.7, s.accent, 0.9, PETAL)
    else:
        wall(s, 1, lift=0.1)
        drape(s, 1.7, h * 0.8)
        rings(s, 0, h * 0.4, (36, 1.1), (30, 0.6), (24, 0.1))
        risers(s, h * 0.77, h * 0.07, (s.w * 0.7, s.w * 0.9, s.w * 1.1), 2.6)
        person(s, -17, h * 0.85, 51, "give", looks[0])
        person(s, 17, h * 0.85, 51, "give", looks[1], True)
        s.lay(Cut(box(-9, h * 0.48, 9, h * 0.62, 0.5)), 4, 0.8)
        sheet = Cut(box(-7.6, h * 0.494, 7.6, h * 0.606))
        for y, x in ((0.52, 5), (0.545, 5), (0.57, 1)):
            sheet.tube((-5, h * y, 0.22), (x, h * y, 0.22), hole=True)
        s.lay(sheet, -0.7, 0.4)
        s.lay(Cut(put(HEART, 4.4, h * 0.58, 1.9)), 4 if s.name == "vermilion" else 2.4, 0.4)
        for m in (-1, 1):
            for i in range(2):
                x = m * (42 + i * 15)
                if abs(x) < s.w * 0.42:
                    spots = person(s, x, h * (0.87 + 0.03 * i), 48, "hold", looks[2 + i + (m > 0)])
                    bouquet(s, *spots["near"], 1.1)
        curtains(s, 4.2, 0.12)
        for i, x in enumerate(spread(s, int(s.w / 14), s.w, 0.1)):
            flower(s, x, h * 0.965, s.rng.uniform(4, 6), (2, 1, 0)[i % 3], 7, 2)
