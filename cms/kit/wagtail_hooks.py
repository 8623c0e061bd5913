"""What the ground floor adds to the admin: the list of background jobs, taking pictures down."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from . import admin_jobs, admin_takedown, takedown
from .links import PageLinks

LAST = 1000


class JobsMenuItem(MenuItem):
    """Leads to the list of jobs; shown to whoever may tend them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide what would only be refused."""
        return bool(request.user.has_perm(admin_jobs.PERMISSION))


@hooks.register("register_admin_urls")
def job_urls() -> list[URLPattern]:
    """Addresses of the list and its buttons."""
    return [
        path("jobs/", admin_jobs.job_list, name="jobs"),
        path("jobs/results/", admin_jobs.job_list, {"results_only": True}, name="jobs_results"),
        path("jobs/retry/", admin_jobs.retry_failed, name="jobs_retry_failed"),
        path("jobs/<uuid:pk>/retry/", admin_jobs.retry_job, name="jobs_retry"),
    ]


@hooks.register("register_rich_text_features", order=LAST)
def page_links(features: Any) -> None:
    """Lead from running text to pages by our own, cheaper way."""
    features.register_link_type(PageLinks)


@hooks.register("register_settings_menu_item")
def jobs_menu_item() -> MenuItem:
    """The way to the list."""
    return JobsMenuItem(_("Background jobs"), reverse("jobs"), name="jobs", icon_name="tasks", order=900)


@hooks.register("register_permissions")
def jobs_permission() -> QuerySet[Permission, Any]:
    """Let administrators give the permission to a group."""
    return Permission.objects.filter(content_type__app_label="kit", codename="tend_jobs")


@hooks.register("register_admin_urls")
def takedown_urls() -> list[URLPattern]:
    """Addresses of the confirmation and of the undoing."""
    return [
        path("images/<int:pk>/take-down/", admin_takedown.take_down, name="image_takedown"),
        path("images/<int:pk>/restore/", admin_takedown.restore, name="image_restore"),
    ]


@hooks.register("register_log_actions")
def takedown_log(actions: Any) -> None:
    """Say in the admin's histories what taking down was, and why."""

    @actions.register_action(takedown.TAKE_DOWN)
    class TakenDown(LogFormatter):
        label = _("Take a picture down")
        message = _("Picture taken down")

        def format_comment(self, log_entry: Any) -> str:
            """Return the reason."""
            return str(log_entry.data.get("reason", ""))

    actions.register_action(takedown.RESTORE, _("Show a picture again"), _("Picture shown again"))
