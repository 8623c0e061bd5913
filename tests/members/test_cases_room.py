"""What the house is told about applications: the desk, queues, figures, evidence; and the demo."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cms.kit.rooms import Wanted
from extranet.core import trail
from extranet.members.demo import cases as demo
from extranet.members.demo import hospital
from extranet.members.demo import load as load_hospital
from extranet.members.models import Membership, MembershipCase
from extranet.members.room import cases as room
from extranet.members.services import cases
from extranet.members.services.cases import fields
from tests.members.applications import (
    Kind,
    Status,
    declined,
    entered,
    handed_in,
    returned,
    scheduled,
    withdrawn,
)

pytestmark = pytest.mark.django_db


def test_ones_own_are_told_with_their_way_open_and_closed_apart(hall):
    open_one, over = returned(hall, Kind.DEPART), declined(hall)
    entered(hall)
    told = room.cases(hall.member, Wanted(limit=5, closed=False))
    assert (told.total, told.items[0].number, told.items[0].mine) == (1, open_one.number, True)
    closed = room.cases(hall.member, Wanted(limit=1, closed=True))
    assert closed.total == 2
    assert [stop.state for stop in closed.items[0].stops] == ["done", "done", "done"]
    (broke_off,) = [
        item for item in room.cases(hall.member, Wanted(limit=9)).items if item.number == over.number
    ]
    assert [stop.state for stop in broke_off.stops] == ["done", "ended"]
    assert room.cases(hall.member, Wanted(limit=9, year=1999)).total == 0
    assert room.cases(hall.member, Wanted(limit=9, year=timezone.localdate().year)).total == 3


def test_in_whose_hands_it_is(hall):
    assert room.holder(handed_in(hall)) == hall.branch
    assert room.holder(returned(hall, Kind.DEPART)) == "老会员"
    assert str(room.holder(scheduled(hall))) == "不用办理，到日自动生效"
    assert str(room.holder(withdrawn(hall, Kind.CORRECT))) == ""
    hall.chair.offices.all().delete()
    case = MembershipCase.objects.get(kind=Kind.MOVE)
    assert str(room.holder(case)) == "工会办公室"


def test_a_queue_is_told_to_whoever_works_at_it(hall):
    case = handed_in(hall)
    MembershipCase.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    (queue,) = room.queues(hall.chair)
    assert (queue.number, queue.overdue, queue.due_on) == (1, 1, case.held_since - timedelta(days=1))
    assert list(room.queues(hall.member)) == []
    (empty,) = room.queues(hall.officer)
    assert (empty.number, empty.overdue, empty.due_on) == (0, 0, None)


def test_the_way_in_is_for_whoever_has_signed_in(hall):
    assert [tile.url for tile in room.tiles(hall.member)] == ["/extranet/members/cases/"]
    assert list(room.tiles(AnonymousUser())) == []


def test_figures_and_evidence_are_what_was_entered_in_the_period(hall):
    case = entered(hall)
    handed_in(hall, Kind.DEPART)
    today = timezone.localdate()
    counted = {figure.key: figure.value for figure in room.figures(today, today)}
    assert counted == {f"membership.{kind}": int(kind == "move") for kind in Kind.values}
    assert [one.title for one in room.evidence(today, today)] == [str(case)]
    before = today - timedelta(days=1)
    assert sum(figure.value for figure in room.figures(before, before)) == 0


def test_the_demo_shows_every_state_and_is_loaded_once(private, monkeypatch):
    load_hospital(lambda line: None, members=300)
    said = []
    demo.load(said.append)
    demo.load(said.append)
    assert said == ["已建好 13 件会籍申请，各种状态都有。", "演示用的会籍申请已经在了。"]
    assert set(MembershipCase.objects.values_list("status", flat=True)) == set(Status.values)
    assert MembershipCase.objects.overdue().count() == 1
    assert all(trail.check(case) is None for case in MembershipCase.objects.all())
    newcomer = Membership.objects.get(person__staff_number=demo.NEWCOMER.staff_number)
    assert (newcomer.status, newcomer.department.name) == ("none", demo.HOME)
    assert [account.name for account in demo.accounts()] == ["白露"]
    assert [one.closed for one in cases.openings(newcomer.person)].count("") == 3
    assert hospital.BRANCHES


def test_a_demo_without_an_office_says_what_is_missing(db):
    with pytest.raises(LookupError, match="membership_officer"):
        demo._officer()


@pytest.mark.parametrize(
    ("field", "kept", "words"),
    [
        ("sex", "female", str(Membership.Sex.FEMALE.label)),
        ("sex", "x", "x"),
        ("born_in", "1990-05-01", "1990年5月"),
        ("joined_on", "2019-07-01", "2019年7月1日（周一）"),
        ("post", "护士", "护士"),
        ("department", "", ""),
        ("department", "999999", ""),
    ],
)
def test_what_is_kept_of_a_field_is_read_as_people_read_it(field, kept, words, db):
    assert fields.in_words(field, kept) == words


def test_without_officers_nobody_is_told_and_nothing_breaks(hall):
    case = handed_in(hall)
    for officer in (hall.chair, hall.officer, hall.president):
        officer.offices.all().delete()
    assert cases.holders(MembershipCase.objects.get()) == []
    MembershipCase.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert cases.remind() == 1
    assert case.is_open
