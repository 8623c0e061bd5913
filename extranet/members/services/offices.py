"""Appointing and ending (任职、卸任): whoever holds an office has its rights exactly while the term runs."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.template.defaultfilters import date as date_format
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.log_actions import log

from extranet.members.models import Branch, Office, OfficeKind, UnionGroup, User
from extranet.members.rules import SYSTEM_ADMINISTRATOR

from .alignment import align
from .permission import ask

ONE_DAY = timedelta(days=1)
APPOINTED, CHANGED, ENDED = "members.office.appoint", "members.office.change", "members.office.end"


@dataclass(frozen=True, kw_only=True)
class Term:
    """A term: from which day to which (None: until further notice), where it acts, on what ground."""

    starts_on: date
    ends_on: date | None = None
    branch: Branch | None = None
    group: UnionGroup | None = None
    ground: str = ""


@transaction.atomic
def appoint(person: User, kind: OfficeKind, term: Term, *, actor: Any) -> Office:
    """Give somebody an office for a term; its rights begin with the first day.

    Raises PermissionDenied, ValidationError at the field that is wrong: a term that overlaps with another
    holder's where there may be one, a place the office does not act for, an account that is closed, oneself.
    """
    ask(actor, "members.offices")
    kind = OfficeKind.objects.select_for_update().get(pk=kind.pk)  # two appointments to one chair meet here
    if actor is not None and actor.pk == person.pk:
        raise ValidationError(
            {"person": _("Nobody appoints themselves: ask another officer to enter this appointment.")}
        )
    if not person.is_active:
        raise ValidationError({"person": _("%(person)s may not sign in any more.") % {"person": person}})
    group = term.group if kind.level == OfficeKind.Level.GROUP else None
    branch = term.branch if kind.level == OfficeKind.Level.BRANCH else None
    office = Office(
        person=person,
        kind=kind,
        branch=group.branch if group else branch,
        group=group,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        ground=term.ground.strip(),
        appointed_by=actor,
    )
    office.full_clean()
    _refuse_overlap(office)
    office.save()
    log(instance=office, action=APPOINTED, user=actor, data=_told(office))
    align(person)
    return office


@transaction.atomic
def change_term(office: Office, *, ends_on: date | None, ground: str, actor: Any) -> None:
    """Lengthen or shorten a term that is not over, or correct its ground; raises ValidationError."""
    ask(actor, "members.offices")
    locked = _locked(office)
    _refuse_when_over(locked)
    if ends_on is not None and ends_on < timezone.localdate():
        raise ValidationError({"ends_on": _("Choose today or a later day; to end it now, say why.")})
    locked.ends_on, locked.ground, locked.told_of_end = ends_on, ground.strip(), None
    locked.full_clean()
    _refuse_overlap(locked)
    locked.save()
    log(instance=locked, action=CHANGED, user=actor, data=_told(locked))
    align(locked.person)
    office.refresh_from_db()


@transaction.atomic
def end_office(office: Office, *, because: str, actor: Any, last_day: date | None = None) -> None:
    """End an office before its term is over; without a last day, or with one that has passed, at once.

    Raises ValidationError without a reason, for an office that is over, for the last system administrator.
    """
    ask(actor, "members.offices")
    locked = _locked(office)
    _refuse_when_over(locked)
    _refuse_last_administrator(locked)
    _stop(locked, because, actor, last_day)
    office.refresh_from_db()


@transaction.atomic
def hand_over(office: Office, to: User, term: Term, *, actor: Any) -> Office:
    """Hand an office over: the old term ends on the day before the new one begins; returns the new office."""
    ask(actor, "members.offices")
    locked = _locked(office)
    _refuse_when_over(locked)
    if to.pk == locked.person_id:
        raise ValidationError({"person": _("%(person)s holds this office already.") % {"person": to}})
    if term.starts_on <= locked.starts_on:
        raise ValidationError(
            {"starts_on": _("Choose a day after %(day)s.") % {"day": _day(locked.starts_on)}}
        )
    because = _("Handed over to %(person)s") % {"person": to.name}
    _stop(locked, because, actor, term.starts_on - ONE_DAY)
    place = Term(
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        branch=locked.branch,
        group=locked.group,
        ground=term.ground,
    )
    made = appoint(to, locked.kind, place, actor=actor)
    office.refresh_from_db()
    return made


def end_all(person: User, *, because: str, actor: Any) -> None:
    """End every office of somebody who leaves; called inside the transaction in which they do.

    Raises ValidationError for the last system administrator.
    """
    for office in Office.objects.filter(person=person).select_related("kind", "person"):
        locked = _locked(office)
        if not _is_over(locked):
            _refuse_last_administrator(locked)
            _stop(locked, because, actor, None)


def _locked(office: Office) -> Office:
    """Return the office as it is now; its kind is locked too: the last two never end at one time."""
    OfficeKind.objects.select_for_update().get(pk=office.kind_id)
    rows = Office.objects.select_for_update(of=("self",)).select_related("kind", "person", "branch", "group")
    return rows.get(pk=office.pk)


def _is_over(office: Office) -> bool:
    today = timezone.localdate()
    return office.stopped_on is not None or (office.ends_on is not None and office.ends_on < today)


def _refuse_when_over(office: Office) -> None:
    if _is_over(office):
        raise ValidationError(_("This office ended on %(day)s.") % {"day": _day(office.ends_on)})


def _refuse_last_administrator(office: Office) -> None:
    if office.kind.slug != SYSTEM_ADMINISTRATOR or not office.runs(timezone.localdate()):
        return
    others = Office.objects.running().filter(kind=office.kind, person__is_active=True)
    if not others.exclude(person=office.person_id).exists():
        raise ValidationError(_("This is the last system administrator. Appoint another one first."))


def _refuse_overlap(office: Office) -> None:
    """Refuse two holders at a time where there may be one; nobody holds an office twice at a time."""
    others = Office.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=office.starts_on),
        kind=office.kind,
        branch=office.branch,
        group=office.group,
        stopped_on=None,
    ).exclude(pk=office.pk)
    if office.ends_on:
        others = others.filter(starts_on__lte=office.ends_on)
    if not office.kind.one_holder:
        others = others.filter(person=office.person)
    other = others.select_related("person").first()
    if other is None:
        return
    facts = {"person": other.person.name, "first": _day(other.starts_on)}
    if other.ends_on:
        words = _(
            "%(person)s holds this office from %(first)s to %(last)s. End that term first, or hand it over."
        )
        facts["last"] = _day(other.ends_on)
    else:
        words = _("%(person)s holds this office since %(first)s. End that term first, or hand it over.")
    raise ValidationError({"starts_on": words % facts})


def _stop(office: Office, because: str, actor: Any, last_day: date | None) -> None:
    """Write the early end; ``last_day`` today or later shortens the term, otherwise it is over at once."""
    because, today = because.strip(), timezone.localdate()
    if not because:
        raise ValidationError({"because": _("Say in a few words why.")})
    if last_day is not None and last_day >= today:
        if last_day < office.starts_on or (office.ends_on and last_day > office.ends_on):
            raise ValidationError({"last_day": _("Choose a day within the term.")})
        office.ends_on = last_day
    else:  # over from now on: its last day was yesterday at the latest, or its only day is the first
        office.ends_on = max(office.starts_on, min(last_day or today, today - ONE_DAY))
        office.stopped_on = max(office.starts_on, today)
    office.ended_because = because
    office.clean_fields()
    office.save()
    log(instance=office, action=ENDED, user=actor, data=_told(office) | {"because": because})
    align(office.person)


def _told(office: Office) -> dict[str, str]:
    """Return what the history keeps, in words: rows that are named may be renamed."""
    return {
        "office": str(office.kind),
        "person": str(office.person),
        "place": office.place,
        "first": office.starts_on.isoformat(),
        "last": office.ends_on.isoformat() if office.ends_on else "",
        "ground": office.ground,
    }


def _day(day: date | None) -> str:
    return date_format(day, pgettext("date", "Y-n-j")) if day else ""
