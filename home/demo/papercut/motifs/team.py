"""Colleagues standing together: three compositions."""

from __future__ import annotations

from home.demo.papercut.land import cloud, peaks, ridge, scatter, spread, sun
from home.demo.papercut.paper import box
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import grass, tree
from home.demo.papercut.rooms import bunting, ribbon, wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import hospital


def team(s: Sheet, v: int) -> None:
    """A team's portrait."""
    h, looks = s.h, staff(s)
    if v == 0:
        sun(s, 0, h * 0.4, 25)
        peaks(s, h * 0.74, h * 0.32, 1, count=4)
        cloud(s, -s.w * 0.34, h * 0.22, 2, 0.5)
        cloud(s, s.w * 0.35, h * 0.3, 1.9, 0.5, True)
        ridge(s, h * 0.72, 4, 2, wave=s.w * 0.8)
        top = ridge(s, h * 0.84, 2.5, 3, wave=s.w * 1.4)
        count = max(5, round(s.w / 22))
        for i, x in enumerate(spread(s, count, count * 19.5, 0)):
            pose = "link" if 0 < i < count - 1 else "wave"
            person(s, x, top(x) + 2, 47 + 2 * (i % 2), pose, looks[i % 6], i == 0)
        grass(s, h * 0.92, 5, 7, int(s.w / 15))
    elif v == 1:
        wall(s, 0.5, lift=0.1)
        cloud(s, -s.w * 0.34, h * 0.16, 2, -0.4)
        hospital(s, 0, h * 0.7, 1.15, 1.9, 0.35)
        for m in (-1, 1):
            tree(s, m * s.w * 0.42, h * 0.76, 46, 2.6, 1)
        ridge(s, h * 0.72, 1, 2.8, 1.4, s.w)
        for row, y in enumerate((0.8, 0.92)):
            for i, x in enumerate(spread(s, max(5, int(s.w * 0.82 / 17)), s.w * 0.8, 0.03)):
                pose = ("stand", "hold", "stand", "hips")[(i + row) % 4]
                person(s, x + 8.5 * row - 4, h * y, 42 + row, pose, looks[(i * 5 + row) % 6])
        grass(s, h * 0.93, 4.8, 5, int(s.w / 12))
    else:
        wall(s, 0.4, lift=0.1)
        sun(s, 0, h * 0.46, 24, 1.5)
        for k, t in enumerate((1.2, 2.2, None)):
            ribbon(s, h * 0.4 + 7 * k, 13, t, k)
        ridge(s, h * 0.82, 3, 2.6, wave=s.w)
        for i, x in enumerate(spread(s, max(5, round(s.w / 24)), s.w * 0.82, 0.05)):
            person(
                s,
                x,
                h * (0.79 - 0.05 * (i % 2)),
                45,
                ("leap", "cheer")[i % 2],
                looks[i % 6],
                i % 4 == 2,
            )
        bunting(s, h * 0.02, h * 0.1)
        scatter(s, int(s.w / 4), h * 0.06, h * 0.7, s.accent, 1, box(-1, -0.5, 1, 0.5))
        scatter(s, int(s.w / 5), h * 0.06, h * 0.7, 3, 0.9)
        grass(s, h * 0.92, 4.8, 7, int(s.w / 14))
