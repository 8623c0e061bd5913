"""One row of a roster while it is judged, and how its values are written down."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from extranet.members.models import RosterRow

from .columns import PLACES
from .findings import DOUBTS, Finding
from .house import House, Person

Kind = RosterRow.Kind
Value = Any
"""Text, an ISO day, True or False, or [pk, name] of a part of the house; "" where there is nothing."""


@dataclass(slots=True)
class Line:
    """A row: what it says, what is wrong with it, whom it means and what would change."""

    number: int | None
    values: dict[str, Value] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    person: Person | None = None
    change: dict[str, list[Value]] = field(default_factory=dict)

    def find(self, code: str, name: str, **facts: Any) -> None:
        """Note something about a field."""
        self.findings.append(Finding(code, name, self.words.get(name, ""), facts))

    def after(self, name: str, now: Value) -> Value:
        """Return what a field will be: what the row says, or what it is now."""
        return self.values.get(name, now)

    @property
    def staff_number(self) -> str:
        """Return the staff number, or the words that stand in its place."""
        if self.person:
            return self.person.staff_number
        return str(self.values.get("staff_number") or self.words.get("staff_number", ""))

    @property
    def is_wrong(self) -> bool:
        """Whether there is an error, not only a doubt."""
        return any(finding.code not in DOUBTS for finding in self.findings)

    @property
    def goes(self) -> bool:
        """Whether the account is switched off."""
        return self.change.get("is_active", [None, None])[1] is False

    @property
    def kind(self) -> str:
        """Return what the row means."""
        if self.is_wrong:
            return Kind.WRONG
        if self.person is None:
            return Kind.NEW
        if self.goes:
            return Kind.LEAVING
        if any(name in self.change for name in PLACES):
            return Kind.MOVED
        return Kind.CHANGED if self.change else Kind.SAME


def stored(value: Any) -> Value:
    """Return a value of the database as lines write it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


def current(house: House, person: Person | None, name: str) -> Value:
    """Return what a field is now; parts of the house as [pk, name]."""
    if person is None:
        return ""
    value = getattr(person, name)
    if name in PLACES:
        return [value, house.names[name][value]] if value else ""
    return stored(value)


def same(one: Value, other: Value) -> bool:
    """Tell whether two values mean the same; parts are the same by their pk, a part to be founded is not."""
    if isinstance(one, list) and isinstance(other, list):
        return one[0] is not None and one[0] == other[0]
    return bool(one == other)
