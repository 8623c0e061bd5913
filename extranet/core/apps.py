"""Door plate of the building."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "extranet.core"
    label = "core"
    verbose_name = _("Members' area")
