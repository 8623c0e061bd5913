"""Checking a roster: every error of every row at once, and what each row would change."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from extranet.members.models import Membership

from .cells import CALCULATES, Wrong, read, shown
from .columns import BY_KEY, NEEDED, written
from .comparing import Answers, Places, Unknown, compare, leave, status_after
from .findings import DOUBTS
from .house import GONE, House
from .lines import Kind, Line, current
from .reading import Sheet

OFTEN_THE_SAME = {"word", "text", "place", "month", "day"}
ADULT = 16
"""Years of age: who is younger may not be employed (劳动法 art. 15)."""
Step = Callable[[int], None]
Users = dict[str, list[tuple[Line | None, str]]]


@dataclass
class Findings:
    """What a check found: every row, parts the house does not know, and a fingerprint of the changes."""

    lines: list[Line]
    unknown: Unknown
    counts: dict[str, Any]
    digest: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of a sheet: which column means what, is it complete, who asks, what was answered."""

    columns: dict[int, str]
    is_complete: bool
    officer: int
    answers: Answers
    today: date | None = None


def check(sheet: Sheet, house: House, question: Question, step: Step = lambda _percent: None) -> Findings:
    """Judge every row of a sheet against the house; ``step`` is told the percentage done."""
    today = question.today or timezone.localdate()
    lines = _read_all(sheet, question.columns, step)
    _whom(lines, house)
    step(50)
    places = Places(house, question.answers)
    for line in lines:
        _days(line, house, today)
        places.settle(line)
        compare(house, line, today)
        _persons(line, question.officer)
    step(65)
    missing = _missing(lines, house, question.officer, today) if question.is_complete else []
    _shared(lines, missing, house)
    step(75)
    return _summed(lines + missing, len(lines), places.unknown)


