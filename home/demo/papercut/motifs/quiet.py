"""Quiet scenes for empty states: three compositions."""

from __future__ import annotations

from home.demo.papercut.food import cup
from home.demo.papercut.furniture import pot, stool, table
from home.demo.papercut.land import cloud, peaks, ridge, spread, sun, water
from home.demo.papercut.paper import Cut, arc, box, put, smooth
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import LEAF, PETAL, corner, grass, lotus, tree
from home.demo.papercut.rooms import floor, garden_wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import boat


def quiet(s: Sheet, v: int) -> None:
    """Nothing here yet: a paper boat, a kite, a desk by the window."""
    h, looks = s.h, staff(s)
    if v == 0:
        sun(s, s.w * 0.16, h * 0.32, 13)
        peaks(s, h * 0.66, h * 0.34, 1, count=4)
        cloud(s, -s.w * 0.24, h * 0.24, 2.2, 0.2)
        ridge(s, h * 0.58, 3, 1.8, wave=s.w * 0.6)
        water(s, h * 0.62, 0.8)
        boat(s, -2, h * 0.76, 1.9)
        for x, y, k, t in (
            (-0.34, 0.8, 1.3, 3),
            (0.3, 0.7, 0.9, 2.4),
            (0.38, 0.87, 1.7, 3.6),
            (-0.2, 0.93, 1.8, 4),
            (-0.42, 0.69, 0.8, 2.2),
        ):
            lotus(s, s.w * x, h * y, k, t)
        for x, y, k in ((-0.3, 0.77, 5), (0.41, 0.82, 6.5)):
            for a in (-56, 56, -28, 28, 0):
                s.lay(Cut(put(LEAF, s.w * x, h * y, k * 1.3, a)), 1 + 0.3 * (a == 0), 0.5)
        corner(s, 5, False, 24)
    elif v == 1:
        sun(s, -s.w * 0.26, h * 0.3, 10)
        cloud(s, s.w * 0.3, h * 0.5, 2.2, 0.2, True)
        cloud(s, -s.w * 0.1, h * 0.18, 1.6, 0.2)
        ridge(s, h * 0.68, 6, 1.2, wave=s.w * 0.7)
        top = ridge(s, h * 0.76, 5, 2.2, wave=s.w * 0.9)
        for x in spread(s, int(s.w / 30), s.w):
            tree(s, x, top(x) + 1, s.rng.uniform(14, 20), 2.6, 1)
        top = ridge(s, h * 0.86, 4, 3.4, wave=s.w * 1.2)
        x, kx, ky = -s.w * 0.16, s.w * 0.16, h * 0.26
        spots = person(s, x, top(x) + 1, 36, "reach", looks[0])
        hx, hy = spots["near"]
        s.lay(
            Cut().tube(
                (hx, hy, 0.16), ((hx + kx) / 2 + 5, (hy + ky) / 2 + 6, 0.14), (kx, ky, 0.12)
            ),
            4,
            0.3,
        )
        s.lay(
            Cut().tube(
                (kx, ky, 0.4),
                (kx + 8, ky + 14, 0.5),
                (kx + 3, ky + 23, 0.4),
                (kx + 10, ky + 33, 0.2),
            ),
            s.accent,
            0.5,
        )
        s.lay(
            Cut(put(smooth([(0, -11), (8, -2), (0, 11), (-8, -2)], steps=2), kx, ky, 1.15, 16)),
            4,
            1.2,
        )
        for m in (-1, 1):
            s.lay(
                Cut(put(PETAL, kx, ky, 9.5, 16 + 90 * m), put(LEAF, kx, ky, 9, 16 + 90 - 90 * m)),
                2.2 if m > 0 else 1.2,
                0.5,
            )
        s.lay(Cut(arc(kx, ky, 1.7, 1.7, n=20)), s.accent, 0.4)
        grass(s, h * 0.94, 5, 7, int(s.w / 18))
    else:
        garden_wall(s, 1.6, 0, h * 0.36, 28, 1)
        floor(s, h * 0.78, 2.6)
        table(s, 0, h * 0.76, 76, h * 0.2, 4)
        for i in range(3):
            s.lay(
                Cut(box(-30 - i, h * 0.75 - 3.2 * i - 3.2, -12 - i * 0.7, h * 0.75 - 3.2 * i, 0.5)),
                (3, -0.5, s.accent)[i],
                0.5,
            )
        pot(s, 26, h * 0.755, 24, 3.4)
        cup(s, 4, h * 0.75, 2.6, -0.5)
        s.lay(
            Cut().tube(
                (4, h * 0.67, 0.2), (5.6, h * 0.62, 0.6), (2.6, h * 0.57, 0.5), (5, h * 0.52, 0.1)
            ),
            -0.8,
            0.4,
        )
        stool(s, 0, h * 0.98, 19, 4.6)
        corner(s, 5, True, 26)
