"""Reading who waits for a code, and which codes were made."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..models import CodeBatch, OneTimeCode
from .sign_in import not_activated

STATES = ("waiting", "sent")


def waiting_people(*, words: str = "", department: Any = None, branch: Any = None, state: str = "") -> Any:
    """Return people not activated yet, by department and staff number; ``has_code`` tells of an open code.

    ``state``: ``waiting`` without an open code, ``sent`` with one, empty for both.
    """
    codes = OneTimeCode.objects.open().filter(person=OuterRef("pk"))
    people = not_activated().annotate(has_code=Exists(codes))
    if words:
        people = people.filter(Q(name__contains=words) | Q(staff_number__startswith=words.lower()))
    if department:
        people = people.filter(membership__department=department)
    if branch:
        people = people.filter(membership__branch=branch)
    if state in STATES:
        people = people.filter(has_code=state == "sent")
    order = ("membership__department__order", "membership__department__name", "staff_number")
    return people.select_related("membership__department", "membership__branch").order_by(*order)


def batches() -> QuerySet[CodeBatch]:
    """Return the batches, newest first, with who made them."""
    return CodeBatch.objects.select_related("made_by")


def codes_of(batch: CodeBatch) -> QuerySet[OneTimeCode]:
    """Return what a batch made, by department: for whom and what became of it, never the code."""
    return batch.codes.select_related("person__membership__department").order_by(
        "person__membership__department__order", "person__staff_number"
    )


def live_code(staff_number: str, code: str) -> OneTimeCode | None:
    """Return the open code of the person with this staff number, if it is this one (one query)."""
    found = OneTimeCode.objects.open().filter(person__staff_number=staff_number, person__is_active=True)
    row = found.select_related("person").first()
    probe = row or OneTimeCode()  # the same work for a number nobody has
    return row if probe.fits(code) and row else None
