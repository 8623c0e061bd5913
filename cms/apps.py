"""The facade as an app: base templates, static files, checks and commands."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site")

    def ready(self) -> None:
        """Enter the system checks, and label what Wagtail left unmarked."""
        import_module("cms.checks")
        import_module("cms.unmarked").mark()
