"""Things people build, drive, hang up and carry."""

from __future__ import annotations

import math

from home.demo.papercut.land import spread
from home.demo.papercut.paper import Cut, arc, box, mix, put, smooth
from home.demo.papercut.plants import flower
from home.demo.papercut.sheet import Sheet

HEART = smooth(
    [
        (0, 0.95),
        (-0.55, 0.42),
        (-0.98, -0.1),
        (-0.86, -0.68),
        (-0.42, -0.84),
        (-0.06, -0.5),
        (0, -0.42),
        (0.06, -0.5),
        (0.42, -0.84),
        (0.86, -0.68),
        (0.98, -0.1),
        (0.55, 0.42),
    ],
    steps=5,
)


def lantern(
    s: Sheet, x: float, y: float, r: float, tone: float = 4, hang: float | None = None
) -> None:
    """A ribbed festival lantern with a tassel, hung from `hang` or from the top of the sheet."""
    s.lay(
        Cut()
        .tube((x, -4 if hang is None else hang, 0.18), (x, y - r, 0.18))
        .tube((x, y + r, 0.3), (x, y + r * 1.7, 0.25))
        .tube((x - r * 0.12, y + r * 1.4, 0.15), (x - r * 0.18, y + r * 2.2, 0.3))
        .tube((x + r * 0.12, y + r * 1.4, 0.15), (x + r * 0.18, y + r * 2.2, 0.3)),
        5,
        0.4,
    )
    glow = {"vermilion": tone, "gold": s.accent}.get(s.name, mix(s.accent, s.tone(3), 0.12))
    body = Cut(arc(x, y, r * 1.12, r * 0.9, n=44))
    for k in (-0.78, -0.4, 0, 0.4, 0.78):
        body.tube(
            *[
                (x + k * r * 1.1 * math.cos(a), y + r * 0.84 * math.sin(a), 0.16)
                for a in (i * 0.26 - 1.3 for i in range(11))
            ],
            hole=True,
        )
    s.lay(body, glow, 1.2)
    trim = s.accent if s.name == "vermilion" else 4
    s.lay(
        Cut(
            box(x - r * 0.5, y - r * 1.02, x + r * 0.5, y - r * 0.78, 0.4),
            box(x - r * 0.5, y + r * 0.78, x + r * 0.5, y + r * 1.02, 0.4),
        ),
        trim,
        0.5,
    )


def building(
    s: Sheet,
    x: float,
    base: float,
    w: float,
    h: float,
    tone: float,
    floors: int,
    cols: int,
    lit: float = 0.5,
    lift: float = 1.6,
) -> None:
    """A facade with windows cut out over a warm sheet, some of them dark."""
    s.lay(
        Cut(box(x - w / 2 + 0.4, base - h + 0.4, x + w / 2 - 0.4, base)),
        mix(s.glow, s.tone(0), 0.25),
        0.2,
    )
    facade, dark = Cut(box(x - w / 2, base - h, x + w / 2, base + 1)), Cut()
    dx, dy = w / (cols + 0.6), h / (floors + 0.7)
    for i in range(cols):
        for j in range(floors):
            wx, wy = x - w / 2 + dx * (i + 0.55), base - h + dy * (j + 0.5)
            pane = box(wx, wy, wx + dx * 0.5, wy + dy * 0.56, 0.3)
            facade.hole(pane)
            if s.rng.random() > lit:
                dark.add(pane)
    if dark.steps:
        s.lay(dark, min(5, tone + 0.35), 0.2)
    s.lay(facade, tone, lift)


