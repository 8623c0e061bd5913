"""What stands in a room: tables, chairs, screens, shelves, and rows of people."""

from __future__ import annotations

from home.demo.papercut.paper import Cut, arc, box, mix, put, smooth
from home.demo.papercut.people import Look, person
from home.demo.papercut.plants import PETAL, sprig
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import HEART


def risers(s: Sheet, y: float, rise: float, widths: tuple, tone: float) -> list[float]:
    """Risers of a stage from back (top) to front; returns the height of each tread."""
    tops = []
    for i, w in enumerate(widths):
        tops.append(y + rise * i)
        s.lay(
            Cut(box(-w / 2, tops[-1], w / 2, s.h + 5, 0.6)).tube(
                (-w / 2 + 2, tops[-1] + 1.3, 0.16), (w / 2 - 2, tops[-1] + 1.3, 0.16), hole=True
            ),
            tone + 0.35 * i,
            1.4,
        )
    return tops


def heads(s: Sheet, tone: float = 5, rows: int = 2, size: float = 1, hands: int = 0) -> None:
    """Rows of an audience seen from behind, along the lower edge; `hands` of ten are raised."""
    for row in range(rows):
        y, r = s.h * (0.985 - 0.12 * (rows - 1 - row)), 4.6 * size * (0.8 + 0.2 * row)
        shade, n = tone - 0.8 * (rows - 1 - row), int(s.w / (r * 3.6)) + 2
        for i in range(n):
            x = s.left + (i + 0.5 * (row % 2)) * s.w / (n - 1) + s.rng.uniform(-0.3, 0.3) * r
            cut = Cut(arc(x, y - r * 1.9, r * 0.84, r, n=26)).tube(
                (x, y - r, r * 0.4), (x, y, r * 0.4)
            )
            cut.add(
                smooth(
                    [
                        (x - r * 1.7, y + r * 3),
                        (x - r * 1.6, y + r * 0.3),
                        (x - r * 0.6, y - r * 0.7),
                        (x + r * 0.6, y - r * 0.7),
                        (x + r * 1.6, y + r * 0.3),
                        (x + r * 1.7, y + r * 3),
                    ],
                    steps=4,
                )
            )
            if s.rng.random() * 10 < hands:
                m = s.rng.choice((-1, 1))
                cut.tube(
                    (x + m * r * 1.3, y + r * 0.6, r * 0.5),
                    (x + m * r * 1.75, y - r * 1.6, r * 0.42),
                    (x + m * r * 1.6, y - r * 4, r * 0.32),
                )
                for f in (-0.42, -0.15, 0.12, 0.4):
                    cut.tube(
                        (x + m * r * 1.6 + f * r * 0.5, y - r * 4.1, r * 0.16),
                        (x + m * r * 1.6 + f * r * 1.1, y - r * (5.1 - abs(f) * 0.6), r * 0.12),
                    )
            if s.rng.random() < 0.35:
                cut.add(arc(x, y - r * 3, r * 0.42, r * 0.4, n=14))
            s.lay(cut, max(0, shade - 0.35 * (i % 2)), 1.4)


def table(
    s: Sheet, x: float, y: float, w: float, h: float, tone: float = 4, cloth: bool = False
) -> None:
    """A table whose top is at y and whose feet are h below."""
    if cloth:
        n, hem = max(3, round(w / 12)), []
        for i in range(n):
            a, b = x + w / 2 - i * w / n, x + w / 2 - (i + 1) * w / n
            hem += [
                (a, y + h * 0.9),
                ((a * 3 + b) / 4, y + h * 0.97),
                ((a + b) / 2, y + h),
                ((a + b * 3) / 4, y + h * 0.97),
            ]
        s.lay(Cut([(x - w / 2, y), (x + w / 2, y), *hem, (x - w / 2, y + h * 0.9)]), tone, 1)
    else:
        for m in (-1, 1):
            s.lay(
                Cut().tube((x + m * w * 0.4, y, 1), (x + m * w * 0.44, y + h, 0.8)), tone + 0.3, 0.8
            )
    s.lay(Cut(box(x - w / 2 - 1.5, y - 1, x + w / 2 + 1.5, y + 1.6, 1)), tone - 0.4, 0.9)


def stool(s: Sheet, x: float, y: float, h: float, tone: float = 4.5) -> None:
    """A stool; y is the floor and h its height."""
    s.lay(
        Cut(box(x - h * 0.36, y - h, x + h * 0.3, y - h * 0.84, 0.8))
        .tube((x - h * 0.28, y - h * 0.9, 0.6), (x - h * 0.34, y, 0.5))
        .tube((x + h * 0.2, y - h * 0.9, 0.6), (x + h * 0.26, y, 0.5)),
        tone,
        0.6,
    )


def seated(
    s: Sheet, x: float, y: float, size: float, pose: str, look: Look, flip: bool = False
) -> dict:
    """A person on a stool; the feet are at y."""
    stool(s, x - (-1 if flip else 1) * size * 0.01, y, size * 0.27)
    return person(s, x, y, size, pose, look, flip)


