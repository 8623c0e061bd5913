"""The website: one app, one file per family of pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Website")

    def ready(self) -> None:
        """Provide the urgent notices; let editors of an album take its photos down."""
        from cms.kit.frame import provide_strips  # noqa: PLC0415
        from cms.kit.takedown import vouch  # noqa: PLC0415

        from .photo_desk.draft import cares_for  # noqa: PLC0415
        from .strips import urgent_strips  # noqa: PLC0415

        provide_strips(urgent_strips)
        vouch(cares_for)
