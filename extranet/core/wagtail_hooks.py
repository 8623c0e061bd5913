"""What the building adds to the admin: the working-day calendar, where mails and group messages stand."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import AdminOnlyMenuItem, MenuItem

from .calendar_desk import CalendarDesk
from .copies_desk import copy_list


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
