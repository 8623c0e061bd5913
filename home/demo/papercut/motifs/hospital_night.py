"""The hospital at night: three compositions."""

from __future__ import annotations

from home.demo.papercut.furniture import lamp, pot, table
from home.demo.papercut.land import cloud, ridge, rings, scatter, spread
from home.demo.papercut.paper import Cut, arc, box, mix
from home.demo.papercut.people import Look, person, staff
from home.demo.papercut.plants import corner, flower, grass, sprig, tree
from home.demo.papercut.rooms import wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import building, hospital


def hospital_night(s: Sheet, v: int) -> None:
    """The hospital at night, its windows lit."""
    h, looks = s.h, staff(s)
    wall(s, 3.4 if v < 2 else 2, lift=0.1)
    if v < 2:
        mx, my = s.w * (0.3, -0.28)[v], h * 0.22
        rings(s, mx, my, (20, 3.1), (15, 2.7))
        s.lay(Cut(arc(mx, my, 9, 9, n=50)), mix(s.glow, s.tone(0), 0.6), 1.2)
        scatter(s, int(s.w / 5), h * 0.03, h * 0.44, mix(s.glow, s.tone(0), 0.5), 0.42)
        cloud(s, mx - 12, my + 7, 1.7, 2.2)
        cloud(s, -mx * 0.8, h * 0.3, 1.8, 2.6, True)
    if v == 0:
        ridge(s, h * 0.6, 6, 3, wave=s.w * 0.7)
        for x in spread(s, int(s.w / 15), s.w):
            building(s, x, h * 0.8, 11, s.rng.uniform(16, 34), 3.7, 5, 2, 0.3, 0.9)
        hospital(s, 0, h * 0.84, 1.22, 4.3)
        ridge(s, h * 0.85, 1, 4.7, 1.6, s.w)
        for x, k in ((-0.45, 1), (-0.34, 0.8), (0.36, 0.8), (0.46, 1.05)):
            tree(s, s.w * x, h * 0.89, 26 * k, 4.2)
        s.lay(Cut([(-8, h * 0.84), (8, h * 0.84), (19, h + 4), (-19, h + 4)]), 3.7, 0.3)
        person(s, -30, h * 0.93, 22, "walk", looks[0])
        person(s, 33, h * 0.935, 22, "stroll", looks[1], True)
        grass(s, h * 0.965, 5, 5, 4)
    elif v == 1:
        for row, (t, base) in enumerate(((2.9, 0.66), (3.5, 0.72))):
            for x in spread(s, int(s.w / 13), s.w * 1.04):
                building(s, x, h * base, 12, s.rng.uniform(18, 46) - 8 * row, t, 6, 2, 0.4, 0.9)
        hospital(s, s.w * 0.16, h * 0.74, 0.8, 4.4, 0.7)
        s.lay(Cut(box(s.left - 5, h * 0.74, s.right + 5, h + 5)), 4, 1.4)
        glow = mix(s.glow, s.tone(4), 0.45)
        for i in range(22):
            x, y = s.rng.uniform(s.left, s.right), h * s.rng.uniform(0.77, 0.9)
            s.lay(
                Cut().tube((x - 5, y, 0.1), (x, y, 0.4), (x + 5, y, 0.1)), glow if i % 2 else 3, 0.2
            )
        s.lay(
            Cut(
                [
                    (s.left - 5, h * 0.86),
                    (s.right + 5, h * 0.86),
                    (s.right + 5, h * 0.885),
                    (s.left - 5, h * 0.885),
                ]
            ),
            5,
            1,
        )
        rail = Cut(box(s.left - 5, h * 0.8, s.right + 5, h * 0.812))
        for i in range(int(s.w / 7) + 2):
            rail.tube((s.left + i * 7, h * 0.8, 0.5), (s.left + i * 7, h * 0.88, 0.5))
        s.lay(rail, 5, 0.8)
        s.lay(Cut(box(s.left - 5, h * 0.88, s.right + 5, h + 5)), 4.6, 1)
        for i, x in enumerate((-s.w * 0.3, -s.w * 0.22, s.w * 0.36)):
            person(s, x, h * 0.96, 30, ("stroll", "walk", "walk")[i], looks[i], i == 2)
        for m in (-1, 1):
            x = m * s.w * 0.08 - 10
            s.lay(Cut().tube((x, h * 0.94, 0.8), (x, h * 0.5, 0.5), (x + 4, h * 0.46, 0.5)), 5, 0.8)
            s.lay(Cut(arc(x + 5, h * 0.475, 2.6, 2.6, n=30)), s.accent, 0.6)
        corner(s, 5, True, 26)
    else:
        w, y0, y1 = min(46, s.w * 0.36), h * 0.2, h * 0.74
        s.lay(Cut(box(-w, y0, w, y1)), mix(s.glow, s.tone(0), 0.55), 0.2)
        s.lay(Cut(box(-w, y1 - 12, w, y1 + 2)), mix(s.glow, s.tone(2), 0.45), 0.5)
        lamp(s, 12, y0 + 12, 5, 4)
        for i in range(5):
            s.lay(
                Cut(box(-w + 6 + i * 3.4, y0 + 14 - (i % 3), -w + 8.8 + i * 3.4, y0 + 24, 0.3)),
                (3, 4, 2)[i % 3],
                0.3,
            )
        s.lay(Cut(box(-w + 4, y0 + 24, -w + 26, y0 + 25.4)), 4, 0.6)
        person(s, -4, y1 + 12, 47, "write", Look(-0.6, 4, 5, "coat", "bun", True))
        person(s, 31, y1 + 8, 50, "talk", Look(-0.6, 4, 5, "coat", "short"), True)
        table(s, 16, y1 - 9, 18, 14, 4)
        pot(s, 22, y1 - 10, 11, 3)
        hole = box(-w, y0, w, y1, 2)
        small = (
            [
                box(s.left + s.w * a, h * b, s.left + s.w * (a + 0.075), h * (b + 0.16), 1)
                for a in (0.025, 0.9)
                for b in (0.2, 0.5)
            ]
            if s.w > 140
            else []
        )
        for i, pane in enumerate(small):
            s.lay(Cut(pane), mix(s.glow, s.tone(0), 0.3) if i % 3 else 4, 0.1)
        wall(s, 4.2, hole, *small, lift=3)
        s.lay(
            Cut(box(-w - 3, y0 - 3, w + 3, y1 + 3, 2))
            .hole(box(-w, y0, w, y1, 1))
            .add(box(-w * 0.36, y0, -w * 0.36 + 1.4, y1), box(-w, y0 + 8, w, y0 + 9.2)),
            5,
            1.2,
        )
        s.lay(Cut(box(-w - 7, y1 + 3, w + 7, y1 + 7, 1)), 3.4, 1.4)
        for i, x in enumerate(spread(s, 7, w * 1.9, 0.1)):
            sprig(s, x, y1 + 5, 11, (i % 3 - 1) * 18, 4.4 + 0.3 * (i % 3), 3, 0.1, 0.6)
            if i % 2:
                flower(s, x + 2, y1 - 1, 3.2, i % 3, 6)
        scatter(s, int(s.w / 5), h * 0.02, h * 0.95, mix(s.glow, s.tone(0), 0.7), 0.45)
        for m in (False, True):
            corner(s, 5, m, 32)
