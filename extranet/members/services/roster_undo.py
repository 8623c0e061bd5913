"""Undoing an import: only what is still as the import left it; what was changed since is named and stays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import done
from extranet.members.models import Membership, MembershipChange, Office, RosterImport, RosterRow, User
from extranet.members.roster.columns import PLACES
from extranet.members.roster.house import House, Person
from extranet.members.roster.lines import Kind, Value, current, same, stored

from .alignment import align
from .roster import BATCH, expect_keeper, locked, teller
from .roster_writing import OF_THE_ACCOUNT, OFFICE, Sheaf, change, part_pk, plain

Status = RosterImport.Status


@dataclass
class Return:
    """One person's way back: values to restore, and fields that were changed since."""

    row: RosterRow
    person: Person
    back: dict[str, list[Value]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def undo(roster: RosterImport, *, officer: Any) -> RosterImport:
    """Ask for an import to be undone; raises ValidationError when it is too late."""
    expect_keeper(officer)
    with transaction.atomic():
        now = locked(roster, Status.APPLIED)
        if not now.can_be_undone:
            raise ValidationError(
                _("An import can be undone for 30 days. Correct people one by one."), code="late"
            )
        now.status, now.undone_by, now.begun_at, now.progress = Status.UNDOING, officer, timezone.now(), 0
        now.save()
    return now


def changes_of(roster: RosterImport) -> list[RosterRow]:
    """Return the rows by which an import changed somebody."""
    return list(roster.rows.exclude(kind__in=[Kind.SAME, Kind.WRONG]).order_by("pk"))


def returns(roster: RosterImport, house: House, rows: Iterable[RosterRow] | None = None) -> Iterator[Return]:
    """Yield what an undo would do for each person the import changed (``rows``: its changes, if at hand)."""
    context = _Context(roster, house)
    for row in changes_of(roster) if rows is None else rows:
        person = house.people.get(row.staff_number)
        if person is not None and person.membership:
            yield context.of(row, person)


class _Context:
    """What has to be known to undo any row."""

    def __init__(self, roster: RosterImport, house: House) -> None:
        self.made, self.house = roster.made, house
        self.today = timezone.localdate().isoformat()
        self.offices = {office.pk: office for office in Office.objects.select_related("kind")}
        self.taken = {_seat(office) for office in self.offices.values() if office.runs(timezone.localdate())}
        self.open = {
            "department": {part.pk for part in house.departments.values()},
            "branch": {part.pk for part in house.branches.values()},
            "group": {part.pk for part in house.groups.values()},
        }
        self.users = {
            name: {getattr(one, name): pk for pk, one in ((p.pk, p) for p in house.people.values())}
            for name in ("email", "mobile")
        }
        signed_in = User.objects.exclude(last_login=None) | User.objects.exclude(
            password__startswith=UNUSABLE_PASSWORD_PREFIX
        )
        self.awake = set(signed_in.values_list("pk", flat=True))

    def of(self, row: RosterRow, person: Person) -> Return:
        """Return one person's way back."""
        found = Return(row, person)
        if row.kind == Kind.NEW:
            self._send_away(found)
            return found
        for name, (before, after) in row.change.items():
            if not same(self._now(person, name), self._resolved(name, after)):
                found.kept.append(name)
            elif self._is_free(person, name, before):
                found.back[name] = [after, before]
            else:
                found.kept.append(name)
        self._keep_days_in_order(found)
        return found

    def _send_away(self, found: Return) -> None:
        """Switch off somebody the import brought, unless they are at home by now."""
        person, row = found.person, found.row
        changed = [
            name
            for name, (_before, after) in row.change.items()
            if not same(self._now(person, name), self._resolved(name, after))
        ]
        if person.pk in self.awake or changed:
            found.kept = changed or ["is_active"]
            return
        found.back = {
            "status": [person.status, Membership.Status.NONE],
            "is_active": [person.is_active, False],
        }
        found.back["left_on"] = [stored(person.left_on), self.today]

    def _now(self, person: Person, name: str) -> Value:
        if name.startswith(OFFICE):
            office = self.offices.get(int(name.removeprefix(OFFICE)))
            return stored(office.stopped_on) if office else ""
        return current(self.house, person, name)

    def _resolved(self, name: str, value: Value) -> Value:
        """Return a value with the key of a part that the import founded."""
        if name in PLACES and value and value[0] is None:
            return [part_pk(name, value, self.made), value[1]]
        return value

    def _is_free(self, person: Person, name: str, before: Value) -> bool:
        """Tell whether the old value can still be had: the part is open, nobody took the address or seat."""
        if name.startswith(OFFICE):
            return _seat(self.offices[int(name.removeprefix(OFFICE))]) not in self.taken
        if name in PLACES:
            return not before or before[0] in self.open[name]
        if name in self.users and before:
            return self.users[name].get(before, person.pk) == person.pk
        return True

    def _keep_days_in_order(self, found: Return) -> None:
        """Leave the days alone where going back would put the leaving before the joining."""

        def later(name: str) -> Value:
            return found.back[name][1] if name in found.back else stored(getattr(found.person, name))

        joined, left = later("joined_on"), later("left_on")
        if joined and left and left < joined:
            for name in ("joined_on", "left_on"):
                if found.back.pop(name, None) is not None:
                    found.kept.append(name)


def _seat(office: Office) -> tuple[Any, ...]:
    """Return what only one running office can be: of a kind in a place, or of a person where many may be."""
    place = (office.kind_id, office.branch_id, office.group_id)
    return place if office.kind.one_holder else (*place, office.person_id)


def take_back(pk: int) -> None:
    """Undo an import (in the worker); does nothing when it is not to be undone."""
    roster = RosterImport.objects.select_related("undone_by").get(pk=pk)
    if roster.status != Status.UNDOING:
        return
    teller(pk)(20)
    rows = changes_of(roster)
    with done():
        _write(roster, rows)


def _write(roster: RosterImport, rows: list[RosterRow]) -> None:
    """Undo an import in the caller's transaction."""
    now = RosterImport.objects.select_for_update(of=("self",)).select_related("undone_by").get(pk=roster.pk)
    if now.status != Status.UNDOING:
        return
    list(Membership.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    found = list(returns(now, House.read(), rows))
    _sheaf(found, now).write()
    _resume_offices(found)
    _note_kept(found)
    now.counts = {**now.counts, **tally(found)}
    now.status, now.progress, now.undone_at = Status.UNDONE, 100, timezone.now()
    now.save()


def tally(found: Iterable[Return]) -> dict[str, int]:
    """Return how many people go back wholly, and of how many something stays."""
    wholly = partly = 0
    for one in found:
        wholly += not one.kept
        partly += bool(one.kept)
    return {"undone": wholly, "kept": partly}


def _sheaf(found: list[Return], roster: RosterImport) -> Sheaf:
    sheaf = Sheaf()
    for one in found:
        membership = one.person.membership
        for name, (before, after) in one.back.items():
            if name in OF_THE_ACCOUNT:
                sheaf.put(name, one.person.pk, after)
            elif membership and not name.startswith(OFFICE):
                sheaf.put(name, membership, plain(name, after, roster.made))
            if membership:
                sheaf.changes.append(
                    change(
                        membership,
                        name,
                        (before, after),
                        actor=roster.undone_by,
                        source=MembershipChange.Source.UNDO,
                        reason=roster.file_name,
                    )
                )
    return sheaf


def _resume_offices(found: list[Return]) -> None:
    """Let offices run again that the import ended, and give back the rights that go with them."""
    for one in found:
        ended = {name: pair[1] for name, pair in one.back.items() if name.startswith(OFFICE)}
        for name, ends_on in ended.items():
            Office.objects.filter(pk=int(name.removeprefix(OFFICE))).update(
                stopped_on=None, ends_on=plain(name, ends_on), ended_because=""
            )
        if ended:
            align(User.objects.get(pk=one.person.pk))


def _note_kept(found: list[Return]) -> None:
    rows = []
    for one in found:
        if one.kept:
            one.row.kept = one.kept
            rows.append(one.row)
    RosterRow.objects.bulk_update(rows, ["kept"], batch_size=BATCH)
