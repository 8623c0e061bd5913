"""A certificate of honour: three compositions."""

from __future__ import annotations

from home.demo.papercut.land import rings, scatter
from home.demo.papercut.paper import Cut, arc, box, mix, put
from home.demo.papercut.people import person, staff
from home.demo.papercut.plants import PETAL, flower, sprig
from home.demo.papercut.rooms import floor, wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import HEART


def certificate(s: Sheet, v: int) -> None:
    """A sheet with its border, lines of writing and a seal."""
    h, looks = s.h, staff(s)
    wall(s, (0.8, 1.6, 1)[v], lift=0.1)
    if v == 0:  # lying on a cloth, a sprig on either side
        rings(s, 0, h * 0.5, (64, 0.5), (50, 0.1))
        for m in (-1, 1):
            sprig(s, m * s.w * 0.4, h * 0.98, h * 0.7, m * -8, 3, 6, -m * 0.14)
        _paper(s, 0, h * 0.5, h * 0.62)
        scatter(s, 12, h * 0.05, h * 0.3, s.accent, 1, PETAL)
    elif v == 1:  # an open folder
        w, tall = h * 0.56, h * 0.66
        s.lay(Cut(box(-w - 3, h * 0.5 - tall / 2 - 3, w + 3, h * 0.5 + tall / 2 + 3, 2)), 4.4, 2)
        for m in (-1, 1):
            s.lay(
                Cut(box(min(0, m * w), h * 0.5 - tall / 2, max(0, m * w), h * 0.5 + tall / 2)),
                -0.5,
                0.5,
            )
        rings(s, -w * 0.5, h * 0.5, (tall * 0.3, 1), (tall * 0.24, 0.2))
        s.lay(Cut(put(HEART, -w * 0.5, h * 0.5, tall * 0.13)), s.accent, 0.7)
        _writing(s, w * 0.5, h * 0.5, w * 0.8, tall * 0.8)
    else:  # on the wall, two colleagues look at it
        floor(s, h * 0.86, 2.4)
        s.lay(Cut(box(-h * 0.42, h * 0.14, h * 0.42, h * 0.62, 1)), 4, 2)
        _paper(s, 0, h * 0.38, h * 0.42)
        person(s, -s.w * 0.28, h * 0.93, 50, "point", looks[0])
        person(s, s.w * 0.29, h * 0.93, 49, "hold", looks[1], True)
        for i, x in enumerate((-0.46, 0.46)):
            flower(s, s.w * x, h * 0.92, 7, (2, 3)[i], 8, 2)


def _paper(s: Sheet, x: float, y: float, tall: float) -> None:
    """A sheet with a double border, wider than high."""
    w = tall * 1.36
    s.lay(Cut(box(x - w / 2, y - tall / 2, x + w / 2, y + tall / 2, 0.8)), -0.8, 1.2)
    for k, tone in ((0.93, 3.2), (0.88, s.accent)):
        rim = box(x - w * k / 2, y - tall * k / 2, x + w * k / 2, y + tall * k / 2, 0.8)
        inner = k - 0.02
        hole = box(
            x - w * inner / 2, y - tall * inner / 2, x + w * inner / 2, y + tall * inner / 2, 0.8
        )
        s.lay(Cut(rim).hole(hole), tone, 0.2)
    s.lay(Cut(put(HEART, x, y - tall * 0.32, tall * 0.055)), s.accent, 0.4)
    _writing(s, x, y + tall * 0.05, w * 0.72, tall * 0.62)


def _writing(s: Sheet, x: float, y: float, w: float, tall: float) -> None:
    """A heading, lines like writing, and the seal over the last of them."""
    s.lay(Cut(box(x - w * 0.26, y - tall * 0.44, x + w * 0.26, y - tall * 0.31, 0.6)), 3.6, 0.2)
    lines = Cut()
    for i, end in enumerate((0.5, 0.5, 0.34, 0.5, 0.2)):
        at = y - tall * 0.16 + i * tall * 0.13
        lines.tube((x - w * 0.5, at, tall * 0.014), (x + w * end, at, tall * 0.014))
    s.lay(lines, mix(s.tone(2), s.tone(3), 0.3), 0)
    r = tall * 0.16
    seal = Cut(arc(x + w * 0.3, y + tall * 0.34, r, r, n=40))
    seal.hole(arc(x + w * 0.3, y + tall * 0.34, r * 0.84, r * 0.84, n=40))
    s.lay(seal.add(put(HEART, x + w * 0.3, y + tall * 0.35, r * 0.4)), (180, 35, 24), 0.1)
