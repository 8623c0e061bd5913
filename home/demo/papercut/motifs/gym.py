"""The gym: three compositions."""

from __future__ import annotations

from home.demo.papercut.furniture import pot
from home.demo.papercut.land import spread, sun
from home.demo.papercut.paper import Cut, arc, box
from home.demo.papercut.people import person, staff
from home.demo.papercut.rooms import floor, garden_wall, wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import building


def bell(s: Sheet, x: float, y: float, r: float, tone: float) -> None:
    """A dumb-bell."""
    s.lay(
        Cut(
            box(x - r, y - r * 0.7, x - r * 0.4, y + r * 0.7, 0.4),
            box(x + r * 0.4, y - r * 0.7, x + r, y + r * 0.7, 0.4),
        ).tube((x - r, y, r * 0.2), (x + r, y, r * 0.2)),
        tone,
        0.5,
    )


def gym(s: Sheet, v: int) -> None:
    """健身."""
    h, looks = s.h, staff(s, "sport")
    if v == 0:
        sun(s, 0, h * 0.4, 26, 1.3)
        floor(s, h * 0.74, 2.6)
        for m in (-1, 1):
            x = m * s.w * 0.36
            s.lay(
                Cut(
                    box(x - 15, h * 0.5, x + 15, h * 0.52, 0.5),
                    box(x - 15, h * 0.62, x + 15, h * 0.64, 0.5),
                    box(x - 14, h * 0.48, x - 12.4, h * 0.78),
                    box(x + 12.4, h * 0.48, x + 14, h * 0.78),
                ),
                4,
                1,
            )
            for j in range(2):
                for i in range(4):
                    bell(
                        s,
                        x - 10 + i * 6.6,
                        h * (0.5 + 0.12 * j) - 1.7,
                        2.3,
                        (3, 4, 5, 2)[(i + j) % 4],
                    )
        spots = person(s, 0, h * 0.92, 58, "press", looks[0], lift=0.8)
        y = (spots["far"][1] + spots["near"][1]) / 2
        s.lay(Cut().tube((-34, y, 0.7), (34, y, 0.7)), 5, 0.8)
        for m in (-1, 1):
            for k, (r, t) in enumerate(((9, 4), (7, 3), (4.6, None))):
                s.lay(
                    Cut(box(m * (25 + k * 3.2) - 1.4, y - r, m * (25 + k * 3.2) + 1.4, y + r, 1.2)),
                    s.accent if t is None else t,
                    0.8,
                )
        person(s, -s.w * 0.3, h * 0.96, 43, "curl", looks[1])
        person(s, s.w * 0.3, h * 0.96, 43, "tree", looks[2])
    elif v == 1:
        for i in range(int(s.w / 11) + 1):
            x, t = s.left + i * 11 + 3, h * s.rng.uniform(0.2, 0.52)
            building(s, x, h * 0.7, 10, t, 0.9 + 0.5 * (i % 2), max(2, int(t / 6)), 2, 0.4, 0.8)
        n, cut = max(3, round(s.w / 38)), []
        for i in range(n):
            w = s.w / n
            cut.append(
                box(s.left + w * i + 1.4, h * 0.1, s.left + w * (i + 1) - 1.4, h * 0.66, 1.5)
            )
        wall(s, 2.2, *cut)
        floor(s, h * 0.74, 3.2)
        for i, x in enumerate(spread(s, max(2, round(s.w / 50)), s.w * 0.94, 0)):
            y = h * 0.93
            if i % 2:
                s.lay(
                    Cut([(x - 18, y - 1), (x + 15, y - 3), (x + 15, y + 1.6), (x - 18, y + 2)])
                    .tube((x + 13, y - 2, 1), (x + 17, y - 31, 0.8))
                    .tube((x + 17, y - 31, 0.9), (x + 11, y - 30, 0.8)),
                    5,
                    1,
                )
                person(s, x - 3, y - 1.6, 45, "run", looks[i % 5])
            else:
                s.lay(
                    Cut(arc(x + 10, y - 6, 8, 8, n=36))
                    .hole(arc(x + 10, y - 6, 5, 5, n=30))
                    .tube((x - 6, y - 17, 0.9), (x + 2, y - 5, 1), (x + 10, y - 6, 0.9))
                    .tube((x + 10, y - 6, 0.9), (x + 9, y - 26, 0.8))
                    .tube((x + 6, y - 27, 0.9), (x + 12, y - 27, 0.9))
                    .tube((x - 10, y - 19, 1.2), (x - 3, y - 19, 1.2))
                    .tube((x - 7, y - 18, 0.8), (x - 10, y + 1, 0.9))
                    .tube((x - 14, y + 1, 0.8), (x + 16, y + 1, 0.8)),
                    5,
                    1,
                )
                person(s, x + 3, y - 3.6, 45, "bike", looks[i % 5])
    else:
        garden_wall(s, 1.2, 0, h * 0.4, 31, 1, True)
        floor(s, h * 0.76, 2.2)
        for i, x in enumerate(spread(s, max(3, round(s.w / 36)), s.w * 0.92, 0)):
            y = h * (0.9 + 0.04 * (i % 2))
            s.lay(
                Cut([(x - 15, y - 1.6), (x + 15, y - 1.6), (x + 18, y + 2), (x - 18, y + 2)]),
                (3.4, 4)[i % 2],
                0.6,
            )
            person(s, x, y, 46 if i % 2 else 44, ("tree", "warrior")[i % 2], looks[i % 5])
        pot(s, s.left + 8, h * 0.98, 32, 4)
        pot(s, s.right - 8, h * 0.98, 32, 4)
