"""The officers' queue of applications: filtered, sorted, taken home, worked on several at once."""

from typing import Any, ClassVar

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from extranet.core.listed import RoomList
from extranet.core.listing import Choice, Column, Listing, Words
from extranet.core.models import CaseEvent
from extranet.core.permissions import may
from extranet.core.templatetags.extranet import due
from extranet.core.workflow import Transition
from extranet.members.models import Branch, MembershipCase
from extranet.members.room.cases import holder
from extranet.members.selectors import cases as told
from extranet.members.services import cases

from .cases import TELLER, take

Kind, Status = MembershipCase.Kind, MembershipCase.Status
TONES = {
    Status.RETURNED: "gold",
    Status.APPROVED: "jade",
    Status.SCHEDULED: "jade",
    Status.ENTERED: "jade",
    Status.DECLINED: "vermilion",
}
STATES = (
    ("open", gettext_lazy("all under way")),
    ("late", gettext_lazy("late")),
    *((status.value, status.label) for status in Status),
)


def _branches(_user: Any) -> list[tuple[int, str]]:
    return [(branch.pk, str(branch)) for branch in Branch.objects.all()]


def _state(case: MembershipCase) -> str:
    """Return where it stands, and for one that is late, by how many days."""
    return (
        f"{case.get_status_display()} · {due(case.due_on)}" if case.is_overdue else case.get_status_display()
    )


def _tone(case: MembershipCase) -> str:
    return "vermilion" if case.is_overdue else TONES.get(Status(case.status), "")


class Applications(Listing):
    """Applications as a table."""

    what = gettext_lazy("Membership applications")
    columns = (
        Column(
            name="number",
            label=pgettext_lazy("case", "Number"),
            value="number",
            sort="number",
            url=lambda case: case.get_absolute_url(),
        ),
        Column(name="kind", label=gettext_lazy("Matter"), value="get_kind_display", sort="kind"),
        Column(
            name="person",
            label=gettext_lazy("Applicant"),
            value=told.applicant,
            sort="person__name_pinyin",
        ),
        Column(
            name="branch",
            label=gettext_lazy("Branch union"),
            value="branch",
            sort="branch__order",
            only="file",
        ),
        Column(
            name="state",
            label=gettext_lazy("State"),
            value=_state,
            kind="tag",
            tone=_tone,
        ),
        Column(name="holder", label=pgettext_lazy("case", "In whose hands"), value=holder),
        Column(name="due", label=pgettext_lazy("case", "Due"), value="due_on", sort="by_due", kind="day"),
        Column(
            name="handed_in",
            label=gettext_lazy("Handed in"),
            value=lambda case: timezone.localtime(case.created_at).date(),
            sort="created_at",
            kind="day",
        ),
    )
    filters = (
        Words(name="q", label=gettext_lazy("Who or which"), by=told.looked_for),
        Choice(name="kind", label=gettext_lazy("Matter"), by="kind", choices=Kind.choices),
        Choice(name="state", label=gettext_lazy("State"), by=told.by_state, choices=STATES),
        Choice(name="branch", label=gettext_lazy("Branch union"), by="branch", choices=_branches),
    )
    order = "due"
    empty = gettext_lazy("Nobody has handed in anything yet. What is handed in to you will stand here.")


class ApplicationQueue(RoomList):
    """The queue of whoever answers for a branch or enters into the roster; ``mine``: what waits for them."""

    listing = Applications
    model = MembershipCase
    template_name = "members/cases/queue.html"
    exports = "members.cases_export"
    bulk = ("approve", "enter", "schedule", "urge")
    steps, teller = cases.STEPS, TELLER
    mine: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep everybody else away: for them there is no queue."""
        if not may(request.user, "members.cases"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> Any:
        """Return what this officer may see; one's own application is no work of one's own."""
        rows = MembershipCase.objects.visible_to(self.request.user)
        if self.mine:
            rows = rows.filter(pk__in=MembershipCase.objects.held_by(self.request.user).values("pk"))
            rows = rows.exclude(person_id=self.request.user.pk)
        return told.with_all(rows)

    def take(self, step: Transition, case: MembershipCase) -> CaseEvent:
        """Take one step of several."""
        return take(step, case, self.request.user, {})

    def context(self) -> dict[str, Any]:
        """Return the tallies above the table."""
        visible = MembershipCase.objects.visible_to(self.request.user)
        today = timezone.localdate()
        counted = visible.aggregate(
            open=Count("pk", filter=Q(status__in=MembershipCase.OPEN)),
            late=Count("pk", filter=Q(due_on__lt=today)),
            entered=Count("pk", filter=Q(entered_on__year=today.year, entered_on__month=today.month)),
        )
        queue = reverse("membership:queue")
        return {
            "mine": self.mine,
            "room_title": _("Membership applications"),
            "tallies": (
                (_("waiting for you"), self._waiting(), reverse("membership:queue_mine"), False),
                (_("late"), counted["late"], f"{queue}?state=late", True),
                (_("under way"), counted["open"], f"{queue}?state=open", False),
                (_("entered this month"), counted["entered"], f"{queue}?state=entered", False),
            ),
        }

    def _waiting(self) -> int:
        held = MembershipCase.objects.held_by(self.request.user)
        return held.exclude(person_id=self.request.user.pk).count()
