"""Hands at the photo desk: begin an album, send it photos, look into its draft."""

import io

from PIL import Image
from wagtail.models import Collection

from home.models import AlbumPage
from home.photo_desk import services
from tests.kit.photographs import upload


def begin(basics, editor, **fields):
    """A new album, as its editor has saved it."""
    page = AlbumPage(title="徒步", slug="walk", author="宣传组", owner=editor, live=False, **fields)
    page.has_unpublished_changes = True
    basics.albums.add_child(instance=page)
    page.save_revision(user=editor)
    return page


def photo(shade=10, name="IMG_1.jpg"):
    """A small photo, another one for each shade."""
    out = io.BytesIO()
    Image.new("RGB", (60 + shade, 40), (shade, 90, 200)).save(out, "JPEG")
    return upload(out.getvalue(), name)


def send(page, by, file, **more):
    return services.add_photo(
        page_id=page.pk, by=by, file=file, collection=Collection.get_first_root_node(), **more
    )


def draft_of(page):
    photos = AlbumPage.objects.get(pk=page.pk).get_latest_revision_as_object().photos.all()
    return sorted(photos, key=lambda one: one.sort_order)


def names(page):
    return [one.image.title for one in draft_of(page)]
