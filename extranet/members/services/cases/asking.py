"""What an application says: checked when it is handed in, and once more when it is entered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.kit.templatetags.house import han_date
from extranet.members.models import Membership, MembershipCase

from . import fields
from .kinds import AHEAD, SORTS, Kind, Sort

LONGEST_REASON = 1000
Asked = Mapping[str, Any]
Wrong = dict[str, Any]


@dataclass(frozen=True)
class Opening:
    """A kind as it stands open to somebody: ``closed`` says why it does not, ``running`` is one handed in."""

    sort: Sort
    closed: str = ""
    running: MembershipCase | None = None


def openings(person: Any) -> list[Opening]:
    """Return every kind, and whether somebody may hand it in now (two queries)."""
    membership = Membership.objects.filter(person=person).first()
    running = {case.kind: case for case in MembershipCase.objects.open().filter(person=person)}
    return [Opening(sort, why_closed(sort, membership), running.get(sort.kind)) for sort in SORTS.values()]


def why_closed(sort: Sort, membership: Membership | None) -> str:
    """Return why an application of this kind is not open to somebody, or nothing."""
    if membership is None:
        return _("You are not on the roster yet. Ask the union office to put you on it.")
    if membership.status in sort.open_to:
        return ""
    if membership.status in {Membership.Status.ACTIVE, Membership.Status.RETAINED}:
        return _("You are a member already.")
    return _("This is for members. Join the union first.")


def checked(kind: str, membership: Membership, asked: Asked) -> dict[str, Any]:
    """Return what an application says, as its fields; raises ValidationError at each field that is wrong."""
    wrong: Wrong = {}
    reason = str(asked.get("reason") or "").strip()
    if len(reason) > LONGEST_REASON:
        wrong["reason"] = _("At most %(most)d characters.") % {"most": LONGEST_REASON}
    said = {"reason": reason} | _OF_KIND[kind](membership, asked, wrong)
    if not reason and kind in {Kind.MOVE, Kind.LEAVE}:
        wrong["reason"] = _("Say in a sentence why.")
    if wrong:
        raise ValidationError(wrong)
    return said


def _join(_membership: Membership, _asked: Asked, _wrong: Wrong) -> dict[str, Any]:
    return {}


def _arrive(_membership: Membership, asked: Asked, wrong: Wrong) -> dict[str, Any]:
    first = asked.get("first_joined_on")
    if first is not None and first > timezone.localdate():
        wrong["first_joined_on"] = _("This day lies ahead.")
    card = str(asked.get("other_card") or "").strip()
    return {"other_union": _union(asked, wrong), "other_card": card[:40], "first_joined_on": first}


def _move(membership: Membership, asked: Asked, wrong: Wrong) -> dict[str, Any]:
    branch, group = asked.get("to_branch"), asked.get("to_group")
    if branch is None or branch.closed_on is not None:
        wrong["to_branch"] = _("Choose the branch union you change to.")
    elif branch.pk == membership.branch_id:
        wrong["to_branch"] = _("You belong to this branch union already. Choose another one.")
    elif group is not None and (group.branch_id != branch.pk or group.closed_on is not None):
        wrong["to_group"] = _("Choose a group of %(branch)s, or leave it empty.") % {"branch": branch}
    return {"to_branch": branch, "to_group": group}


def _depart(membership: Membership, asked: Asked, wrong: Wrong) -> dict[str, Any]:
    return {"other_union": _union(asked, wrong)} | _leave(membership, asked, wrong)


def _leave(_membership: Membership, asked: Asked, wrong: Wrong) -> dict[str, Any]:
    day, today = asked.get("takes_effect_on"), timezone.localdate()
    if day is None:
        wrong["takes_effect_on"] = _("Choose the day from which it holds.")
    elif not today <= day <= today + timedelta(days=AHEAD):
        facts = {"first": han_date(today), "last": han_date(today + timedelta(days=AHEAD))}
        wrong["takes_effect_on"] = _("Choose a day from %(first)s to %(last)s.") % facts
    return {"takes_effect_on": day}


def _correct(membership: Membership, asked: Asked, wrong: Wrong) -> dict[str, Any]:
    field = str(asked.get("field") or "")
    if field not in MembershipCase.Field.values:
        wrong["field"] = _("Choose what is wrong.")
        return {}
    now, wanted = fields.present(membership, field), ""
    try:
        wanted = fields.understood(field, str(asked.get("wanted") or ""))
    except ValidationError as error:
        wrong["wanted"] = error.messages
    if wanted and wanted == now:
        wrong["wanted"] = _("The roster says so already.")
    return {"field": field, "present": now, "wanted": wanted}


_OF_KIND: dict[str, Callable[[Membership, Asked, Wrong], dict[str, Any]]] = {
    Kind.JOIN: _join,
    Kind.ARRIVE: _arrive,
    Kind.MOVE: _move,
    Kind.DEPART: _depart,
    Kind.LEAVE: _leave,
    Kind.CORRECT: _correct,
}


def _union(asked: Asked, wrong: Wrong) -> str:
    name = " ".join(str(asked.get("other_union") or "").split())
    if not name:
        wrong["other_union"] = _("Write the name of the other union.")
    elif len(name) > 80:  # noqa: PLR2004 - the width of its column
        wrong["other_union"] = _("At most %(most)d characters.") % {"most": 80}
    return name


def still_right(case: MembershipCase, membership: Membership) -> None:
    """Raise ValidationError when what an application stands on has changed since it was handed in."""
    if membership.status not in SORTS[case.kind].open_to:
        facts = {"person": membership.person, "status": membership.get_status_display()}
        raise ValidationError(
            _("%(person)s: %(status)s by now, so this cannot be entered. Decline it and say why.") % facts
        )
    if case.kind == Kind.MOVE:
        _still_there(case, membership)
    if case.kind == Kind.CORRECT and (now := fields.present(membership, case.field)) != case.present:
        facts = {
            "now": fields.in_words(case.field, now) or _("nothing"),
            "then": fields.in_words(case.field, case.present) or _("nothing"),
        }
        raise ValidationError(
            _(
                "The roster says “%(now)s” by now, no longer “%(then)s”. "
                "Return it, so that the member looks at it again, or decline it."
            )
            % facts
        )


def _still_there(case: MembershipCase, membership: Membership) -> None:
    if membership.branch_id != case.branch_id:
        raise ValidationError(
            _("%(person)s belongs to %(branch)s by now. Return it, so that the member looks at it again.")
            % {"person": membership.person, "branch": membership.branch or _("no branch")}
        )
    for place in (case.to_branch, case.to_group):
        if place is not None and place.closed_on is not None:
            raise ValidationError(
                _("%(place)s has been closed meanwhile. Return it, so that the member chooses another one.")
                % {"place": place}
            )


def first_day(case: MembershipCase) -> date:
    """Return the day from which the change counts: the one that was asked for, or today."""
    return case.takes_effect_on or timezone.localdate()