def _read_all(sheet: Sheet, columns: dict[int, str], step: Step) -> list[Line]:
    """Read every cell that has a meaning."""
    chosen = [(position, BY_KEY[field]) for position, field in sorted(columns.items())]
    known: dict[tuple[str, Any], Any] = {}
    lines = []
    for at, (number, row) in enumerate(sheet.rows):
        line = Line(number)
        for position, column in chosen:
            cell = row[position] if position < len(row) else ""
            if cell == "":
                continue
            try:
                key = (column.key, cell)
                value = known[key] if key in known else read(column, cell)
                if column.kind in OFTEN_THE_SAME:
                    known[key] = value
            except Wrong as wrong:
                line.words[column.key] = shown(cell)
                line.find(wrong.code, column.key, **wrong.facts)
                continue
            if value is not None:
                line.values[column.key] = value
                line.words[column.key] = shown(cell)
        lines.append(line)
        if at % 2000 == 0:
            step(10 + at * 35 // len(sheet.rows))
    return lines


def _whom(lines: list[Line], house: House) -> None:
    """Find whom each row means: the staff number is the key."""
    short = _without_zeros(house)
    rows: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        wrong = {finding.field for finding in line.findings}
        for field in NEEDED:
            if field not in line.values and field not in wrong:
                line.find("number_missing" if field == "staff_number" else "name_missing", field)
        number = line.values.get("staff_number")
        if not number:
            continue
        if number not in house.people and number in short:
            line.find("zeros_lost", "staff_number", number=short[number])
            number = line.values["staff_number"] = short[number]
        line.person = house.people.get(number)
        rows[number].append(line)
    for same in rows.values():
        for line in same if len(same) > 1 else ():
            others = [str(other.number) for other in same if other is not line]
            told = "、".join(others[:5]) + ("…" if len(others) > 5 else "")  # noqa: PLR2004
            line.find("number_twice", "staff_number", rows=told)


def _without_zeros(house: House) -> dict[str, str]:
    """Return staff numbers that begin with 0 by what a spreadsheet makes of them, where that is one."""
    padded: dict[str, list[str]] = defaultdict(list)
    for number in house.people:
        if number.startswith("0"):
            padded[number.lstrip("0")].append(number)
    return {short: numbers[0] for short, numbers in padded.items() if len(numbers) == 1}


def _days(line: Line, house: House, today: date) -> None:
    """Compare the days of a row with today and with each other."""
    born = _day(line.after("born_in", current(house, line.person, "born_in")))
    joined = _day(line.after("joined_on", current(house, line.person, "joined_on")))
    if "born_in" in line.values and born and born > today:
        line.find("born_in_future", "born_in")
    elif "joined_on" in line.values and joined and joined > today:
        line.find("joined_in_future", "joined_on")
    elif born and joined and {"born_in", "joined_on"} & line.values.keys():
        if joined < born:
            line.find("joined_before_born", "joined_on", born=f"{born:%Y-%m}")
        elif joined.year - born.year < ADULT:
            line.find("very_young", "joined_on")
    person = line.person
    left = person.left_on if person and person.status in GONE and status_after(line) in GONE else None
    if left and joined and "joined_on" in line.values and joined > left:
        line.find("joined_after_left", "joined_on", left=left.isoformat())


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _persons(line: Line, officer: int) -> None:
    """Look at who the row means: somebody else than before, gone, or not to be taken out."""
    for field, (_before, after) in line.change.items():
        if isinstance(after, str) and after.startswith(CALCULATES):
            line.find("formula", field)
    person = line.person
    if person is None:
        return
    name = line.values.get("name")
    if name and len(set(name) & set(person.name)) * 2 < max(len(set(name)), len(set(person.name))):
        line.find("person_swapped", "name", known=person.name)
    if person.status in GONE and "status" not in line.values:
        left = person.left_on.isoformat() if person.left_on else "?"
        line.find("stays_gone", "status", left=left, active=written("status", Membership.Status.ACTIVE))
    if line.goes and person.pk == officer:
        line.find("own_account", "status")
    elif line.goes and person.is_superuser:
        line.find("administrator", "status")


def _missing(lines: list[Line], house: House, officer: int, today: date) -> list[Line]:
    """Return rows for whoever is in the house and not in the file; the retired and administrators stay."""
    present = {line.staff_number for line in lines}
    stays = {Membership.Status.NONE, Membership.Status.ACTIVE}
    return [
        leave(house, person, today)
        for number, person in sorted(house.people.items())
        if number not in present
        and person.membership
        and person.is_active
        and person.status in stays
        and not person.is_superuser
        and person.pk != officer
    ]


def _shared(lines: list[Line], missing: list[Line], house: House) -> None:
    """Find mobiles and mail addresses two people would have; a mobile of somebody who left is free again."""
    settled = {line.person.pk for line in lines if line.person}
    gone = {line.person.pk for line in missing if line.person}
    others = [person for person in house.people.values() if person.pk not in settled]
    for field in ("mobile", "email"):
        users: Users = defaultdict(list)
        for line in lines:
            value = line.after(field, getattr(line.person, field) if line.person else "")
            if value and not (field == "mobile" and _is_off(line)):
                users[value].append((line, f"{line.values.get('name', '')} {line.staff_number}".strip()))
        for person in others:
            if field == "email" or (person.is_active and person.pk not in gone):
                users[getattr(person, field)].append((None, f"{person.name} {person.staff_number}"))
        users.pop("", None)
        _tell_the_users(users, field)


def _tell_the_users(users: Users, field: str) -> None:
    """Note at each row of the file who else has the same."""
    for same in users.values():
        for line, _who in same if len(same) > 1 else ():
            if line and field in line.values:
                who = next(told for other, told in same if other is not line)
                line.find(f"{field}_twice", field, who=who)


def _is_off(line: Line) -> bool:
    """Tell whether nobody signs in as this person after the import."""
    person = line.person
    return line.goes or (person is not None and not person.is_active and "is_active" not in line.change)


def _summed(lines: list[Line], rows: int, unknown: Unknown) -> Findings:
    kinds = Counter(line.kind for line in lines)
    codes = Counter(
        code for line in lines for code in {found.code for found in line.findings} if code not in DOUBTS
    )
    doubts = [line for line in lines if any(found.code in DOUBTS for found in line.findings)]
    counts: dict[str, Any] = {kind: kinds.get(kind, 0) for kind in Kind.values}
    counts |= {"rows": rows, "doubtful": len(doubts), "codes": dict(codes)}
    counts["protected"] = sum(any(name.startswith("office:") for name in line.change) for line in lines)
    made = hashlib.sha256()
    for line in lines:
        if line.kind != Kind.SAME:
            told = [line.kind, line.number, line.staff_number, line.change]
            made.update(json.dumps(told, ensure_ascii=False, sort_keys=True).encode())
    return Findings(lines, unknown, counts, made.hexdigest())
