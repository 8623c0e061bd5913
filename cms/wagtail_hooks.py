"""Where Wagtail's admin meets this house: dashboard, menu, checks, addresses, look."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import AdminOnlyMenuItem, MenuItem
from wagtail.models import Page

from cms.editing.accessibility import use_house_checker
from cms.editing.addresses import suggest
from cms.editing.checks import close_things, findings, findings_now
from cms.editing.first_steps import FirstStepsPanel, FirstStepsView
from cms.editing.waiting import WaitingPanel

LAST = 1000
"""After the hooks of Wagtail and every app, whose additions these sort out."""

FOR_DEVELOPERS = {"page-types-usage", "workflows", "workflow-tasks", "help"}
"""Menu entries that help whoever builds the site and puzzle whoever writes for it."""


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return the addresses of our own screens."""
    return [
        path("first-steps/", FirstStepsView.as_view(), name="first_steps"),
        path("address/", suggest, name="suggest_address"),
        path("findings/", findings_now, name="findings_now"),
        path("findings/<int:page_id>/close/", close_things, name="close_things"),
    ]


@hooks.register("construct_homepage_panels", order=LAST)
def dashboard(request: HttpRequest, panels: list[Any]) -> None:
    """Show what waits for me in the place of Wagtail's panels, and an administrator's first steps."""
    panels[:] = [WaitingPanel()]
    if request.user.is_superuser:
        panels.insert(0, FirstStepsPanel())


@hooks.register("construct_homepage_summary_items", order=LAST)
def no_summary(request: HttpRequest, items: list[Any]) -> None:  # noqa: ARG001
    """Leave out the counts of pages and files: they ask nobody to do anything."""
    items.clear()


@hooks.register("construct_main_menu", order=LAST)
def tidy_menu(request: HttpRequest, items: list[MenuItem]) -> None:  # noqa: ARG001
    """Leave out Wagtail's own help: it is English and speaks of other sites."""
    items[:] = [item for item in items if item.name != "help"]


@hooks.register("construct_reports_menu", order=LAST)
def tidy_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave the developers' reports to administrators."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in FOR_DEVELOPERS]


@hooks.register("register_settings_menu_item")
def first_steps_menu_item() -> MenuItem:
    """Keep the first steps within reach of administrators."""
    return AdminOnlyMenuItem(
        gettext_lazy("First steps"), reverse("first_steps"), name="first-steps", icon_name="tasks", order=1
    )


@hooks.register("construct_wagtail_userbar", order=LAST)
def checker(request: HttpRequest, items: list[Any], page: Page | None) -> None:  # noqa: ARG001
    """Check what matters for stories, in the editor and on the page."""
    use_house_checker(items)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_findings(request: HttpRequest, page: Page) -> None:
    """Say after saving what a reader would miss; saving by itself in the background stays silent."""
    if not request.accepts("text/html"):
        return
    found = findings(page)
    if found:
        lines = format_html_join("", "<li>{}</li>", ((line,) for line in found))
        heading = gettext("Saved. Before readers see it:")
        messages.warning(request, format_html('{}<ul class="findings">{}</ul>', heading, lines))


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """Dress the admin in the house's colours and letters."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin/admin.css"))


@hooks.register("insert_editor_js")
def editor_scripts() -> SafeString:
    """Fill the address while a Chinese title is typed; tell what is missing after a save; save one by one."""
    return format_html(
        '<script type="module" src="{}" data-house-address="{}"></script>'
        '<script type="module" src="{}"></script>'
        '<script type="module" src="{}"></script>',
        static("cms/admin/address.js"),
        reverse("suggest_address"),
        static("cms/admin/findings.js"),
        static("cms/admin/one_save.js"),
    )
