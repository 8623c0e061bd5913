"""What frames a face drawn close up: the hair above the brow, and caps."""

from __future__ import annotations

from home.demo.papercut.paper import Cut, arc, mix, smooth
from home.demo.papercut.sheet import Sheet

FRINGES = {
    "short": [
        (-21, 2),
        (-23, -9),
        (-17, -22),
        (0, -29),
        (17, -22),
        (23, -9),
        (21, 2),
        (17, -6),
        (9, -12),
        (-2, -14),
        (-12, -11),
        (-17, -6),
    ],
    "parted": [
        (-21, 3),
        (-23, -10),
        (-16, -24),
        (2, -29),
        (18, -22),
        (23, -8),
        (21, 3),
        (18, -4),
        (12, -13),
        (2, -19),
        (-9, -13),
        (-17, -5),
    ],
    "bob": [
        (-21, 4),
        (-22, -10),
        (-15, -23),
        (0, -28),
        (15, -23),
        (22, -10),
        (21, 4),
        (18, -2),
        (13, -10),
        (0, -14),
        (-13, -10),
        (-18, -2),
    ],
    "bun": [
        (-21, 0),
        (-22, -12),
        (-14, -24),
        (0, -28),
        (14, -24),
        (22, -12),
        (21, 0),
        (16, -9),
        (6, -16),
        (-6, -16),
        (-16, -9),
    ],
}
FRINGES["tail"] = FRINGES["parted"]
FRINGES["grey"] = FRINGES["short"]


def wear(s: Sheet, at, cap: str, cloth: float, k: float) -> None:
    """Put a cap on the head that `at` places: nurse, surgical, chef, helmet, peaked, or none."""
    if cap == "nurse":
        fold = [(-16, -20), (-20, -36), (-6, -30), (6, -30), (20, -36), (16, -20), (0, -24)]
        s.lay(
            Cut(at(fold)).tube(*at([(-15, -23, 0.3), (0, -27, 0.4), (15, -23, 0.3)]), hole=True),
            -0.8,
            1 * k,
        )
    elif cap == "surgical":
        dome = [
            (-22, -4),
            (-24, -18),
            (-15, -32),
            (0, -36),
            (15, -32),
            (24, -18),
            (22, -4),
            (12, -11),
        ]
        cut = Cut(at(smooth([*dome, (0, -13), (-12, -11)], steps=6)))
        for m in (-0.6, 0, 0.6):
            cut.tube(
                *at([(m * 20, -31 + abs(m) * 5, 0.15), (m * 26, -18, 0.4), (m * 24, -12, 0.15)]),
                hole=True,
            )
        s.lay(cut, 2.4, 1 * k)
    elif cap == "chef":
        puff = [
            at(arc(dx, dy, r, r * 0.92, n=40))
            for dx, dy, r in ((-14, -45, 11), (14, -45, 11), (0, -50, 13))
        ]
        s.lay(Cut(*puff), -0.8, 1 * k)
        s.lay(Cut(at([(-20, -40), (20, -40), (18, -20), (0, -23), (-18, -20)])), -1, 0.8 * k)
    elif cap == "helmet":
        dome = [(-24, -10), (-24, -22), (-14, -36), (0, -40), (14, -36), (24, -22), (24, -10)]
        s.lay(Cut(at([*smooth(dome, False), (24, -9), (-24, -9)])), s.accent, 1.1 * k)
        s.lay(Cut().tube(*at([(0, -40, 2.6), (0, -13, 2.6)])), mix(s.tone(0), s.tone(3), 0.5), 0.5)
        s.lay(
            Cut().tube(*at([(-29, -9, 1.4), (0, -12.4, 2.4), (29, -9, 1.4)])),
            mix(s.tone(3), s.tone(4), 0.4),
            0.9,
        )
    elif cap == "peaked":
        crown = [(-21, -21), (-27, -37), (-10, -43), (10, -43), (27, -37), (21, -21)]
        s.lay(Cut(at(smooth(crown, False))), cloth, 1 * k)
        s.lay(Cut(at([(-21, -28), (21, -28), (21, -21), (-21, -21)])), 5, 0.6)
        s.lay(
            Cut(
                at(
                    smooth(
                        [(-20, -21), (0, -23), (20, -21), (12, -14), (0, -12.6), (-12, -14)],
                        steps=5,
                    )
                )
            ),
            5,
            0.8,
        )
        s.lay(Cut(at(arc(0, -32, 3, 3, n=24))), s.accent, 0.4)
