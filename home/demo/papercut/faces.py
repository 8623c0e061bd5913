"""Heads and shoulders, close up: calm faces with closed eyes and a smile, hair, caps, clothes.

Everything is drawn round the middle of the face; the face is 40 units wide and 46 high at size 1.
"""

from __future__ import annotations

from typing import NamedTuple

from home.demo.papercut.headwear import FRINGES, wear
from home.demo.papercut.paper import Colour, Cut, arc, box, mix, put, smooth
from home.demo.papercut.sheet import Sheet


class Sitter(NamedTuple):
    """Who sits for a portrait; numbers are tones of the sheet's palette."""

    hair: str = "short"  # short, parted, bob, bun, tail, grey
    cap: str = ""  # nurse, surgical, chef, helmet, peaked
    dress: str = "coat"  # coat, scrubs, overall, jacket, apron
    cloth: float = 4
    glasses: bool = False
    lines: bool = False  # of laughter and age


FACE = smooth(
    [
        (0, 23),
        (-10, 20),
        (-17, 11),
        (-20, -2),
        (-17, -16),
        (0, -23),
        (17, -16),
        (20, -2),
        (17, 11),
        (10, 20),
    ],
    steps=6,
)


def portrait(s: Sheet, x: float, y: float, k: float, sitter: Sitter, flip: bool = False) -> None:
    """Draw somebody from the chest up, the middle of the face at (x, y)."""

    def at(points: list) -> list:
        return put(points, x, y, k, 0, flip)

    skin = mix(s.skin, (246, 210, 180), 0.62)
    hair: float | Colour = mix(s.tone(2), (205, 205, 205), 0.5) if sitter.hair == "grey" else 5
    _behind(s, at, sitter, hair, k)
    _shoulders(s, at, sitter, skin, k)
    s.lay(Cut(at(FACE)), skin, 1.1 * k)
    _features(s, at, sitter, skin)
    if sitter.cap not in {"surgical", "helmet"}:
        s.lay(Cut(at(smooth(FRINGES[sitter.hair], steps=5))), hair, 0.9 * k)
    wear(s, at, sitter.cap, sitter.cloth, k)


def _behind(s: Sheet, at, sitter: Sitter, hair: float | Colour, k: float) -> None:
    """What of the hair is seen beside and below the face."""
    if sitter.hair == "bob":
        rim = [(0, -28), (-20, -20), (-26, 0), (-26, 22), (-20, 31), (-11, 30), (11, 30)]
        s.lay(Cut(at(smooth([*rim, (20, 31), (26, 22), (26, 0), (20, -20)], steps=6))), hair, 1)
    elif sitter.hair == "tail":
        tail = [(16, -14, 5), (27, -2, 7), (29, 14, 7.5), (24, 32, 5), (21, 42, 1)]
        s.lay(Cut().tube(*at([(a, b, r) for a, b, r in tail])), hair, 0.9)
    elif sitter.hair == "bun" and not sitter.cap:
        s.lay(Cut(at(arc(0, -31, 10, 9, n=40))), hair, 0.9)
    elif sitter.hair == "bun" and sitter.cap == "nurse":
        s.lay(Cut(at(arc(0, -31, 9, 7.5, n=40))), hair, 0.9)
    elif sitter.cap in {"surgical", "helmet"}:
        for m in (-1, 1):
            s.lay(
                Cut(at(smooth([(m * 17, -14), (m * 22, -6), (m * 20, 5), (m * 16, -2)]))), hair, 0.4
            )
    if k > 0.7:
        ears = Cut(at(arc(-20, 1, 3.4, 5, n=20)), at(arc(20, 1, 3.4, 5, n=20)))
        s.lay(ears, mix(s.skin, (246, 210, 180), 0.5), 0.4)


def _features(s: Sheet, at, sitter: Sitter, skin: Colour) -> None:
    ink = mix(s.tone(5), (60, 30, 25), 0.5)
    eyes = Cut()
    for m in (-1, 1):
        eyes.tube(
            *at([(m * 14, 0, 0.35), (m * 11, 3.2, 0.75), (m * 7, 3.4, 0.75), (m * 4, 0.8, 0.35)])
        )
        eyes.tube(*at([(m * 12.6, 2.2, 0.4), (m * 15.4, 3.8, 0.15)]))
        if sitter.cap != "helmet":
            eyes.tube(*at([(m * 14, -7.4, 0.25), (m * 9, -9, 0.6), (m * 4.6, -7.8, 0.25)]))
    s.lay(eyes, ink, 0.1)
    s.lay(
        Cut().tube(*at([(-1.4, 7.4, 0.2), (0.4, 8.6, 0.45), (2, 7.6, 0.2)])),
        mix(skin, ink, 0.35),
        0.1,
    )
    smile = [
        (-5.4, 12.4, 0.25),
        (-2.4, 14.6, 0.8),
        (0, 15.1, 0.9),
        (2.4, 14.6, 0.8),
        (5.4, 12.4, 0.25),
    ]
    s.lay(Cut().tube(*at(smile)), mix((180, 52, 44), s.tone(4), 0.25), 0.1)
    blush = mix(skin, (226, 120, 96), 0.22)
    s.lay(Cut(at(arc(-13, 9.6, 4, 2.6, n=24)), at(arc(13, 9.6, 4, 2.6, n=24))), blush, 0)
    if sitter.lines:
        lines = Cut()
        for m in (-1, 1):
            lines.tube(*at([(m * 8.6, 9.4, 0.15), (m * 9.8, 12.4, 0.35), (m * 9.2, 15.4, 0.15)]))
            lines.tube(*at([(m * 16.2, 0.6, 0.15), (m * 18.4, -0.4, 0.25)]))
        s.lay(lines, mix(skin, ink, 0.3), 0)
    if sitter.glasses:
        frame = Cut()
        for m in (-1, 1):
            frame.add(at(arc(m * 9, 1.2, 7.6, 6.4, n=40))).hole(at(arc(m * 9, 1.2, 6.7, 5.5, n=40)))
            frame.tube(*at([(m * 16.4, 0, 0.5), (m * 20, -1.4, 0.5)]))
        s.lay(frame.tube(*at([(-1.8, 0.4, 0.5), (0, -0.2, 0.5), (1.8, 0.4, 0.5)])), ink, 0.3)


