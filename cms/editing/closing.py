"""Readers get what stands on their page, and nobody else does: pictures, videos and documents (会员可读).

A page behind a restriction asks for things of closed collections, an open page for open ones. What a page
names is read from the page itself, as Wagtail's index of references reads it: fields, blocks of any depth,
child rows. So the check knows every type of page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.kit import closed
from cms.kit.models import HouseDocument, HouseImage, HouseMedia
from cms.kit.models.pages import Reader

Thing = HouseImage | HouseMedia | HouseDocument
KINDS: tuple[type[Thing], ...] = (HouseImage, HouseMedia, HouseDocument)


class Offer(str):
    """A sentence of the checks that comes with a button."""

    __slots__ = ("page_id",)
    page_id: int


def things_on(page: Page) -> list[Thing]:
    """Return every picture, video and document a page names, without withdrawn pictures."""
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in KINDS}
    # The index itself is of what is published, and a job behind; drafts are asked directly.
    references = ReferenceIndex._extract_references_from_object(page)  # noqa: SLF001
    named: dict[type[Thing], set[int]] = {}
    for to_type, pk, *_where in references:
        if to_type in kinds:
            named.setdefault(kinds[to_type], set()).add(int(pk))
    found = [thing for model, pks in named.items() for thing in model.objects.filter(pk__in=pks)]
    return sorted(
        (thing for thing in found if not getattr(thing, "is_withdrawn", False)),
        key=lambda thing: (KINDS.index(type(thing)), thing.title, thing.pk),
    )


def _sorted_out(page: Page) -> tuple[bool, list[Thing], list[Thing]]:
    """Return whether a page is open to all, and what of it is open and what is closed."""
    things = things_on(page)
    if not things:
        return True, [], []
    shut = closed.closed_to()
    bare = [thing for thing in things if thing.collection_id not in shut]
    hidden = [thing for thing in things if thing.collection_id in shut]
    return Reader(AnonymousUser()).may_read(page.path), bare, hidden


def open_things_on(page: Page) -> list[Thing]:
    """Return what of a page for members everybody can get."""
    is_open, bare, _hidden = _sorted_out(page)
    return [] if is_open else bare


def has_what_its_readers_may_see(page: Page) -> Iterable[str]:
    """Ask that whoever may read a page gets its pictures and files, and nobody else."""
    is_open, bare, hidden = _sorted_out(page)
    if is_open and hidden:
        yield ngettext(
            "%(n)d picture or file of this page is for members, visitors do not get it: %(titles)s.",
            "%(n)d pictures or files of this page are for members, visitors do not get them: %(titles)s.",
            len(hidden),
        ) % {"n": len(hidden), "titles": listed(thing.title for thing in hidden)}
    if not is_open and bare:
        offer = Offer(
            ngettext(
                "This page is not for everybody, but %(n)d picture or file on it is: %(titles)s.",
                "This page is not for everybody, but %(n)d pictures or files on it are: %(titles)s.",
                len(bare),
            )
            % {"n": len(bare), "titles": listed(thing.title for thing in bare)}
        )
        offer.page_id = page.pk
        yield offer


def listed(titles: Iterable[str]) -> str:
    """Return a few titles in one line."""
    shown = sorted(titles)
    return "、".join(shown[:3]) + ("……" if len(shown) > 3 else "")  # noqa: PLR2004


@dataclass(frozen=True)
class Shown:
    """A thing and the open places that show it as well: it would vanish there."""

    thing: Thing
    places: list[str]


def shown_openly(things: Iterable[Thing], page: Page) -> list[Shown]:
    """Return those of ``things`` that visitors get somewhere else than on ``page``."""
    asked: dict[tuple[int, str], Thing] = {
        (ContentType.objects.get_for_model(thing).pk, str(thing.pk)): thing for thing in things
    }
    pages = ContentType.objects.get_for_model(Page).pk
    rows = ReferenceIndex.objects.filter(
        to_content_type__in={kind for kind, _pk in asked}, to_object_id__in={pk for _kind, pk in asked}
    )
    found = set(rows.values_list("to_content_type", "to_object_id", "base_content_type", "object_id"))
    on_pages = {int(pk) for _kind, _to, base, pk in found if base == pages} - {page.pk}
    visible = Reader(AnonymousUser()).visible(Page.objects.filter(pk__in=on_pages))
    names = {str(pk): title for pk, title in visible.values_list("pk", "title")}
    places: dict[tuple[int, str], set[str]] = {}
    for kind, to_pk, base, pk in found:
        name = names.get(pk) if base == pages else str(ContentType.objects.get_for_id(base).name)
        if name and (kind, to_pk) in asked:
            places.setdefault((kind, to_pk), set()).add(name)
    return [Shown(thing, sorted(places[key])) for key, thing in asked.items() if key in places]


def close(things: list[Thing], user: Any) -> tuple[int, str]:
    """Move things to the members' collection as ``user``; return how many, and what was in the way.

    What somebody else tends stays where it is.
    """
    target = closed.members_collection()
    moved = 0
    for model in {type(thing) for thing in things}:
        policy = policy_registry.get_by_type(model)
        if not policy.collections_user_has_permission_for(user, "add").filter(pk=target.pk).exists():
            return moved, _("You may not add anything to the collection for members; ask an administrator.")
        own = [thing for thing in things if type(thing) is model]
        mine = [t.pk for t in own if policy.user_has_permission_for_instance(user, "change", t)]
        moved += model.objects.filter(pk__in=mine).update(collection=target) if mine else 0
    if moved < len(things):
        return moved, _("Some stay where they are, as others tend them; ask an administrator.")
    return moved, ""
