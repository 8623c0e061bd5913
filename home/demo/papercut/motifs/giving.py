"""Giving: three compositions."""

from __future__ import annotations

from home.demo.papercut.furniture import pot
from home.demo.papercut.hands import hand, palm
from home.demo.papercut.land import ridge, rings, scatter, spread, sun
from home.demo.papercut.paper import Cut, box, put
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import grass, sprig
from home.demo.papercut.rooms import floor, garden_wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import HEART


def giving(s: Sheet, v: int) -> None:
    """Hands that give: donation and care."""
    h, looks = s.h, staff(s)
    if v == 0:
        rings(s, 0, h * 0.46, (58, 0.3), (45, 0.8), (32, 1.3))
        for m in (-1, 1):
            for i in range(4):
                sprig(
                    s,
                    m * (24 + 5 * i),
                    h * 0.66,
                    40 - 7 * i,
                    m * (-6 + 24 * i),
                    (2.4, 1.7, 3)[i % 3],
                    4,
                    m * 0.14,
                    0.8,
                )
        for k, t in ((17, 4), (12.5, 3), (8, None)):
            s.lay(Cut(put(HEART, 0, h * 0.4, k)), s.accent if t is None else t, 1.8)
        hand(s, -31, h * 0.72, 33, -16, False, 4)
        hand(s, 31, h * 0.74, 33, 16, True, -0.6)
    elif v == 1:
        sun(s, 0, h * 0.3, 20, 1.1)
        k = 15
        s.lay(Cut(put(HEART, 0, h * 0.3, k)).hole(put(HEART, 0, h * 0.3, k * 0.62)), 4, 1.6)
        s.lay(Cut(put(HEART, 0, h * 0.3, k * 0.45)), s.accent, 1)
        ridge(s, h * 0.94, 2, 2, wave=s.w)
        for i, x in enumerate(spread(s, max(7, round(s.w / 15)), s.w * 0.96, 0.1)):
            y = h * (0.58 + 0.1 * (i % 3) + 0.12 * abs(x) / s.w)
            palm(s, x, y, 1.05, -x * 0.32, (4, -0.6, 3, 5, 1.6)[i % 5])
        grass(s, h * 0.95, 5, 5, int(s.w / 20))
        scatter(s, int(s.w / 12), h * 0.05, h * 0.6, 3, 1.5, HEART, 6)
    else:
        garden_wall(s, 1.1, 0, h * 0.36, 27, 0, True)
        floor(s, h * 0.76, 2.4)
        x, y = 0, h * 0.93
        s.lay(Cut(box(-15, y - 24, 15, y)), 3.4, 1.4)
        s.lay(Cut(box(-17, y - 27, 17, y - 22.6, 0.8)).hole(box(-6, y - 26, 6, y - 25)), 4.4, 1)
        s.lay(Cut(put(HEART, 0, y - 11, 7)), s.accent, 0.8)
        for i, (px, pose, m) in enumerate(
            ((-32, "give", False), (32, "give", True), (-52, "stroll", False), (53, "walk", True))
        ):
            if abs(px) < s.w * 0.47:
                spots = person(s, px, y + (i > 1), 49, pose, looks[i], m)
                if i < 2:
                    hx, hy = spots["near"]
                    s.lay(Cut(put(HEART, hx, hy - 4, 3.6)), 4 if i else s.accent, 0.8)
        for m in (-1, 1):
            pot(s, m * s.w * 0.47, h * 0.99, 28, 4)
