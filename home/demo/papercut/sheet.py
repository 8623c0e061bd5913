"""The sheet on which pieces are laid, with shadow, rim light and grain."""

from __future__ import annotations

import itertools
import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from home.demo.papercut.paper import PALETTES, PAPER, Colour, Cut, Point, mix, rgb


class Sheet:
    """A picture under construction: random source, palette, and pieces laid from back to front."""

    def __init__(self, motif: str, seed: str, size: tuple[int, int], palettes: tuple[str, ...]):
        self.rng = random.Random(f"{motif}/{seed}")
        self.name = self.rng.choice(palettes)
        *self.tones, self.accent = map(rgb, PALETTES[self.name])
        self.pixels, self.unit = size, min(size[0] / 115, size[1] / 100)
        self.w, self.h = size[0] / self.unit, size[1] / self.unit
        self.left, self.right = -self.w / 2, self.w / 2
        self.mirror = self.rng.choice(
            (-1, 1)
        )  # a motif whose signs must not be mirrored sets this to 1
        fade = Image.linear_gradient("L").resize(size)
        self.image = Image.composite(
            Image.new("RGB", size, self.tone(-0.4)), Image.new("RGB", size, self.tone(0.55)), fade
        )
        self.glow = (
            self.accent if self.name != "gold" else (253, 221, 134)
        )  # lamps, lit windows, the sun
        self.skin = mix(self.tone(1.1), (250, 226, 204), 0.55)
        self.count = 0

    def tone(self, depth: float) -> Colour:
        """Tone at a depth: 0 far and light, 5 near and dark; -1 is the paper ground."""
        if depth < 0:
            return mix(self.tones[0], PAPER, min(-depth, 1))
        i = min(int(depth), 4)
        return mix(self.tones[i], self.tones[i + 1], depth - i)

    def lay(self, cut: Cut, colour: Colour | float, lift: float = 1.0) -> None:
        """Glue a piece on top. `lift`, its height above the paper, sets the shadow's width."""
        if not isinstance(colour, tuple):
            colour = self.tone(colour)
        u, (width, height) = self.unit, self.pixels
        x0, y0, x1, y1 = cut.bounds()
        if self.mirror < 0:
            x0, x1 = -x1, -x0
        blur, shift = 0.42 * lift * u, 0.36 * lift * u
        margin = int(blur * 2.6 + shift + 3)
        left, top = (
            max(int(x0 * u + width / 2) - margin, -margin),
            max(int(y0 * u) - margin, -margin),
        )
        right, bottom = (
            min(int(x1 * u + width / 2) + margin, width + margin),
            min(int(y1 * u) + margin, height + margin),
        )
        if right - left < 2 * margin or bottom - top < 2 * margin:
            return
        area = (right - left) * (bottom - top)
        fine = (
            4 if area < 150_000 else 3 if area < 2_500_000 else 2
        )  # how much larger the piece is drawn
        mask = self._trace(
            cut,
            left,
            top,
            right - left,
            bottom - top,
            fine,
            min(0.14, 0.008 * max(x1 - x0, y1 - y0)),
        )
        small = max(1, min(4, int(blur / 1.5)))
        shade = (
            mask.reduce(small)
            .filter(ImageFilter.GaussianBlur(blur / small))
            .resize(mask.size, Image.BILINEAR)
        )
        dark = mix(self.tones[5], (20, 14, 16), 0.45)
        self.image.paste(
            dark, (left + round(shift), top + round(shift * 1.35)), shade.point(lambda v: v * 0.42)
        )
        self.image.paste(colour, (left, top), mask)
        edge = max(1, round(u * 0.14))
        rim = ImageChops.subtract(mask, ImageChops.offset(mask, edge, edge))
        self.image.paste(
            mix(colour, (255, 252, 244), 0.6), (left, top), rim.point(lambda v: v * 0.42)
        )

    def _trace(
        self, cut: Cut, left: int, top: int, width: int, height: int, fine: int, waver: float
    ) -> Image.Image:
        """Draw a piece enlarged, with a hand's slow tremor, and reduce it to a soft mask."""
        self.count += 1
        mask = Image.new("L", (width * fine, height * fine))
        pen, k, p = ImageDraw.Draw(mask), self.unit * fine, self.count * 1.7
        ox, oy, sin = (self.pixels[0] / 2 - left) * fine, -top * fine, math.sin

        mirror = self.mirror

        def pixel(x: float, y: float) -> Point:
            x *= mirror
            dx = sin(0.33 * y + 0.13 * x + p) + 0.5 * sin(0.91 * y - 0.27 * x + 2 * p)
            dy = sin(0.31 * x - 0.17 * y + 3 * p) + 0.5 * sin(0.83 * x + 0.31 * y + p)
            return (x + waver * dx) * k + ox, (y + waver * dy) * k + oy

        for paper, tube, points in cut.steps:
            ink = 255 if paper else 0
            if not tube:
                pen.polygon([pixel(x, y) for x, y in _dense(points)], fill=ink)
                continue
            spine = [(*pixel(x, y), max(r * k, 0.5)) for x, y, r in points]
            for x, y, r in spine:
                pen.ellipse((x - r, y - r, x + r, y + r), fill=ink)
            for (ax, ay, ar), (bx, by, br) in itertools.pairwise(spine):
                d = math.hypot(bx - ax, by - ay) or 1
                nx, ny = (ay - by) / d, (bx - ax) / d
                pen.polygon(
                    [
                        (ax + nx * ar, ay + ny * ar),
                        (bx + nx * br, by + ny * br),
                        (bx - nx * br, by - ny * br),
                        (ax - nx * ar, ay - ny * ar),
                    ],
                    fill=ink,
                )
        return mask.reduce(fine)

    def finish(self) -> Image.Image:
        """Light from the upper left, paper fibres, and the finished picture."""
        noise = random.Random(f"grain/{self.count}")
        fibre = Image.new("L", self.pixels, 128)
        fine = Image.frombytes("L", (320, 320), noise.randbytes(320 * 320)).filter(
            ImageFilter.GaussianBlur(0.7)
        )
        wide = Image.frombytes("L", (96, 40), noise.randbytes(96 * 40)).resize(
            (320, 320), Image.BICUBIC
        )
        tile = Image.blend(fine, wide, 0.35).point(lambda v: 128 + (v - 128) * 0.16)
        for x in range(0, self.pixels[0], 320):
            for y in range(0, self.pixels[1], 320):
                fibre.paste(tile, (x, y))
        glow = bytes(
            max(
                0,
                min(
                    255,
                    round(
                        150 - 46 * math.hypot((i % 32) / 31 - 0.12, (i // 32) / 31 - 0.05) ** 1.3
                    ),
                ),
            )
            for i in range(1024)
        )
        light = Image.frombytes("L", (32, 32), glow).resize(self.pixels, Image.BICUBIC)
        veil = ImageChops.add(fibre, light, 1, -128)
        return ImageChops.overlay(self.image, Image.merge("RGB", (veil, veil, veil)))


def _dense(points: list[Point], step: float = 3.0) -> list[Point]:
    """Split long straight edges so that the hand's tremor can bend them."""
    out = []
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=False):
        n = max(1, min(80, int(math.hypot(x1 - x0, y1 - y0) / step)))
        out += [(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n) for i in range(n)]
    return out
