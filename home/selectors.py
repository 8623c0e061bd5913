"""Reading around a page: way back, neighbours, what to read next, pictures, what a chat shows of it.

Knows no page type by name: it works on the story it is given.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page

from cms.kit import photos
from cms.kit.frame import frame_of
from cms.kit.models import HouseDocument
from cms.kit.models.pages import Reader

SHARED_WIDTH = 1280


@dataclass(frozen=True)
class Step:
    """One page of the way back."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a list shows of a page; ``closed`` says that not everybody may read it (会员可读)."""

    title: str
    url: str
    closed: bool = False
    lead: str = ""
    dated_on: date | None = None
    category: str = ""
    office: str = ""
    pinned: bool = False
    picture: Any = None
    photos: int = 0
    """How many photos it shows, of an album."""


def steps(pages: Iterable[Page], request: HttpRequest) -> list[Step]:
    """Return the way back as words and addresses."""
    return [Step(page.title, page.get_url(request) or "/") for page in pages]


def card(page: Any, request: HttpRequest, reader: Reader) -> Card:
    """Return what a list shows of a story or of any other page: what was loaded of it, never a query more."""
    loaded = {**page._state.fields_cache, **page.__dict__}  # noqa: SLF001
    leading = _leading(loaded)
    return Card(
        title=page.title,
        url=page.get_url(request) or "/",
        closed=bool(reader.on(page.path)),
        lead=loaded.get("lead", ""),
        dated_on=loaded.get("dated_on"),
        category=topic_of(page, loaded),
        office=loaded.get("source", ""),
        pinned="pinned_until" in loaded and page.is_pinned,
        picture=reader.shown(loaded.get("cover")) or (reader.shown(leading.image) if leading else None),
        photos=leading.in_all if leading else 0,
    )


def topic_of(page: Any, loaded: Any = None) -> str:
    """Return what a page is about in a word: its category or its kind; ``loaded`` bounds where to look."""
    if loaded is not None and not {"category", "kind"} & set(loaded):
        return ""
    category = getattr(page, "category", None)
    if category:
        return str(category.name)
    return str(page.get_kind_display()) if hasattr(page, "get_kind_display") else ""


def _leading(loaded: dict[str, Any]) -> Any:
    """Return the first photo of an album that a list has loaded with it."""
    return next(iter(loaded.get("leading", ())), None)


def face(page: Any) -> Any:
    """Return the picture of a page that a list has loaded: its cover, else the first photo of an album."""
    leading = _leading(page.__dict__)
    return shown(page.cover) or (shown(leading.image) if leading else None)


def shown(picture: Any) -> Any:
    """Return a picture that everybody may see, else None: withdrawn, or of a closed collection."""
    return None if picture is None or picture.is_withdrawn or picture.closed_in else picture


def cards(pages: Iterable[Any], request: HttpRequest, reader: Reader) -> list[Card]:
    """Return what a list shows of these pages."""
    return [card(page, request, reader) for page in pages]


def readable_documents(numbers: list[int], user: Any) -> set[int]:
    """Return which of these documents somebody may have; no query when there are none."""
    if not numbers:
        return set()
    open_to = HouseDocument.objects.visible_to(user).filter(pk__in=numbers)
    return set(open_to.values_list("pk", flat=True))


@dataclass(frozen=True)
class Group:
    """Stories of one month, or the pinned ones (``month`` is None)."""

    month: date | None
    items: list[Card]


def by_month(found: Iterable[Card], *, pinned_apart: bool) -> list[Group]:
    """Lay cards, in their order, into groups of one month; pinned ones may stand in a group of their own."""
    groups: list[Group] = []
    for item in found:
        apart = pinned_apart and item.pinned
        month = None if apart or item.dated_on is None else item.dated_on.replace(day=1)
        if not groups or groups[-1].month != month:
            groups.append(Group(month, []))
        groups[-1].items.append(item)
    return groups


def absolute(address: str) -> str:
    """Return an address of this site with its scheme and host, as configured, never as asked for."""
    return urljoin(settings.BASE_URL, address)


@dataclass(frozen=True)
class Around:
    """What stands around a story: ``turn`` has the older and the newer one, ``related`` what to read next."""

    turn: dict[str, Any] = field(default_factory=dict)
    related: list[Any] = field(default_factory=list)


def trail_of(page: Page) -> list[Page]:
    """Return the pages above ``page`` from the site's home page down."""
    above = (
        page.get_ancestors().filter(depth__gte=2).only("title", "path", "depth", "url_path", "content_type")
    )
    return list(above)


