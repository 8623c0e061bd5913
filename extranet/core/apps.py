"""Door plate of the building."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "extranet.core"
    label = "core"
    verbose_name = _("Members' area")

    def ready(self) -> None:
        """Enter the inbox into the register, with the topics of the building itself."""
        from cms.kit.rooms import register  # noqa: PLC0415 - the models are loaded by now, not before

        from .notices import topics  # noqa: PLC0415
        from .room import INBOX  # noqa: PLC0415

        for topic in topics.OF_THE_HOUSE:
            topics.register(topic)
        register(INBOX)
