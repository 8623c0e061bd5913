"""Hands that give, hold and vote."""

from __future__ import annotations

from home.demo.papercut.paper import Cut, mix, put, smooth
from home.demo.papercut.sheet import Sheet


def hand(
    s: Sheet,
    x: float,
    y: float,
    size: float,
    turn: float = 0,
    flip: bool = False,
    sleeve: float = 4,
) -> None:
    """An open hand reaching right, palm up; (x, y) is the middle of the palm, size its length."""

    def at(*points):
        return put(points, x, y, size / 20, turn, flip)

    skin = mix(s.skin, s.tone(1.6), 0.25)
    s.lay(
        Cut()
        .tube(
            *at(
                (-60, 6, 6),
                (-24, 3, 5.2),
                (-10, 1, 4.6),
                (-2, 2, 4.8),
                (4, 2, 4),
                (13, 0.6, 2.6),
                (19, -2.4, 1.7),
            )
        )
        .tube(*at((3, 2.2, 0.12), (11, 1.4, 0.3), (18, -1.6, 0.15)), hole=True)
        .tube(*at((4, 4.2, 0.12), (11, 3, 0.3), (17, 0.4, 0.12)), hole=True),
        skin,
        1.6,
    )
    s.lay(
        Cut().tube(*at((-7, 0, 3.2), (-2, -4.4, 2.3), (5, -6.8, 1.5))),
        mix(skin, s.tone(0), 0.2),
        0.7,
    )
    s.lay(Cut().tube(*at((-64, 7, 9), (-19, 2.8, 6.6))), sleeve, 1.4)
    s.lay(Cut().tube(*at((-19.5, 9, 1.5), (-19, -3.6, 1.5))), max(-1, sleeve - 1.2), 0.7)


def palm(s: Sheet, x: float, y: float, k: float, turn: float, sleeve: float) -> None:
    """A raised open hand with its forearm."""

    def at(*points):
        return put(points, x, y, k, turn)

    skin = mix(s.skin, s.tone(1.6), 0.25)
    cut = (
        Cut()
        .tube(*at((0, 62, 5), (0, 16, 3.3), (0, 5, 3.2)))
        .add(at(*smooth([(-4, 5), (-4.4, -1), (-3.6, -4), (3.8, -4), (4.2, 0), (3.4, 6)], steps=4)))
    )
    for fx, fy, a in ((-3.2, -10.4, -0.9), (-1, -12.6, -0.3), (1.2, -12.2, 0.3), (3.3, -9.8, 0.9)):
        cut.tube(*at((fx * 0.9, -2, 1.2), (fx + a, fy, 0.85)))
    s.lay(cut.tube(*at((-3.4, 3, 1.4), (-7, -1, 1.1), (-7.8, -3.6, 0.85))), skin, 1.2)
    s.lay(Cut().tube(*at((0, 64, 7), (0, 21, 4.8))), sleeve, 1)
    s.lay(Cut().tube(*at((-4.6, 20.6, 1), (4.6, 20.6, 1))), max(-1, sleeve - 1), 0.5)


def hand_down(s: Sheet, x: float, y: float) -> None:
    """A hand that lets a paper fall into a box."""
    s.lay(
        Cut()
        .tube(
            (x + 62, y - 34, 6),
            (x + 24, y - 13, 5),
            (x + 10, y - 6, 5.2),
            (x + 1, y - 0.4, 3),
            (x - 3, y + 5, 1.7),
        )
        .tube((x + 9, y - 4, 3), (x + 5, y + 3, 2.2), (x + 2, y + 9, 1.5))
        .tube((x + 2, y - 2, 0.15), (x - 1, y + 3, 0.3), hole=True),
        s.skin,
        1.4,
    )
    s.lay(Cut().tube((x + 70, y - 39, 9), (x + 24, y - 13.4, 6.6)), -0.6, 1.2)
    s.lay(Cut().tube((x + 20.6, y - 18.4, 1.3), (x + 27, y - 8, 1.3)), 3, 0.6)
