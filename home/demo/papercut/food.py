"""What is on the table: cups, dumplings, a steaming bowl."""

from __future__ import annotations

import math

from home.demo.papercut.paper import Cut, arc, put, smooth
from home.demo.papercut.plants import PETAL
from home.demo.papercut.sheet import Sheet


def cup(s: Sheet, x: float, y: float, k: float, tone: float = 0) -> None:
    """A tea cup that stands on y."""
    s.lay(
        Cut(
            smooth(
                [
                    (x - 1.6 * k, y - 2.4 * k),
                    (x + 1.6 * k, y - 2.4 * k),
                    (x + 1.3 * k, y),
                    (x - 1.3 * k, y),
                ],
                steps=3,
            )
        ),
        tone,
        0.4,
    )


def dumpling(s: Sheet, x: float, y: float, k: float, turn: float = 0, tone: float = -0.7) -> None:
    """A dumpling with pleats as cut lines."""
    cut = Cut(
        put(
            smooth(
                [
                    (-5, 1.4),
                    (-4.2, -1),
                    (-1.6, -3),
                    (1.6, -3),
                    (4.2, -1),
                    (5, 1.4),
                    (2.6, 2.6),
                    (-2.6, 2.6),
                ],
                steps=5,
            ),
            x,
            y,
            k,
            turn,
        )
    )
    for i in (-2.6, -1.3, 0, 1.3, 2.6):
        cut.tube(
            *put(
                [(i, -2.5 + abs(i) * 0.4, 0.12), (i * 0.9, -0.6 + abs(i) * 0.3, 0.26)],
                x,
                y,
                k,
                turn,
            ),
            hole=True,
        )
    s.lay(cut, tone, 0.25 * k)


def bowl(s: Sheet, x: float, y: float, r: float, tone: float = 4) -> None:
    """A big bowl of dumplings; y is its rim."""
    s.lay(Cut(arc(x, y, r, r * 0.24, n=60)), 5, 0.8)
    for i, (dx, dy) in enumerate(
        ((-0.55, -0.02), (0.52, -0.03), (-0.02, -0.1), (-0.3, 0.06), (0.3, 0.07), (0, -0.26))
    ):
        dumpling(
            s, x + dx * r, y + dy * r, r * 0.068, (-14, 16, 4, -6, 8, -3)[i], -0.7 + 0.2 * (i % 2)
        )
    body = Cut(
        [(x - r, y)]
        + [
            (x + r * math.cos(a), y + r * 0.24 * math.sin(a))
            for a in (math.radians(180 - 9 * i) for i in range(21))
        ]
        + smooth(
            [
                (x + r, y),
                (x + r * 0.9, y + r * 0.44),
                (x + r * 0.42, y + r * 0.84),
                (x - r * 0.42, y + r * 0.84),
                (x - r * 0.9, y + r * 0.44),
                (x - r, y),
            ],
            False,
        )
    )
    for i in range(5):
        body.hole(
            *(
                put(
                    PETAL,
                    x + r * (-0.64 + 0.32 * i),
                    y + r * (0.5 + 0.1 * (1 - abs(i - 2) / 2)),
                    r * 0.1,
                    72 * j,
                )
                for j in range(5)
            )
        )
    s.lay(body, tone, 1.6)
    s.lay(
        Cut(
            smooth(
                [
                    (x - r * 0.4, y + r * 0.82),
                    (x + r * 0.4, y + r * 0.82),
                    (x + r * 0.46, y + r * 0.98),
                    (x - r * 0.46, y + r * 0.98),
                ],
                steps=3,
            )
        ),
        tone + 0.6,
        0.8,
    )
