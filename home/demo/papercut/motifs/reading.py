"""Reading: three compositions."""

from __future__ import annotations

from home.demo.papercut.furniture import pot, seated, shelves, table
from home.demo.papercut.land import bird, cloud, peaks, ridge, scatter, sun
from home.demo.papercut.paper import Cut, box, smooth
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import PETAL, grass, tree
from home.demo.papercut.rooms import floor, wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import open_book


def reading(s: Sheet, v: int) -> None:
    """The library and reading."""
    h, looks = s.h, staff(s, "shirt")
    if v == 0:
        sun(s, s.w * 0.2, h * 0.26, 12)
        peaks(s, h * 0.72, h * 0.4, 1, count=3)
        cloud(s, -s.w * 0.26, h * 0.22, 2.2, 0.4)
        for i in range(6):
            k, y = 1 - 0.05 * i, h * 0.9 - i * 2.2
            for m in (-1, 1):
                w = min(s.w * 0.46, 66) * k
                page = smooth(
                    [
                        (0, y),
                        (m * w * 0.25, y - 7),
                        (m * w * 0.6, y - 6),
                        (m * w, y - 1),
                        (m * w, y + 7),
                        (m * w * 0.55, y + 4),
                        (m * w * 0.2, y + 4),
                        (0, y + 9),
                    ],
                    steps=8,
                )
                s.lay(Cut(page), (4.4, 1.6, 0.8, 0, -0.4, -0.8)[i], 1)
        for j in range(4):
            for m in (-1, 1):
                s.lay(
                    Cut().tube(
                        *[
                            (m * (8 + 10 * q), h * 0.79 + j * 2 + 0.5 * (q - 2) ** 2 - 2 + j, 0.22)
                            for q in range(5)
                        ]
                    ),
                    2,
                    0.1,
                )
        for x, k in ((-36, 25), (34, 30), (47, 20)):
            tree(s, x, h * 0.79, k, 2.8, 1 if k > 24 else None)
        s.lay(Cut(box(-9, h * 0.745, 5, h * 0.8, 1)), 4, 0.8)
        spots = person(s, -4, h * 0.8, 45, "read", looks[0])
        open_book(s, *spots["near"], 1.1)
        for i in range(5):
            bird(
                s,
                -s.w * 0.02 + i * 7 - 4 * (i % 2),
                h * (0.4 - 0.05 * i),
                0.55 + 0.08 * i,
                (3, 2)[i % 2],
            )
        grass(s, h * 0.965, 5, 6, 4)
    elif v == 1:
        wall(s, 1, lift=0.1)
        n = max(3, round(s.w / 40))
        for i in range(n):
            w = s.w / n
            if i != n // 2:
                shelves(s, s.left + w * i + 3, s.left + w * (i + 1) - 3, h * 0.06, h * 0.72, 4, 3)
        wx = s.left + s.w / n * (n // 2 + 0.5)
        sun(s, wx + 3, h * 0.26, 6)
        s.lay(
            Cut(box(wx - 19, -9, wx + 19, h * 0.75)).hole(
                box(wx - 12, h * 0.08, wx + 12, h * 0.58, 12)
            ),
            2,
            1.4,
        )
        s.lay(
            Cut()
            .tube((wx, h * 0.08, 0.6), (wx, h * 0.58, 0.6))
            .tube((wx - 12, h * 0.34, 0.6), (wx + 12, h * 0.34, 0.6)),
            3,
            0.8,
        )
        floor(s, h * 0.74, 2.4)
        table(s, wx, h * 0.77, 46, h * 0.17, 4.2)
        for m in (False, True):
            spots = seated(
                s,
                wx + (34 if m else -34),
                h * 0.95,
                50,
                "read" if m else "write",
                looks[1 if m else 0],
                m,
            )
            if m:
                open_book(s, *spots["near"], 1.1, True)
        for i in range(3):
            s.lay(
                Cut(
                    box(
                        wx - 14 - i,
                        h * 0.755 - i * 2.2 - 2.2,
                        wx - 2 - i * 0.6,
                        h * 0.755 - i * 2.2,
                        0.4,
                    )
                ),
                (3, -0.5, s.accent)[i],
                0.4,
            )
        pot(s, wx + 12, h * 0.762, 13, 3.4)
        if s.w > 130:
            lx = s.left + s.w / n * 0.7
            s.lay(
                Cut()
                .tube((lx - 7, h * 0.94, 0.7), (lx + 4, h * 0.2, 0.6))
                .tube((lx + 3, h * 0.94, 0.7), (lx + 12, h * 0.2, 0.6)),
                5,
                0.8,
            )
            for i in range(7):
                s.lay(
                    Cut().tube(
                        (lx - 6 + 1.5 * i, h * (0.88 - 0.1 * i), 0.5),
                        (lx + 4 + 1.3 * i, h * (0.88 - 0.1 * i), 0.5),
                    ),
                    5,
                    0.4,
                )
            person(s, lx + 1, h * 0.69, 43, "reach", looks[2])
    else:
        sun(s, 6, h * 0.42, 27, 1.3)
        ridge(s, h * 0.66, 4, 1.5, wave=s.w * 0.8)
        ridge(s, h * 0.76, 3, 2.4, wave=s.w)
        tree(s, -min(26, s.w * 0.2), h * 0.88, 84, 2.8, 1)
        s.lay(
            Cut(box(-10, h * 0.765, 34, h * 0.785, 1), box(-10, h * 0.66, 34, h * 0.69, 0.8))
            .tube((-6, h * 0.78, 1), (-6, h * 0.9, 0.9))
            .tube((30, h * 0.78, 1), (30, h * 0.9, 0.9)),
            4.4,
            1,
        )
        for i, x in enumerate((3, 22)):
            spots = person(s, x, h * 0.9, 50, "read", looks[i], i == 0)
            open_book(s, *spots["near"], 1.1, i == 0)
        scatter(s, int(s.w / 7), h * 0.1, h * 0.8, 2, 1.4, PETAL)
        for i in range(3):
            bird(s, s.w * (0.2 + 0.08 * i), h * (0.24 - 0.05 * (i % 2)), 0.7)
        grass(s, h * 0.93, 4.6, 6, int(s.w / 15))
