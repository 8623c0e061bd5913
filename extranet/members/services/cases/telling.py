"""Telling whom an application concerns: the member of every step, and whoever must act next."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from extranet.core.models import CaseEvent
from extranet.core.notices import Topic, notify
from extranet.members.models import ANSWERS, KEEPS, MembershipCase, Office, User

from .kinds import Kind, Status
from .steps import HAND_IN

TOPIC = Topic("membership", _("Membership"), icon="card")

_MEMBER = {
    HAND_IN: gettext_noop("We have your %(what)s %(number)s; it is answered by %(day)s"),
    "hand_in_again": gettext_noop("We have your %(what)s %(number)s; it is answered by %(day)s"),
    "approve": gettext_noop("Your branch approved your %(what)s %(number)s"),
    "return": gettext_noop("Your %(what)s %(number)s lacks something; please complete it by %(day)s"),
    "send_back": gettext_noop("Your %(what)s %(number)s lacks something; please complete it by %(day)s"),
    "decline": gettext_noop("Your %(what)s %(number)s was declined; the reason is on its page"),
    "refuse": gettext_noop("Your %(what)s %(number)s was declined; the reason is on its page"),
    "schedule": gettext_noop("Your %(what)s %(number)s takes effect on %(day)s"),
    "enter": gettext_noop("Your %(what)s %(number)s is entered into the roster"),
    "take_effect": gettext_noop("Your %(what)s %(number)s is entered into the roster"),
}
_NEXT = {
    HAND_IN: gettext_noop("%(what)s %(number)s waits for your answer until %(day)s"),
    "hand_in_again": gettext_noop(
        "%(what)s %(number)s was completed and waits for your answer until %(day)s"
    ),
    "urge": gettext_noop("%(what)s %(number)s still waits for your answer; it is due on %(day)s"),
    "approve": gettext_noop("%(what)s %(number)s is approved; please enter it by %(day)s"),
}
_DUTIES = frozenset({"return", "send_back", "decline", "refuse"})
_WITHDRAWN = gettext_noop("%(what)s %(number)s was withdrawn; there is nothing left to do")
_OVERDUE = gettext_noop("%(what)s %(number)s was due on %(day)s and still waits for you")
_LATE = gettext_noop("%(what)s %(number)s was due on %(day)s and nobody has answered it")
_STUCK = gettext_noop("%(what)s %(number)s could not take effect; its page says what stands in the way")
_ARRIVES = gettext_noop("%(person)s belongs to %(branch)s from today")


def tell(case: MembershipCase, event: CaseEvent) -> None:
    """Tell the member what happened, and whoever must act next that it is their turn."""
    if title := _MEMBER.get(event.verb):
        _notify([case.person], case, title, f"{event.sequence}:member", duty=event.verb in _DUTIES)
    if title := _NEXT.get(event.verb):
        _notify(holders(case), case, title, f"{event.sequence}:next", duty=True)
    if case.kind == Kind.MOVE and case.status == Status.ENTERED:
        _tell_new_branch(case)


def tell_withdrawn(case: MembershipCase, event: CaseEvent, holders_then: list[User]) -> None:
    """Tell whoever held it that nothing is left to do."""
    others = [person for person in holders_then if person.pk != event.actor_id]
    _notify(others, case, _WITHDRAWN, f"{event.sequence}:withdrawn")


def tell_stuck(case: MembershipCase, why: str) -> None:
    """Tell the officers that a day came and the change could not be made."""
    with transaction.atomic():
        _notify(
            keepers(case),
            case,
            _STUCK,
            f"stuck:{timezone.localdate()}",
            duty=True,
            body=why.replace("%", "%%"),
        )


def remind() -> int:
    """Remind everybody who holds an application past its day, once for each term; return how many."""
    overdue = list(MembershipCase.objects.open().overdue().select_related("person").with_chairs())
    with transaction.atomic():
        for case in overdue:
            key = f"overdue:{case.held_since}"
            _notify(holders(case), case, _OVERDUE, key, duty=True)
            if case.status == Status.HANDED_IN and case.is_chaired:
                _notify(keepers(case), case, _LATE, f"{key}:office")
    return len(overdue)


def holders(case: MembershipCase) -> list[User]:
    """Return who must act on an application now."""
    if case.status == Status.RETURNED:
        return [case.person]
    if case.status == Status.HANDED_IN and (chairs := _people(case.chairs())):
        return chairs
    return keepers(case) if case.is_open else []


def keepers(case: MembershipCase) -> list[User]:
    """Return the membership officers, or the chair where there is none; never the applicant."""
    for slug in KEEPS:
        offices = Office.objects.running().filter(kind__slug=slug, person__is_active=True)
        if people := _people(offices.exclude(person=case.person_id)):
            return people
    return []


@contextmanager
def unchanged_when_refused(case: MembershipCase) -> Iterator[None]:
    """Bring the caller's object back to what is written when a step that was begun is refused."""
    try:
        yield
    except ValidationError:
        case.refresh_from_db()
        raise


def _people(offices: Any) -> list[User]:
    return [office.person for office in offices.select_related("person")]


def _tell_new_branch(case: MembershipCase) -> None:
    chairs = Office.objects.running().filter(kind__slug=ANSWERS, branch=case.to_branch_id)
    facts = {"person": case.person.name, "branch": str(case.to_branch)}
    notify(
        _people(chairs), topic=TOPIC.slug, title=_ARRIVES, key=f"case:{case.public_id}:arrives", facts=facts
    )


def _notify(  # noqa: PLR0913 - the words of a notice
    people: list[User], case: MembershipCase, title: str, key: str, *, duty: bool = False, body: str = ""
) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        facts: dict[str, Any] = {"what": str(case.get_kind_display()), "number": case.number}
    if case.due_on is not None:
        facts["day"] = case.due_on
    notify(
        people,
        topic=TOPIC.slug,
        title=title,
        body=body,
        facts=facts,
        url=case.get_absolute_url(),
        key=f"case:{case.public_id}:{key}",
        duty=duty,
    )
