"""People: elegant silhouettes without faces, posed by the angles of their limbs."""

from __future__ import annotations

import math
from typing import NamedTuple

from home.demo.papercut.paper import Colour, Cut, Point, arc, put, smooth
from home.demo.papercut.poses import CAP, HAIR, POSES
from home.demo.papercut.sheet import Sheet


class Look(NamedTuple):
    """What a figure wears; numbers are tones of the sheet's palette."""

    top: float = 4
    bottom: float = 5
    hair: float = 5
    dress: str = "shirt"  # shirt, sport (bare forearms), coat (white coat), gown
    cut: str = "short"  # short, bob, bun, tail
    cap: bool = False


def _step(start: Point, angle: float, length: float) -> Point:
    return start[0] + math.sin(math.radians(angle)) * length, start[1] + math.cos(
        math.radians(angle)
    ) * length


def _beyond(a: Point, b: Point, share: float) -> Point:
    """The point past b on the line from a."""
    return b[0] + (b[0] - a[0]) * share, b[1] + (b[1] - a[1]) * share


class Figure:
    """A posed body in its own frame: 100 units tall, hip joint at (0, 0), facing right."""

    def __init__(self, pose: str, look: Look):
        self.lean, far_arm, near_arm, far_leg, near_leg, self.view = POSES[pose]
        self.look, self.side = look, self.view == 1
        hips = (-1, 1) if self.side else (-3.4, 3.4)
        shoulders = (1.5, -1) if self.side else (-8, 8)
        self.legs = [
            self._limb(self.trunk(x, 0), leg, 24, 23.5)
            for x, leg in zip(hips, (far_leg, near_leg), strict=False)
        ]
        self.arms = [
            self._limb(self.trunk(x, 26), arm, 15.5, 14)
            for x, arm in zip(shoulders, (far_arm, near_arm), strict=False)
        ]
        self.foot = max(ankle[1] for _, _, ankle in self.legs) + 2.6
        self.head = self.trunk(2.4 if self.side else 0, 42)
        self.hands = [_beyond(elbow, wrist, 0.24) for _, elbow, wrist in self.arms]
        self.at_rest = not self.side and all(
            abs(upper) < 30 and upper * lower > 0 for upper, lower in (far_arm, near_arm)
        )
        self.bent = self.side and max(near_leg[0], far_leg[0]) > 55

    def trunk(self, across: float, up: float) -> Point:
        """A point of the upper body, which leans with the spine."""
        return put([(across, -up)], turn=self.lean)[0]

    @staticmethod
    def _limb(
        joint: Point, angles: tuple[float, float], upper: float, lower: float
    ) -> tuple[Point, Point, Point]:
        middle = _step(joint, angles[0], upper)
        return joint, middle, _step(middle, angles[1], lower)

    def pieces(self, skin: Colour) -> list[tuple[float | Colour, Cut]]:
        """Tone and cut of every piece, from back to front."""
        legs = [p for i in (0, 1) for p in self._leg(i, skin)]
        if self.side:
            return (
                self._arm(0, skin, -0.35)
                + legs
                + [(self.look.top, self._body())]
                + self._head(skin)
                + self._arm(1, skin, 0.3)
            )
        arms = [p for i in (0, 1) for p in self._arm(i, skin, -0.35 if self.at_rest else -0.2)]
        body = [(self.look.top, self._body()), *self._head(skin)]
        return legs + arms + body if self.at_rest else legs + body + arms

    def _leg(self, i: int, skin: Colour) -> list:
        hip, knee, (x, y) = self.legs[i]
        gown = self.look.dress == "gown"
        toe = 5.2 if self.side else (1.6 if i else -1.6)
        a, b, c = (3.4, 2.6, 1.9) if gown else (5.6, 4.1, 2.7)
        tone = skin if gown else self.look.bottom - 0.35 * (self.side and i == 0)
        return [
            (tone, Cut().tube((*hip, a), (*knee, b), (x, y, c))),
            (
                5,
                Cut().tube(
                    (x - 0.6, y + 1, 2.3), (x + toe * 0.5, y + 1.5, 2), (x + toe, y + 1.9, 1.5)
                ),
            ),
        ]

    def _arm(self, i: int, skin: Colour, shade: float) -> list:
        shoulder, elbow, wrist = self.arms[i]
        if self.look.dress == "sport":
            sleeve = Cut().tube((*shoulder, 4.2), (*_beyond(shoulder, elbow, 0.1), 3.2))
        else:
            sleeve = Cut().tube((*shoulder, 4.2), (*elbow, 3.3), (*wrist, 2.5))
        return [
            (skin, Cut().tube((*elbow, 2.5), (*wrist, 2), (*self.hands[i], 2.1))),
            (self.look.top + shade, sleeve),
        ]

    def _body(self) -> Cut:
        w, long = 0.72 if self.side else 1, {"gown": -25, "coat": -20}.get(self.look.dress)
        half = [(3, 31), (9.6 * w, 28), (9 * w, 20), (6.7 * w + 0.4, 10), (7.6 * w + 0.4, 0)]
        if long and not self.bent:
            half += [(10.5 * w, long), (9 * w, long - 2)]
        rim = [self.trunk(-a, b) for a, b in half] + [self.trunk(a, b) for a, b in half[::-1]]
        body = Cut(smooth(rim, steps=5))
        if self.look.dress == "coat" and self.view >= 0:  # lapels and front edge as cut lines
            f = 2.5 if self.side else 0
            left, right, low, hem = (
                self.trunk(*p) for p in ((f - 2.6, 30), (f + 2.6, 30), (f, 20), (f, -20))
            )
            body.tube((*left, 0.3), (*low, 0.5), (*hem, 0.3), hole=True, curve=False)
            body.tube((*right, 0.3), (*low, 0.5), hole=True)
        return body

    def _head(self, skin: Colour) -> list:
        look, (x, y), tilt = self.look, self.head, self.lean * 0.45
        neck = Cut().tube(
            (*self.trunk(0.6 * self.side, 29), 3), (*self.trunk(1.4 * self.side, 37), 2.8)
        )
        if self.view < 0:
            hair = Cut(put(arc(0, -0.6, 8, 9.4), x, y))
        else:
            hair = Cut(
                put(
                    smooth(HAIR["bob" if look.cut == "bob" else "short", int(self.side)], steps=5),
                    x,
                    y,
                    1,
                    tilt,
                )
            )
        if look.cut == "bun":
            hair.add(arc(x - 8 * self.side, y - (6 if self.side else 10), 3.6, 3.6, n=20))
        elif look.cut == "tail":
            hair.tube((x - 6, y - 5, 2.4), (x - 11, y - 1, 2.8), (x - 12, y + 8, 0.8))
        pieces = [
            (skin, neck),
            (skin, Cut(put(arc(0, 0, 7.3, 8.7), x, y, 1, tilt))),
            (look.hair, hair),
        ]
        return pieces + ([(-0.6, Cut(put(CAP, x, y, 1, tilt)))] if look.cap else [])


