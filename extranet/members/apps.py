"""Door plate of the members' room."""

from dataclasses import replace

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users import apps as users_app


class MembersConfig(AppConfig):
    name = "extranet.members"
    label = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        """Enter what is about memberships into the registers of the house."""
        from cms.kit.rooms import register  # noqa: PLC0415 - the models are loaded by now, not before

        from . import room  # noqa: PLC0415
        from .demo import cases as demo  # noqa: PLC0415

        room.open_cases()
        register(replace(room.ROOM, demo=demo.tell))


class PeopleConfig(users_app.WagtailUsersAppConfig):
    """Wagtail's users app with our screens; named in INSTALLED_APPS instead of ``wagtail.users``."""

    default = False
    user_viewset = "extranet.members.views.PeopleViewSet"
