"""What the building adds to the admin: the record of what had its time."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import admin_retention


class RetentionMenuItem(MenuItem):
    """Leads to the list; shown to whoever may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide what would only be refused."""
        return bool(request.user.has_perm(admin_retention.PERMISSION))


@hooks.register("register_admin_urls")
def retention_urls() -> list[URLPattern]:
    """Addresses of the list."""
    return [
        path("retention/", admin_retention.retention_list, name="retention"),
        path(
            "retention/results/",
            admin_retention.retention_list,
            {"results_only": True},
            name="retention_results",
        ),
    ]


@hooks.register("register_settings_menu_item")
def retention_menu_item() -> MenuItem:
    """The way to the list."""
    return RetentionMenuItem(
        _("Retention"), reverse("retention"), name="retention", icon_name="bin", order=910
    )


@hooks.register("register_permissions")
def retention_permission() -> QuerySet[Permission]:
    """Let administrators give the permission to a group."""
    return Permission.objects.filter(content_type__app_label="core", codename="view_retentionrun")
