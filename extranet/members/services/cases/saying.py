"""What an application says, for its page and its paper."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from cms.kit.templatetags.house import han_date, long_date
from extranet.members.models import MembershipCase
from extranet.members.selectors.cases import applicant

from . import fields
from .kinds import Kind

Pairs = list[tuple[Any, Any]]


def facts(case: MembershipCase) -> Pairs:
    """Return what an application says, as pairs of a word and its value; what is empty is left out."""
    pairs = [
        (_("Matter"), case.get_kind_display()),
        (_("Applicant"), applicant(case)),
        (_("Branch union"), case.branch or _("none yet")),
        *_OF_KIND.get(case.kind, _nothing)(case),
        (_("Explanation"), case.reason),
        (_("Entered on"), long_date(case.entered_on)),
        (_("Entered by"), case.entered_by.name if case.entered_by else ""),
    ]
    return [(label, value) for label, value in pairs if value]


def _nothing(_case: MembershipCase) -> Pairs:
    return []


def _arrive(case: MembershipCase) -> Pairs:
    return [
        (_("From the union"), case.other_union),
        (_("Membership card there"), case.other_card),
        (_("First joined a union on"), long_date(case.first_joined_on)),
    ]


def _move(case: MembershipCase) -> Pairs:
    return [(_("To the branch union"), case.to_branch), (_("To the group"), case.to_group)]


def _depart(case: MembershipCase) -> Pairs:
    return [(_("To the union"), case.other_union), *_leave(case)]


def _leave(case: MembershipCase) -> Pairs:
    return [(_("From which day"), han_date(case.takes_effect_on))]


def _correct(case: MembershipCase) -> Pairs:
    return [
        (_("What is wrong"), case.get_field_display()),
        (_("The roster says"), fields.in_words(case.field, case.present) or _("nothing")),
        (_("What is right"), fields.in_words(case.field, case.wanted)),
    ]


_OF_KIND: dict[str, Callable[[MembershipCase], Pairs]] = {
    Kind.ARRIVE: _arrive,
    Kind.MOVE: _move,
    Kind.DEPART: _depart,
    Kind.LEAVE: _leave,
    Kind.CORRECT: _correct,
}