def _shoulders(s: Sheet, at, sitter: Sitter, skin: Colour, k: float) -> None:
    """Neck, collar and what is worn."""
    s.lay(Cut().tube(*at([(0, 14, 7.4), (0, 34, 8.6)])), mix(skin, s.tone(2), 0.18), 0.5 * k)
    trunk = smooth(
        [
            (-9, 29),
            (-26, 36),
            (-38, 48),
            (-43, 78),
            (-46, 120),
            (46, 120),
            (43, 78),
            (38, 48),
            (26, 36),
            (9, 29),
        ],
        steps=6,
    )
    white = sitter.dress in {"coat", "apron"}
    under = s.tone(2.2) if white else mix(s.tone(0), (255, 255, 255), 0.4)
    s.lay(Cut(at(trunk)), sitter.cloth - 0.6 if not white else -0.8, 1.2 * k)
    neckline = [(-11, 29), (0, 50), (11, 29), (6, 27), (0, 33), (-6, 27)]
    s.lay(Cut(at(neckline)), under, 0.3)
    s.lay(Cut().tube(*at([(-7, 27, 1), (0, 40, 5), (7, 27, 1)])), mix(skin, s.tone(2), 0.1), 0.1)
    for m in (-1, 1):
        side = [
            (m * 9, 28),
            (m * 27, 35),
            (m * 39, 48),
            (m * 45, 82),
            (m * 47, 120),
            (m * 1, 120),
            (m * 0.6, 52),
        ]
        front = Cut(at(smooth(side, steps=5)))
        front.tube(*at([(m * 27, 58, 0.2), (m * 25, 80, 0.5), (m * 26, 116, 0.3)]), hole=True)
        s.lay(front, -0.85 if white else sitter.cloth, 1.1 * k)
        lapel = [
            (m * 9, 27),
            (m * 17, 38),
            (m * 12, 47),
            (m * 15, 50),
            (m * 1.4, 72),
            (m * 0.8, 50),
        ]
        if sitter.dress in {"coat", "jacket"}:
            s.lay(Cut(at(lapel)), -1 if white else max(0, sitter.cloth - 1), 0.6 * k)
    _front(s, at, sitter, k)


def _front(s: Sheet, at, sitter: Sitter, k: float) -> None:
    """What is pinned, tied or buttoned on."""
    if sitter.dress == "coat":
        s.lay(
            Cut(at(box(14, 74, 27, 90, 1))).tube(*at([(15, 77, 0.2), (26, 77, 0.2)]), hole=True),
            -0.7,
            0.4,
        )
        s.lay(Cut().tube(*at([(18, 68, 0.9), (18, 79, 0.9)])), s.accent, 0.3)
        s.lay(Cut().tube(*at([(21.5, 69, 0.9), (21.5, 79, 0.9)])), 4, 0.3)
    elif sitter.dress == "scrubs":
        s.lay(Cut(at(box(-27, 68, -15, 83, 1.4))), max(0, sitter.cloth - 0.7), 0.4)
    elif sitter.dress == "overall":
        for m in (-1, 1):
            s.lay(Cut().tube(*at([(m * 22, 34, 3.6), (m * 19, 62, 3.6)])), 5, 0.7 * k)
            s.lay(Cut(at(arc(m * 19, 62, 2, 2, n=20))), s.accent, 0.3)
        s.lay(
            Cut(at(box(-22, 62, 22, 122, 2))).tube(*at([(-14, 76, 0.3), (14, 76, 0.3)]), hole=True),
            5,
            0.8,
        )
    elif sitter.dress == "jacket":
        buttons = [at(arc(0, 78 + 13 * i, 1.5, 1.5, n=18)) for i in range(3)]
        s.lay(Cut(*buttons), s.accent, 0.3)
    elif sitter.dress == "apron":
        collar = [(-13, 29), (-17, 36), (0, 50), (17, 36), (13, 29), (0, 40)]
        s.lay(Cut(at(collar)), s.accent, 0.8)
        buttons = [at(arc(m * 8, 64 + 12 * i, 1.5, 1.5, n=18)) for m in (-1, 1) for i in range(4)]
        s.lay(Cut(*buttons), 3, 0.3)