EVERYDAY = Look()


def person(
    s: Sheet,
    x: float,
    y: float,
    height: float,
    pose: str = "stand",
    look: Look = EVERYDAY,
    flip: bool = False,
    flat: float | None = None,
    lift: float = 0.5,
) -> dict[str, Point]:
    """Stand a figure with its lowest foot at (x, y); return where its hands and head are.

    `flat` cuts the whole figure from one sheet of that tone, for crowds and far figures.
    """
    figure = Figure(pose, look)

    def at(points: list) -> list:
        return put(
            [(p[0], p[1] - figure.foot, *p[2:]) for p in points], x, y, height / 100, 0, flip
        )

    whole = Cut()
    for tone, cut in figure.pieces(s.skin):
        placed = Cut()
        placed.steps = [(paper, tube, at(points)) for paper, tube, points in cut.steps]
        if flat is None:
            s.lay(
                placed,
                tone if isinstance(tone, tuple) else max(-1, min(tone, 5)),
                lift * min(1, height / 40),
            )
        else:
            whole.steps += [step for step in placed.steps if step[0]]
    if flat is not None:
        s.lay(whole, flat, lift)
    return dict(zip(("far", "near", "head"), at([*figure.hands, figure.head]), strict=False))


def staff(s: Sheet, dress: str = "mixed") -> list[Look]:
    """A shuffled set of looks: `shirt`, `sport`, `gown`, or `mixed`, many in white coats."""
    wardrobe = {
        "shirt": "shirt 4 short, shirt -.4 tail, shirt 2.3 bob, sport 3 short, shirt 5 bun",
        "sport": "sport 4 short, sport -.4 tail, sport 2.4 short, sport 4.5 bun, sport -.6 bob",
        "gown": "gown 4 bun, gown 2.2 bob, gown 3.4 bun, gown 4.6 bob, gown 2.6 bun",
        "mixed": "coat -.6 short, shirt 4 short, coat -.6 bun, "
        "shirt 2.2 bob, coat -.6 bob, shirt 4.6 short",
    }
    looks = []
    for kind, top, cut in (words.split() for words in wardrobe[dress].split(",")):
        looks.append(
            Look(
                float(top),
                s.rng.choice((4.4, 5, 3.6)),
                5,
                kind,
                cut,
                kind == "coat" and cut == "bun",
            )
        )
    s.rng.shuffle(looks)
    return looks
