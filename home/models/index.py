"""The section of a kind of story: its list, its archive, its feeds."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from cms.kit.models.pages import Reader, reader_of
from home import selectors
from home.archive import Archive, Asked
from home.feeds import KINDS, AtomFeed, RssFeed, feed_of

from .section import SectionPage


@dataclass(frozen=True)
class Listed:
    """What a section lists: in words for the title, as a query string, and what its template shows."""

    words: list[str]
    query: str
    shown: dict[str, Any]


class StoryIndex(RoutablePageMixin, SectionPage):
    """Abstract: a section that lists its stories by page, category, year and month, with feeds."""

    story_model: type[Any]
    """What the section lists; set by each section."""
    asking: type[Asked] = Asked
    archiving: type[Archive] = Archive

    class Meta:
        abstract = True

    def stories(self) -> Any:
        """Return the stories of this section, whoever asks."""
        # Not descendant_of(): its path range makes SQLite sort the whole section instead of walking the
        # index of days.
        return self.story_model.objects.filter(path__startswith=self.path)

    def listed(self, request: HttpRequest, reader: Reader) -> Listed:
        """Return the part of the section the query string asks for; raises Http404 when it makes no sense."""
        asked = self.asking.read(request.GET, request.META.get("QUERY_STRING", ""))
        archive = self.archiving(str(self.pk), self.stories(), asked, reader)
        groups = self.grouped(selectors.cards(archive.items, request, reader), asked)
        return Listed(archive.words, asked.at(page=asked.page), {"archive": archive, "groups": groups})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the query string asks for; raises Http404 when it makes no sense."""
        context = super().get_context(request, *args, **kwargs)
        reader = reader_of(request)
        listed = self.listed(request, reader)
        frame = selectors.frame_of_page(self, request)
        return {
            **context,
            **frame,
            **listed.shown,
            "heading": " · ".join([self.seo_title or self.title, *listed.words]),
            "canonical": frame["canonical"] + listed.query,
            "feeds": self.feeds(frame["here"], reader),
            "may_edit": selectors.may_edit(request),
        }

    def grouped(self, found: list[selectors.Card], asked: Asked) -> list[selectors.Group]:
        """Return the page of the list in groups, each with a heading."""
        return selectors.by_month(found, pinned_apart=not asked.filtered)

    def feeds(self, here: str, reader: Reader) -> list[tuple[str, str, str]]:
        """Return type, address and name of each feed; a section closed to visitors has none."""
        if reader.on(self.path):
            return []
        return [(kind.mime_type, f"{here}feed/{kind.name}/", kind.label) for kind in KINDS]

    @path("feed/rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        """Serve the newest stories as RSS."""
        return feed_of(self, RssFeed, request)

    @path("feed/atom/", name="atom")
    def atom(self, request: HttpRequest) -> HttpResponse:
        """Serve the newest stories as Atom."""
        return feed_of(self, AtomFeed, request)
