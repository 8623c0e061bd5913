"""Offices of the demo, filled by the same service that fills real ones."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from extranet.members.models import Membership, Office, OfficeKind, User
from extranet.members.services.offices import Term, appoint

from .cast import GUESTS, PLAYERS
from .hospital import Places

YEAR, ONE_DAY = timedelta(days=365), timedelta(days=1)
GROUND = "院工〔2025〕8号"
MORE = {
    "vice_chair": 1, "committee_member": 7, "audit_member": 2, "womens_officer": 5, "proposals_committee": 4,
    "aid_committee": 4, "keeper": 2, "training_officer": 1,
}  # fmt: skip
"""How many of the crowd hold each office, beside those who can sign in."""


def fill_offices(places: Places, players: dict[str, User]) -> int:
    """Give everybody of the cast their office, and branches, groups and committees theirs; return how many.

    Whoever held an office of the kind once, or whose office somebody ended, is left as they are.
    """
    kinds = {kind.slug: kind for kind in OfficeKind.objects.all()}
    today = timezone.localdate()
    term = Term(starts_on=today - YEAR, ends_on=today + 4 * YEAR, ground=GROUND)
    held = set(Office.objects.values_list("person__staff_number", "kind__slug"))
    filled = 0
    for player in (*GUESTS, *PLAYERS):
        person = players.get(player.staff_number)
        if person and player.office and (player.staff_number, player.office) not in held:
            filled += _give(person, kinds[player.office], _of_their_own(person, player.office, term))
    vice = players.get("100004")
    if vice and (vice.staff_number, "vice_chair") not in held:
        filled += _give(vice, kinds["vice_chair"], term)
    if not Office.objects.filter(person__staff_number__startswith="2").exists():
        filled += sum(_give(*one) for one in _of_the_crowd(places, kinds, term))
    return filled


def _of_their_own(person: User, slug: str, term: Term) -> Term:
    membership = Membership.objects.select_related("branch", "group").get(person=person)
    if slug == "system_administrator":
        return Term(starts_on=term.starts_on)
    return Term(
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        ground=term.ground,
        branch=membership.branch,
        group=membership.group,
    )


def _give(person: User, kind: OfficeKind, term: Term) -> int:
    places: dict[str, dict[str, Any]] = {
        OfficeKind.Level.BRANCH: {"branch": term.branch},
        OfficeKind.Level.GROUP: {"group": term.group},
    }
    held = Office.objects.running().filter(kind=kind, **places.get(kind.level, {}))
    if kind.one_holder and held.exists() and _runs_now(term):
        return 0
    appoint(person, kind, term, actor=None)
    return 1


def _runs_now(term: Term) -> bool:
    return term.ends_on is None or term.ends_on >= timezone.localdate()


Given = tuple[User, OfficeKind, Term]


def _of_the_crowd(places: Places, kinds: dict[str, OfficeKind], term: Term) -> Iterator[Given]:
    """Yield who holds what: leaders of groups and branches come from them, committees from everywhere."""
    rows = Membership.objects.active().filter(person__staff_number__startswith="2").select_related("person")
    waiting = list(rows.order_by("person__staff_number"))
    yield from _of_parts(waiting, places, kinds, term)
    former = _take(waiting)
    if former:  # who held the chair before, for the history
        before = Term(
            starts_on=term.starts_on - 5 * YEAR, ends_on=term.starts_on - ONE_DAY, ground="院工〔2020〕3号"
        )
        yield former, kinds["chair"], before
    for slug in (slug for slug, number in MORE.items() for _turn in range(number)):
        somebody = _take(waiting, sex="female") if slug == "womens_officer" else _take(waiting)
        if somebody:
            yield somebody, kinds[slug], term


def _of_parts(
    waiting: list[Membership], places: Places, kinds: dict[str, OfficeKind], term: Term
) -> Iterator[Given]:
    soon = timezone.localdate() + timedelta(days=20)
    for at, group in enumerate(places.groups.values()):
        leader = _take(waiting, group_id=group.pk)
        if leader:
            ends: date | None = soon if at == 0 else term.ends_on  # one term ends soon, for all to see
            yield leader, kinds["group_leader"], Term(starts_on=term.starts_on, ends_on=ends, group=group)
    for branch in places.branches.values():
        chair = _take(waiting, branch_id=branch.pk)
        if chair:
            place = Term(starts_on=term.starts_on, ends_on=term.ends_on, ground=GROUND, branch=branch)
            yield chair, kinds["branch_chair"], place


def _take(waiting: list[Membership], **wanted: object) -> User | None:
    """Take the first who is as wanted out of those who hold nothing yet."""
    for at, one in enumerate(waiting):
        if all(getattr(one, name) == value for name, value in wanted.items()):
            person: User = waiting.pop(at).person
            return person
    return None