def hospital(s: Sheet, x: float, base: float, k: float, tone: float, lit: float = 0.6) -> None:
    """Our hospital: two wings, a tower with a pierced heart, a warm entrance."""
    building(s, x - 23 * k, base, 30 * k, 26 * k, tone - 0.5, 4, 5, lit)
    building(s, x + 25 * k, base, 34 * k, 20 * k, tone - 0.4, 3, 6, lit)
    building(s, x, base, 26 * k, 46 * k, tone, 7, 4, lit, 2)
    s.lay(Cut(box(x - 8 * k, base - 56 * k, x + 8 * k, base - 46 * k)), s.accent, 0.2)
    s.lay(
        Cut(box(x - 14.4 * k, base - 57 * k, x + 14.4 * k, base - 45 * k, 1.5)).hole(
            put(HEART, x, base - 51 * k, 4 * k)
        ),
        tone + 0.6,
        1.4,
    )
    s.lay(Cut(box(x - 8 * k, base - 9 * k, x + 8 * k, base)), mix(s.glow, s.tone(0), 0.4), 0.4)
    s.lay(
        Cut(box(x - 13 * k, base - 11 * k, x + 13 * k, base - 8.6 * k, 0.6))
        .tube((x - 11 * k, base - 9 * k, 0.6 * k), (x - 11 * k, base, 0.6 * k))
        .tube((x + 11 * k, base - 9 * k, 0.6 * k), (x + 11 * k, base, 0.6 * k))
        .tube((x, base - 8 * k, 0.35 * k), (x, base, 0.35 * k)),
        tone + 0.8,
        1,
    )


def car(s: Sheet, x: float, y: float, length: float, tone: float, flip: bool = False) -> None:
    """A small family car from the side."""
    k = length / 10

    def at(points):
        return put(points, x, y, k, 0, flip)

    body = smooth(
        [
            (-4.9, -0.5),
            (-4.95, -1.7),
            (-3.7, -2.1),
            (-2.5, -3.35),
            (0.9, -3.45),
            (2.6, -2.15),
            (4.5, -1.75),
            (5, -1.1),
            (4.9, -0.5),
        ],
        steps=5,
    )
    s.lay(
        Cut(at([(-2.7, -1.5), (-2, -3.15), (0.9, -3.15), (1.9, -1.5)])),
        mix(s.tone(0), s.accent, 0.25),
        0.1,
    )
    cut = Cut(at(body)).hole(
        at(smooth([(-2.9, -2.15), (-2.1, -3), (-0.75, -3.05), (-0.75, -2.1)], steps=3)),
        at(smooth([(-0.35, -2.1), (-0.35, -3.05), (0.75, -3.02), (1.85, -2.1)], steps=3)),
    )
    cut.tube(*at([(-0.55, -1.85, 0.05), (-0.55, -0.7, 0.05)]), hole=True).tube(
        *at([(0.2, -1.55, 0.07), (0.7, -1.55, 0.07)]), hole=True
    )
    s.lay(cut, tone, 0.25 * k)
    for wx in (-2.9, 2.9):
        s.lay(Cut(at(arc(wx, -0.55, 0.95, 0.95, n=26))), 5, 0.12 * k)
        s.lay(Cut(at(arc(wx, -0.55, 0.42, 0.42, n=18))), 1, 0.08 * k)


def boat(s: Sheet, x: float, y: float, k: float, tone: float = -0.8) -> None:
    """A folded paper boat; y is the water line."""
    s.lay(
        Cut([(x - 1 * k, y - 9 * k), (x + 5 * k, y - 1 * k), (x - 6 * k, y - 1 * k)]),
        tone + 0.9,
        0.8,
    )
    s.lay(
        Cut(
            [
                (x - 11 * k, y - 4 * k),
                (x, y - 1.4 * k),
                (x + 11 * k, y - 4 * k),
                (x + 6.5 * k, y + 2.4 * k),
                (x - 6.5 * k, y + 2.4 * k),
            ]
        ).tube(
            (x - 9 * k, y - 3 * k, 0.1),
            (x, y + 1.4 * k, 0.25),
            (x + 9 * k, y - 3 * k, 0.1),
            hole=True,
            curve=False,
        ),
        tone,
        1.2,
    )


