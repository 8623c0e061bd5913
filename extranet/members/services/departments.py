"""What becomes of departments (科室): opened, renamed, moved, merged, closed; none is deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extranet.members.models import (
    Department,
    DepartmentEvent,
    Membership,
    MembershipChange,
    said,
)

from .membership import LEFT_THE_HOUSE, Ground, differences, with_the_department
from .permission import ask

Kind = DepartmentEvent.Kind
PLACES = ("parent", "branch", "group")


@dataclass(frozen=True)
class What:
    """What happened to a department, when, by whom."""

    kind: str
    on: date
    actor: Any


DEEPEST = 6
"""Levels of a tree: hospital, campus, division, department, ward, team."""


@transaction.atomic
def open_department(values: Mapping[str, Any], *, on: date, actor: Any) -> Department:
    """Open a department; ``values`` are its fields. Raises ValidationError at the field that is wrong."""
    ask(actor, "members.structure")
    department = Department(**values)
    _check(department)
    _save(department)
    _note(department, What(Kind.OPENED, on, actor), after=department.name)
    return department


@transaction.atomic
def change_department(
    department: Department, values: Mapping[str, Any], *, on: date, actor: Any
) -> list[DepartmentEvent]:
    """Rename a department, move it to another part of the house, or both; returns what was put on record.

    Members who follow their department (whom nobody placed by hand) get its new branch and group, each with a
    line of history. Code and order change without one: they say nothing about anybody.
    """
    ask(actor, "members.structure")
    locked = _locked(department)
    if locked.closed_on:
        raise ValidationError(_("%(department)s is closed.") % {"department": locked})
    old = {field: getattr(locked, field) for field in ("name", *PLACES)}
    followers = _followers(locked)
    for field, value in values.items():
        setattr(locked, field, value)
    _check(locked)
    _save(locked)
    events = []
    if locked.name != old["name"]:
        events.append(_note(locked, What(Kind.RENAMED, on, actor), before=old["name"], after=locked.name))
    moved = [field for field in PLACES if getattr(locked, field) != old[field]]
    if moved:
        before = "、".join(said(old[field]) or "—" for field in moved)
        after = "、".join(said(getattr(locked, field)) or "—" for field in moved)
        events.append(_note(locked, What(Kind.MOVED, on, actor), before=before, after=after))
        values = {"branch": locked.branch, "group": locked.group}
        reason = _("%(department)s was moved") % {"department": locked.name}
        _move(followers, lambda _one: values, Ground(on=on, actor=actor, reason=reason))
    department.refresh_from_db()
    return events


@transaction.atomic
def merge(department: Department, into: Department, *, on: date, actor: Any) -> int:
    """Merge a department into another: its members and parts move, it closes; returns how many moved."""
    ask(actor, "members.structure")
    first, second = sorted((department.pk, into.pk))
    rows = {one.pk: one for one in _rows().filter(pk__in=[first, second])}
    old, new = rows[department.pk], rows[into.pk]
    _refuse_impossible_merger(old, new)
    reason = _("%(old)s was merged into %(new)s") % {"old": old, "new": new}
    members = list(_members(old))
    ground = Ground(on=on, actor=actor, reason=reason)
    _move(members, lambda one: with_the_department(one, new), ground)
    Department.objects.filter(parent=old).update(parent=new)
    old.closed_on, old.merged_into = on, new
    _save(old)
    _note(old, What(Kind.MERGED, on, actor), before=old.name, after=new.name)
    _note(new, What(Kind.MERGED, on, actor), before=old.name, after=new.name)
    department.refresh_from_db()
    into.refresh_from_db()
    return len(members)


@transaction.atomic
def close_department(department: Department, *, on: date, actor: Any) -> None:
    """Close a department; raises ValidationError while members or open parts of it are there."""
    ask(actor, "members.structure")
    locked = _locked(department)
    if locked.closed_on:
        raise ValidationError(_("%(department)s is closed already.") % {"department": locked})
    left = _members(locked).count()
    if left:
        words = ngettext(
            "%(count)d member belongs to it: move them, or merge the department into another.",
            "%(count)d members belong to it: move them, or merge the department into another.",
            left,
        )
        raise ValidationError(words % {"count": left})
    parts = locked.children.open()
    if parts:
        names = "、".join(str(part) for part in parts)
        raise ValidationError(_("Still open below it: %(departments)s.") % {"departments": names})
    locked.closed_on = on
    _check_day(on)
    _save(locked)
    _note(locked, What(Kind.CLOSED, on, actor), before=locked.name)
    department.refresh_from_db()


def _rows() -> Any:
    return Department.objects.select_for_update(of=("self",)).select_related("parent", "branch", "group")


def _locked(department: Department) -> Department:
    found: Department = _rows().get(pk=department.pk)
    return found


def _members(department: Department) -> Any:
    """Return the memberships of a department that are not over."""
    here = Membership.objects.filter(department=department).exclude(status__in=LEFT_THE_HOUSE)
    return here.select_related("person", "department", "branch", "group")


def _followers(department: Department) -> list[Membership]:
    return list(_members(department).filter(branch=department.branch, group=department.group))


def _move(memberships: list[Membership], values_of: Any, ground: Ground) -> None:
    """Change many memberships at once, with a line of history for each field."""
    lines = [line for one in memberships for line in differences(one, values_of(one), ground)]
    Membership.objects.bulk_update(memberships, ["department", "branch", "group"], batch_size=500)
    MembershipChange.objects.bulk_create(lines, batch_size=500)


def _check(department: Department) -> None:
    """Raise ValidationError where a department cannot be as it is: a ring, a group of another branch."""
    if department.group and department.branch is None:
        department.branch = department.group.branch
    department.full_clean(validate_constraints=True)
    if department.group and department.group.branch_id != department.branch_id:
        facts = {"group": department.group, "branch": department.group.branch}
        raise ValidationError({"group": _("%(group)s belongs to %(branch)s.") % facts})
    above, levels = department.parent, 1
    while above is not None:
        levels += 1
        if above.pk == department.pk:
            raise ValidationError({"parent": _("A department cannot be part of itself.")})
        if levels > DEEPEST:
            raise ValidationError({"parent": _("The tree would be too deep.")})
        above = above.parent
    if department.parent and department.parent.closed_on:
        raise ValidationError({"parent": _("%(department)s is closed.") % {"department": department.parent}})


def _refuse_impossible_merger(old: Department, new: Department) -> None:
    if old.pk == new.pk:
        raise ValidationError({"into": _("A department cannot be merged into itself.")})
    for one in (old, new):
        if one.closed_on:
            raise ValidationError({"into": _("%(department)s is closed.") % {"department": one}})
    above = new.parent
    while above is not None:
        if above.pk == old.pk:
            raise ValidationError(
                {"into": _("%(new)s is part of %(old)s: move it first.") % {"new": new, "old": old}}
            )
        above = above.parent


def _check_day(on: date) -> None:
    if on > timezone.localdate():
        raise ValidationError({"on": _("Choose today or an earlier day.")})


def _save(department: Department) -> None:
    try:
        with transaction.atomic():
            department.save()
    except IntegrityError as error:  # somebody else took the name in the same instant
        raise ValidationError({"name": _("There is a department of this name already.")}) from error


def _note(department: Department, what: What, *, before: str = "", after: str = "") -> DepartmentEvent:
    _check_day(what.on)
    event = DepartmentEvent(
        department=department,
        kind=what.kind,
        happened_on=what.on,
        before=before[:120],
        after=after[:120],
        actor=what.actor,
    )
    event.save()
    return event
