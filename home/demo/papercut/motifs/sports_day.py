"""A sports day: three compositions."""

from __future__ import annotations

import math

from home.demo.papercut.land import cloud, ridge, spread, sun
from home.demo.papercut.paper import Cut, arc, box, put
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import LEAF, grass
from home.demo.papercut.rooms import bunting
from home.demo.papercut.sheet import Sheet


def sports_day(s: Sheet, v: int) -> None:
    """Tug of war, relay, long rope: the sports day."""
    h, looks = s.h, staff(s, "sport")
    sun(s, s.w * (0.2, -0.22, 0)[v], h * 0.3, (10, 11, 24)[v], None if v < 2 else 1)
    cloud(s, -s.w * (0.2, -0.2, 0.36)[v], h * 0.25, 1.9)
    ridge(s, h * 0.5, 5, 1, wave=s.w * 0.6)
    s.lay(Cut(box(s.left - 5, h * 0.6, s.right + 5, h * 0.8)), 2, 1.4)
    for i, x in enumerate(spread(s, int(s.w / 7), s.w)):
        person(
            s,
            x,
            h * 0.72,
            24,
            ("cheer", "wave", "stand", "vote")[s.rng.randrange(4)],
            flat=1.5 + 0.5 * (i % 2),
            lift=0.4,
        )
    s.lay(Cut(box(s.left - 5, h * 0.64, s.right + 5, h * 0.8)), 2.6, 1)
    bunting(s, h * 0.06, h * 0.07)
    ridge(s, h * 0.79, 1.2, 3.2, wave=s.w)
    y = h * 0.9
    if v == 0:
        s.lay(Cut().tube((s.left - 5, y - 16, 0.6), (s.right + 5, y - 16, 0.6)), s.accent, 0.5)
        for m in (False, True):
            for i in range(max(3, int(s.w / 40))):
                person(
                    s,
                    (-1 if not m else 1) * (19 + i * 17),
                    y + (i % 2),
                    36,
                    "pull",
                    looks[(i + 2 * m) % len(looks)],
                    m,
                )
        s.lay(
            Cut().tube((-s.w * 0.5 + 4, y - 16.4, 0.5), (s.w * 0.5 - 4, y - 16.4, 0.5)),
            s.accent,
            0.5,
        )
        s.lay(Cut(*(put(LEAF, 0, y - 16, 8, a) for a in (156, 204, 80, -80))), 4.4, 0.8)
        s.lay(Cut(arc(0, y - 16.3, 1.7, 1.7, n=20)), s.accent, 0.4)
    elif v == 1:
        lanes = Cut()
        for i in range(4):
            lanes.tube(
                (s.left - 5, h * (0.82 + 0.055 * i), 0.2),
                (0, h * (0.81 + 0.055 * i), 0.3),
                (s.right + 5, h * (0.82 + 0.055 * i), 0.2),
            )
        s.lay(lanes, -0.3, 0.3)
        for i, x in enumerate(spread(s, max(3, int(s.w / 36)), s.w * 0.8)):
            spots = person(
                s,
                x,
                h * (0.85 + 0.05 * (i % 2)),
                41,
                ("sprint", "run")[i % 2],
                looks[i % len(looks)],
            )
            if i % 2 == 0:
                hx, hy = spots["near"]
                s.lay(Cut().tube((hx - 2.5, hy + 1, 0.7), (hx + 3, hy - 1.4, 0.7)), s.accent, 0.4)
    else:
        w = min(s.w * 0.4, 52)
        s.lay(
            Cut().tube(
                *[
                    (w * math.cos(math.radians(a)), y - 14 - 34 * math.sin(math.radians(a)), 0.4)
                    for a in range(0, 181, 12)
                ],
                curve=False,
            ),
            s.accent,
            0.6,
        )
        person(s, -w - 4, y, 36, "give", looks[0])
        person(s, w + 4, y, 36, "give", looks[1], True)
        for i, x in enumerate(spread(s, max(3, int(w / 14)), w * 1.45, 0)):
            person(
                s,
                x,
                y - 4 - 2 * (i % 2),
                33,
                ("leap", "cheer", "jump")[i % 3],
                looks[(i + 2) % len(looks)],
                i % 2 == 1,
            )
    grass(s, h * 0.96, 5, 5, 4)
