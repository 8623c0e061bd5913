"""What the house is told about memberships: the way in, what waits, one's own matters, queues, figures."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.kit.rooms import (
    Account,
    Case,
    Evidence,
    Figure,
    Queue,
    Room,
    Say,
    Some,
    Tile,
    Waiting,
    Wanted,
    first,
    register,
)
from extranet.core import attachments
from extranet.core.notices import topics
from extranet.core.permissions import may
from extranet.core.progress import Mark, Way
from extranet.members.models import MembershipCase
from extranet.members.services import cases as applications

Status = MembershipCase.Status

WAY = Way(
    marks=(
        Mark(gettext_lazy("Handed in"), frozenset({Status.HANDED_IN, Status.RETURNED})),
        Mark(gettext_lazy("The branch approves"), frozenset({Status.APPROVED, Status.SCHEDULED})),
        Mark(gettext_lazy("Entered into the roster"), frozenset({Status.ENTERED})),
    ),
    ends={Status.DECLINED: Status.DECLINED.label, Status.WITHDRAWN: Status.WITHDRAWN.label},
)
"""The way of every application; what was returned stands where it was handed in."""

ACTS = {
    Status.HANDED_IN: gettext_lazy("Answer it"),
    Status.RETURNED: gettext_lazy("Complete it"),
    Status.APPROVED: gettext_lazy("Enter it"),
    Status.SCHEDULED: gettext_lazy("Look at it"),
}
"""What is to be done, by where it stands: the verb for whoever does it."""
AWAITS = {
    Status.HANDED_IN: gettext_lazy("waits for the answer"),
    Status.RETURNED: gettext_lazy("waits to be completed"),
    Status.APPROVED: gettext_lazy("waits to be entered"),
    Status.SCHEDULED: gettext_lazy("waits for its day"),
}
"""The same for whoever waits."""


def tiles(user: Any) -> Iterable[Tile]:
    """The way in, for whoever has signed in (no query)."""
    if user.is_authenticated:
        yield Tile(
            label=_("Membership"),
            hint=_("Join, change branch or employer, leave, correct what the roster says."),
            icon="card",
            url=reverse("membership:start"),
        )


def waiting(user: Any, limit: int) -> Some[Waiting]:
    """Return the applications this person must act on, the nearest day first."""
    rows = MembershipCase.objects.held_by(user).select_related("person", "branch").order_by("due_on", "pk")
    return first(rows, limit, _waits)


def _waits(case: MembershipCase) -> Waiting:
    return Waiting(
        title=str(case),
        url=case.get_absolute_url(),
        due_on=case.due_on,
        about=" · ".join(filter(None, (case.person.name, str(case.branch or "")))),
        act=ACTS[Status(case.status)],
    )


def cases(user: Any, wanted: Wanted) -> Some[Case]:
    """Return this person's own applications, the newest change first."""
    rows = MembershipCase.objects.filter(person_id=user.pk).select_related("branch").with_chairs()
    if wanted.closed is not None:
        rows = rows.exclude(status__in=MembershipCase.OPEN) if wanted.closed else rows.open()
    if wanted.year is not None:
        rows = rows.filter(created_at__year=wanted.year)
    return first(rows.order_by("-changed_at", "-pk"), wanted.limit, _own)


def _own(case: MembershipCase) -> Case:
    mine = case.status == Status.RETURNED
    return Case(
        title=str(case.get_kind_display()),
        url=case.get_absolute_url(),
        status=case.get_status_display(),
        changed_at=case.changed_at,
        holder="" if mine else str(holder(case)),
        due_on=case.due_on,
        number=case.number or "",
        stops=WAY.stops(case, [] if case.is_open else _ending(case)),
        awaits=ACTS[Status.RETURNED] if mine else "",
        mine=mine,
        closed=not case.is_open,
    )


def _ending(case: MembershipCase) -> list[Any]:
    """Return the trail of one that broke off, which says how far it had come."""
    from extranet.core.telling import events_of  # noqa: PLC0415 - asked for ended ones alone

    return [] if case.status == Status.ENTERED else events_of(case)


def holder(case: MembershipCase) -> Any:
    """Return in whose hands an application is, in words; nothing for one that has ended."""
    if case.status == Status.RETURNED:
        return case.person.name
    if case.status == Status.HANDED_IN and case.is_chaired:
        return case.branch
    if case.status == Status.SCHEDULED and not case.is_overdue:
        return _("Nobody: it takes effect by itself")
    return _("The union office") if case.is_open else ""


def queues(user: Any) -> Iterable[Queue]:
    """Return the queue of applications for whoever answers or enters them (one query)."""
    if not may(user, "members.cases"):
        return
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    told = MembershipCase.objects.held_by(user).exclude(person_id=user.pk)
    said = told.aggregate(number=Count("pk"), late=late, nearest=Min("due_on"))
    yield Queue(
        label=_("Membership applications"),
        url=reverse("membership:queue_mine"),
        number=said["number"],
        overdue=said["late"],
        due_on=said["nearest"],
    )


def figures(start: date, end: date) -> Iterable[Figure]:
    """Return how many were entered in a period, by kind (one query)."""
    rows = MembershipCase.objects.filter(entered_on__range=(start, end)).order_by()
    entered = dict(rows.values_list("kind").annotate(number=Count("pk")))
    for kind in MembershipCase.Kind:
        yield Figure(
            key=f"membership.{kind.value}",
            label=kind.label,
            value=entered.get(kind.value, 0),
            unit=_("cases"),
            records_url=f"{reverse('membership:queue')}?kind={kind.value}&state=entered",
        )


def evidence(start: date, end: date) -> Iterable[Evidence]:
    """Return the entered applications of a period: that joining and transfers are handled by the book."""
    rows = MembershipCase.objects.filter(entered_on__range=(start, end)).order_by("entered_on", "pk")
    for case in rows:
        day: Any = case.entered_on
        yield Evidence(criterion="membership", title=str(case), dated_on=day, url=case.get_absolute_url())


def open_up(demo: Callable[[Say], None], accounts: Callable[[], Iterable[Account]]) -> None:
    """Put up the plate; enter the papers of applications and the topic of their notices."""
    register(
        Room(
            slug="membership",
            label=gettext_lazy("Membership"),
            weight=82,
            icon="card",
            tiles=tiles,
            waiting=waiting,
            cases=cases,
            queues=queues,
            figures=figures,
            evidence=evidence,
            demo=demo,
            accounts=accounts,
        )
    )
    attachments.register(applications.INTAKE)
    topics.register(applications.TOPIC)
