"""Somebody's own account in the admin: notifications, language and look; the name is the roster's."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel

from cms.kit.doors import door


class OwnAccountView(AccountView):
    """Wagtail's account page without first and last names, which nobody has here, and without avatars.

    An avatar would lie uncleaned, with the place it was taken, in the public folder.
    """

    def get_panels(self) -> list[Any]:
        """Return the panels that a person here can use."""
        left_out = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, left_out)]


@door("editors")
def own_account(request: HttpRequest) -> HttpResponseBase:
    """Show and save somebody's own account settings."""
    return require_admin_access(OwnAccountView.as_view())(request)
