"""Crossroads for error pages: three compositions."""

from __future__ import annotations

from home.demo.papercut.land import cloud, peaks, ridge, spread, sun, water
from home.demo.papercut.paper import Cut, arc, box, mix, put, smooth
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import corner, grass, pine
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import boat, lantern


def lost(s: Sheet, v: int) -> None:
    """The page is not here: a fork in the path, a lantern in the mist, a bridge with a gap."""
    h, looks = s.h, staff(s)
    sun(s, s.w * (0.24, -0.22, 0.2)[v], h * 0.26, 10)
    peaks(s, h * 0.7, h * 0.42, 1, count=3)
    cloud(s, s.w * (-0.26, 0.24, -0.3)[v], h * 0.28, 2.1, 0.2)
    if v == 0:
        ridge(s, h * 0.62, 5, 1.6, wave=s.w * 0.6)
        top = ridge(s, h * 0.72, 4, 2.3, wave=s.w)
        for x in spread(s, int(s.w / 14), s.w):
            pine(s, x, top(x) + 1, s.rng.uniform(8, 15), 2.8)
        ridge(s, h * 0.78, 2, 3.3, wave=s.w)
        for m in (-1, 1):
            s.lay(
                Cut().tube(
                    (0, h + 6, 9),
                    (m * 2, h * 0.95, 5.4),
                    (m * 8, h * 0.895, 3.3),
                    (m * 20, h * 0.85, 2),
                    (m * 25, h * 0.815, 1.2),
                    (m * 38, h * 0.785, 0.4),
                ),
                1.4,
                0.3,
            )
        s.lay(Cut().tube((0, h * 0.86, 1.2), (0, h * 0.38, 1)), 5, 1)
        for i, (y, m, t) in enumerate(((0.44, 1, 4), (0.54, -1, 4.6), (0.64, 1, s.accent))):
            s.lay(
                Cut(
                    put(
                        [(-4, -4), (17, -4), (22, 0), (17, 4), (-4, 4)],
                        0,
                        h * y,
                        1,
                        -4 + 4 * i,
                        m < 0,
                    )
                ).tube(
                    *put([(0, 0, 0.3), (14, 0, 0.3)], 0, h * y, 1, -4 + 4 * i, m < 0), hole=True
                ),
                t,
                1,
            )
        person(s, -24, h * 0.93, 38, "stand", looks[0])
        grass(s, h * 0.965, 5, 5, int(s.w / 20))
    elif v == 1:
        ridge(s, h * 0.66, 6, 2, wave=s.w * 0.7)
        cloud(s, -s.w * 0.3, h * 0.62, 2.6, 0.1)
        top = ridge(s, h * 0.84, 5, 3.4, wave=s.w * 1.2)
        for r, t in ((17, 0.3), (12, 0.12)):
            s.lay(Cut(arc(9, top(-6) - 17, r, r, n=60)), mix(s.tone(1), s.accent, 0.5 - t), 0.6)
        spots = person(s, -6, top(-6) + 1, 40, "talk", looks[0])
        hx, hy = spots["near"]
        s.lay(Cut().tube((hx - 2, hy, 0.4), (hx + 5, hy - 2, 0.35)), 5, 0.4)
        lantern(s, hx + 4, hy + 12, 4.6, 4, hy - 1)
        cloud(s, s.w * 0.28, h * 0.8, 3, 0.1, True)
        cloud(s, -s.w * 0.34, h * 0.92, 3.2, 0.1)
        top = ridge(s, h * 0.95, 3, 4.8, wave=s.w * 0.8)
        for x in spread(s, int(s.w / 16), s.w):
            if abs(x) > 24:
                pine(s, x, top(x) + 2, s.rng.uniform(12, 24), 4.6)
    else:
        ridge(s, h * 0.62, 5, 1.8, wave=s.w * 0.6)
        water(s, h * 0.68, 0.7)
        for m in (-1, 1):
            s.lay(
                Cut(
                    smooth(
                        [
                            (m * (s.w / 2 + 8), h * 0.56),
                            (m * (s.w * 0.3), h * 0.62),
                            (m * 32, h * 0.7),
                            (m * 26, h + 4),
                            (m * (s.w / 2 + 8), h + 6),
                        ],
                        steps=6,
                    )
                ),
                3.4,
                1.6,
            )
            cut = Cut(box(min(m * 13, m * 40), h * 0.69, max(m * 13, m * 40), h * 0.72))
            for i in range(4):
                cut.tube((m * (14 + 8 * i), h * 0.6, 0.7), (m * (14 + 8 * i), h * 0.78, 0.7))
            s.lay(cut.tube((m * 14, h * 0.625, 0.45), (m * 40, h * 0.61, 0.45)), 5, 1)
        person(s, -25, h * 0.695, 36, "point", looks[0])
        person(s, 27, h * 0.695, 36, "wave", looks[1], True)
        boat(s, 0, h * 0.88, 1.2)
        for m in (False, True):
            corner(s, 5, m, 26)