def rosette(s: Sheet, x: float, y: float, r: float, tone: float = 4) -> None:
    """An award ribbon: two tails, a pleated disc, and a pierced heart of gold."""
    for m in (-1, 1):
        s.lay(
            Cut(
                [
                    (x + m * r * 0.06, y),
                    (x + m * r * 0.62, y + r * 0.2),
                    (x + m * r * 0.95, y + r * 2.35),
                    (x + m * r * 0.58, y + r * 2.08),
                    (x + m * r * 0.3, y + r * 2.4),
                ]
            ).tube(
                (x + m * r * 0.34, y + r, 0.2), (x + m * r * 0.58, y + r * 1.95, 0.3), hole=True
            ),
            tone - (m > 0) * 0.6,
            1.4,
        )
    for k, t, n in ((1, tone, 22), (0.8, max(0, tone - 1.6), 18)):
        rim = [
            (x + math.cos(a) * q, y + math.sin(a) * q)
            for i in range(n * 2)
            for a, q in ((i * 3.1416 / n, r * k * (1 if i % 2 else 0.88)),)
        ]
        cut = Cut(smooth(rim, steps=3))
        for i in range(n if k == 1 else 0):
            a = i * 6.2832 / n
            cut.tube(
                (x + math.cos(a) * r * 0.8, y + math.sin(a) * r * 0.8, 0.15),
                (x + math.cos(a) * r * 0.9, y + math.sin(a) * r * 0.9, 0.3),
                hole=True,
            )
        s.lay(cut, t, 1.3)
    s.lay(
        Cut(arc(x, y, r * 0.6, r * 0.6, n=60)).hole(put(HEART, x, y + r * 0.03, r * 0.33)),
        s.accent,
        1,
    )


def bouquet(s: Sheet, x: float, y: float, k: float) -> None:
    """A paper-wrapped bunch of five flowers."""
    s.lay(
        Cut(
            [
                (x - 4 * k, y - 3 * k),
                (x + 4 * k, y - 3 * k),
                (x + 1 * k, y + 6 * k),
                (x - 1 * k, y + 6 * k),
            ]
        ),
        s.accent,
        0.5,
    )
    for i, (dx, dy) in enumerate(((-3.4, -3.4), (3.4, -3.6), (0, -2.4), (-1.8, -6), (2, -6.2))):
        flower(s, x + dx * k, y + dy * k, 2.5 * k, (1, 0, 2, 3, 1)[i], 6)


def open_book(s: Sheet, x: float, y: float, k: float, flip: bool = False) -> None:
    """A book held open in a reader's hands."""
    s.lay(
        Cut(
            put(
                smooth(
                    [(-1, 2), (-3.4, -4.6), (1.6, -3.4), (6.4, -5.4), (4.6, 1.4), (1, 3)], steps=3
                ),
                x,
                y,
                k,
                0,
                flip,
            )
        ),
        s.accent,
        0.5,
    )
    s.lay(
        Cut(put(smooth([(-0.6, 0.8), (-2.6, -4.8), (1.6, -3.8)], steps=3), x, y, k, 0, flip)),
        -0.8,
        0.3,
    )


def notes(s: Sheet, count: int, y0: float, y1: float) -> None:
    """Loose notes of music in the air."""
    for i, x in enumerate(spread(s, count, s.w * 0.86, 0.3)):
        y, k = s.rng.uniform(y0, y1), s.rng.uniform(0.7, 1.15)
        cut = Cut(put(arc(0, 0, 1.9, 1.4, n=18), x, y, k, -20)).tube(
            (x + 1.6 * k, y - 0.3, 0.3 * k), (x + 1.6 * k, y - 7 * k, 0.3 * k)
        )
        cut.tube(
            (x + 1.6 * k, y - 7 * k, 0.5 * k),
            (x + 3.6 * k, y - 5.6 * k, 0.6 * k),
            (x + 4 * k, y - 3.4 * k, 0.2 * k),
        )
        s.lay(cut, (3, 4, 2)[i % 3], 0.6)
