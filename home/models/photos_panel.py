"""What the editor of an album shows of its photos: how many, the first ones, and the way to their desk."""

import functools
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin import compare
from wagtail.admin.panels import Panel

from cms.kit.models import HouseImage

PREVIEWED = 8


class PhotosPanel(Panel):
    """Read-only: the photos are kept on a screen of their own, where nothing overwrites what has arrived."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/photo_desk/panel.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            """Return the number of photos in the draft and the first of them."""
            album = self.instance
            laid = list(album.photos.all())
            images = HouseImage.objects.in_bulk([photo.image_id for photo in laid[:PREVIEWED]])
            return {
                **super().get_context_data(parent_context),
                "album": album,
                "count": len(laid),
                "first": [images[photo.image_id] for photo in laid[:PREVIEWED] if photo.image_id in images],
                "more": max(0, len(laid) - PREVIEWED),
            }

        def get_comparison(self) -> list[Any]:
            """Show photos and captions when two versions are compared."""
            relation = type(self.instance)._meta.get_field("photos")  # noqa: SLF001
            fields = relation.related_model._meta  # noqa: SLF001
            compared = [
                functools.partial(compare.ForeignObjectComparison, fields.get_field("image")),
                functools.partial(compare.FieldComparison, fields.get_field("caption")),
            ]
            return [functools.partial(compare.ChildRelationComparison, relation, compared, label=_("Photos"))]
