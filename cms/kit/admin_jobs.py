"""The list of background jobs in the admin: what waits, runs, failed, was done; failed ones can run again."""

from typing import Any
from uuid import UUID

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import BaseListingView

from cms.kit import jobs
from cms.kit.doors import door

PERMISSION = "kit.tend_jobs"
MOST_AT_ONCE = 500
STATUSES = {
    TaskResultStatus.FAILED.value: _("failed"),
    TaskResultStatus.RUNNING.value: _("running"),
    TaskResultStatus.READY.value: _("waiting"),
    TaskResultStatus.SUCCESSFUL.value: _("done"),
}
LIBRARY_TASKS = {
    "wagtail.tasks.update_reference_index_task": _("Note where things are used"),
    "wagtail.tasks.delete_file_from_storage_task": _("Delete the file of something deleted"),
    "wagtail.images.tasks.set_image_focal_point_task": _("Find the middle of a picture"),
    "wagtail.contrib.frontend_cache.tasks.purge_urls_from_cache_task": _("Refresh cached pages"),
}


def label_of(path: str) -> str:
    """Return what an editor calls the job at ``path``; the path itself when nobody named it."""
    if path in LIBRARY_TASKS:
        return str(LIBRARY_TASKS[path])
    try:
        return str(getattr(import_string(path), "label", "") or path)
    except ImportError:
        return path


def status_of(row: DBTaskResult) -> str:
    """Return where a job stands; one that waits for a moment says which."""
    if row.status == TaskResultStatus.READY and timezone.now() < row.run_after < get_date_max():
        moment = timezone.localtime(row.run_after)
        return gettext("waiting until %(moment)s") % {"moment": moment.strftime("%m-%d %H:%M")}
    return str(STATUSES[row.status])


def note_of(row: DBTaskResult) -> str:
    """Return the kind of the last error."""
    lease = getattr(row, "lease", None)
    return lease.error if lease else ""


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of jobs that have rows, by name."""
    paths = DBTaskResult.objects.order_by().values_list("task_path", flat=True).distinct()
    return sorted(((path, label_of(path)) for path in paths), key=lambda pair: pair[1])


class JobFilters(WagtailFilterSet):
    """By state and by kind of job."""

    status = django_filters.ChoiceFilter(
        label=_("State"), choices=list(STATUSES.items()), empty_label=_("all")
    )
    task_path = django_filters.ChoiceFilter(label=_("Job"), choices=kinds, empty_label=_("all"))

    class Meta:
        model = DBTaskResult
        fields = ["status", "task_path"]


class RetryColumn(Column):
    """A button that lets a failed job run again."""

    cell_template_name = "cms/jobs/retry_cell.html"

    def get_value(self, instance: DBTaskResult) -> bool:
        """Say whether the button makes sense."""
        return instance.status == TaskResultStatus.FAILED and not instance.args_kwargs.get("wiped")

    def get_cell_context_data(self, instance: DBTaskResult, parent_context: Any) -> dict[str, Any]:
        """Add the token that the form posts."""
        token = get_token(parent_context["request"])
        return {**super().get_cell_context_data(instance, parent_context), "csrf_token": token}


class JobList(BaseListingView):
    """Failed ones first, then running, waiting and done; newest first."""

    page_title = gettext_lazy("Background jobs")
    header_icon = "tasks"
    index_url_name = "jobs"
    index_results_url_name = "jobs_results"
    template_name = "cms/jobs/list.html"
    filterset_class = JobFilters
    is_searchable = False
    paginate_by = 30
    columns = [
        Column("task_path", label=_("Job"), accessor=lambda row: label_of(row.task_path)),
        Column("status", label=_("State"), accessor=status_of),
        Column(
            "tries", label=_("Tries"), accessor=lambda row: row.lease.tries if hasattr(row, "lease") else 0
        ),
        DateColumn("enqueued_at", label=_("Queued")),
        DateColumn("finished_at", label=_("Ended")),
        Column("error", label=_("Last error"), accessor=note_of),
        RetryColumn("retry", label=""),
    ]

    def get_queryset(self) -> QuerySet[DBTaskResult]:
        """Return the filtered rows in the order of how much they ask for attention."""
        order = [When(status=status, then=Value(place)) for place, status in enumerate(STATUSES)]
        rows = DBTaskResult.objects.select_related("lease").defer("traceback", "return_value")
        rows = rows.annotate(place=Case(*order, output_field=IntegerField()))
        return self.filter_queryset(rows.order_by("place", "-enqueued_at", "pk"))

    @cached_property
    def no_results_message(self) -> str:
        """Say why the list is empty."""
        return gettext("No job is like that.") if self.is_filtering else gettext("No job has run yet.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how the queue is doing."""
        return super().get_context_data(
            pulse=jobs.pulse(), no_results_message=self.no_results_message, **kwargs
        )


def _tended(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


@door("editors")
def job_list(request: HttpRequest, *, results_only: bool = False) -> HttpResponseBase:
    """Show the list; raises PermissionDenied without the permission for it."""
    _tended(request)
    return JobList.as_view(results_only=results_only)(request)


@door("editors")
@require_POST
def retry_job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let one failed job run again."""
    _tended(request)
    if jobs.retry(pk):
        messages.success(request, gettext("The job waits for its next run."))
    else:
        messages.error(request, gettext("This job no longer waits for a decision. Look at the list again."))
    return redirect("jobs")


@door("editors")
@require_POST
def retry_failed(request: HttpRequest) -> HttpResponse:
    """Let every failed job run again, for example after the mail server is back."""
    _tended(request)
    failed = DBTaskResult.objects.failed().order_by("enqueued_at").values_list("pk", flat=True)
    again = sum(jobs.retry(pk) for pk in failed[:MOST_AT_ONCE])
    text = ngettext("%(count)s job waits for its next run.", "%(count)s jobs wait for their next run.", again)
    messages.success(request, text % {"count": again})
    return redirect("jobs")
