"""The draft of an album, opened for writing: who may, under which lock, into which revision."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from home.models import AlbumPage, AlbumPhoto

SITTING = timedelta(minutes=30)
"""How long after its last change somebody's newest version goes on; later a new one begins."""


class Refused(Exception):  # noqa: N818 - a person is told, nothing went wrong
    """What was asked cannot be done; the message says why, to whoever asked."""


class Draft:
    """An album as last saved, and its photos in their order; changes are written when it is closed."""

    def __init__(self, page: AlbumPage) -> None:
        self.page = page
        self.changed = False
        # Of a published album without changes the photos are the database's: read once, to be changed here.
        page.photos.get_object_list()

    @property
    def photos(self) -> list[AlbumPhoto]:
        """The photos in their order."""
        return sorted(self.page.photos.all(), key=lambda photo: photo.sort_order or 0)

    def photo(self, image_id: int) -> AlbumPhoto:
        """Return the photo of an image; raises Refused when the album does not have it (any more)."""
        found = next((photo for photo in self.page.photos.all() if photo.image_id == image_id), None)
        if found is None:
            raise Refused(_("This photo is not in the album any more. Load the page again."))
        return found

    def lay(self, photos: list[AlbumPhoto]) -> None:
        """Lay these photos in the album, in their order, in the place of all others."""
        for place, photo in enumerate(photos):
            photo.sort_order = place
        self.page.photos.set(photos)
        self.changed = True


def may_edit(page: Any, user: Any) -> bool:
    """Tell whether somebody may work on an album, whatever state it is in."""
    return page.alias_of_id is None and page.permissions_for_user(user).can_edit()


def cares_for(user: Any, image: Any) -> bool:
    """Tell whether somebody may edit a published album that shows an image: then they may take it down."""
    albums = AlbumPage.objects.filter(photos__image=image).distinct()
    return any(may_edit(album, user) for album in albums)


def shut(page: Any, user: Any) -> str:
    """Return why an album cannot be changed now (locked, in review, about to be published), or nothing."""
    lock = page.get_lock()
    if lock is None or not lock.for_user(user):
        return ""
    return strip_tags(str(lock.get_message(user) or lock.get_description(user)))


def check(page_id: int, by: Any) -> AlbumPage:
    """Return an album that somebody may change now; raises PermissionDenied or Refused."""
    page = AlbumPage.objects.filter(pk=page_id).first()
    if page is None or not may_edit(page, by):
        raise PermissionDenied
    why = shut(page, by)
    if why:
        raise Refused(why)
    return page


@contextmanager
def opened(page_id: int, by: Any) -> Iterator[Draft]:
    """Open an album's draft for one change; raises PermissionDenied or Refused, and then nothing is written.

    The page's row is locked, so that changes follow one another; each begins with what the last has left.
    """
    with transaction.atomic():
        Page.objects.select_for_update().filter(pk=page_id).only("pk").first()
        page = check(page_id, by).get_latest_revision_as_object()
        draft = Draft(page)
        yield draft
        if draft.changed:
            page.save_revision(user=by, log_action=True, clean=False, overwrite_revision=_going_on(page, by))


def _going_on(page: AlbumPage, by: Any) -> Revision | None:
    """Return the newest version if it is this person's own of this sitting and nobody builds on it."""
    newest = page.get_latest_revision()
    if (
        newest is None
        or newest.user_id != by.pk
        or newest.pk == page.live_revision_id
        or newest.approved_go_live_at
        or newest.created_at < timezone.now() - SITTING
        or TaskState.objects.filter(revision=newest).exists()
    ):
        return None
    return newest
