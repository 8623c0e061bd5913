"""Sky, hills and water."""

from __future__ import annotations

import math

from home.demo.papercut.paper import Colour, Cut, Point, arc, box, mix, put, smooth
from home.demo.papercut.sheet import Sheet


def spread(s: Sheet, count: int, width: float, jitter: float = 0.12) -> list[float]:
    """Even places across a width, a little shaken."""
    gap = width / count
    return [
        (i + 0.5) * gap - width / 2 + s.rng.uniform(-jitter, jitter) * gap for i in range(count)
    ]


def ridge(
    s: Sheet,
    base: float,
    rise: float,
    tone: float,
    lift: float = 2,
    wave: float = 60,
    slope: float = 0,
):
    """A band of land across the sheet; returns its height as a function of x."""
    a, b, c = (s.rng.uniform(0, 6.3) for _ in range(3))

    def top(x: float) -> float:
        t = x / wave * 6.283
        wave_form = (
            0.55 * math.sin(t + a) + 0.3 * math.sin(1.9 * t + b) + 0.15 * math.sin(3.7 * t + c)
        )
        return base + slope * x - rise * wave_form

    xs = [s.left - 6 + i * 3 for i in range(int(s.w / 3) + 5)]
    s.lay(
        Cut([(x, top(x)) for x in xs] + [(s.right + 9, s.h + 9), (s.left - 9, s.h + 9)]), tone, lift
    )
    return top


def peaks(
    s: Sheet, base: float, rise: float, tone: float, lift: float = 2, count: int = 3
) -> list[Point]:
    """Steep hills with cut contour lines; returns the summits."""
    tops, cut = [], Cut()
    span = s.w / count
    for i in range(count):
        x = s.left + span * (i + 0.5) + s.rng.uniform(-0.2, 0.2) * span
        y, half = base - rise * s.rng.uniform(0.6, 1), span * s.rng.uniform(0.62, 0.8)
        line = smooth(
            [
                (x - half, s.h + 5),
                (x - half * 0.6, base - (base - y) * 0.16),
                (x - half * 0.24, y + (base - y) * 0.34),
                (x, y),
                (x + half * 0.2, y + (base - y) * 0.26),
                (x + half * 0.62, base - (base - y) * 0.2),
                (x + half, s.h + 5),
            ],
            False,
        )
        cut.add(line)
        tops.append((x, y))
        for k in (0.18, 0.3):
            drop = (base - y) * k
            cut.tube(
                (x - half * 0.1 * (1 + k), y + drop * 1.5, 0.15),
                (x - half * 0.02, y + drop, 0.5),
                (x + half * 0.1, y + drop * 1.35, 0.5),
                (x + half * 0.2, y + drop * 2.1, 0.12),
                hole=True,
            )
    s.lay(cut, tone, lift)
    return tops


def sun(s: Sheet, x: float, y: float, r: float, tone: float | Colour | None = None) -> None:
    """A disc of light with paper rings round it."""
    if tone is None:
        tone = 2.3 if s.name == "gold" else s.accent
    disc = tone if isinstance(tone, tuple) else s.tone(tone)
    for k, glow in ((2.1, 0.1), (1.55, 0.28)):
        s.lay(Cut(arc(x, y, r * k, r * k, n=70)), mix(s.tone(0.1), disc, glow), 1.1)
    s.lay(Cut(arc(x, y, r, r, n=60)), disc, 1.3)


def rings(s: Sheet, x: float, y: float, *discs: tuple[float, float]) -> None:
    """Discs on one another, each of (radius, tone), widest first."""
    for r, tone in discs:
        s.lay(Cut(arc(x, y, r, r, n=90)), tone, 1.5)


def cloud(
    s: Sheet, x: float, y: float, size: float, tone: float = -0.4, flip: bool = False
) -> None:
    """A scroll cloud 云纹: round heads on a long base, with a cut spiral."""
    cut = Cut()
    for cx, cy, r in ((-3.6, -0.5, 1.3), (-1.4, -1.6, 2.1), (1.7, -1.3, 1.7), (4, -0.4, 1.1)):
        cut.add(put(arc(cx, cy, r, r, n=24), x, y, size, 0, flip))
    cut.tube(
        *put(
            [(-8, 0.5, 0.35), (-4, 0.35, 0.75), (4, 0.35, 0.75), (8.6, 0.6, 0.3)],
            x,
            y,
            size,
            0,
            flip,
        )
    )
    cut.tube(*put([(-6, 1.7, 0.25), (-1, 1.6, 0.5), (5, 1.75, 0.2)], x, y, size, 0, flip))
    for cx, cy, r in ((-1.4, -1.5, 1.45), (1.8, -1.2, 1.1)):
        turns = [math.radians(150 + 62 * i) for i in range(8)]
        cut.tube(
            *put(
                [
                    (
                        cx + math.cos(a) * r * (1 - i * 0.11),
                        cy + math.sin(a) * r * (1 - i * 0.11),
                        0.17,
                    )
                    for i, a in enumerate(turns)
                ],
                x,
                y,
                size,
                0,
                flip,
            ),
            hole=True,
        )
    s.lay(cut, tone, 0.9)


def bird(s: Sheet, x: float, y: float, size: float, tone: float = 3) -> None:
    """A small bird on the wing."""
    outline = [
        (-5, -2),
        (-2, -2.4),
        (0, 0),
        (2.6, -3),
        (6, -3.4),
        (2.4, -1.2),
        (0.6, 1.2),
        (-1.2, 0.6),
        (-2.6, -1.2),
    ]
    s.lay(Cut(put(smooth(outline, steps=4), x, y, size)), tone, 0.6)


def scatter(
    s: Sheet,
    count: int,
    y0: float,
    y1: float,
    tone,
    size: float = 0.8,
    shape=None,
    margin: float = 0,
) -> None:
    """Small loose pieces in the air: petals, snow, confetti; one cut, spread over the width."""
    cut = Cut()
    for i in range(count):
        x = s.left + margin + (s.w - 2 * margin) * (i + s.rng.random()) / count
        r = size * s.rng.uniform(0.55, 1.2)
        cut.add(
            put(shape or arc(0, 0, 1, 1, n=14), x, s.rng.uniform(y0, y1), r, s.rng.uniform(0, 360))
        )
    s.lay(cut, tone, 0.5)


def water(s: Sheet, y: float, tone: float, lines: int = 10) -> None:
    """Still water with a few long ripples."""
    s.lay(Cut(box(s.left - 6, y, s.right + 6, s.h + 6)), tone, 1)
    for i in range(lines):
        x, yy, r = (
            s.rng.uniform(s.left, s.right),
            y + (s.h - y) * (i + 0.6) / lines,
            s.rng.uniform(7, 15),
        )
        s.lay(
            Cut().tube((x - r, yy, 0.1), (x, yy + 0.4, 0.42), (x + r, yy, 0.1)),
            max(-1, tone - 0.8),
            0.3,
        )
