"""The verbs of the photo desk. Nothing else writes the photos of an album."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

from cms.kit import uploads
from cms.kit.forms import PhotoField
from cms.kit.models import Consent, HouseImage
from cms.kit.takedown import rights
from home.models import AlbumPage, AlbumPhoto

from .draft import Draft, Refused, check, may_edit, opened

MOST = 500
"""Photos an album holds; whoever reads it would not reach the five hundredth."""
LONGEST_CAPTION = 120
LAST_PLACE = 1_000_000
GIVEN = (Consent.NOT_NEEDED, Consent.GIVEN, Consent.MISSING)
"""What can be noted about the people shown; withdrawing is taking down, see ``cms.kit.takedown``."""


def add_photo(  # noqa: PLR0913 - what comes along with a file
    *,
    page_id: int,
    by: Any,
    file: UploadedFile,
    collection: Collection,
    consent: str = Consent.MISSING,
    at: int | None = None,
) -> AlbumPhoto:
    """Take a photo into the library and into the album's draft, at place ``at`` or behind all others.

    Raises ValidationError with a sentence for a file that cannot be used, Refused when the album cannot take
    it. Then nothing is kept, neither image nor file.
    """
    if not rights().collections_user_has_permission_for(by, "add").filter(pk=collection.pk).exists():
        raise PermissionDenied
    check(page_id, by)  # before the costly part
    name = file.name
    upload: Any = PhotoField().clean(file)
    digest = hash_filelike(upload)
    upload.seek(0)
    with opened(page_id, by) as draft:
        _check_room(draft)
        _check_new(draft, digest)
        image = HouseImage(
            title=title_of(name),
            file=upload,
            collection=collection,
            uploaded_by_user=by,
            consent=consent if consent in GIVEN else Consent.MISSING,
            source=draft.page.author or draft.page.source,
        )
        image.save()
        photo = AlbumPhoto(image=image)
        photos = draft.photos
        last = max((other.sort_order or 0 for other in photos), default=-1)
        photo.sort_order = at if at is not None and 0 <= at <= LAST_PLACE else last + 1
        # Places may have gaps: photos of a batch arrive as they come and lie as they are named.
        draft.page.photos.set([*photos, photo])
        draft.changed = True
    return photo


def _check_room(draft: Draft) -> None:
    if len(draft.page.photos.all()) >= MOST:
        raise Refused(_("An album holds at most %(n)d photos. Begin another one for the rest.") % {"n": MOST})


def _check_new(draft: Draft, digest: str) -> None:
    photos = draft.photos
    twin = (
        HouseImage.objects.filter(pk__in=[photo.image_id for photo in photos], file_hash=digest)
        .values_list("pk", "title")
        .first()
    )
    if twin:
        number = next(n for n, photo in enumerate(photos, start=1) if photo.image_id == twin[0])
        said = photos[number - 1].caption or twin[1]
        raise Refused(
            _("This photo is in the album already: no. %(number)d, “%(said)s”. It was left out.")
            % {"number": number, "said": said}
        )


def title_of(name: str | None) -> str:
    """Return what the library calls a photo: its file's name without ending."""
    return uploads.tidy_name(name).rsplit(".", 1)[0].strip() or "photo"


def by_name(name: str) -> list[Any]:
    """Return the key that sorts file names as people read them: 2 before 10."""
    parts = re.split(r"([0-9]+)", name.lower())
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def set_order(*, page_id: int, by: Any, order: Iterable[int]) -> None:
    """Lay the photos in this order; those it does not name (just arrived) follow in theirs."""
    wanted = {image_id: place for place, image_id in enumerate(dict.fromkeys(order))}
    with opened(page_id, by) as draft:
        now = draft.photos
        laid = sorted(now, key=lambda photo: wanted.get(photo.image_id, len(wanted)))
        if laid != now or any(photo.sort_order != place for place, photo in enumerate(now)):
            draft.lay(laid)


def set_caption(*, page_id: int, by: Any, image_id: int, caption: str) -> str:
    """Write a caption and return it as kept."""
    caption = _tidied(caption)
    with opened(page_id, by) as draft:
        photo = draft.photo(image_id)
        if photo.caption != caption:
            photo.caption, draft.changed = caption, True
            draft.page.photos.set(draft.photos)
    return caption


def set_cover(*, page_id: int, by: Any, image_id: int | None) -> None:
    """Choose the photo that stands for the album; None leaves it to the first one."""
    with opened(page_id, by) as draft:
        if image_id is not None:
            draft.photo(image_id)
        if draft.page.cover_id != image_id:
            draft.page.cover_id, draft.changed = image_id, True


def remove_photo(*, page_id: int, by: Any, image_id: int) -> None:
    """Take a photo out of the album; the image stays in the library."""
    with opened(page_id, by) as draft:
        photo = draft.photo(image_id)
        draft.lay([other for other in draft.photos if other is not photo])
        if draft.page.cover_id == image_id:
            draft.page.cover_id = None


def set_consent(*, page_id: int, by: Any, consent: str, image_ids: Iterable[int] | None = None) -> int:
    """Note the portrait consent of these photos of an album, or of all; return how many changed.

    It is kept with the image and no part of the draft: it holds at once, wherever the image is shown, and can
    be noted while the album is in review. Photos taken down stay so, and those of others that this person may
    not change are left alone.
    """
    page = AlbumPage.objects.filter(pk=page_id).first()
    if page is None or not may_edit(page, by):
        raise PermissionDenied
    if consent not in GIVEN:
        raise Refused(_("Choose what is known about the consent of those portrayed."))
    there = {photo.image_id for photo in page.get_latest_revision_as_object().photos.all()}
    wanted = there if image_ids is None else there & set(image_ids)
    mine = rights().instances_user_has_permission_for(by, "change").filter(pk__in=wanted)
    with transaction.atomic():
        # No visitor sees a difference between these three: nothing has to be drawn or renewed.
        changed = mine.exclude(consent__in=[consent, Consent.WITHDRAWN]).update(consent=consent)
    if image_ids is not None and not mine.exists():
        raise Refused(_("You may not change this photo: ask whoever added it, or a reviewer."))
    return changed


@dataclass(frozen=True)
class Sheet:
    """What a form without script posts of all photos at once, each by the number of its image."""

    captions: Mapping[int, str]
    numbers: Mapping[int, int]
    removed: frozenset[int] = frozenset()
    cover: int | None = None


def save_sheet(*, page_id: int, by: Any, sheet: Sheet) -> None:
    """Write captions, order and cover and take photos out, in one version.

    Photos the sheet does not know (they have arrived since) keep their place and words.
    """
    with opened(page_id, by) as draft:
        kept = [photo for photo in draft.photos if photo.image_id not in sheet.removed]
        for photo in kept:
            photo.caption = _tidied(sheet.captions.get(photo.image_id, photo.caption))
        places = {photo.image_id: place for place, photo in enumerate(kept, start=1)}
        draft.lay(sorted(kept, key=lambda photo: sheet.numbers.get(photo.image_id, places[photo.image_id])))
        there = {photo.image_id for photo in kept}
        draft.page.cover_id = sheet.cover if sheet.cover in there else None


def _tidied(caption: str) -> str:
    """Return a caption as it is kept; raises Refused for a long one."""
    caption = " ".join(caption.split())
    if len(caption) > LONGEST_CAPTION:
        raise Refused(
            _("A caption has at most %(n)d characters. Shorten “%(said)s…”.")
            % {"n": LONGEST_CAPTION, "said": caption[:20]}
        )
    return caption
