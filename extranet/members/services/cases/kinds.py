"""What each kind of application is: who may hand it in, what it asks for, how long each hand has for it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from extranet.core.attachments import Slot
from extranet.members.models import Membership, MembershipCase

Kind = MembershipCase.Kind
Status = MembershipCase.Status
Belongs = Membership.Status

TERMS: dict[str, int] = {Status.HANDED_IN: 5, Status.APPROVED: 3}
"""Working days: a branch answers within five, an officer enters within three (issue 5)."""
RULE = _("A branch answers within five working days, the union office enters within three.")
COMPLETION = 10
"""Working days a member is offered for what is missing, unless the officer writes another day."""
LONGEST_COMPLETION = 60
"""Days; later than that nobody remembers what was missing."""
AHEAD = 180
"""Days a leaving or a transfer out may lie ahead: a notice of resignation is shorter."""

APPLICATION, PROOF, LETTER, CARD = "application", "proof", "letter", "card"
SLOTS = (
    Slot(
        slug=APPLICATION,
        label=_("Signed application"),
        hint=_("A photo or scan of the form with your signature."),
        most=5,
    ),
    Slot(
        slug=LETTER,
        label=_("Letter of the other union"),
        hint=_("The transfer letter or the letter of reception, with its seal."),
        most=5,
    ),
    Slot(
        slug=PROOF,
        label=_("Proof"),
        hint=_("Identity card, certificate, contract: whatever shows that it is so. Kept encrypted."),
        most=10,
        sensitive=True,
    ),
    Slot(
        slug=CARD,
        label=_("Membership card there"),
        hint=_("Both sides of the card of your former union."),
        most=4,
        sensitive=True,
    ),
)
"""Papers (材料); what shows more of a person than the application itself lies encrypted."""


@dataclass(frozen=True, kw_only=True)
class Sort:
    """One kind of application: ``series`` begins its numbers, ``needs`` are papers it cannot do without."""

    kind: str
    series: str
    icon: str
    label: Any
    hint: Any
    brings: Any
    takes: Any
    open_to: frozenset[str]
    papers: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def tray(self) -> str:
        """The form under which files wait and the draft is kept."""
        return f"membership:{self.kind}"


MEMBERS = frozenset({Belongs.ACTIVE, Belongs.RETAINED})
_USUAL = _("About 8 working days: your branch answers within 5, the office enters it within 3.")

SORTS = {
    sort.kind: sort
    for sort in (
        Sort(
            kind=Kind.JOIN,
            series="RH",
            icon="card",
            label=_("Join the union"),
            hint=_("You work here and are in no union yet."),
            brings=_("The signed application; who came through an agency adds the contract."),
            takes=_USUAL,
            open_to=frozenset({Belongs.NONE}),
            papers=(APPLICATION, PROOF),
            needs=(APPLICATION,),
        ),
        Sort(
            kind=Kind.ARRIVE,
            series="ZH",
            icon="plus",
            label=_("Bring your membership here"),
            hint=_("You were in the union of another employer; your years of membership go on."),
            brings=_("The transfer letter of that union, and its membership card if you have it."),
            takes=_USUAL,
            open_to=frozenset({Belongs.NONE}),
            papers=(LETTER, CARD),
            needs=(LETTER,),
        ),
        Sort(
            kind=Kind.MOVE,
            series="ZH",
            icon="people",
            label=_("Change to another branch"),
            hint=_("You stay in this house and belong to another branch union from now on."),
            brings=_("Nothing but a sentence why."),
            takes=_USUAL,
            open_to=MEMBERS,
            papers=(PROOF,),
        ),
        Sort(
            kind=Kind.DEPART,
            series="ZH",
            icon="out",
            label=_("Take your membership elsewhere"),
            hint=_("You change to another employer, and its union takes you in."),
            brings=_("The name of that union and your last day here; its letter if you have it."),
            takes=_("About 8 working days; it takes effect on the day you name."),
            open_to=MEMBERS,
            papers=(LETTER,),
        ),
        Sort(
            kind=Kind.LEAVE,
            series="TH",
            icon="close",
            label=_("Leave the union"),
            hint=_("Your membership ends, and with it your access to this house."),
            brings=_("A sentence why, and the day."),
            takes=_("About 8 working days; it takes effect on the day you name."),
            open_to=MEMBERS,
            papers=(APPLICATION,),
        ),
        Sort(
            kind=Kind.CORRECT,
            series="GX",
            icon="pen",
            label=_("Correct what the roster says"),
            hint=_("Name, department, post, month of birth and more: say what is wrong and what is right."),
            brings=_("A paper that shows it: identity card, appointment, certificate."),
            takes=_USUAL,
            open_to=MEMBERS | {Belongs.NONE},
            papers=(PROOF,),
            needs=(PROOF,),
        ),
    )
}
"""Every kind by its key, in the order they are offered."""


def sort_of(case: MembershipCase) -> Sort:
    """Return what an application's kind asks for."""
    return SORTS[case.kind]


def slot_of(slug: str) -> Slot:
    """Return a kind of paper."""
    return next(slot for slot in SLOTS if slot.slug == slug)
