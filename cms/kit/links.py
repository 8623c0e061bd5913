"""Links to pages in running text: one query for all links of a text, where Wagtail asks three."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from wagtail.models import Page, Site
from wagtail.rich_text.pages import PageLinkHandler

from .cache import shared

LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')
Pages = Mapping[str, Page | None]
_read: ContextVar[Pages] = ContextVar("pages linked to", default=MappingProxyType({}))


class PageLinks(PageLinkHandler):
    """Reads of a page only what its address needs; the roots of the sites are kept between answers."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        """Return the pages the links lead to, None where one is gone."""
        numbers = [str(attrs.get("id")) for attrs in attrs_list]
        pages = _read.get()
        unread = [number for number in numbers if number not in pages]
        if unread:
            pages = {**pages, **_pages(unread)}
        return [pages.get(number) for number in numbers]


@contextmanager
def read_together(texts: Iterable[str]) -> Iterator[None]:
    """Read what all these texts link to at once, for as long as they are shown."""
    numbers = [number for text in texts for number in LINK.findall(text)]
    token = _read.set({**dict.fromkeys(numbers), **_pages(numbers)} if numbers else {})
    try:
        yield
    finally:
        _read.reset(token)


def _pages(numbers: Iterable[str]) -> dict[str, Page]:
    pages = {str(page.pk): page for page in Page.objects.filter(pk__in=numbers).only("url_path", "live")}
    for page in pages.values():
        page._wagtail_cached_site_root_paths = shared("roots", Site.get_site_root_paths)  # noqa: SLF001
    return pages
