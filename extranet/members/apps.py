"""Door plate of the members' room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users import apps as users_app


class MembersConfig(AppConfig):
    name = "extranet.members"
    label = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        """Put up the door plate."""
        from . import demo, room  # noqa: PLC0415 - they need loaded tables

        room.open_up(demo.load, demo.accounts)


class PeopleConfig(users_app.WagtailUsersAppConfig):
    """Wagtail's users app with our screens; named in INSTALLED_APPS instead of ``wagtail.users``."""

    default = False
    user_viewset = "extranet.members.views.PeopleViewSet"
