"""The car club on a road: three compositions."""

from __future__ import annotations

import math

from home.demo.papercut.land import bird, cloud, peaks, ridge, spread, sun
from home.demo.papercut.paper import Cut, Point, arc, box, put, smooth
from home.demo.papercut.plants import grass, pine, tree
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import car


def road(s: Sheet, v: int) -> None:
    """The car club on a road."""
    h = s.h
    if v == 0:
        sun(s, -s.w * 0.2, h * 0.27, 10)
        peaks(s, h * 0.62, h * 0.36, 1, count=3)
        cloud(s, s.w * 0.22, h * 0.2, 1.9)
        top = ridge(s, h * 0.5, 4, 2, wave=s.w * 0.6)
        for x in spread(s, int(s.w / 9), s.w):
            pine(s, x, top(x) + 1.5, s.rng.uniform(6, 10), 2.5)
        for i, (y, t) in enumerate(((0.55, 2.6), (0.61, 2.9), (0.69, 3.3), (0.8, 3.7))):
            ridge(s, h * y, 2.5 + i, t, 1.6, s.w * (0.6 + 0.2 * i))

        def bend(t: float) -> Point:
            return 26 * math.sin(t * 6.4 + 0.4) * (0.35 + 0.65 * t) + 6 * (
                1 - t
            ), h * 0.55 + h * 0.5 * t**1.5

        left, right, dash = [], [], Cut()
        for i in range(41):
            t = i / 40
            (x, y), r = bend(t), 0.7 + 13 * t**1.7
            left, right = [*left, (x - r, y)], [*right, (x + r, y)]
            if i % 4 == 1 and i > 8:
                dash.tube((x, y, r * 0.05), (*bend(t + 0.03), r * 0.055))
        cut = Cut(left + right[::-1])
        cut.steps += [(False, *step[1:]) for step in dash.steps]
        s.lay(cut, 4.6, 0.7)
        for i, tone in ((31, 1.4), (22, -0.5), (15, 2), (10, 1)):
            (ax, ay), (bx, _) = left[i], right[i]
            k, x = (bx - ax) / 15, ax * 0.3 + bx * 0.7
            s.lay(
                Cut(
                    put(box(-3.4, -1.6, -1.8, 0.6, 0.4), x, ay, k),
                    put(box(1.8, -1.6, 3.4, 0.6, 0.4), x, ay, k),
                ),
                5,
                0.3,
            )
            s.lay(
                Cut(
                    put(
                        smooth(
                            [
                                (-3.8, -0.4),
                                (-3.9, -2.4),
                                (-3, -4.4),
                                (-2.3, -5.9),
                                (2.3, -5.9),
                                (3, -4.4),
                                (3.9, -2.4),
                                (3.8, -0.4),
                            ],
                            steps=4,
                        ),
                        x,
                        ay,
                        k,
                    )
                ).hole(
                    put(
                        smooth([(-2.5, -3.9), (-1.9, -5.2), (1.9, -5.2), (2.5, -3.9)], steps=3),
                        x,
                        ay,
                        k,
                    )
                ),
                tone,
                0.3 + 0.9 * k,
            )
            s.lay(
                Cut(
                    put(arc(-2.9, -2.2, 0.55, 0.4, n=14), x, ay, k),
                    put(arc(2.9, -2.2, 0.55, 0.4, n=14), x, ay, k),
                ),
                s.accent,
                0.3,
            )
        tree(s, -s.w * 0.4, h * 0.86, 40, 4.3)
        tree(s, s.w * 0.41, h * 0.78, 30, 4)
        grass(s, h * 0.97, 5, 6, 3)
    elif v == 1:
        sun(s, s.w * 0.18, h * 0.36, 17)
        for i, y in enumerate((0.5, 0.56, 0.62)):
            ridge(s, h * y, 1.2, 0.8 + i * 0.6, 1.2, wave=17 + 6 * i)
        for x, y, k in ((-s.w * 0.26, 0.2, 1.1), (-s.w * 0.17, 0.26, 0.8), (-s.w * 0.33, 0.3, 0.7)):
            bird(s, x, h * y, k)
        top = ridge(s, h * 0.68, 3, 3, wave=s.w * 0.9)
        for i, x in enumerate(spread(s, int(s.w / 32), s.w)):
            tree(s, x, top(x) + 3, s.rng.uniform(20, 30), 2.2 + 0.6 * (i % 2), 1 if i % 2 else None)
        s.lay(
            Cut(box(s.left - 5, h * 0.78, s.right + 5, h + 5)).tube(
                *[(s.left + i * s.w / 4, h * 0.8, 0.25) for i in range(5)], hole=True
            ),
            4.5,
            1.6,
        )
        dashes = Cut()
        for i in range(int(s.w / 16) + 1):
            dashes.add(box(s.left + i * 16, h * 0.905, s.left + i * 16 + 9, h * 0.92))
        s.lay(dashes, -0.3, 0.3)
        car(s, -s.w * 0.02, h * 0.885, 52, 2)
        car(s, -s.w * 0.02 - 58, h * 0.87, 40, 3.3)
        car(s, -s.w * 0.02 + 55, h * 0.87, 40, -0.5)
        grass(s, h * 0.965, 5, 7, 5)
    else:
        sun(s, s.w * 0.25, h * 0.2, 8, -0.8)
        peaks(s, h * 0.8, h * 0.6, 1, count=3)
        cloud(s, -s.w * 0.26, h * 0.3, 2.2)
        peaks(s, h * 0.92, h * 0.45, 2, count=4)
        cloud(s, s.w * 0.3, h * 0.6, 2, -0.3, True)
        y = h * 0.52
        bridge, gap = Cut(box(s.left - 5, y, s.right + 5, y + 5)), s.w / max(4, round(s.w / 34))
        for i in range(int(s.w / gap) + 2):
            x = s.left + (i - 0.5) * gap
            bridge.add([(x - 3, y), (x + 3, y), (x + 4.4, h + 5), (x - 4.4, h + 5)])
            bridge.add(
                [(x, y + 2)]
                + [
                    (x + gap * k / 10, y + 5 + 16 * (1 - math.sin(math.pi * k / 10)) ** 1.4)
                    for k in range(11)
                ]
                + [(x + gap, y + 2)]
            )
        bridge.tube((s.left - 5, y + 2.4, 0.22), (s.right + 5, y + 2.4, 0.22), hole=True)
        for i, x in enumerate(spread(s, max(3, int(s.w / 34)), s.w * 0.94, 0.08)):
            car(s, x, y + 0.4, 19, (4, -0.5, 5, 3)[i % 4], flip=False)
        s.lay(bridge, 3.4, 2.2)
        top = ridge(s, h * 0.88, 6, 4.6, wave=s.w * 0.7)
        for x in spread(s, int(s.w / 9), s.w):
            pine(s, x, top(x) + 2, s.rng.uniform(10, 20), s.rng.choice((4.2, 4.7, 5)))
