"""Door plate of the members' room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users import apps as users_app


class MembersConfig(AppConfig):
    name = "extranet.members"
    label = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        """Hang up the rules: from now on ``may()`` knows what this room grants."""
        from . import rules  # noqa: F401, PLC0415 - it needs the models


class PeopleConfig(users_app.WagtailUsersAppConfig):
    """Wagtail's users app with our screens; named in INSTALLED_APPS instead of ``wagtail.users``."""

    default = False
    user_viewset = "extranet.members.views.PeopleViewSet"
