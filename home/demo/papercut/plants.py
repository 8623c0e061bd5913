"""Trees, flowers and grass."""

from __future__ import annotations

import math

from home.demo.papercut.paper import Cut, arc, box, put, smooth
from home.demo.papercut.sheet import Sheet

PETAL = smooth(
    [
        (0, 0),
        (0.32, -0.32),
        (0.52, -0.74),
        (0.24, -1),
        (0, -0.92),
        (-0.24, -1),
        (-0.52, -0.74),
        (-0.32, -0.32),
    ],
    steps=4,
)


LEAF = smooth(
    [(0, 0), (0.26, -0.34), (0.2, -0.72), (0, -1), (-0.2, -0.72), (-0.26, -0.34)], steps=4
)


def lotus(s: Sheet, x: float, y: float, k: float, tone: float) -> None:
    """A lotus leaf with cut veins."""
    cut = Cut([*arc(x, y, 9 * k, 3.2 * k, 12, 342, 40), (x, y)])
    for a in range(50, 330, 40):
        c, d = math.cos(math.radians(a)), math.sin(math.radians(a))
        cut.tube(
            (x + c * 1.6 * k, y + d * 0.6 * k, 0.1),
            (x + c * 7 * k, y + d * 2.5 * k, 0.22),
            hole=True,
        )
    s.lay(cut, tone, 0.7)


def pine(s: Sheet, x: float, y: float, h: float, tone: float, lift: float = 0.8) -> None:
    """A pine of three tiers."""
    cut = Cut().tube((x, y + 1, h * 0.035), (x, y - h * 0.5, h * 0.03))
    for top, base, w in ((1, 0.58, 0.2), (0.8, 0.36, 0.27), (0.56, 0.14, 0.34)):
        cut.add(
            smooth(
                [
                    (x, y - h * top),
                    (x + w * h * 0.45, y - h * (base + 0.1)),
                    (x + w * h, y - h * base),
                    (x, y - h * (base + 0.05)),
                    (x - w * h, y - h * base),
                    (x - w * h * 0.45, y - h * (base + 0.1)),
                ],
                steps=4,
            )
        )
    s.lay(cut, tone, lift)


def tree(
    s: Sheet, x: float, y: float, h: float, tone: float, blossom=None, lift: float = 1.2
) -> None:
    """A round tree with leaf-shaped holes, or a blossoming one."""
    s.lay(
        Cut()
        .tube(
            (x, y + 1, h * 0.05),
            (x + h * 0.02, y - h * 0.3, h * 0.035),
            (x - h * 0.01, y - h * 0.62, h * 0.02),
        )
        .tube((x + h * 0.01, y - h * 0.3, h * 0.025), (x + h * 0.16, y - h * 0.52, h * 0.01))
        .tube((x + h * 0.01, y - h * 0.36, h * 0.02), (x - h * 0.15, y - h * 0.58, h * 0.01)),
        min(5, tone + 1),
        lift,
    )
    for k, shade in ((0, 0), (1, -0.55)):
        cx, cy, r = x - k * h * 0.05, y - h * (0.66 + k * 0.05), h * (0.33 - k * 0.1)
        off = s.rng.uniform(0, 6)
        cut = Cut(
            [
                (cx + math.cos(a) * r * q, cy + math.sin(a) * r * q * 0.94)
                for a, q in (
                    (
                        i * 0.0873,
                        1
                        + 0.045 * math.sin(3 * i * 0.0873 + off)
                        + 0.025 * math.sin(5 * i * 0.0873 + 2 * off),
                    )
                    for i in range(72)
                )
            ]
        )
        for i in range(5 if k else 0):
            a = i * 1.257 + off
            cut.hole(
                put(
                    LEAF,
                    cx + math.cos(a) * r * 0.5,
                    cy + math.sin(a) * r * 0.5,
                    r * 0.34,
                    math.degrees(a) + 90,
                )
            )
        s.lay(cut, tone + shade, lift)
    for i in range(9 if blossom is not None else 0):
        a = i * 2.4
        flower(
            s,
            x + math.cos(a) * h * 0.1 * math.sqrt(i),
            y - h * 0.66 + math.sin(a) * h * 0.09 * math.sqrt(i),
            h * 0.055,
            blossom,
            5,
        )


