"""What the union knows about one person: every field with its ground, offices, changes, who looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.template.defaultfilters import date as date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from extranet.core.models import ReadLog
from extranet.members.models import Membership, MembershipChange, Office

MONTH_ONLY = ("born_in",)
LABELS: dict[str, Any] = {
    "status": _("membership"),
    "joined_on": _("joined on"),
    "left_on": _("left on"),
    "department": _("department"),
    "branch": _("branch union"),
    "group": _("union group"),
    "post": _("post"),
    "title": _("professional title"),
    "employment": _("kind of employment"),
    "sex": _("sex"),
    "born_in": pgettext_lazy("month", "born in"),
    "shift": _("shift pattern"),
}
CHOICES: dict[str, Any] = {
    "status": Membership.Status,
    "sex": Membership.Sex,
    "shift": Membership.Shift,
}
MOST_LINES = 200


@dataclass(frozen=True)
class Known:
    """One thing that is known: what, its value, from where and since when (None: since always)."""

    field: str
    label: Any
    value: str
    source: Any = ""
    since: date | None = None


@dataclass(frozen=True)
class Turn:
    """One change in words."""

    label: Any
    before: str
    after: str
    on: date
    source: Any
    reason: str
    actor: str
    recorded_at: datetime


def in_words(field: str, value: str) -> str:
    """Return what a line of history says, choices and days as a reader knows them."""
    if field in CHOICES:
        return str(dict(CHOICES[field].choices).get(value, value))
    if value and field in {"joined_on", "left_on", "born_in"}:
        return _day(field, date.fromisoformat(value))
    return value


def _day(field: str, day: date) -> str:
    shape = pgettext("month", "Y-m") if field in MONTH_ONLY else pgettext("date", "Y-n-j")
    return date_format(day, shape)


def lines_of(membership: Membership) -> list[MembershipChange]:
    """Return the newest changes of a membership with their actors (one query)."""
    return list(membership.changes.select_related("actor")[:MOST_LINES])


def turns(lines: Iterable[MembershipChange]) -> list[Turn]:
    """Return changes in words, newest first."""
    return [
        Turn(
            label=LABELS.get(line.field, line.field),
            before=in_words(line.field, line.before),
            after=in_words(line.field, line.after),
            on=line.happened_on,
            source=line.get_source_display(),
            reason=line.reason,
            actor=line.actor.name if line.actor else "",
            recorded_at=line.recorded_at,
        )
        for line in lines
    ]


def known_about(membership: Membership, lines: Iterable[MembershipChange]) -> list[Known]:
    """Return every field of the roster with the ground of its present value."""
    newest: dict[str, MembershipChange] = {}
    for line in lines:
        newest.setdefault(line.field, line)
    known = []
    for field, label in LABELS.items():
        ground = newest.get(field)
        known.append(
            Known(
                field,
                label,
                _value(membership, field),
                ground.get_source_display() if ground else "",
                ground.happened_on if ground else None,
            )
        )
    return known


def _value(membership: Membership, field: str) -> str:
    if field in CHOICES:
        return str(getattr(membership, f"get_{field}_display")())
    value = getattr(membership, field)
    if isinstance(value, date):
        return _day(field, value)
    return str(value or "")


def offices_ever(person: Any) -> list[Office]:
    """Return all offices of a person, the running ones and the newest first (one query)."""
    held = Office.objects.filter(person=person).select_related("kind", "branch", "group")
    return list(held.order_by("-starts_on", "kind__order"))


def looks_at(membership: Membership) -> Any:
    """Return who looked at a membership's sensitive fields, newest first."""
    kind = ContentType.objects.get_for_model(Membership)
    rows = ReadLog.objects.filter(content_type=kind, object_id=membership.pk)
    return rows.select_related("reader").exclude(reader=membership.person_id)
