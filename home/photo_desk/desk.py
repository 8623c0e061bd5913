"""What the photo desk shows: the album's draft, its photos as cards, where new ones may go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Collection

from cms.kit.closed import members_collection
from cms.kit.forms import PHOTO_HELP
from cms.kit.models import HouseImage
from cms.kit.takedown import rights
from home.models import AlbumPage, AlbumPhoto

from . import services
from .draft import Refused, shut

MEMBERS = "members"
"""Names the collection for members where nobody has made it yet."""


@dataclass(frozen=True)
class Card:
    """One photo on the desk."""

    photo: AlbumPhoto
    image: HouseImage
    number: int
    caption: str
    is_cover: bool = False
    may_note: bool = True
    """Whether whoever looks may change the image itself: note consent, bring it back."""
    may_take_down: bool = True

    @classmethod
    def of(cls, photo: AlbumPhoto, image: HouseImage, user: Any) -> "Card":
        """Return the card of a photo that has just arrived."""
        return cls(
            photo,
            image,
            (photo.sort_order or 0) + 1,
            photo.caption,
            may_note=bool(_may_note(user, {image.pk})),
        )


def _may_note(user: Any, ids: set[int]) -> Any:
    mine = rights().instances_user_has_permission_for(user, "change").filter(pk__in=ids)
    return set(mine.values_list("pk", flat=True))


class Desk:
    """The screen for one album and whoever looks; ``typed`` has captions that were refused."""

    def __init__(self, page: AlbumPage, user: Any, typed: dict[int, str]) -> None:
        self.page = page
        self.user = user
        self.typed = typed
        self.draft = page.get_latest_revision_as_object()

    @cached_property
    def cards(self) -> list[Card]:
        """The photos of the draft in their order."""
        laid = sorted(self.draft.photos.all(), key=lambda photo: photo.sort_order or 0)
        images = HouseImage.objects.in_bulk([photo.image_id for photo in laid])
        mine = _may_note(self.user, set(images))
        published = set(self.page.photos.get_live_queryset().values_list("image_id", flat=True))
        return [
            Card(
                photo=photo,
                image=images[photo.image_id],
                number=number,
                caption=self.typed.get(photo.image_id, photo.caption),
                is_cover=photo.image_id == self.draft.cover_id,
                may_note=photo.image_id in mine,
                may_take_down=photo.image_id in mine | published,
            )
            for number, photo in enumerate(laid, start=1)
            if photo.image_id in images
        ]

    def context(self) -> dict[str, Any]:
        """Return what the template asks for."""
        places = [card.photo.sort_order or 0 for card in self.cards]
        closed = bool(list(self.page.get_view_restrictions()))
        most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        heading = _("Photos: %(title)s") % {"title": self.draft.title}
        return {
            "album": self.page,
            "header_title": heading,
            "header_icon": "image",
            "breadcrumbs_items": [
                *WagtailAdminTemplateMixin.breadcrumbs_items,
                {"url": edit_url, "label": self.draft.title},
                {"url": "", "label": heading},
            ],
            "cards": self.cards,
            "shut": shut(self.page, self.user),
            "collections": collections_for(self.user, closed=closed),
            "closed": closed,
            "next_place": max(places, default=-1) + 1,
            "most": most,
            "help": PHOTO_HELP % {"size": filesizeformat(most)},
            "words": words(),
            "unpublished": self.page.has_unpublished_changes or not self.page.live,
            "longest_caption": services.LONGEST_CAPTION,
            "edit_url": edit_url,
        }


def collections_for(user: Any, *, closed: bool) -> list[tuple[str, str, bool]]:
    """Return where somebody may put photos as (value, name, chosen); those for members are always offered."""
    allowed = list(rights().collections_user_has_permission_for(user, "add").order_by("path"))
    name = _("For members only")
    rows = [(str(one.pk), "　" * max(0, one.depth - 2) + str(one), str(one.name)) for one in allowed]
    if any(one.is_root() for one in allowed) and name not in {row[2] for row in rows}:
        rows.append((MEMBERS, name, name))
    chosen = next(
        (value for value, _label, own in rows if closed and own == name), rows[0][0] if rows else ""
    )
    return [(value, label, value == chosen) for value, label, _own in rows]


def collection_named(value: str, user: Any) -> Collection:
    """Return the collection somebody chose; raises Refused for one they may not add to."""
    allowed = rights().collections_user_has_permission_for(user, "add")
    if value == MEMBERS and any(one.is_root() for one in allowed):
        return members_collection()
    found = allowed.filter(pk=value).first() if value.isascii() and value.isdigit() else None
    if found is None:
        raise Refused(_("Choose the collection for the photos again."))
    return found


def words() -> dict[str, str]:
    """Return what the script says."""
    return {
        "counted": _("{done} of {all} have arrived"),
        "refused": _("{n} not taken"),
        "failed": _("{n} waiting to be sent again"),
        "finished": _("Done: {done} photos have arrived."),
        "waiting": _("waiting"),
        "sending": _("sending"),
        "checking": _("being checked"),
        "lost": _("The connection was lost. What has arrived is kept."),
        "broken": _("The site could not take it just now. Send it again in a moment."),
        "signed_out": _("You are signed out. Sign in again in another window, then send the rest again."),
        "too_large": _("This picture is larger than %(most)s. Make it smaller, then choose it again.")
        % {"most": filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)},
        "again": _("Send again"),
        "saved": _("Saved"),
        "unsaved": _("Not saved: no connection. It is tried again when you change it."),
        "remove": _("Take this photo out of the album? It stays in the library."),
        "moved": _("Now no. {n}"),
        "ordered": _("The order is saved."),
    }
