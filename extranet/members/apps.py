"""Door plate of the members' room."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users import apps as users_app


class MembersConfig(AppConfig):
    name = "extranet.members"
    label = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        """Enter the rules, have the door heard and asked, put up the door plates."""
        import_module("extranet.members.rules")
        import_module("extranet.members.adapters.hanging").hang()
        from . import demo, room  # noqa: PLC0415 - they need loaded tables
        from .demo import cases as demo_cases  # noqa: PLC0415
        from .room import cases  # noqa: PLC0415

        room.open_up(demo.load, demo.accounts)
        cases.open_up(demo_cases.load, demo_cases.accounts)


class PeopleConfig(users_app.WagtailUsersAppConfig):
    """Wagtail's users app with our screens; named in INSTALLED_APPS instead of ``wagtail.users``."""

    default = False
    user_viewset = "extranet.members.views.admin_people.PeopleViewSet"
