"""Cut paper: palettes, hand-cut outlines and `Cut`, one piece of paper.

Lengths are in paper units: a sheet is at least 115 units wide and 100 high, x = 0 in the middle,
y = 0 at the top.
"""

from __future__ import annotations

import math
import zlib

Point = tuple[float, float]


Colour = tuple[int, int, int]


# Six tones of one hue, far (light) to near (dark), then one accent used in small pieces only.
PALETTES = {
    "vermilion": ("FBEBDD", "F5CFB4", "E99C7B", "D15B41", "B42318", "741A16", "F0BE5E"),
    "jade": ("EDF3E6", "CCE3D3", "92C6B3", "479A88", "0F6B5C", "0B423B", "F2C46C"),
    "gold": ("FFF2D3", "F9DFA3", "EDC067", "D69A35", "AC6D15", "6C4011", "C8452E"),
    "dusk": ("F3EFE8", "D3DEE6", "A0BACF", "5F87AC", "30587F", "1B3553", "F3BC62"),
    "plum": ("F9ECEA", "EBCBD4", "D096AE", "A65C82", "74335A", "461F3B", "F4C572"),
}


PAPER: Colour = (251, 247, 240)


def rgb(code: str) -> Colour:
    """Colour from six hexadecimal digits."""
    return tuple(bytes.fromhex(code))


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """Colour between `a` (share 0) and `b` (share 1)."""
    return tuple(round(p + (q - p) * share) for p, q in zip(a, b, strict=False))


def composition(seed: str, count: int = 3) -> int:
    """Number of the composition a seed chooses: the same for every motif."""
    return zlib.crc32(seed.encode()) % count


def smooth(points, closed: bool = True, steps: int = 7) -> list:
    """Catmull-Rom curve through points of any dimension (x, y) or (x, y, radius)."""
    n = len(points)
    pick = (lambda i: points[i % n]) if closed else (lambda i: points[min(max(i, 0), n - 1)])
    out = []
    for i in range(n if closed else n - 1):
        knots = list(zip(pick(i - 1), pick(i), pick(i + 1), pick(i + 2), strict=False))
        for k in range(steps):
            t = k / steps
            t2, t3 = t * t, t * t * t
            out.append(
                tuple(
                    b
                    + 0.5
                    * (
                        (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t2
                        + (3 * b - a - 3 * c + d) * t3
                    )
                    for a, b, c, d in knots
                )
            )
    return out if closed else [*out, tuple(points[-1])]


def arc(
    x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360, n: int = 40
) -> list[Point]:
    """Points of an elliptic arc; degrees run clockwise from the right."""
    turns = (
        math.radians(start + (end - start) * i / n) for i in range(n + (abs(end - start) < 360))
    )
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in turns]


def box(x0: float, y0: float, x1: float, y1: float, r: float = 0) -> list[Point]:
    """Rectangle with round corners."""
    if r <= 0:
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    r = min(r, (x1 - x0) / 2, (y1 - y0) / 2)
    return (
        arc(x1 - r, y0 + r, r, r, -90, 0, 6)
        + arc(x1 - r, y1 - r, r, r, 0, 90, 6)
        + arc(x0 + r, y1 - r, r, r, 90, 180, 6)
        + arc(x0 + r, y0 + r, r, r, 180, 270, 6)
    )


def put(
    points, x: float = 0, y: float = 0, size: float = 1, turn: float = 0, flip: bool = False
) -> list:
    """Mirror, scale, turn by degrees, then shift to (x, y); a third value (radius) is scaled."""
    c, s, m = (
        math.cos(math.radians(turn)) * size,
        math.sin(math.radians(turn)) * size,
        -1 if flip else 1,
    )
    return [
        (x + p[0] * m * c - p[1] * s, y + p[0] * m * s + p[1] * c, *(r * size for r in p[2:]))
        for p in points
    ]


class Cut:
    """One piece of paper: outlines and tubes that are added or cut out, in order."""

    def __init__(self, *outlines):
        self.steps: list[tuple[bool, bool, list]] = []  # (paper or hole, tube or outline, points)
        self.add(*outlines)

    def add(self, *outlines) -> Cut:
        self.steps += [(True, False, o) for o in outlines]
        return self

    def hole(self, *outlines) -> Cut:
        self.steps += [(False, False, o) for o in outlines]
        return self

    def tube(self, *spine, hole: bool = False, curve: bool = True) -> Cut:
        """A tapered limb along (x, y, radius) points."""
        self.steps.append(
            (not hole, True, smooth(spine, False) if curve and len(spine) > 2 else list(spine))
        )
        return self

    def bounds(self) -> tuple[float, float, float, float]:
        xs, ys = [], []
        for paper, tube, points in self.steps:
            if paper:
                r = max(p[2] for p in points) if tube else 0
                xs += [min(p[0] for p in points) - r, max(p[0] for p in points) + r]
                ys += [min(p[1] for p in points) - r, max(p[1] for p in points) + r]
        return min(xs), min(ys), max(xs), max(ys)
