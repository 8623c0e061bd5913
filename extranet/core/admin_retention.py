"""What the house let go of, in the admin: a list to read, for whoever may see it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import BaseListingView

from cms.kit.doors import door

from .models import RetentionRun

PERMISSION = "core.view_retentionrun"


class RetentionList(BaseListingView):
    """Newest first; nothing of it can be changed, here or anywhere."""

    model = RetentionRun
    page_title = gettext_lazy("Retention")
    header_icon = "bin"
    index_url_name = "retention"
    index_results_url_name = "retention_results"
    is_searchable = False
    paginate_by = 50
    columns = [
        DateColumn("ran_at", label=_("When")),
        Column("label", label=pgettext_lazy("retention", "What")),
        Column("count", label=_("How many")),
        DateColumn("before", label=_("Older than")),
    ]

    def get_queryset(self) -> QuerySet[Any]:
        """Return the records."""
        return RetentionRun.objects.order_by("-ran_at", "-pk")

    @property
    def no_results_message(self) -> str:
        """Say why the list is empty."""
        return gettext("Nothing has had its time yet; every night it is looked again.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sentence for an empty list."""
        return dict(super().get_context_data(no_results_message=self.no_results_message, **kwargs))


@door("editors")
def retention_list(request: HttpRequest, *, results_only: bool = False) -> HttpResponseBase:
    """Show the list; raises PermissionDenied without the permission for it."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    answer: HttpResponseBase = RetentionList.as_view(results_only=results_only)(request)
    return answer
