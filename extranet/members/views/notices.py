"""The privacy notice in the admin: administrators write a new version; an answered one is never changed."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from extranet.members.models import PrivacyNotice


class OnlyAdministrators(ModelPermissionPolicy):
    """Administrators write and look; nobody deletes what people may have agreed to."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Tell whether this person may do this."""
        return bool(user.is_active and user.is_superuser and action != "delete")

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Tell whether this person may do any of these."""
        return any(self.user_has_permission(user, action) for action in actions)


class NoticeViewSet(ModelViewSet):
    """Versions of the notice."""

    model = PrivacyNotice
    icon = "lock"
    menu_label = _("Privacy notice")
    menu_order = 600
    add_to_settings_menu = True
    copy_view_enabled = True
    list_display = ["title", "valid_from"]
    panels = [FieldPanel("title"), FieldPanel("valid_from"), FieldPanel("text")]


register_permission_policy(PrivacyNotice, OnlyAdministrators(PrivacyNotice))
