"""剪纸: layered paper-cut pictures drawn by code, the same for the same motif, seed and size.

    picture("mountain", "登山节", (1200, 800)).save("mountain.jpg", quality=82)

`paper` cuts outlines, `sheet` lays the pieces; `people`, `land`, `plants`, `rooms`, `furniture`,
`things`, `hands` and `food` are the props, `motifs` the pictures composed of them.

A new motif: write `def name(s, v)` for v = 0, 1, 2 in a file of its own, laying far to near (tone 0
to 5), x from `s.left` to `s.right`, y from 0 to `s.h`; name it in `MAKERS` with the palettes that
suit it; look at it in 3:4, 3:2 and 21:9. A motif with signs sets `s.mirror = 1`.

Kept out on purpose: faces (but for the calm ones of `faces`), emblems, red crosses, sun rays,
white wreaths, white or blue lanterns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from home.demo.papercut.motifs import MAKERS
from home.demo.papercut.paper import composition
from home.demo.papercut.sheet import Sheet

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["MOTIFS", "picture"]

MOTIFS = tuple(MAKERS)


def picture(motif: str, seed: str, size: tuple[int, int]) -> Image.Image:
    """Draw a motif; the seed chooses composition, palette and details.

    `size` is in pixels, any shape from 3:4 to 21:9. An unknown motif raises KeyError.
    """
    draw, palettes = MAKERS[motif]
    sheet = Sheet(motif, seed, size, palettes)
    draw(sheet, composition(seed))
    return sheet.finish()
