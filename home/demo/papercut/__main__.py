"""`python -m home.demo.papercut FILE.png` draws a contact sheet: every motif, all compositions."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from home.demo.papercut import MOTIFS, picture
from home.demo.papercut.paper import PAPER, composition

THUMB = (270, 180)
GAP = 6
COMPOSITIONS = 3


def contact_sheet() -> Image.Image:
    """All motifs, one row each, one seed for every composition."""
    seeds = [
        next(s for s in map(str, range(99)) if composition(s) == v) for v in range(COMPOSITIONS)
    ]
    step_x, step_y = THUMB[0] + GAP, THUMB[1] + GAP
    size = (step_x * COMPOSITIONS + GAP, step_y * len(MOTIFS) + GAP)
    sheet = Image.new("RGB", size, PAPER)
    for row, motif in enumerate(MOTIFS):
        for v, seed in enumerate(seeds):
            sheet.paste(picture(motif, seed, THUMB), (GAP + v * step_x, GAP + row * step_y))
    return sheet


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m home.demo.papercut FILE.png")
    contact_sheet().save(Path(sys.argv[1]), optimize=True)
