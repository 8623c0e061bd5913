"""The ground floor: what every app may use; no page type, no case."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "cms.kit"
    label = "kit"
    verbose_name = _("Ground floor")

    def ready(self) -> None:
        """Listen for every change that visitors must see."""
        from cms.kit import cache  # noqa: PLC0415 (needs loaded tables)

        cache.listen()
