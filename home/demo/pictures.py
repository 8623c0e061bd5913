"""The paper-cuts of the stories: drawn once, kept in the library under their seed."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms.kit.models import HouseImage
from cms.kit.models.media import Consent
from home.demo.papercut import picture
from home.demo.stories.shape import (
    SOURCE,
    Album,
    Announcement,
    Block,
    Campaign,
    Drawing,
    Gallery,
    Pages,
    Picture,
    Plain,
    Profile,
    Story,
)

WIDTH = 1200  # pixels of the longer side
SHAPES = {"wide": (16, 10), "landscape": (3, 2), "square": (1, 1), "portrait": (3, 4), "bust": (4, 5)}
COLLECTION = "剪纸"


def of_blocks(body: Iterable[Block | Pages]) -> list[Drawing]:
    """Return the drawings of a body in their order."""
    drawings: list[Drawing] = []
    for block in body:
        if isinstance(block, Picture):
            drawings.append(block.drawing)
        elif isinstance(block, Gallery):
            drawings += [drawing for drawing, _caption in block.items]
    return drawings


def drawings(page: Story | Announcement | Plain | Album | Profile | Campaign) -> list[Drawing]:
    """Return every drawing of a page, its cover first."""
    if isinstance(page, Album):
        return [page.picture, *(drawing for drawing, _words in page.shots if drawing != page.picture)]
    cover = getattr(page, "picture", None)
    return [*([cover] if cover else []), *of_blocks(page.body)]


def size(shape: str) -> tuple[int, int]:
    """Return width and height in pixels of a named shape."""
    across, down = SHAPES[shape]
    longer = max(across, down)
    return WIDTH * across // longer, WIDTH * down // longer


def draw(drawing: Drawing) -> bytes:
    """Draw and encode; about a third of a second."""
    file = io.BytesIO()
    picture(drawing.motif, drawing.seed, size(drawing.shape)).save(file, "JPEG", quality=82, optimize=True)
    return file.getvalue()


def on_file(wanted: Iterable[Drawing]) -> dict[Drawing, HouseImage]:
    """Return those drawings that hang in the library already; each is known by its title."""
    titles = {drawing.seed: drawing for drawing in wanted}
    hanging = HouseImage.objects.filter(collection__name=COLLECTION, title__in=titles)
    return {titles[image.title]: image for image in hanging}


def hang(drawn: dict[Drawing, bytes]) -> dict[Drawing, HouseImage]:
    """Take drawn pictures into the library and return them; what hangs there already stays."""
    known = on_file(drawn)
    if len(known) < len(drawn):
        root = Collection.get_first_root_node()
        collection = root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)
        for drawing, content in drawn.items():
            if drawing not in known:
                known[drawing] = _frame(drawing, content, collection)
    return known


def _frame(drawing: Drawing, content: bytes, collection: Collection) -> HouseImage:
    across, down = size(drawing.shape)
    image = HouseImage(
        title=drawing.seed,
        file=ContentFile(content, name=f"papercut-{drawing.motif.replace('_', '-')}.jpg"),
        width=across,
        height=down,
        description=drawing.alt,
        source=SOURCE,
        consent=Consent.NOT_NEEDED,
        collection=collection,
    )
    image.save()
    return image
