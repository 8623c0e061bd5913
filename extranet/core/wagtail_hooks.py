"""What the building adds to the admin: calendar, messages sent, the record of what had its time."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import AdminOnlyMenuItem, MenuItem

from . import admin_retention
from .calendar_desk import CalendarDesk
from .copies_desk import copy_list


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


@hooks.register("register_admin_viewset")
def calendar() -> CalendarDesk:
    """The working-day calendar."""
    return CalendarDesk()


@hooks.register("register_admin_urls")
def copies() -> list[URLPattern]:
    """Addresses of the list of copies."""
    return [
        path("deliveries/", copy_list, name="deliveries"),
        path("deliveries/results/", copy_list, {"results_only": True}, name="deliveries_results"),
    ]


@hooks.register("register_settings_menu_item")
def copies_menu_item() -> MenuItem:
    """The way to the list, for administrators."""
    return AdminOnlyMenuItem(
        _("Mails and group messages"), reverse("deliveries"), name="deliveries", icon_name="mail", order=920
    )