def pot(s: Sheet, x: float, y: float, h: float, tone: float = 3) -> None:
    """A plant in a pot."""
    for t, k in ((-32, 0.72), (30, 0.78), (-10, 1), (12, 0.9)):
        sprig(
            s,
            x,
            y - h * 0.25,
            h * 0.75 * k,
            t,
            tone + (t % 3) * 0.25,
            4,
            0.1 if t > 0 else -0.1,
            0.7,
        )
    s.lay(
        Cut(
            [
                (x - h * 0.16, y - h * 0.3),
                (x + h * 0.16, y - h * 0.3),
                (x + h * 0.11, y),
                (x - h * 0.11, y),
            ]
        ),
        s.accent,
        0.7,
    )


def lamp(s: Sheet, x: float, y: float, r: float, tone: float = 4, lit: bool = True) -> None:
    """A hanging lamp and, if lit, its cone of light."""
    if lit:
        s.lay(
            Cut(
                [
                    (x - r * 0.8, y),
                    (x + r * 0.8, y),
                    (x + r * 2.8, y + r * 5.5),
                    (x - r * 2.8, y + r * 5.5),
                ]
            ),
            mix(s.tone(0), s.accent, 0.16),
            0.1,
        )
    s.lay(Cut().tube((x, -3, 0.22), (x, y - r, 0.22)), 5, 0.3)
    s.lay(
        Cut(
            smooth(
                [
                    (x - r * 0.2, y - r * 0.95),
                    (x + r * 0.2, y - r * 0.95),
                    (x + r * 0.7, y - r * 0.5),
                    (x + r, y),
                    (x - r, y),
                    (x - r * 0.7, y - r * 0.5),
                ],
                steps=5,
            )
        ),
        tone,
        1,
    )


def lectern(s: Sheet, x: float, y: float, k: float, tone: float = 4.4) -> None:
    """A speaker's desk with a microphone; k scales it."""
    s.lay(
        Cut(
            [(x - 5 * k, y - 19 * k), (x + 5 * k, y - 19 * k), (x + 4 * k, y), (x - 4 * k, y)]
        ).hole(*(put(PETAL, x, y - 10 * k, 2.2 * k, 72 * j) for j in range(5))),
        tone,
        1.2,
    )
    s.lay(Cut(box(x - 7 * k, y - 21 * k, x + 7 * k, y - 18.4 * k, 0.6)), tone - 0.6, 0.7)
    s.lay(
        Cut().tube(
            (x + 3 * k, y - 21 * k, 0.4),
            (x + 4 * k, y - 26 * k, 0.35),
            (x + 2 * k, y - 28 * k, 0.9 * k),
        ),
        5,
        0.4,
    )


def screen(s: Sheet, x: float, y: float, rx: float, ry: float) -> None:
    """A teaching screen: a beating line over a hill of bars."""
    s.lay(Cut(box(x - rx - 2, y - ry - 2, x + rx + 2, y + ry + 2, 1.5)), 4, 1.6)
    s.lay(Cut(box(x - rx, y - ry, x + rx, y + ry, 0.8)), -0.7, 0.3)
    for i in range(7):
        bh = ry * (0.3 + 0.12 * i + 0.16 * (i % 2))
        s.lay(
            Cut(
                box(
                    x - rx * 0.8 + i * rx * 0.23,
                    y + ry * 0.78 - bh,
                    x - rx * 0.66 + i * rx * 0.23,
                    y + ry * 0.78,
                    0.3,
                )
            ),
            (1, 1.6, 2.2)[i % 3],
            0.3,
        )
    line = [
        (-0.86, 0),
        (-0.5, 0),
        (-0.4, -0.3),
        (-0.28, 0.34),
        (-0.16, -0.66),
        (-0.04, 0.14),
        (0.06, 0),
        (0.3, 0),
        (0.38, -0.2),
        (0.46, 0),
        (0.86, 0),
    ]
    s.lay(
        Cut().tube(*[(x + a * rx, y + (b - 0.22) * ry, 0.75) for a, b in line], curve=False),
        s.accent,
        0.5,
    )
    s.lay(Cut(put(HEART, x + rx * 0.68, y - ry * 0.6, ry * 0.2)), 4, 0.4)


def shelves(s: Sheet, x0: float, x1: float, y0: float, y1: float, rows: int, tone: float) -> None:
    """A bookcase full of books."""
    s.lay(Cut(box(x0, y0, x1, y1)), tone + 0.5, 0.6)
    gap = (y1 - y0) / rows
    for tint in (0, 1, 2):
        cut, r = Cut(), s.rng
        for j in range(rows):
            x = x0 + 1.4 + tint * 2.6
            while x < x1 - 3.4:
                w, t = r.uniform(1.6, 2.5), gap * r.uniform(0.55, 0.84)
                if r.random() < 0.86:
                    cut.add(
                        put(
                            box(-w / 2, -t, w / 2, 0, 0.2),
                            x + w / 2,
                            y0 + gap * (j + 1) - 0.6,
                            1,
                            r.choice((0, 0, 0, -5)),
                        )
                    )
                x += 7.8
        s.lay(
            cut,
            (tone - 1.6, tone - 0.7, s.accent)[tint]
            if tint < 2
            else mix(s.accent, s.tone(1), 0.45),
            0.5,
        )
    frame = Cut(box(x0 - 1.4, y0 - 1.4, x1 + 1.4, y1 + 1))
    for j in range(rows):
        frame.hole(box(x0 + 0.4, y0 + gap * j + 0.8, x1 - 0.4, y0 + gap * (j + 1) - 0.6))
    s.lay(frame, tone, 1.4)
