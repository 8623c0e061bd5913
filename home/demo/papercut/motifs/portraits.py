"""Role models, close up: eight of them, each in three settings."""

from __future__ import annotations

from collections.abc import Callable

from home.demo.papercut.faces import Sitter, portrait
from home.demo.papercut.food import bowl
from home.demo.papercut.land import cloud, peaks, ridge, rings, scatter, sun
from home.demo.papercut.paper import Cut, arc, box, mix, smooth
from home.demo.papercut.plants import PETAL, corner
from home.demo.papercut.rooms import lattice, wall
from home.demo.papercut.sheet import Sheet
from home.demo.papercut.things import building, car

TALL = 144  # the height of a sheet of four to five, for which these are composed


class Place:
    """A sheet with the size of the sitter: `k` is 1 on a portrait of four to five."""

    def __init__(self, s: Sheet, v: int):
        self.s, self.v, self.k = s, v, s.h / TALL
        self.y = s.h * 0.5

    def up(self, share: float) -> float:
        """A height, as a share of the sheet."""
        return self.s.h * share

    def ground(self, at: float = 0.44) -> None:
        """A wall with a lit round behind the head: discs, a paper ring, or a moon gate."""
        s, k = self.s, self.k
        wall(s, (0.9, 0.6, 1.2)[self.v], lift=0.1)
        if self.v == 1:
            ring = Cut(arc(0, s.h * at, 52 * k, 52 * k, n=90)).hole(
                arc(0, s.h * at, 47 * k, 47 * k, n=90)
            )
            s.lay(ring, 1.7, 1)
            rings(s, 0, s.h * at, (40 * k, 0.2))
        else:
            widths = ((66, 0.6), (53, 0.3), (40, -0.2)) if self.v == 0 else ((58, 0.7), (44, -0.1))
            rings(s, 0, s.h * at, *((r * k, tone) for r, tone in widths))

    def sitter(self, who: Sitter, x: float = 0, y: float = 0.52, size: float = 1) -> None:
        """Seat somebody; one alone looks straight ahead from the middle."""
        portrait(self.s, x * self.k, self.s.h * y, self.k * size, who)

    def near(self) -> None:
        """Leaves in both lower corners."""
        for flip in (False, True):
            corner(self.s, 5, flip, 22 * self.k)


def nurse(p: Place) -> None:
    """A head nurse before lit windows."""
    s, k = p.s, p.k
    p.ground()
    for m in (-1, 1):
        x, y = m * 45 * k, p.up(0.4)
        s.lay(Cut(box(x - 8 * k, y - 16 * k, x + 8 * k, y + 16 * k)), s.glow, 0.2)
        lattice(s, x, y, 8 * k, 16 * k, 2.4, 2, 0.5)
    p.sitter(Sitter(hair="bun", cap="nurse", dress="coat"))
    p.near()


def village(p: Place) -> None:
    """A doctor on the way to the villages: mountains, sun, the straps of a rucksack."""
    s, k = p.s, p.k
    p.ground(0.4)
    sun(s, 34 * k, p.up(0.3), 9 * k)
    peaks(s, p.up(0.62), p.up(0.28), 1.9, 1.4, 3)
    ridge(s, p.up(0.68), 5 * k, 2.8, 1.4, s.w * 0.7)
    cloud(s, -38 * k, p.up(0.27), 1.2 * k)
    p.sitter(Sitter(hair="short", dress="jacket", cloth=4.4, lines=True))
    for m in (-1, 1):
        x, y = m * 21 * k, p.up(0.52)
        spine = (
            (x, y + 34 * k, 3 * k),
            (x * 1.08, y + 58 * k, 3 * k),
            (x * 1.02, y + 96 * k, 3 * k),
        )
        s.lay(Cut().tube(*spine), s.accent, 0.8)
    p.near()


