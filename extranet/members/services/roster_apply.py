"""Entering a checked roster: all or nothing, and only if the house is still what the preview showed."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import done
from extranet.members.models import (
    Branch,
    Department,
    DepartmentEvent,
    Membership,
    MembershipChange,
    RosterImport,
    UnionGroup,
    User,
)
from extranet.members.roster import checking
from extranet.members.roster.house import House
from extranet.members.roster.lines import Kind, Line

from .offices import end_all
from .roster import expect_keeper, keep, locked, question_of, row_of, sheet_of, teller
from .roster_writing import BATCH, OF_THE_ACCOUNT, OFFICE, Sheaf, change, founded_as, plain, prepared

Status = RosterImport.Status
TRIES = 3
CHANGES = (Kind.NEW, Kind.CHANGED, Kind.MOVED, Kind.LEAVING)
Made = dict[str, dict[str, int]]

_LOOK = {
    "doubtful": _("Tick that you have looked at the doubtful rows."),
    "leaving": _("Tick that these people lose access at once."),
    "offices": _("Tick that the offices of those who leave end today."),
}


class HouseMovedError(Exception):
    """The house changed between the check and the writing."""


def asked_before(roster: RosterImport) -> list[str]:
    """Return what the officer has to tick before the roster is entered."""
    counts = roster.counts
    asked = {"doubtful": "doubtful", "leaving": Kind.LEAVING, "offices": "protected"}
    return [tick for tick, count in asked.items() if counts.get(count)]


def apply(roster: RosterImport, *, officer: Any, ticked: Iterable[str]) -> RosterImport:
    """Ask for a checked roster to be entered; raises ValidationError for errors in it or a missing tick."""
    expect_keeper(officer)
    with transaction.atomic():
        now = locked(roster, Status.CHECKED)
        if now.counts.get(Kind.WRONG):
            raise ValidationError(
                _("There are errors left. Mend the file and upload it again."), code="wrong"
            )
        if not any(now.counts.get(kind) for kind in CHANGES):
            raise ValidationError(_("Nothing in this file differs from the house."), code="nothing")
        if missing := {tick: [_LOOK[tick]] for tick in asked_before(now) if tick not in set(ticked)}:
            raise ValidationError(missing)
        now.status, now.applied_by, now.begun_at = Status.APPLYING, officer, timezone.now()
        now.progress, now.trouble = 0, ""
        now.save()
    return now


def enter(pk: int) -> None:
    """Enter a roster (in the worker); does nothing when it is not to be entered.

    The file is checked again: when that leads to anything else than the officer saw, the new preview stands
    and nothing is written.
    """
    roster = RosterImport.objects.select_related("applied_by").get(pk=pk)
    if roster.status != Status.APPLYING:
        return
    tell = teller(pk, 0.6)
    try:
        sheet = sheet_of(roster)
    except ValidationError:
        RosterImport.objects.filter(pk=pk, status=Status.APPLYING).update(
            status=Status.READ, trouble="unreadable"
        )
        return
    for _try in range(TRIES):
        house = House.read()
        findings = checking.check(sheet, house, question_of(roster), tell)
        if findings.digest != roster.digest:
            break
        tell(100)
        try:
            with done():
                _write(roster, findings, house)
        except HouseMovedError:
            continue
        except IntegrityError:  # somebody took a number or an address in this very moment
            findings = checking.check(sheet, House.read(), question_of(roster))
            break
        else:
            return
    rows = [row_of(roster, line) for line in findings.lines]
    with done():
        keep(roster, findings, rows, expected=Status.APPLYING, trouble="changed")


def _write(roster: RosterImport, findings: checking.Findings, house: House) -> None:
    """Write a whole roster in the caller's transaction."""
    now = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if now.status != Status.APPLYING:
        return
    list(Membership.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    if House.read().digest() != house.digest():
        raise HouseMovedError
    lines = [line for line in findings.lines if line.kind in CHANGES]
    now.made = _found(lines, roster.applied_by)
    _enter_new([line for line in lines if line.person is None], now)
    _enter_known([line for line in lines if line.person is not None], now)
    now.status, now.progress, now.applied_at = Status.APPLIED, 100, timezone.now()
    now.save()


def _found(lines: list[Line], actor: Any) -> Made:
    """Found, or open again, the departments, branches and groups the officer allowed; return their keys."""
    made: Made = {"branch": {}, "group": {}, "department": {}}
    for value in _to_found(lines, "branch").values():
        branch, _new = Branch.objects.update_or_create(name=value[1], defaults={"closed_on": None})
        made["branch"][founded_as(value)] = branch.pk
    branches = dict(Branch.objects.values_list("name", "pk"))
    for key, value in _to_found(lines, "group").items():
        group, _new = UnionGroup.objects.update_or_create(
            branch_id=branches[value[2]], name=value[1], defaults={"closed_on": None}
        )
        made["group"][key] = group.pk
    today = timezone.localdate()
    for key, value in _to_found(lines, "department").items():
        department = Department.objects.create(name=value[1], branch_id=_common_branch(lines, key, made))
        made["department"][key] = department.pk
        DepartmentEvent(
            department=department,
            kind=DepartmentEvent.Kind.OPENED,
            happened_on=today,
            after=value[1],
            actor=actor,
        ).save()
    return made


def _to_found(lines: list[Line], kind: str) -> dict[str, list[Any]]:
    values = (line.change[kind][1] for line in lines if kind in line.change)
    return {founded_as(value): value for value in values if value and value[0] is None}


def _common_branch(lines: list[Line], department: str, made: Made) -> int | None:
    """Return the branch of everybody who comes into a new department, if it is one and the same."""
    branches = {
        plain("branch", line.values.get("branch"), made)
        for line in lines
        if "department" in line.change and line.change["department"][1][1:] == [department]
    }
    return branches.pop() if len(branches) == 1 else None


def _enter_new(lines: list[Line], roster: RosterImport) -> None:
    """Make people who cannot sign in yet (未激活), their memberships and the first line of their history."""
    people = []
    for line in lines:
        person = User(staff_number=line.staff_number)
        for name in OF_THE_ACCOUNT:
            if name in line.change:
                setattr(person, name, line.change[name][1])
        person.set_unusable_password()
        prepared(person)
        people.append(person)
    User.objects.bulk_create(people, batch_size=BATCH)
    _join(list(zip((person.pk for person in people), lines, strict=True)), roster)


def _join(pairs: list[tuple[int, Line]], roster: RosterImport) -> None:
    """Make memberships for people who have none."""
    memberships = []
    for person, line in pairs:
        membership = Membership(person_id=person)
        for name, (_before, after) in line.change.items():
            if name not in OF_THE_ACCOUNT and not name.startswith(OFFICE):
                attribute = f"{name}_id" if name in {"department", "branch", "group"} else name
                setattr(membership, attribute, plain(name, after, roster.made))
        memberships.append(membership)
    Membership.objects.bulk_create(memberships, batch_size=BATCH)
    changes = [_said(membership.pk, "status", ("", membership.status), roster) for membership in memberships]
    MembershipChange.objects.bulk_create(changes, batch_size=BATCH)


def _said(membership: int, name: str, pair: Iterable[Any], roster: RosterImport) -> MembershipChange:
    return change(
        membership,
        name,
        pair,
        actor=roster.applied_by,
        source=MembershipChange.Source.ROSTER,
        reason=roster.file_name,
    )


def _enter_known(lines: list[Line], roster: RosterImport) -> None:
    """Change people the house knows; whoever has no membership yet gets one."""
    sheaf = Sheaf()
    _join([(line.person.pk, line) for line in lines if line.person and not line.person.membership], roster)
    for line in lines:
        person = line.person
        if person is None:
            continue
        for name, (before, after) in line.change.items():
            if name in OF_THE_ACCOUNT:
                sheaf.put(name, person.pk, after)
            elif person.membership and not name.startswith(OFFICE):
                sheaf.put(name, person.membership, plain(name, after, roster.made))
            if person.membership:
                sheaf.changes.append(_said(person.membership, name, (before, after), roster))
    _end_offices(lines, roster)
    sheaf.write()


def _end_offices(lines: list[Line], roster: RosterImport) -> None:
    """End the offices of those who leave, as the officer's tick allowed."""
    held = [
        line.person.pk
        for line in lines
        if line.person and any(name.startswith(OFFICE) for name in line.change)
    ]
    for person in User.objects.filter(pk__in=held).order_by("pk"):
        end_all(person, because=gettext("left the house"), actor=roster.applied_by)
