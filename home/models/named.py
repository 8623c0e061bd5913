"""Pages that an editor names in a section of the home page, read together."""

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from wagtail import blocks
from wagtail.models import Page

if TYPE_CHECKING:
    from home.window import Window

_at_hand: ContextVar[dict[int, Page] | None] = ContextVar("pages the sections name", default=None)
UNASKED: dict[int, Page] = {}
"""At hand where what the sections show is known already: nobody asks for the pages they name."""


class PageBlock(blocks.PageChooserBlock):
    """A page an editor chooses; a section shows only its title and where it is."""

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        """Return the pages of these numbers, None where one is gone."""
        pages = _at_hand.get()
        if pages is None:
            pages = self.model_class.objects.defer_streamfields().in_bulk([pk for pk in values if pk])
        return [pages.get(pk) for pk in values]


class CardBlock(PageBlock):
    """A page an editor chooses, read with all that its card shows."""

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        """Return the pages of these numbers, None where one is gone."""
        if _at_hand.get() is UNASKED:
            return [None for _ in values]
        pages = self.model_class.objects.as_cards("live").in_bulk([pk for pk in values if pk])
        return [pages.get(pk) for pk in values]


def laid(
    sections: blocks.StreamValue, window: "Window | None" = None
) -> list[blocks.StreamValue.StreamChild]:
    """Return the sections of a home page; the window reads the pages they name, all together.

    Without a window they come without those pages.
    """
    named = [
        raw["value"].get(name)
        for raw in sections.raw_data
        for name, field in sections.stream_block.child_blocks[raw["type"]].child_blocks.items()
        if type(field) is PageBlock
    ]
    token = _at_hand.set(window.read(named) if window else UNASKED)
    try:
        return list(sections)
    finally:
        _at_hand.reset(token)