def around(story: Any, reader: Reader) -> Around:
    """Return the neighbours of a story and what to read next, as this reader may see them.

    The editors' own choice comes first; the newest of the same category fill up. Two queries, whatever the
    number of stories.
    """
    chosen = _chosen(story, reader)
    most = story.most_to_read
    if story.pk is None:
        return Around(related=chosen[:most])
    section = story.path[: -story.steplen]
    siblings = reader.visible(type(story).objects.filter(path__startswith=section)).exclude(pk=story.pk)
    day, pk = story.dated_on, story.pk
    # The day alone first: it is what an index can begin at, the rest only sorts out stories of that day.
    older = siblings.filter(Q(dated_on__lt=day) | Q(pk__lt=pk), dated_on__lte=day).newest()
    newer = siblings.filter(Q(dated_on__gt=day) | Q(pk__gt=pk), dated_on__gte=day).order_by("dated_on", "pk")
    wanted = Q(pk__in=older.values("pk")[:1]) | Q(pk__in=newer.values("pk")[:1])
    if chosen:
        wanted |= Q(pk__in=[page.pk for page in chosen])
    if story.category_id:
        same = siblings.filter(category=story.category_id).newest()
        wanted |= Q(pk__in=same.values("pk")[: most + len(chosen)])
    cards = list(type(story).objects.filter(wanted).as_cards().newest())  # asked as visible above
    here = [card for card in cards if card.path.startswith(section)]
    before = next((c for c in here if (c.dated_on, c.pk) < (day, pk)), None)
    after = next((c for c in reversed(here) if (c.dated_on, c.pk) > (day, pk)), None)
    return Around(
        turn={way: card for way, card in (("older", before), ("newer", after)) if card},
        related=_fill_up(chosen, cards, story)[:most],
    )


def dressed(pages: list[Any], reader: Reader) -> list[Any]:
    """Return pages with what their own lists show (lead, day, picture); one query for each kind of them."""
    kinds: dict[Any, list[int]] = {}
    for page in pages:
        kind = page.specific_class if type(page) is Page else None
        if kind is not None and getattr(kind, "teased", hasattr(kind.objects, "as_cards")):
            kinds.setdefault(kind, []).append(page.pk)
    found = {
        page.pk: page
        for kind, keys in kinds.items()
        for page in reader.visible(kind.objects.filter(pk__in=keys)).as_cards()
    }
    return [found.get(page.pk, page) for page in pages]


def chosen_cards(page: Any, request: HttpRequest, reader: Reader) -> list[Card]:
    """Return what a list shows of the pages an editor chose to stand beside this one."""
    return cards(dressed(_chosen(page, reader), reader), request, reader)


def _chosen(story: Any, reader: Reader) -> list[Page]:
    """Return the pages an editor chose, without those this reader may not read."""
    shown = ("title", "path", "depth", "url_path", "live", "content_type")
    links = story.related_links.select_related("related").only("page", *(f"related__{n}" for n in shown))
    found = {
        link.related_id: link.related
        for link in links
        if link.related_id not in {None, story.pk} and reader.sees(link.related)
    }
    return list(found.values())


def _fill_up(chosen: list[Page], cards: list[Any], story: Any) -> list[Any]:
    by_pk = {card.pk: card for card in cards}
    first = [by_pk.get(page.pk, page) for page in chosen]
    taken = {page.pk for page in first}
    alike = [
        card
        for card in cards
        if card.pk not in taken and story.category_id and card.category_id == story.category_id
    ]
    return [*first, *alike]


def share_of(page: Any, fallback: Any = None) -> dict[str, Any]:
    """Return what a chat shows of a page: words, and its picture or ``fallback``, the site's own one."""
    told = getattr(page, "dated_on", None) is not None
    return {
        "title": page.seo_title or page.title,
        "description": page.search_description or getattr(page, "lead", "") or getattr(page, "intro", ""),
        "picture": drawn(page.picture) or drawn(fallback),
        "type": "article" if told else "website",
        "published": page.first_published_at if told else None,
        "changed": page.last_published_at if told else None,
        "section": topic_of(page),
    }


def frame_of_page(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what every page of ours tells the templates around it."""
    fallback = None if shown(page.picture) else frame_of(request).identity.share_image
    address = page.get_url(request) or "/"
    return {
        "share": share_of(page, fallback),
        "here": address,
        "canonical": absolute(address),
        "trail": steps(page.trail, request),
    }


def may_edit(request: HttpRequest) -> bool:
    """Tell whether whoever asks works in the admin; no query for visitors."""
    user = request.user
    return bool(user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))


@dataclass(frozen=True)
class Drawn:
    """A JPEG that lies ready: absolute address, true size in pixels, what it shows, where it lies."""

    url: str
    width: int
    height: int
    alt: str
    path: str

    @property
    def size(self) -> int:
        """Bytes of the file; 0 when it is gone."""
        try:
            return int(default_storage.size(self.path))
        except OSError:
            return 0


def drawn(picture: Any) -> Drawn | None:
    """Return the JPEG of a picture nearest to what chats ask for, or None while none is drawn.

    A visitor's request never draws one. Chats and feed readers ask as visitors: none of a closed picture.
    """
    sizes = photos.sizes_of(shown(picture))
    if not sizes:
        return None
    width, height = min(sizes, key=lambda size: abs(size[0] - SHARED_WIDTH))
    path = photos.path(picture.served["stem"], width, "jpeg")
    return Drawn(absolute(default_storage.url(path)), width, height, picture.description, path)
