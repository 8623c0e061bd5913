"""A row against the house: the parts it names, and what it would change of the person."""

from datetime import date
from difflib import get_close_matches
from typing import Any

from extranet.members.models import Membership

from .columns import BY_KEY, bare
from .house import GONE, House, Part, Person
from .lines import Line, Value, current, same

Status = Membership.Status
CREATE = "create"
MOST_ASKED = 100
"""Unknown names of one kind an officer is asked about; more than that is no oversight, but another column."""
Answers = dict[str, dict[str, str]]
Unknown = dict[str, dict[str, dict[str, Any]]]


class Places:
    """Finds the parts of the house that rows name; remembers those there are not, with the nearest name."""

    def __init__(self, house: House, answers: Answers) -> None:
        self.house, self.answers = house, answers
        self.unknown: Unknown = {"department": {}, "branch": {}, "group": {}}

    def settle(self, line: Line) -> None:
        """Put the parts a row names in the place of their names, and add what follows from them."""
        self._take(line, "department")
        named = line.values.get("branch")
        self._take(line, "branch")
        if line.values.get("group"):
            self._take_group(line, named)
        self._follow(line)

    def _take(self, line: Line, kind: str) -> None:
        name = line.values.get(kind)
        if not name:
            return
        part = self.house.part(kind, name)
        line.values[kind] = [part.pk, part.name] if part else self._answered(line, kind, bare(name), name)

    def _take_group(self, line: Line, named: Value) -> None:
        name = line.values["group"]
        branch = line.values["branch"] if "branch" in line.values else self._usual_branch(line)
        if branch is None and named:  # an unknown branch: ask about its groups in the same breath
            branch = [None, named]
        if isinstance(branch, list):
            part = self.house.part("group", name, branch[0]) if branch[0] else None
            key = f"{bare(branch[1])}/{bare(name)}"
            line.values["group"] = (
                [part.pk, part.name] if part else self._answered(line, "group", key, name, branch)
            )
        elif (part := self.house.part("group", name)) is not None and part.branch is not None:
            line.values["group"] = [part.pk, part.name]
            line.values["branch"] = [part.branch, self.house.names["branch"][part.branch]]
        else:
            line.values["group"] = None
            line.find("group_homeless", "group")

    def _usual_branch(self, line: Line) -> Value:
        """Return the branch of the row's department, or the person's own."""
        department = self._department(line)
        if department and department.branch:
            return [department.branch, self.house.names["branch"][department.branch]]
        return current(self.house, line.person, "branch") or None

    def _department(self, line: Line) -> Part | None:
        named = line.values.get("department")
        return self.house.part("department", named[1]) if isinstance(named, list) and named[0] else None

    def _answered(self, line: Line, kind: str, key: str, name: str, branch: Value = None) -> Value:
        """Return the part the officer chose for an unknown name; without a choice it is an error."""
        asked = self.unknown[kind]
        if key not in asked and len(asked) < MOST_ASKED:
            asked[key] = self._entry(kind, name, branch)
        if key in asked:
            asked[key]["rows"] += 1
        answer = self.answers.get(kind, {}).get(key, "")
        if answer == CREATE and len(name) <= BY_KEY[kind].longest:
            name = asked[key]["name"] if key in asked else name  # one spelling of what is founded
            return [None, name, branch[1]] if branch else [None, name]
        if answer.isdigit() and int(answer) in self.house.names[kind]:
            return [int(answer), self.house.names[kind][int(answer)]]
        line.find(f"{kind}_unknown", kind)
        return None

    def _entry(self, kind: str, name: str, branch: Value) -> dict[str, Any]:
        tables: dict[str, dict[Any, Part]] = {
            "department": dict(self.house.departments),
            "branch": dict(self.house.branches),
            "group": {k: g for k, g in self.house.groups.items() if branch and k[0] == branch[0]},
        }
        known = {bare(part.name): part for part in tables[kind].values()}
        near = get_close_matches(bare(name), known, n=1, cutoff=0.5)
        nearest = known[near[0]] if near else None
        return {
            "name": name,
            "branch": branch[1] if branch else "",
            "rows": 0,
            "nearest": [nearest.pk, nearest.name] if nearest else [],
        }

    def _follow(self, line: Line) -> None:
        """Let branch and group follow the department, and drop a group of another branch."""
        department = self._department(line)
        moves = department and (line.person is None or line.person.department != department.pk)
        if department and moves and department.branch and "branch" not in line.values:
            line.values["branch"] = [department.branch, self.house.names["branch"][department.branch]]
            if department.group and "group" not in line.values:
                line.values["group"] = [department.group, self.house.names["group"][department.group]]
        branch, person = line.values.get("branch"), line.person
        if branch is not None and person and person.group and "group" not in line.values:
            pk = branch[0] if branch else None
            if self.house.branch_of.get(person.group) != pk:
                line.values["group"] = ""


def status_after(line: Line) -> str:
    """Return the membership a row leads to; a day of joining makes a member unless the row says else."""
    person = line.person
    if line.values.get("status"):
        return str(line.values["status"])
    joined = line.values.get("joined_on")
    if person is None or not person.membership or (person.status == Status.NONE and joined):
        return Status.ACTIVE if joined else Status.NONE
    return person.status


def comes_back(person: Person, status: str) -> bool:
    """Tell whether somebody who was taken out of the house is let in again."""
    if person.is_active:
        return False
    if person.status in GONE:
        return status not in GONE
    return person.status == Status.NONE and person.left_on is not None


def compare(house: House, line: Line, today: date) -> None:
    """Write into the row what it would change: {field: [before, after]}."""
    person, status = line.person, status_after(line)
    values = {name: value for name, value in line.values.items() if value is not None}
    values.pop("staff_number", None)
    values["status"] = status
    if person is None:
        values = {name: value for name, value in values.items() if value != ""}
        values["is_active"] = status not in GONE
    elif comes_back(person, status):
        values |= {"is_active": True, "left_on": ""}
    if status in GONE and (person is None or person.status not in GONE):
        values |= {"is_active": False, "left_on": today.isoformat()}
    for name, value in values.items():
        before = current(house, person, name)
        if person is None or not same(before, value):
            line.change[name] = [before, value]
    if line.goes and person:
        end_offices(house, line, today)


def leave(house: House, person: Person, today: date) -> Line:
    """Return the row of somebody who is in the house and not in a file that is complete."""
    line = Line(None, person=person)
    if person.status == Status.ACTIVE:
        line.change["status"] = [person.status, Status.TRANSFERRED]
    line.change["left_on"] = ["" if person.left_on is None else person.left_on.isoformat(), today.isoformat()]
    line.change["is_active"] = [True, False]
    end_offices(house, line, today)
    return line


def end_offices(house: House, line: Line, today: date) -> None:
    """End the offices of somebody who leaves, and say which."""
    held = house.offices.get(line.person.pk, []) if line.person else []
    for pk, _name, ends_on in held:
        line.change[f"office:{pk}"] = [ends_on.isoformat() if ends_on else "", today.isoformat()]
    if held:
        line.find("holds_office", "office", offices="、".join(name for _pk, name, _ends in held))
