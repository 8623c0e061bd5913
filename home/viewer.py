"""The photos of an album as a visitor sees them: one page of them, each with its place in the row.

An album of three hundred photos is read in pages: a phone then loads neither three hundred thumbnails nor
the markup of three hundred large pictures, and the arrows of the viewer lead on over the end of a page.
"""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.utils.functional import cached_property
from django.utils.text import get_valid_filename

from cms.kit import photos
from cms.kit.models import Consent, HouseImage
from home.archive import Asked

PER_PAGE = 20
DISPLAYED = 1280
"""The width that is shown large and taken home."""


@dataclass(frozen=True)
class Shot:
    """A photo of an album: which image, and what is said under it."""

    image_id: int
    caption: str


@dataclass(frozen=True)
class Frame:
    """A photo on the page and the way to its neighbours, also on the pages beside this one."""

    image: HouseImage
    caption: str
    number: int
    previous: str
    following: str

    @property
    def id(self) -> str:
        """The photo's own address on the page; it stays whatever is added, moved or taken down."""
        return anchor(self.image.pk)

    @property
    def alt(self) -> str:
        """What the photo shows, for those who cannot see it."""
        return self.image.default_alt_text or self.caption

    @cached_property
    def download(self) -> str:
        """The address of the size shown large; nothing while none lies ready."""
        return photos.photo_url(self.image, DISPLAYED, absolute=False)

    def name(self, title: str) -> str:
        """Return what the file is called when it is taken home."""
        return get_valid_filename(f"{title[:16]}-{self.number}.jpg")


def anchor(image_id: int) -> str:
    """Return the address of a photo on its page."""
    return f"photo-{image_id}"


def shots_of(album: Any) -> list[Shot]:
    """Return the photos of an album that are shown, in their order; a draft is asked, not the database."""
    if album.pk and not album.photos.is_deferring:
        rows = album.photos.get_live_queryset().shown().order_by("sort_order", "pk")
        return [Shot(*row) for row in rows.values_list("image_id", "caption")]
    laid = sorted(album.photos.all(), key=lambda photo: photo.sort_order or 0)
    wanted = [photo.image_id for photo in laid]
    gone = HouseImage.objects.filter(pk__in=wanted, consent=Consent.WITHDRAWN)
    withdrawn = set(gone.values_list("pk", flat=True)) if wanted else set()
    return [Shot(photo.image_id, photo.caption) for photo in laid if photo.image_id not in withdrawn]


def first_of(album: Any) -> HouseImage | None:
    """Return the first photo that is shown."""
    return HouseImage.objects.filter(pk=album.shown[0].image_id).first() if album.shown else None


def leaf_of(album: Any, query: QueryDict, raw: str) -> Leaf[Shot]:
    """Return the page of photos a query string asks for; raises Http404 when there is no such page."""
    number = Asked.read(query, raw).page
    pages = Paginator(album.shown, PER_PAGE)
    if number > pages.num_pages:
        raise Http404
    return pages.page(number)


def images_of(album: Any, leaf: Leaf[Shot]) -> dict[int, HouseImage]:
    """Return the images of a page of photos and the album's first one, one query."""
    return HouseImage.objects.in_bulk([shot.image_id for shot in [*album.shown[:1], *leaf.object_list]])


def frames(album: Any, leaf: Leaf[Shot], images: dict[int, HouseImage]) -> list[Frame]:
    """Return the photos of a page, each with the way to its neighbours."""
    shots = album.shown
    first = leaf.start_index() - 1 if shots else 0
    return [
        Frame(
            image=images[shot.image_id],
            caption=shot.caption,
            number=place + 1,
            previous=_way(shots, place - 1, leaf),
            following=_way(shots, place + 1, leaf),
        )
        for place, shot in enumerate(leaf.object_list, start=first)
        if shot.image_id in images
    ]


def _way(shots: list[Shot], place: int, leaf: Leaf[Shot]) -> str:
    """Return the address of a neighbour as seen from this page, nothing beyond the ends."""
    if not 0 <= place < len(shots):
        return ""
    number = place // PER_PAGE + 1
    elsewhere = "" if number == leaf.number else "." if number == 1 else f"?page={number}"
    return f"{elsewhere}#{anchor(shots[place].image_id)}"
