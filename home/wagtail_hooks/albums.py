"""The photo desk of albums and the ways to it."""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from home.models import AlbumPage
from home.photo_desk.draft import may_edit
from home.photo_desk.urls import urlpatterns


@hooks.register("register_admin_urls")
def photo_desk() -> list[URLPattern]:
    """Addresses of the photo desk."""
    return urlpatterns


def _way(page: Page, user: Any, priority: int) -> Iterator[Button]:
    if page.specific_class is AlbumPage and may_edit(page, user):
        url = reverse("album_photos", args=[page.pk])
        yield Button(_("Photos"), url, icon_name="image", priority=priority)


@hooks.register("register_page_listing_more_buttons")
def in_the_list(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:  # noqa: ARG001
    """The way from the list of pages."""
    yield from _way(page, user, 3)


@hooks.register("register_page_header_buttons")
def above_the_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:  # noqa: ARG001
    """The way from the editor and the page's own list."""
    yield from _way(page, user, 5)


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """Dress the photo desk and its panel."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin/photo_desk.css"))
