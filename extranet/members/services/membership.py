"""Entering and leaving the union, and every change in between (会籍), each with the day it takes effect."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from extranet.members.models import Department, Membership, MembershipChange, User, said

from .offices import end_all
from .permission import ask

Status = Membership.Status
Source = MembershipChange.Source

FIELDS = (
    "status", "joined_on", "left_on", "department", "branch", "group", "post", "title", "employment", "sex",
    "born_in", "shift",
)  # fmt: skip
"""What the history speaks of, in the order it is told."""
LEFT_THE_HOUSE = frozenset({Status.TRANSFERRED, Status.ENDED})


@dataclass(frozen=True, kw_only=True)
class Ground:
    """On what ground a membership changes: since when, who wrote it down, from which source, why.

    ``actor`` None is the house itself. What an officer does by hand (``Source.OFFICER``) asks the officer's
    permission; an import and a case have asked for their own.
    """

    on: date
    actor: Any
    source: str = Source.OFFICER
    reason: str = ""

    def ask(self, membership: Membership) -> None:
        """Raise PermissionDenied when an officer acts by hand who may not."""
        if self.source == Source.OFFICER:
            ask(self.actor, "members.keep", membership)


def differences(membership: Membership, values: Mapping[str, Any], ground: Ground) -> list[MembershipChange]:
    """Set ``values`` on the membership and return the lines of history; neither is saved yet.

    For whoever changes many at once: save the memberships, then ``bulk_create`` the lines. Raises KeyError
    for a field the history does not know.
    """
    wrong = set(values) - set(FIELDS)
    if wrong:
        raise KeyError(*sorted(wrong))
    lines = []
    for field in FIELDS:
        if field not in values:
            continue
        before, after = getattr(membership, field), values[field]
        if before == after:
            continue
        setattr(membership, field, after)
        lines.append(
            MembershipChange(
                membership=membership,
                field=field,
                before=said(before),
                after=said(after),
                happened_on=ground.on,
                actor=ground.actor,
                source=ground.source,
                reason=ground.reason,
            )
        )
    return lines


def with_the_department(membership: Membership, department: Department | None) -> dict[str, Any]:
    """Return what moving to a department changes: branch and group follow, unless they were placed by hand.

    Whoever belongs to the branch and group of their present department follows; whoever an officer placed
    elsewhere stays there.
    """
    now = membership.department
    placed = (membership.branch_id, membership.group_id)
    follows = placed in {(now.branch_id, now.group_id) if now else (None, None), (None, None)}
    moved: dict[str, Any] = {"department": department}
    if follows and department:
        moved |= {"branch": department.branch, "group": department.group}
    return moved


@transaction.atomic
def enter(person: User, ground: Ground, **values: Any) -> Membership:
    """Enter a person into the union (入会, 转入), or again after they had left; returns the membership.

    ``values`` are fields of the membership; branch and group follow the department unless they are given;
    ``status=Status.NONE`` puts somebody on the roster who has not joined. Raises ValidationError when they
    are a member already.
    """
    membership = Membership.objects.select_for_update(of=("self",)).filter(person=person).first()
    if membership is None:
        membership = Membership(person=person)
    elif membership.status in {Status.ACTIVE, Status.RETAINED}:
        raise ValidationError(_("%(person)s is a member already.") % {"person": person})
    ground.ask(membership)
    wanted = {"status": Status.ACTIVE, **values}
    if "department" in wanted:
        wanted = with_the_department(membership, wanted["department"]) | wanted
    if wanted["status"] == Status.ACTIVE:
        wanted |= {"joined_on": wanted.get("joined_on") or ground.on, "left_on": None}
    _write(membership, wanted, ground)
    User.objects.filter(pk=person.pk, is_active=False).update(is_active=True)
    person.is_active = True
    return membership


@transaction.atomic
def change(membership: Membership, values: Mapping[str, Any], ground: Ground) -> list[MembershipChange]:
    """Change what the roster says; returns the lines of history, none when nothing differs.

    A new department takes branch and group along (see ``with_the_department``) unless these are given. Raises
    ValidationError at the field that is wrong.
    """
    locked = _locked(membership)
    ground.ask(locked)
    wanted = dict(values)
    if "department" in wanted and "branch" not in wanted and "group" not in wanted:
        wanted |= with_the_department(locked, wanted["department"])
    lines = _write(locked, wanted, ground)
    _copy(locked, membership)
    return lines


@transaction.atomic
def retain(membership: Membership, ground: Ground) -> None:
    """Retain the membership of somebody who retires or is away from the post (保留会籍); access stays."""
    _leave(membership, Status.RETAINED, ground, left_on=None)


@transaction.atomic
def transfer_out(membership: Membership, ground: Ground) -> None:
    """Hand a membership over to the union of another employer (转出); access ends at once, records stay."""
    _leave(membership, Status.TRANSFERRED, ground, left_on=ground.on)


@transaction.atomic
def end(membership: Membership, ground: Ground) -> None:
    """End a membership (注销); access and offices end at once, records stay.

    Raises ValidationError for the last system administrator: somebody must look after the house.
    """
    _leave(membership, Status.ENDED, ground, left_on=ground.on)


@transaction.atomic
def confirm_shift(membership: Membership, shift: str, *, actor: Any) -> None:
    """Write down which shifts somebody works, as the group leader knows it; raises PermissionDenied."""
    locked = _locked(membership)
    ask(actor, "members.confirm_shift", locked)
    if shift not in Membership.Shift.values:
        raise ValidationError({"shift": _("Choose one of the shifts.")})
    locked.shift_confirmed_by, locked.shift_confirmed_at = actor, timezone.now()
    ground = Ground(on=timezone.localdate(), actor=actor)
    _write(locked, {"shift": shift}, ground)
    _copy(locked, membership)


def _leave(membership: Membership, status: str, ground: Ground, *, left_on: date | None) -> None:
    locked = _locked(membership)
    ground.ask(locked)
    if locked.status not in {Status.NONE, Status.ACTIVE, Status.RETAINED} or locked.status == status:
        raise ValidationError(
            _("%(person)s: %(status)s already.")
            % {"person": locked.person, "status": locked.get_status_display()}
        )
    if ground.on > timezone.localdate():
        raise ValidationError({"on": _("Choose today or an earlier day.")})
    _write(locked, {"status": status, "left_on": left_on}, ground)
    if status in LEFT_THE_HOUSE:
        end_all(locked.person, because=locked.get_status_display(), actor=ground.actor)
        locked.person.is_active = False
        locked.person.save(update_fields=["is_active"])
    _copy(locked, membership)


def _locked(membership: Membership) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "department")
    return rows.get(pk=membership.pk)


def _write(membership: Membership, values: Mapping[str, Any], ground: Ground) -> list[MembershipChange]:
    lines = differences(membership, values, ground)
    _check_place(membership)
    membership.full_clean(exclude=["person"], validate_unique=False)
    membership.save()
    MembershipChange.objects.bulk_create(lines)
    return lines


def _check_place(membership: Membership) -> None:
    """Refuse a group of another branch; a group without a branch brings its own."""
    group = membership.group
    if group and membership.branch_id != group.branch_id:
        raise ValidationError(
            {"group": _("%(group)s belongs to %(branch)s.") % {"group": group, "branch": group.branch}}
        )


def _copy(locked: Membership, membership: Membership) -> None:
    """Bring the caller's object up to what was written."""
    for field in Membership._meta.concrete_fields:  # noqa: SLF001
        setattr(membership, field.attname, getattr(locked, field.attname))
