"""Entering applications: the membership changes in the same transaction, or nothing does."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from extranet.core import trail
from extranet.core.models import Notice
from extranet.core.notices.words import body_of
from extranet.members import jobs
from extranet.members.models import Department, Membership, MembershipCase, MembershipChange, UnionGroup, User
from extranet.members.services import cases
from extranet.members.services.cases import fields
from tests.members.applications import Kind, Status, approved, entered, handed_in, scheduled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TODAY = date(2026, 11, 25)
LATER = TODAY + timedelta(days=20)


@pytest.fixture(autouse=True)
def _today(on_day):
    on_day(TODAY)


def lines():
    """Return what the history of memberships says, in the order it was written."""
    rows = MembershipChange.objects.order_by("pk")
    return list(rows.values_list("field", "before", "after", "happened_on", "source", "reason"))


def test_joining_makes_a_member_of_today(hall):
    case = entered(hall, Kind.JOIN)
    membership = Membership.objects.get(person=hall.newcomer)
    assert (membership.status, membership.joined_on, membership.branch) == ("active", TODAY, hall.branch)
    assert lines() == [
        ("status", "none", "active", TODAY, "case", "RH-2026-0001"),
        ("joined_on", "", "2026-11-25", TODAY, "case", "RH-2026-0001"),
    ]
    assert (case.status, case.entered_on, case.entered_by, case.due_on) == (
        Status.ENTERED, TODAY, hall.officer, None,
    )  # fmt: skip
    assert trail.check(case) is None


@pytest.mark.parametrize(("first", "joined"), [(date(2015, 3, 1), date(2015, 3, 1)), (None, TODAY)])
def test_a_transfer_in_carries_the_years_of_membership_and_where_they_were(first, joined, hall):
    entered(hall, Kind.ARRIVE, first_joined_on=first)
    assert Membership.objects.get(person=hall.newcomer).joined_on == joined
    assert {line[-1] for line in lines()} == {"ZH-2026-0001 市中医院工会 5201-0042"}


@pytest.mark.parametrize("with_group", [False, True])
def test_a_change_of_branch_moves_the_member_and_tells_the_new_branch(with_group, hall):
    group = UnionGroup.objects.create(branch=hall.surgery, name="普外小组") if with_group else None
    entered(hall, to_group=group)
    membership = Membership.objects.get(person=hall.member)
    assert (membership.branch, membership.group) == (hall.surgery, group)
    assert [line[:3] for line in lines()] == [
        ("branch", "内科分工会", "外科分工会"),
        ("group", "心内小组", "普外小组" if with_group else ""),
    ]
    assert Notice.objects.filter(recipient=hall.surgeon).values_list("title", flat=True).get() == (
        "老会员从今天起属于外科分工会"
    )


def test_a_transfer_out_of_today_ends_access_at_once(hall):
    entered(hall, Kind.DEPART)
    membership = Membership.objects.get(person=hall.member)
    assert (membership.status, membership.left_on) == ("transferred", TODAY)
    assert User.objects.get(pk=hall.member.pk).is_active is False


def test_a_leaving_of_a_later_day_keeps_access_until_then(hall, on_day):
    case = scheduled(hall, takes_effect_on=LATER)
    assert (case.status, case.due_on, case.entered_by, case.entered_on) == (
        Status.SCHEDULED, LATER, hall.officer, None,
    )  # fmt: skip
    jobs.cases.take_effect.func()
    assert User.objects.get(pk=hall.member.pk).is_active is True
    on_day(LATER)
    jobs.cases.take_effect.func()
    jobs.cases.take_effect.func()
    membership = Membership.objects.get(person=hall.member)
    assert (membership.status, membership.left_on) == ("ended", LATER)
    assert User.objects.get(pk=hall.member.pk).is_active is False
    case.refresh_from_db()
    assert (case.status, case.entered_on, case.entered_by) == (Status.ENTERED, LATER, hall.officer)
    assert [(line.verb, line.actor) for line in trail.of(case)][-2:] == [
        ("schedule", hall.officer), ("take_effect", None),
    ]  # fmt: skip
    assert {line[3] for line in lines()} == {LATER}


def test_what_lies_ahead_is_not_entered_today_nor_by_anybody_else(hall):
    case = approved(hall, Kind.LEAVE)
    with pytest.raises(PermissionDenied):
        cases.enter(case, actor=hall.officer)
    with pytest.raises(PermissionDenied):
        cases.schedule(case, actor=hall.chair)
    today = approved(hall, Kind.DEPART)
    with pytest.raises(PermissionDenied):
        cases.schedule(today, actor=hall.officer)
    with pytest.raises(PermissionDenied):
        cases.STEPS["take_effect"].apply(case, actor=hall.officer)
    assert set(MembershipCase.objects.values_list("status", flat=True)) == {Status.APPROVED}
    assert lines() == []


def test_what_cannot_take_effect_stays_open_late_and_is_told(hall, officer, on_day):
    officer("system_administrator", hall.member)
    case = scheduled(hall, takes_effect_on=LATER)
    on_day(LATER)
    assert cases.take_effect_today() == (0, 1)
    assert cases.take_effect_today() == (0, 1)
    case.refresh_from_db()
    assert (case.status, lines()) == (Status.SCHEDULED, [])
    stuck = Notice.objects.filter(recipient=hall.officer, key__contains="stuck")
    assert [(notice.body, body_of(notice)) for notice in stuck] == [
        (
            "这是最后一位系统管理员，请先任命另一位。",
            "This is the last system administrator. Appoint another one first.",
        )
    ]
    on_day(LATER + timedelta(days=1))
    assert MembershipCase.objects.held_by(hall.officer).get() == case
    with pytest.raises(ValidationError, match="last system administrator"):
        cases.enter(case, actor=hall.officer)
    officer("system_administrator")
    cases.enter(case, actor=hall.officer)
    assert Membership.objects.get(person=hall.member).left_on == LATER


CORRECTED = [
    ("name", "老会元", "老会员", "老会元"),
    ("mobile", "138-0000-1234", "****", "138****1234"),
    ("sex", "female", "", "female"),
    ("born_in", "1990-05", "", "1990-05-01"),
    ("born_in", "1990-05-17", "", "1990-05-01"),
    ("joined_on", "2019-07-01", "2026-01-01", "2019-07-01"),
    ("post", "  护士  长 ", "", "护士 长"),
    ("title", "副主任护师", "", "副主任护师"),
    ("employment", "聘用", "", "聘用"),
]


@pytest.mark.parametrize(("field", "wanted", "before", "after"), CORRECTED)
def test_a_correction_writes_the_field_and_its_history(field, wanted, before, after, hall):
    if field == "mobile":
        User.objects.filter(pk=hall.member.pk).update(mobile="12345")
        hall.member.mobile = "12345"
    entered(hall, Kind.CORRECT, field=field, wanted=wanted)
    assert [line[:3] for line in lines()] == [(field, before, after)]
    membership = Membership.objects.select_related("person").get(person=hall.member)
    kept = fields.present(membership, field)
    assert kept == ("13800001234" if field == "mobile" else after)


def test_a_mobile_written_for_the_first_time_has_nothing_before(hall):
    entered(hall, Kind.CORRECT, field="mobile", wanted="13800001234")
    assert [line[1:3] for line in lines()] == [("", "138****1234")]


def test_a_corrected_department_takes_branch_and_group_along(hall):
    ward = Department.objects.create(name="普外科", branch=hall.surgery)
    case = entered(hall, Kind.CORRECT, field="department", wanted=str(ward.pk))
    membership = Membership.objects.get(person=hall.member)
    assert (membership.department, membership.branch, membership.group) == (ward, hall.surgery, None)
    said = dict(cases.facts(case))
    assert (said["The roster says"], said["What is right"]) == ("心内科", "普外科")


@pytest.mark.parametrize(
    ("kind", "other", "meanwhile", "words"),
    [
        (Kind.MOVE, {}, {"branch": None, "group": None}, "老会员（900008） belongs to no branch by now"),
        (
            Kind.LEAVE,
            {"takes_effect_on": TODAY},
            {"status": "ended"},
            "ended by now, so this cannot be entered",
        ),
        (Kind.CORRECT, {}, {"post": "护士长"}, "The roster says “护士长” by now, no longer “nothing”"),
    ],
)
def test_what_changed_meanwhile_is_said_and_nothing_is_entered(kind, other, meanwhile, words, hall):
    case = approved(hall, kind, **other)
    Membership.objects.filter(person=hall.member).update(**meanwhile)
    told = Notice.objects.count()
    with pytest.raises(ValidationError) as raised:
        cases.enter(case, actor=hall.officer)
    assert words.removeprefix("老会员（900008）") in raised.value.messages[0]
    assert (case.status, MembershipCase.objects.get().status) == (Status.APPROVED, Status.APPROVED)
    assert (lines(), Notice.objects.count(), trail.of(case).count()) == ([], told, 2)


@pytest.mark.parametrize("what", ["branch", "group", "department"])
def test_a_place_that_was_closed_meanwhile_is_named(what, hall):
    place = {
        "branch": hall.surgery,
        "group": UnionGroup.objects.create(branch=hall.surgery, name="普外小组"),
        "department": Department.objects.create(name="普外科", branch=hall.surgery),
    }[what]
    if what == "department":
        case = approved(hall, Kind.CORRECT, field="department", wanted=str(place.pk))
    else:
        case = approved(hall, **({"to_group": place} if what == "group" else {}))
    type(place).objects.filter(pk=place.pk).update(closed_on=TODAY)
    case = MembershipCase.objects.get()
    with pytest.raises(ValidationError, match="closed meanwhile"):
        cases.enter(case, actor=hall.officer)
    assert lines() == []


def test_scheduling_looks_at_the_roster_too(hall):
    case = approved(hall, Kind.LEAVE)
    Membership.objects.filter(person=hall.member).update(status="ended")
    with pytest.raises(ValidationError, match="ended by now"):
        cases.schedule(case, actor=hall.officer)
    assert MembershipCase.objects.get().status == Status.APPROVED


@pytest.mark.parametrize("kind", Kind.values)
def test_what_an_application_says_is_told_whole(kind, hall):
    said = dict(cases.facts(handed_in(hall, kind)))
    assert said["Applicant"].endswith("· 心内科")
    assert said["Branch union"] == hall.branch
    assert len(said) == {"join": 3, "arrive": 6, "move": 5, "depart": 5, "leave": 5, "correct": 6}[kind]


def test_the_morning_reminds_of_what_is_late(hall, on_day):
    handed_in(hall)
    on_day(LATER)
    jobs.cases.remind_of_the_late.func()
    assert Notice.objects.filter(recipient=hall.chair, key__contains="overdue").count() == 1
