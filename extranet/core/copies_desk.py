"""Where the copies of notices stand (待发、已发、已读、失败), for administrators; not their words."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import BaseListingView

from cms.kit.doors import door

from .models import Notice, NoticeCopy
from .models.notices import Channel, CopyState
from .notices.topics import topic_of


def standing_of(copy: Any) -> str:
    """Return where a copy stands; one whose notices were all opened counts as read."""
    read = copy.state == CopyState.SENT and copy.recipient_id and not copy.has_unread
    return gettext("read") if read else str(CopyState(copy.state).label)


def receiver_of(copy: NoticeCopy) -> str:
    """Return whom a copy goes to: a person, or the group of the robot."""
    return str(copy.recipient) if copy.recipient else gettext("group chat")


class CopyFilters(WagtailFilterSet):
    """By state and by channel."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=CopyState.choices, empty_label=_("all"))
    channel = django_filters.ChoiceFilter(label=_("channel"), choices=Channel.choices, empty_label=_("all"))

    class Meta:
        model = NoticeCopy
        fields = ["state", "channel"]


class CopyList(BaseListingView):
    """Newest first."""

    page_title = _("Mails and group messages")
    header_icon = "mail"
    index_url_name = "deliveries"
    index_results_url_name = "deliveries_results"
    filterset_class = CopyFilters
    is_searchable = False
    paginate_by = 50
    columns = [
        Column("channel", label=_("channel"), accessor="get_channel_display"),
        Column("receiver", label=_("Goes to"), accessor=receiver_of),
        Column(
            "topic", label=_("About"), accessor=lambda row: topic_of(row.topic).label if row.topic else ""
        ),
        Column("state", label=_("State"), accessor=standing_of),
        Column("tries", label=_("Tries")),
        DateColumn("made_at", label=_("Made")),
        DateColumn("sent_at", label=_("Sent")),
        Column("error", label=_("Last error")),
    ]

    def get_queryset(self) -> QuerySet[NoticeCopy]:
        """Return the filtered rows with whether something of them is unread."""
        unread = Exists(Notice.objects.filter(copy=OuterRef("pk"), read_at=None))
        rows = NoticeCopy.objects.select_related("recipient").annotate(has_unread=unread)
        return self.filter_queryset(rows.order_by("-made_at", "-pk"))

    @cached_property
    def no_results_message(self) -> str:
        """Say why the list is empty."""
        return gettext("Nothing is like that.") if self.is_filtering else gettext("Nothing has left yet.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say why the list is empty, where it is."""
        return super().get_context_data(no_results_message=self.no_results_message, **kwargs)


@door("editors")
def copy_list(request: HttpRequest, *, results_only: bool = False) -> HttpResponseBase:
    """Show the list; raises PermissionDenied for anybody but administrators."""
    if not request.user.is_superuser:
        raise PermissionDenied
    return CopyList.as_view(results_only=results_only)(request)
