"""The activity room: three compositions."""

from __future__ import annotations

from home.demo.papercut.food import cup
from home.demo.papercut.furniture import lamp, pot, seated, table
from home.demo.papercut.land import spread
from home.demo.papercut.paper import Cut, arc, box, put
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import PETAL, corner, flower, sprig
from home.demo.papercut.rooms import floor, garden_wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import lantern


def activity_room(s: Sheet, v: int) -> None:
    """The activity room: chess, tea, calligraphy."""
    h, looks = s.h, staff(s, "shirt")
    garden_wall(
        s,
        (1.2, 1.6, 1)[v],
        (0, -s.w * 0.2, s.w * 0.16)[v],
        h * (0.32, 0.33, 0.36)[v],
        (22, 21, 27)[v],
        (2, 0, 1)[v],
    )
    floor(s, h * 0.72, 2.4)
    if v == 0:
        lamp(s, 0, h * 0.2, 6, lit=False)
        for x, pose, k in ((-13, "stand", 1), (14, "hold", 2)):
            person(s, x, h * 0.84, 43, pose, looks[k])
        for m in (False, True):
            seated(
                s,
                (1 if m else -1) * 33,
                h * 0.93,
                46,
                "write" if m else "sit",
                looks[3 if m else 0],
                m,
            )
        table(s, 0, h * 0.735, 44, 20, 4)
        s.lay(Cut([(-9, h * 0.71), (9, h * 0.71), (11, h * 0.73), (-11, h * 0.73)]), 0.4, 0.4)
        for i in range(7):
            s.lay(
                Cut(arc(-7.5 + i * 2.5, h * 0.716 + (i % 2) * 0.8, 0.9, 0.5, n=14)),
                (5, None)[i % 2] or s.accent,
                0.2,
            )
        cup(s, 16, h * 0.727, 1.3)
        cup(s, -17, h * 0.727, 1.3)
        for m in (-1, 1):
            pot(s, m * s.w * 0.44, h * 0.97, 30, 3.8)
    elif v == 1:
        for i in range(3):
            x = s.w * 0.12 + i * 13
            s.lay(Cut(box(x - 5, h * 0.1, x + 5, h * 0.5)), -0.6, 0.9)
            s.lay(
                Cut(
                    box(x - 5.6, h * 0.09, x + 5.6, h * 0.11, 0.5),
                    box(x - 5.6, h * 0.49, x + 5.6, h * 0.51, 0.5),
                ),
                4,
                0.6,
            )
            sprig(
                s, x - 1 + i, h * 0.46, 25, 5 * (1 - i), 3.6 - 0.5 * (i % 2), 5, 0.06 * (1 - i), 0.4
            )
            if i == 1:
                flower(s, x, h * 0.25, 3.6, 2, 5, 2)
        for i, x in enumerate(spread(s, max(3, round(s.w / 34)), s.w * 0.8, 0.05)):
            person(s, x, h * 0.86, 46, ("hold", "stand", "hold")[i % 3], looks[i % 5])
        table(s, 0, h * 0.735, s.w * 0.84, h * 0.24, 4, True)
        for x in spread(s, int(s.w / 16), s.w * 0.78, 0):
            s.lay(
                Cut(*(put(PETAL, x, h * 0.87, 4, 90 * j) for j in range(4))).hole(
                    put(arc(0, 0, 1, 1, n=16), x, h * 0.87, 0.9)
                ),
                3.1,
                0.5,
            )
        for x in spread(s, max(3, round(s.w / 34)), s.w * 0.8, 0):
            s.lay(
                Cut(
                    [
                        (x - 7, h * 0.722),
                        (x + 7, h * 0.722),
                        (x + 8.5, h * 0.742),
                        (x - 8.5, h * 0.742),
                    ]
                ),
                -0.8,
                0.4,
            )
            s.lay(Cut().tube((x + 1, h * 0.735, 0.25), (x + 4, h * 0.66, 0.5)), 5, 0.4)
            cup(s, x + 12, h * 0.735, 1.2, s.accent)
    else:
        for m in (False, True):
            seated(
                s,
                (1 if m else -1) * 30 + s.w * 0.06,
                h * 0.94,
                55,
                "write" if m else "sit",
                looks[1 if m else 0],
                m,
            )
        person(s, s.w * 0.06 + 2, h * 0.86, 50, "hold", looks[2])
        table(s, s.w * 0.06, h * 0.77, 28, h * 0.17, 4)
        s.lay(
            Cut(
                [
                    (s.w * 0.06 - 11, h * 0.745),
                    (s.w * 0.06 + 11, h * 0.745),
                    (s.w * 0.06 + 13, h * 0.765),
                    (s.w * 0.06 - 13, h * 0.765),
                ]
            ),
            0.2,
            0.5,
        )
        for i in range(8):
            s.lay(
                Cut(arc(s.w * 0.06 - 8 + i * 2.3, h * 0.75 + (i % 3) * 0.6, 1, 0.55, n=14)),
                s.accent if i % 2 else 5,
                0.2,
            )
        pot(s, -s.w * 0.4, h * 0.98, 52, 3.6)
        for i in range(2):
            lantern(s, -s.w * (0.42 - 0.14 * i), h * (0.17 + 0.07 * i), 5.5, 4)
        corner(s, 5, True, 24)
