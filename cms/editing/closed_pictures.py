"""Pictures and readers agree (会员图片): a page for members asks for pictures that only members can get.

Which pictures a page names is read from the page itself, as Wagtail's index of references reads it: fields,
blocks of any depth, child rows. So the check knows every type of page.
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
from cms.kit.models import HouseImage
from cms.kit.models.pages import Reader


class Offer(str):
    """A sentence of the checks that comes with a button."""

    __slots__ = ("page_id",)
    page_id: int


def pictures_on(page: Page) -> list[HouseImage]:
    """Return every picture a page names and does not withhold, in the order of their titles."""
    kind = ContentType.objects.get_for_model(HouseImage).pk
    # The index itself is of what is published, and a job behind; drafts are asked directly.
    references = ReferenceIndex._extract_references_from_object(page)  # noqa: SLF001
    pks = {int(pk) for to_type, pk, *_where in references if to_type == kind}
    return list(HouseImage.objects.shown().filter(pk__in=pks).order_by("title", "pk")) if pks else []


def open_pictures_on(page: Page) -> list[HouseImage]:
    """Return the pictures of a page for members that everybody can get."""
    pictures = pictures_on(page)
    if not pictures or Reader(AnonymousUser()).may_read(page.path):
        return []
    return [picture for picture in pictures if picture.closed_in is None]


def has_pictures_for_its_readers(page: Page) -> Iterable[str]:
    """Ask that whoever may read a page sees its pictures, and nobody else."""
    pictures = pictures_on(page)
    if not pictures:
        return
    if Reader(AnonymousUser()).may_read(page.path):
        shut = [picture.title for picture in pictures if picture.closed_in is not None]
        if shut:
            yield ngettext(
                "Visitors do not see %(n)d picture of this page: %(titles)s. It is for members only.",
                "Visitors do not see %(n)d pictures of this page: %(titles)s. They are for members only.",
                len(shut),
            ) % {"n": len(shut), "titles": listed(shut)}
        return
    bare = [picture.title for picture in pictures if picture.closed_in is None]
    if bare:
        offer = Offer(
            ngettext(
                "This page is not for everybody, but %(n)d picture on it is: %(titles)s.",
                "This page is not for everybody, but %(n)d pictures on it are: %(titles)s.",
                len(bare),
            )
            % {"n": len(bare), "titles": listed(bare)}
        )
        offer.page_id = page.pk
        yield offer


def listed(titles: Iterable[str]) -> str:
    """Return a few titles in one line."""
    shown = sorted(titles)
    return "、".join(shown[:3]) + ("……" if len(shown) > 3 else "")  # noqa: PLR2004


@dataclass(frozen=True)
class Shown:
    """A picture and the open places that show it as well: it would vanish there."""

    picture: HouseImage
    places: list[str]


def shown_openly(pictures: Iterable[HouseImage], page: Page) -> list[Shown]:
    """Return those of ``pictures`` that visitors see somewhere else than on ``page``."""
    titles = {str(picture.pk): picture for picture in pictures}
    kind = ContentType.objects.get_for_model(HouseImage)
    pages = ContentType.objects.get_for_model(Page)
    rows = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=titles)
    found = set(rows.values_list("to_object_id", "base_content_type", "object_id"))
    on_pages = {int(pk) for _to, base, pk in found if base == pages.pk} - {page.pk}
    visible = Reader(AnonymousUser()).visible(Page.objects.filter(pk__in=on_pages))
    names = {str(pk): title for pk, title in visible.values_list("pk", "title")}
    places: dict[str, set[str]] = {}
    for to_id, base, pk in found:
        name = names.get(pk) if base == pages.pk else str(ContentType.objects.get_for_id(base).name)
        if name:
            places.setdefault(to_id, set()).add(name)
    return [Shown(titles[to_id], sorted(where)) for to_id, where in sorted(places.items())]


def close(pictures: list[HouseImage], user: Any) -> tuple[int, str]:
    """Move pictures to the members' collection as ``user``; return how many, and what was in the way.

    Pictures that somebody else tends stay where they are.
    """
    policy = policy_registry.get_by_type(HouseImage)
    mine = [p.pk for p in pictures if policy.user_has_permission_for_instance(user, "change", p)]
    target = closed.members_collection()
    if not policy.collections_user_has_permission_for(user, "add").filter(pk=target.pk).exists():
        return 0, _("You may not add pictures to the collection for members; ask an administrator.")
    moved = HouseImage.objects.filter(pk__in=mine).update(collection=target) if mine else 0
    if moved < len(pictures):
        return moved, _("Some pictures stay where they are, as others tend them; ask an administrator.")
    return moved, ""
