"""Writing many people at once: few statements, every change on record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from extranet.members.models import Membership, MembershipChange, User, said
from extranet.members.roster.columns import PLACES
from extranet.members.roster.lines import Value

BATCH = 500
OF_THE_ACCOUNT = ("name", "mobile", "email", "is_active")
DAYS = ("joined_on", "left_on", "born_in")
SPREAD = 300
"""Different values up to which a statement for each is cheaper than one that names every row."""
OFFICE = "office:"


SPELLED = ("name_pinyin", "name_initials")


def prepared(person: User) -> tuple[str, ...]:
    """Fill in what is derived from the name, and return those fields: bulk updates call no ``pre_save``."""
    derived = [field for field in User._meta.concrete_fields if field.name in SPELLED]  # noqa: SLF001
    for column in derived:
        column.pre_save(person, add=False)
    return tuple(column.name for column in derived)


def plain(name: str, value: Value, made: dict[str, dict[str, int]] | None = None) -> Any:
    """Return a value as the database keeps it; a part that was founded is looked up in ``made``."""
    if name in PLACES:
        return part_pk(name, value, made or {})
    if name in DAYS or name.startswith(OFFICE):
        return date.fromisoformat(value) if value else None
    return value


def part_pk(kind: str, value: Value, made: dict[str, dict[str, int]]) -> int | None:
    """Return the key of a part of the house, or None."""
    if not value:
        return None
    return value[0] if value[0] is not None else made[kind][founded_as(value)]


def founded_as(value: list[Any]) -> str:
    """Return under which name a part to be founded is remembered: a group with its branch."""
    return "/".join(value[:0:-1])


def words(value: Value) -> str:
    """Return how a change on record writes a value."""
    return said(value[1] if isinstance(value, list) else value)


@dataclass
class Sheaf:
    """What is to be written of many people: new values by field, and lines of history."""

    values: dict[str, list[tuple[int, Any]]] = field(default_factory=lambda: defaultdict(list))
    changes: list[MembershipChange] = field(default_factory=list)

    def put(self, name: str, pk: int, value: Any) -> None:
        """Remember a new value: of the account by the person's key, of the membership by its own."""
        self.values[name].append((pk, value))

    def write(self) -> None:
        """Write everything; days of leaving that are taken back first: no day of joining may meet them."""
        gone = self.values.pop("left_on", [])
        _write(Membership, "left_on", [(pk, day) for pk, day in gone if day is None])
        _free_addresses(self.values.get("email", []))
        for name, pairs in self.values.items():
            _write(User if name in OF_THE_ACCOUNT else Membership, name, pairs)
        _write(Membership, "left_on", [(pk, day) for pk, day in gone if day is not None])
        MembershipChange.objects.bulk_create(self.changes, batch_size=BATCH)


def _free_addresses(pairs: list[tuple[int, Any]]) -> None:
    """Let go of addresses first that pass from one person to another in the same breath.

    What allauth keeps of the old ones goes too: they must not reset a password any more.
    """
    kept = apps.get_model("account", "EmailAddress")._default_manager  # noqa: SLF001
    for start in range(0, len(pairs), BATCH):
        kept.filter(user__in=[pk for pk, _address in pairs[start : start + BATCH]]).delete()
        wanted = [address for _pk, address in pairs[start : start + BATCH] if address]
        taking = {pk for pk, _address in pairs}
        for pk in User.objects.filter(email__in=wanted).values_list("pk", flat=True):
            if pk in taking:
                User.objects.filter(pk=pk).update(email="")


def _write(model: type[models.Model], name: str, pairs: list[tuple[int, Any]]) -> None:
    """Give many rows new values in one field: a statement for each value, or for some hundred rows."""
    column = f"{name}_id" if name in PLACES else name
    by_value: dict[Any, list[int]] = defaultdict(list)
    for pk, value in pairs:
        by_value[value].append(pk)
    if len(by_value) <= max(SPREAD, len(pairs) // 20) and name != "name":
        for value, pks in by_value.items():
            for start in range(0, len(pks), BATCH):
                model._default_manager.filter(pk__in=pks[start : start + BATCH]).update(**{column: value})  # noqa: SLF001
        return
    rows = [model(pk=pk, **{column: value}) for pk, value in pairs]
    fields = {name}
    if name == "name":
        for person in rows:
            fields.update(prepared(person))  # type: ignore[arg-type]
    model._default_manager.bulk_update(rows, sorted(fields), batch_size=BATCH)  # noqa: SLF001


def change(  # noqa: PLR0913 - one line of history is six facts
    membership: int, name: str, pair: Iterable[Value], *, actor: Any, source: str, reason: str
) -> MembershipChange:
    """Return a line of a membership's history."""
    before, after = pair
    return MembershipChange(
        membership_id=membership,
        field="office" if name.startswith(OFFICE) else name,
        before=words(before),
        after=words(after),
        happened_on=timezone.localdate(),
        actor=actor,
        source=source,
        reason=reason,
    )
