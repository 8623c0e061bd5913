"""Rights follow offices: Django's groups and the administrator's flag are those of the terms that run.

A group that some kind of office maps holds exactly the people whose office runs; other groups are left alone.
The flag of an administrator is the office's as soon as somebody has held that office once; before that it is
whatever ``createsuperuser`` or another administrator made it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from extranet.members.models import Office, OfficeKind, User
from extranet.members.rules import SYSTEM_ADMINISTRATOR

ONE_DAY = timedelta(days=1)
CACHES_OF_RIGHTS = ("_perm_cache", "_user_perm_cache", "_group_perm_cache")
_maps: Any = OfficeKind.groups.through
_joined: Any = User.groups.through


def align(person: User) -> bool:
    """Bring a person's rights in line with their offices; tell whether anything changed (2 SQL when not)."""
    today = timezone.localdate()
    held = list(Office.objects.filter(person_id=person.pk).select_related("kind"))
    running = [office for office in held if office.runs(today)]
    person.__dict__["_offices_held"] = running
    joined, left = _moves(person, {office.kind_id for office in running})
    written = _facts(person, held, running, today)
    if not (joined or left or written):
        return False
    with transaction.atomic():
        person.groups.remove(*left)
        person.groups.add(*joined)
        User.objects.filter(pk=person.pk).update(**written) if written else None
    for name, value in written.items():
        setattr(person, name, value)
    for name in CACHES_OF_RIGHTS:
        person.__dict__.pop(name, None)
    return True


def is_due(person: User) -> bool:
    """Tell whether an office of theirs has begun or ended since their rights were last brought in line."""
    return person.offices_change_on is not None and person.offices_change_on <= timezone.localdate()


def align_everybody() -> int:
    """Bring everybody in line who had an office or is in a mapped group; return how many changed."""
    mapped = _maps.objects.values("group_id")
    concerned = User.objects.filter(
        Q(Exists(Office.objects.filter(person=OuterRef("pk"))))
        | Q(Exists(_joined.objects.filter(user_id=OuterRef("pk"), group_id__in=mapped)))
    )
    return sum(align(person) for person in concerned.iterator())


def _moves(person: User, kinds: set[int]) -> tuple[set[int], set[int]]:
    """Return the mapped groups a person must join and those they must leave."""
    has = Exists(_joined.objects.filter(user_id=person.pk, group_id=OuterRef("group_id")))
    rows = list(_maps.objects.annotate(has=has).values_list("group_id", "officekind_id", "has"))
    wanted = {group for group, kind, _has in rows if kind in kinds}
    present = {group for group, _kind, has in rows if has}
    return wanted - present, present - wanted


def _facts(person: User, held: Iterable[Office], running: Iterable[Office], today: date) -> dict[str, Any]:
    """Return what must be written at the person: the flag, and the next day on which something changes."""
    written: dict[str, Any] = {}
    if any(office.kind.slug == SYSTEM_ADMINISTRATOR for office in held):
        administers = any(office.kind.slug == SYSTEM_ADMINISTRATOR for office in running)
        if person.is_superuser != administers:
            written["is_superuser"] = administers
    days = [day for office in held for day in _turns(office) if day > today]
    following = min(days, default=None)
    if person.offices_change_on != following:
        written["offices_change_on"] = following
    return written


def _turns(office: Office) -> list[date]:
    """Return the days on which an office begins to run and no longer runs."""
    if office.stopped_on:
        return [office.starts_on, office.stopped_on]
    return [office.starts_on, *([office.ends_on + ONE_DAY] if office.ends_on else [])]