def technician(p: Place) -> None:
    """A technician of the laboratory with glasses and a rack of tubes."""
    s, k = p.s, p.k
    p.ground()
    for i, x in enumerate((-48, -40, 40, 48)):
        r = (5, 3, 4, 2.4)[i] * k
        s.lay(
            Cut(arc(x * k, p.up(0.24 + 0.07 * i), r, r, n=40)).hole(
                arc(x * k, p.up(0.24 + 0.07 * i), r * 0.7, r * 0.7, n=40)
            ),
            2,
            0.7,
        )
    p.sitter(Sitter(hair="bob", dress="coat", glasses=True))
    y = p.up(0.86)
    for i in range(5):
        x = (-44 + 9 * i) * k
        tube = Cut().tube((x, y - 15 * k, 2.6 * k), (x, y + 12 * k, 2.6 * k))
        s.lay(tube, mix(s.tone(0), s.tone(1), 0.3), 0.4)
        fill = (3, 8, 1, 6, 4)[i]
        s.lay(
            Cut().tube((x, y - fill * k, 1.9 * k), (x, y + 11.4 * k, 1.9 * k)),
            (s.accent, 2.6, 3.4)[i % 3],
            0.1,
        )
    s.lay(Cut(box(-51 * k, y - 4 * k, -3 * k, y + 1 * k, 1)), 4.4, 0.8)
    s.lay(Cut(box(-51 * k, y + 13 * k, -3 * k, y + 20 * k, 1)), 4.4, 0.8)
    p.near()


def emergency(p: Place) -> None:
    """Three nurses of the emergency room."""
    p.ground()
    p.sitter(Sitter(hair="short", dress="scrubs", cloth=3.4), -31, 0.58, 0.8)
    p.sitter(Sitter(hair="bob", dress="scrubs", cloth=3), 31, 0.59, 0.8)
    p.sitter(Sitter(hair="bun", cap="nurse", dress="coat"), 0, 0.53, 0.9)
    p.near()


def midwives(p: Place) -> None:
    """Two midwives in theatre caps with a child in a cloth."""
    s, k = p.s, p.k
    p.ground()
    p.sitter(Sitter(hair="bob", cap="surgical", dress="scrubs", cloth=3.4), 25, 0.5, 0.86)
    p.sitter(
        Sitter(hair="bun", cap="surgical", dress="scrubs", cloth=4.2, lines=True), -21, 0.53, 0.94
    )
    x, y = 8 * k, p.up(0.88)
    cloth = smooth(
        [
            (x - 27 * k, y + 12 * k),
            (x - 14 * k, y - 11 * k),
            (x + 8 * k, y - 13 * k),
            (x + 26 * k, y - 2 * k),
            (x + 30 * k, y + 20 * k),
            (x, y + 26 * k),
        ],
        steps=6,
    )
    s.lay(
        Cut(cloth).tube(
            (x - 10 * k, y + 12 * k, 0.3),
            (x + 8 * k, y + 8 * k, 0.7),
            (x + 24 * k, y + 10 * k, 0.3),
            hole=True,
        ),
        -0.7,
        1.2,
    )
    skin = mix(s.skin, (244, 208, 182), 0.4)
    s.lay(Cut(arc(x - 9 * k, y - 1 * k, 10 * k, 9.4 * k, n=50)), skin, 0.6)
    ink = mix(s.tone(5), (60, 30, 25), 0.5)
    eyes = Cut()
    for m in (-1, 1):
        cx = x - 9 * k + m * 4 * k
        eyes.tube((cx - 2 * k, y, 0.3), (cx, y + 1.4 * k, 0.5), (cx + 2 * k, y, 0.3))
    eyes.tube(
        (x - 11 * k, y + 4.4 * k, 0.2), (x - 9 * k, y + 5.4 * k, 0.5), (x - 7 * k, y + 4.4 * k, 0.2)
    )
    s.lay(eyes, ink, 0)
    s.lay(Cut(arc(x - 9 * k, y - 8.6 * k, 2.6 * k, 2 * k, n=20)), ink, 0.2)
    scatter(s, 14, p.up(0.06), p.up(0.34), s.accent, 1 * k, PETAL)


