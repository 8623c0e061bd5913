"""RSS and Atom of a section: the newest stories everybody may read, with their pictures."""

from datetime import datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.translation import get_language

from cms.kit.models.pages import visitor_of
from home import selectors

NEWEST = 20
TOLD = ("author", "first_published_at", "last_published_at")
MEDIA = "http://search.yahoo.com/mrss/"


class RssFeed(Rss201rev2Feed):
    """RSS 2.0; the picture as enclosure and as ``media:content``."""

    name = "rss"
    label = "RSS"
    mime_type = "application/rss+xml"

    def rss_attributes(self) -> dict[str, str]:
        """Declare the namespace of pictures."""
        return {**super().rss_attributes(), "xmlns:media": MEDIA}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add the picture with its size and its words."""
        super().add_item_elements(handler, item)
        _add_picture(handler, item)


class AtomFeed(Atom1Feed):
    """Atom 1.0; the picture as enclosure and as ``media:content``."""

    name = "atom"
    label = "Atom"
    mime_type = "application/atom+xml"

    def root_attributes(self) -> dict[str, str]:
        """Declare the namespace of pictures."""
        return {**super().root_attributes(), "xmlns:media": MEDIA}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add the picture with its size and its words."""
        super().add_item_elements(handler, item)
        _add_picture(handler, item)


KINDS = (RssFeed, AtomFeed)


def _add_picture(handler: Any, item: dict[str, Any]) -> None:
    picture = item["picture"]
    if picture is None:
        return
    size = {"width": str(picture.width), "height": str(picture.height)}
    handler.startElement(
        "media:content", {"url": picture.url, "type": "image/jpeg", "medium": "image", **size}
    )
    if picture.alt:
        handler.addQuickElement("media:description", picture.alt)
    handler.endElement("media:content")


def feed_of(section: Any, kind: Any, request: HttpRequest) -> HttpResponse:
    """Return the feed of a section in one of the two kinds; restricted stories are never in it."""
    visitor = visitor_of(request)
    if visitor.on(section.path):
        raise Http404  # no feed reader signs in: a closed section has none
    more = [name for name in TOLD if getattr(section.story_model, name) is not None]
    newest = visitor.visible(section.stories()).as_cards(*more).newest()[:NEWEST]
    here = selectors.absolute(section.get_url(request) or "/")
    feed = kind(
        title=section.seo_title or section.title,
        link=here,
        description=section.search_description or section.intro or section.title,
        language=get_language(),
        feed_url=f"{here}feed/{kind.name}/",
    )
    for story in newest:
        _add(feed, story, request)
    return HttpResponse(feed.writeString("utf-8"), content_type=f"{kind.mime_type}; charset=utf-8")


def _add(feed: Any, story: Any, request: HttpRequest) -> None:
    address = selectors.absolute(story.get_url(request) or "/")
    picture = selectors.drawn(selectors.face(story))
    feed.add_item(
        title=story.title,
        link=address,
        description=story.lead,
        unique_id=address,
        pubdate=_local(story.first_published_at) or _midnight(story.dated_on),
        updateddate=_local(story.last_published_at),
        author_name=story.author or story.source or None,
        categories=list(filter(None, [selectors.topic_of(story)])),
        enclosures=[Enclosure(picture.url, str(picture.size), "image/jpeg")] if picture else [],
        picture=picture,
    )


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
