"""Reading applications about memberships for pages, lists and papers."""

from datetime import date

from django.db.models import DateField, Q, Value
from django.db.models.functions import Coalesce

from extranet.members.models import MembershipCase
from extranet.members.models.cases import MembershipCaseQuerySet


def with_all(rows: MembershipCaseQuerySet) -> MembershipCaseQuerySet:
    """Bring along what a page or a line of a list shows of each (no further query).

    ``by_due`` sorts by the day, what has ended last.
    """
    joined = ("person__membership__department", "branch", "to_branch", "to_group", "entered_by")
    by_due = Coalesce("due_on", Value(date.max), output_field=DateField())
    return rows.select_related(*joined).with_chairs().annotate(by_due=by_due)


def applicant(case: MembershipCase) -> str:
    """Return who an application is from, told apart from namesakes."""
    membership = getattr(case.person, "membership", None)
    department = str(membership.department or "") if membership else ""
    return " · ".join(filter(None, (case.person.name, case.person.staff_number, department)))


def looked_for(rows: MembershipCaseQuerySet, words: str) -> MembershipCaseQuerySet:
    """Return those whose number, applicant's name, its sound or staff number begin as was typed."""
    words = " ".join(words.split())
    spelled = words.replace(" ", "").lower()
    return rows.filter(
        Q(number__istartswith=words)
        | Q(person__name__startswith=words)
        | Q(person__staff_number__startswith=spelled)
        | Q(person__name_pinyin__startswith=spelled)
        | Q(person__name_initials__startswith=spelled)
    )


def by_state(rows: MembershipCaseQuerySet, state: str) -> MembershipCaseQuerySet:
    """Return those at a status, all without an outcome, or all that are late."""
    if state == "open":
        return rows.open()
    return rows.overdue() if state == "late" else rows.filter(status=state)