def stoker(p: Place) -> None:
    """The foreman of the boiler house: helmet, overall, a gauge."""
    s, k = p.s, p.k
    p.ground()
    for m in (-1, 1):
        for i, r in enumerate((4.4, 3.2)):
            x = m * (50 - 11 * i) * k
            s.lay(
                Cut().tube(
                    (x, -4, r * k),
                    (x, p.up(0.3 + 0.12 * i), r * k),
                    (x + m * 14 * k, p.up(0.4 + 0.12 * i), r * k),
                ),
                2 + 0.6 * i,
                1,
            )
    p.sitter(Sitter(hair="grey", cap="helmet", dress="overall", cloth=2.6, lines=True))
    x, y = -36 * k, p.up(0.84)
    s.lay(Cut(arc(x, y, 15 * k, 15 * k, n=60)), 5, 1.2)
    dial = Cut(arc(x, y, 12.4 * k, 12.4 * k, n=60))
    for i in range(7):
        dial.tube(
            *[
                (px, py, 0.35 * k)
                for px, py in (
                    arc(x, y, r * k, r * k, 150 + 40 * i, 151 + 40 * i, 1)[0] for r in (9, 11)
                )
            ],
            hole=True,
        )
    s.lay(dial, -0.7, 0.4)
    s.lay(
        Cut().tube((x, y, 1.4 * k), (x + 6 * k, y - 7 * k, 0.4 * k)),
        s.accent if s.name != "gold" else 4,
        0.4,
    )
    p.near()


def cook(p: Place) -> None:
    """The cook of the night canteen with a bowl of dumplings."""
    s, k = p.s, p.k
    p.ground(0.46)
    p.sitter(Sitter(hair="parted", cap="chef", dress="apron"), 0, 0.5, 0.94)
    for m in (-1, 0, 1):
        x = m * 9 * k
        steam = (
            (x, p.up(0.8), 0.3),
            (x + 4 * k, p.up(0.76), 1.1 * k),
            (x - 3 * k, p.up(0.71), 1 * k),
            (x + 2 * k, p.up(0.67), 0.2),
        )
        s.lay(Cut().tube(*steam), mix(s.tone(0), (255, 255, 255), 0.6), 0.2)
    bowl(s, 0, p.up(0.84), 27 * k, 4)


def driver(p: Place) -> None:
    """The driver of the ambulance before the street at night."""
    s, k = p.s, p.k
    p.ground(0.42)
    for i, x in enumerate((-50, -36, 36, 50)):
        building(s, x * k, p.up(0.66), 13 * k, (40, 26, 30, 44)[i] * k, 2.2, 6, 2, 0.5, 0.9)
    ridge(s, p.up(0.66), 1, 3.2, 1.2, s.w)
    car(s, 37 * k, p.up(0.72), 25 * k, -0.7, p.v == 1)
    car(s, -42 * k, p.up(0.7), 18 * k, 4.2, True)
    p.sitter(Sitter(hair="short", cap="peaked", dress="jacket", cloth=4), 0, 0.53)
    p.near()


SITTERS = {
    "portrait_nurse": (nurse, ("vermilion",)),
    "portrait_village": (village, ("jade",)),
    "portrait_technician": (technician, ("dusk",)),
    "portrait_emergency": (emergency, ("gold",)),
    "portrait_midwives": (midwives, ("plum",)),
    "portrait_stoker": (stoker, ("dusk", "gold")),
    "portrait_cook": (cook, ("vermilion", "gold")),
    "portrait_driver": (driver, ("jade", "dusk")),
}


def _motif(draw: Callable[[Place], None]) -> Callable[[Sheet, int], None]:
    def motif(s: Sheet, v: int) -> None:
        draw(Place(s, v))

    return motif


PORTRAITS = {name: (_motif(draw), palettes) for name, (draw, palettes) in SITTERS.items()}
