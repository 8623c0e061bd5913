"""Lectures and courses: three compositions."""

from __future__ import annotations

import math

from home.demo.papercut.furniture import heads, lectern, pot, screen, seated
from home.demo.papercut.land import rings
from home.demo.papercut.paper import Cut, arc, put, smooth
from home.demo.papercut.people import Look, person, staff
from home.demo.papercut.rooms import drape, floor, garden_wall, wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import HEART


def lecture(s: Sheet, v: int) -> None:
    """Lectures and training."""
    s.mirror = 1
    h, looks = s.h, staff(s)
    if v == 0:
        wall(s, 1.3, lift=0.1)
        floor(s, h * 0.68, 2.2)
        screen(s, 10, h * 0.34, min(44, s.w * 0.34), 25)
        lectern(s, -s.w * 0.34 + 9, h * 0.8, 1.05)
        person(s, -s.w * 0.34 - 6, h * 0.81, 49, "point", looks[0])
        pot(s, s.w * 0.43, h * 0.78, 26, 3.4)
        heads(s, 5, 2, 1.25, 1.5)
    elif v == 1:
        garden_wall(s, 1.2, s.w * 0.26, h * 0.34, 21, 2)
        floor(s, h * 0.72, 2.3)
        screen(s, -s.w * 0.2, h * 0.36, 27, 20)
        person(
            s, -s.w * 0.2 + 34, h * 0.86, 50, "point", Look(-0.6, 4, 5, "coat", "bun", True), True
        )
        mat = -s.w * 0.2 - 10
        s.lay(
            Cut(
                [
                    (mat - 20, h * 0.9),
                    (mat + 22, h * 0.9),
                    (mat + 27, h * 0.96),
                    (mat - 25, h * 0.96),
                ]
            ),
            3.6,
            0.7,
        )
        s.lay(
            Cut(arc(mat - 13, h * 0.91, 3.6, 3.2, n=24)).tube(
                (mat - 8, h * 0.915, 3), (mat + 3, h * 0.915, 3.4), (mat + 8, h * 0.92, 2.6)
            ),
            s.accent,
            0.7,
        )
        person(s, mat + 19, h * 0.945, 47, "aid", looks[1], True)
        for i in range(3 if s.w > 140 else 2):
            seated(
                s,
                s.w * 0.2 + i * 19,
                h * (0.95 + 0.01 * (i % 2)),
                47,
                "read" if i % 2 else "write",
                looks[2 + i],
                True,
            )
    else:
        wall(s, 2, lift=0.1)
        drape(s, 1.9, h * 0.7)
        rings(s, 0, h * 0.36, (38, 1.3), (32, 0.7), (25, -0.4))
        for i in range(6):
            a = math.radians(i * 60 - 90)
            s.lay(
                Cut(arc(math.cos(a) * 17, h * 0.36 + math.sin(a) * 17, 3.4, 3.4, n=26)).tube(
                    (math.cos(a) * 8, h * 0.36 + math.sin(a) * 8, 0.4),
                    (math.cos(a) * 14, h * 0.36 + math.sin(a) * 14, 0.4),
                ),
                (2, 3)[i % 2],
                0.6,
            )
        s.lay(Cut(put(HEART, 0, h * 0.36, 7)), s.accent, 0.8)
        s.lay(Cut(arc(0, h * 0.98, s.w * 0.4, h * 0.36, n=80)), 3, 1.6)
        person(s, -3, h * 0.78, 42, "vote", looks[0])
        lectern(s, 9, h * 0.78, 0.95)
        for row in range(3):
            y, t = h * (0.76 + 0.12 * row), 3.8 + 0.5 * row
            bench = [
                (s.left - 6 + i * (s.w + 12) / 30, y + 6 - 20 * ((i - 15) / 15) ** 2)
                for i in range(31)
            ]
            s.lay(Cut([*bench, (s.right + 9, h + 9), (s.left - 9, h + 9)]), t, 1.6)
            for i in range(int(s.w / 13) + 1):
                x = s.left + (i + 0.5 * (row % 2)) * 13
                yy = y + 6 - 20 * (x / (s.w / 2 + 6)) ** 2
                if abs(x) > 24 - row * 9 or row == 2:
                    s.lay(
                        Cut(
                            arc(x, yy - 5.4, 2.9, 3.4, n=22),
                            smooth(
                                [
                                    (x - 5, yy + 3),
                                    (x - 4.6, yy - 1),
                                    (x - 1.4, yy - 2.6),
                                    (x + 1.4, yy - 2.6),
                                    (x + 4.6, yy - 1),
                                    (x + 5, yy + 3),
                                ],
                                steps=4,
                            ),
                        ),
                        min(5, t + 0.5 - 0.5 * (i % 2)) if i % 3 else 1,
                        1,
                    )