def flower(
    s: Sheet,
    x: float,
    y: float,
    r: float,
    tone: float,
    petals: int = 6,
    rings: int = 1,
    turn: float = 0,
) -> None:
    """A flower of one or more rings of petals with a pierced heart."""
    for k in range(rings):
        size, shift = r * (1 - 0.3 * k), 180 / petals * (k % 2) + turn
        cut = Cut(*(put(PETAL, x, y, size, shift + 360 * i / petals) for i in range(petals)))
        for i in range(petals if r > 4 else 0):
            a = math.radians(shift + 360 * i / petals - 90)
            cut.tube(
                (x + math.cos(a) * size * 0.42, y + math.sin(a) * size * 0.42, 0.12),
                (x + math.cos(a) * size * 0.76, y + math.sin(a) * size * 0.76, size * 0.03),
                hole=True,
            )
        s.lay(cut, max(0.35, max(0.8, tone) - 0.75 * k), 0.35 + r * 0.06)
    s.lay(Cut(arc(x, y, r * 0.2, r * 0.2, n=18)), s.accent, 0.4)


def sprig(
    s: Sheet,
    x: float,
    y: float,
    length: float,
    turn: float,
    tone: float,
    pairs: int = 5,
    bend: float = 0.18,
    lift: float = 1.2,
) -> None:
    """A leafy stem that grows from (x, y); turn 0 is upright."""
    spine = [
        (bend * length * t * t, -length * t) for t in (i / (pairs + 1) for i in range(pairs + 2))
    ]
    cut = Cut().tube(
        *put(
            [
                (px, py, length * 0.018 * (1.3 - i / (pairs + 2)))
                for i, (px, py) in enumerate(spine)
            ],
            x,
            y,
            1,
            turn,
        )
    )
    for i, (px, py) in enumerate(spine[1:], 1):
        size = length * 0.34 * (1.12 - 0.6 * i / (pairs + 1))
        for side in (-1, 1) if i <= pairs else (0,):
            a = side * 52 + bend * 60 * i / pairs
            leaf = put(LEAF, px, py, size, a)
            vein = put([(0, -0.16, 0.02), (0, -0.72, 0.012)], px, py, size, a)
            cut.add(put(leaf, x, y, 1, turn)).tube(*put(vein, x, y, 1, turn), hole=True)
    s.lay(cut, tone, lift)


def corner(s: Sheet, tone: float = 5, flip: bool = False, size: float = 30) -> None:
    """Near leaves growing out of a lower corner."""
    x, m = s.right if flip else s.left, -1 if flip else 1
    for i, (turn, k) in enumerate(((30, 1.05), (6, 0.9), (58, 0.8))):
        sprig(
            s,
            x + m * (1 + 3 * i),
            s.h + 4,
            size * k,
            m * turn,
            tone - (0.9, 1.5, 0)[i],
            5,
            m * 0.16,
            1.8,
        )


def grass(s: Sheet, y: float, tone: float, height: float = 6, flowers: int = 0) -> None:
    """A near bank of blades along the lower edge, with a few flowers."""
    cut, n = Cut(box(s.left - 5, y, s.right + 5, s.h + 8)), int(s.w / 2.6)
    for i in range(n):
        x, lean, h = s.left + i * 2.6, s.rng.uniform(-2.2, 2.2), height * s.rng.uniform(0.5, 1)
        cut.add(
            [
                (x - 0.9, y + 1),
                (x + lean * 0.4 - 0.3, y - h * 0.6),
                (x + lean, y - h),
                (x + lean * 0.4 + 0.5, y - h * 0.55),
                (x + 1, y + 1),
            ]
        )
    s.lay(cut, tone, 1.8)
    for i in range(flowers):
        x = s.left + s.w * (i + s.rng.uniform(0.2, 0.8)) / flowers
        flower(
            s,
            x,
            y - s.rng.uniform(-1, height * 0.7),
            s.rng.uniform(2, 3.1),
            s.rng.choice((0, 1, 2)),
            6,
        )
