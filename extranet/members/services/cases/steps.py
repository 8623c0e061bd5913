"""The steps of an application: buttons, checks, history and diagram are read from this table alone."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from extranet.core.workflow import Note, Steps, Transition
from extranet.members.models import MembershipCase

Status = MembershipCase.Status
HAND_IN = "hand_in"
"""The verb of the first line of every trail; it comes from nowhere, so it is no step."""
HANDED_IN = pgettext_lazy("application", "handed in")


def _step(  # noqa: PLR0913, PLR0917 - one line of the table
    verb: str,
    label: object,
    done: object,
    permission: str,
    sources: set[str],
    target: str,
    *,
    note: Note = "optional",
    hint: object = "",
    grave: bool = False,
    by_house: bool = False,
) -> Transition:
    return Transition(
        verb=verb,
        label=label,
        done=done,
        permission=f"members.case_{permission}",
        sources=frozenset(sources),
        target=target,
        note=note,
        hint=hint,
        grave=grave,
        by_house=by_house,
    )


STEPS = Steps(
    (
        _step(
            "approve", _("Approve"), _("approved for the branch"), "answer",
            {Status.HANDED_IN}, Status.APPROVED,
            hint=_("It goes to the union office then, which enters it within three working days."),
        ),
        _step(
            "return", _("Return for completion"), _("returned for completion"), "answer",
            {Status.HANDED_IN}, Status.RETURNED, note="required",
            hint=_("Say what is missing or wrong, in words the member can act on."),
        ),
        _step(
            "decline", _("Decline"), _("declined"), "decline",
            {Status.HANDED_IN, Status.RETURNED}, Status.DECLINED, note="required",
            hint=_("The member reads your reason, and how to object."), grave=True,
        ),
        _step(
            "enter", _("Enter into the roster"), _("entered into the roster"), "enter",
            {Status.APPROVED, Status.SCHEDULED}, Status.ENTERED,
            hint=_("The membership changes at once and the member is told."),
        ),
        _step(
            "schedule", _("Enter for its day"), _("entered for its day"), "schedule",
            {Status.APPROVED}, Status.SCHEDULED,
            hint=_("The change is made by itself on the day; until then the member may withdraw it."),
        ),
        _step(
            "send_back", _("Return for completion"), _("returned for completion"), "keep",
            {Status.APPROVED}, Status.RETURNED, note="required",
            hint=_("Say what is missing or wrong, in words the member can act on."),
        ),
        _step(
            "refuse", _("Decline"), _("declined"), "keep",
            {Status.APPROVED, Status.SCHEDULED}, Status.DECLINED, note="required",
            hint=_("The member reads your reason, and how to object."), grave=True,
        ),
        _step(
            "take_effect", _("Take effect"), _("took effect"), "take_effect",
            {Status.SCHEDULED}, Status.ENTERED, note="none", by_house=True,
        ),
        _step(
            "hand_in_again", _("Hand in again"), _("handed in again"), "own",
            {Status.RETURNED}, Status.HANDED_IN,
        ),
        _step(
            "withdraw", _("Withdraw"), _("withdrawn"), "own",
            {Status.HANDED_IN, Status.RETURNED, Status.APPROVED, Status.SCHEDULED}, Status.WITHDRAWN,
            hint=_("Nothing changes then. You can hand in a new one at any time."), grave=True,
        ),
        _step(
            "urge", _("Urge"), _("urged"), "urge", {Status.HANDED_IN}, Status.HANDED_IN, note="none",
            hint=_("Reminds whoever answers for the branch; at most once a day."),
        ),
    )
)  # fmt: skip
