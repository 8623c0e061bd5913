"""The ground floor: what every app may use; no page type, no case."""

from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "cms.kit"
    label = "kit"
    verbose_name = _("Ground floor")

    def ready(self) -> None:
        """Listen for every change that visitors must see, and for what opens and closes collections."""
        from cms.kit import closed, photo_files, watching  # noqa: PLC0415 (need loaded tables)

        watching.listen()
        closed.listen()
        post_delete.connect(
            photo_files.forget, sender=self.get_model("HouseImage"), dispatch_uid="photo-files-forget"
        )
