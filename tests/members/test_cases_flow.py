"""Applications: from hand to hand, with numbers, terms, words, notices; a refusal leaves nothing behind."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from extranet.core import trail
from extranet.core.models import Attachment, Counter, Notice, SpecialDay
from extranet.core.submissions import once
from extranet.core.workflow import StepTakenError
from extranet.members.models import Branch, Membership, MembershipCase, UnionGroup
from extranet.members.services import cases
from extranet.members.services.cases.handing_in import as_said
from tests.members.applications import (
    WORDS,
    Kind,
    Status,
    approved,
    asked,
    bring,
    declined,
    entered,
    fresh,
    handed_in,
    returned,
    scheduled,
    whose,
    withdrawn,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.fixture(autouse=True)
def _today(on_day):
    on_day(TODAY)


def told(person):
    """Return what somebody was told, newest last, with whether it is a duty."""
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("title", "is_duty"))


@pytest.mark.parametrize("kind", Kind.values)
def test_what_is_handed_in_has_number_branch_term_history_and_papers(kind, hall):
    case = handed_in(hall, kind)
    kept = MembershipCase.objects.get()
    assert kept.number == f"{cases.SORTS[kind].series}-2026-0001"
    assert (kept.status, kept.person, kept.branch) == (Status.HANDED_IN, whose(hall, kind), hall.branch)
    assert (kept.held_since, kept.due_on) == (TODAY, date(2026, 12, 2))
    assert [(line.verb, line.actor) for line in trail.of(case)] == [("hand_in", kept.person)]
    assert [paper.slot for paper in Attachment.objects.of(case)] == list(cases.SORTS[kind].needs)
    assert len(told(kept.person)) == len(told(hall.chair)) == 1
    assert told(hall.chair)[0][1] is True
    assert told(hall.officer) == []


def test_numbers_have_no_gaps_and_a_refusal_takes_none(hall, member):
    handed_in(hall)
    with pytest.raises(ValidationError):
        handed_in(hall, Kind.DEPART, other_union=" ")
    again = handed_in(hall, by=member(department=hall.department).person)
    assert again.number == "ZH-2026-0002"
    assert Counter.objects.get(series="ZH").last == 2


def test_the_branch_is_told_how_the_day_was_reckoned(hall):
    SpecialDay.objects.create(day=date(2026, 11, 27), name="调休")
    case = handed_in(hall)
    assert case.due_on == date(2026, 12, 3)
    term = cases.reckoned(case)
    assert [(run.first, run.name) for run in term.skipped] == [
        (date(2026, 11, 27), "调休"),
        (date(2026, 11, 28), ""),
    ]
    SpecialDay.objects.all().delete()
    assert cases.reckoned(case) is None  # the calendar has changed since: the day that was said holds
    assert cases.reckoned(returned(hall, Kind.DEPART)) is None


@pytest.mark.parametrize(
    ("kind", "other", "wrong"),
    [
        (Kind.ARRIVE, {"other_union": "  "}, {"other_union": ["Write the name of the other union."]}),
        (Kind.ARRIVE, {"other_union": "工" * 81}, {"other_union": ["At most 80 characters."]}),
        (Kind.ARRIVE, {"first_joined_on": date(2026, 11, 26)}, {"first_joined_on": ["This day lies ahead."]}),
        (Kind.MOVE, {"to_branch": None}, {"to_branch": ["Choose the branch union you change to."]}),
        (Kind.MOVE, {"reason": " "}, {"reason": ["Say in a sentence why."]}),
        (Kind.LEAVE, {"reason": ""}, {"reason": ["Say in a sentence why."]}),
        (Kind.LEAVE, {"takes_effect_on": None}, {"takes_effect_on": ["Choose the day from which it holds."]}),
        (Kind.CORRECT, {"field": "salary"}, {"field": ["Choose what is wrong."]}),
        (Kind.CORRECT, {"wanted": " "}, {"wanted": ["Write what is right."]}),
        (Kind.CORRECT, {"wanted": "护" * 41}, {"wanted": ["At most 40 characters."]}),
        (Kind.CORRECT, {"field": "sex", "wanted": "x"}, {"wanted": ["Choose one of the two."]}),
        (Kind.CORRECT, {"field": "born_in", "wanted": "五月"}, {"wanted": ["Write the month as 1990-05."]}),
        (
            Kind.CORRECT,
            {"field": "joined_on", "wanted": "2026-02-30"},
            {"wanted": ["Write the day as 2019-07-01."]},
        ),
        (Kind.CORRECT, {"field": "joined_on", "wanted": "2026-12-01"}, {"wanted": ["This day lies ahead."]}),
        (
            Kind.CORRECT,
            {"field": "joined_on", "wanted": "2026-01-01"},
            {"wanted": ["The roster says so already."]},
        ),
        (
            Kind.CORRECT,
            {"field": "department", "wanted": "0"},
            {"wanted": ["Choose one of the departments."]},
        ),
        (
            Kind.CORRECT,
            {"field": "department", "wanted": "心"},
            {"wanted": ["Choose one of the departments."]},
        ),
        (Kind.CORRECT, {"field": "sex", "wanted": "female " * 30}, {"wanted": ["Choose one of the two."]}),
        (Kind.JOIN, {"reason": "愿" * 1001}, {"reason": ["At most 1000 characters."]}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_leaves_nothing(kind, other, wrong, hall):
    with pytest.raises(ValidationError) as raised:
        handed_in(hall, kind, **other)
    assert raised.value.message_dict == wrong
    assert MembershipCase.objects.count() == Counter.objects.count() == Notice.objects.count() == 0
    assert not Attachment.objects.filter(tray="").exists()


@pytest.mark.parametrize("days", [-1, 181])
def test_a_day_out_of_reach_is_refused_with_the_days_that_work(days, hall):
    with pytest.raises(ValidationError) as raised:
        handed_in(hall, Kind.DEPART, takes_effect_on=TODAY + timedelta(days=days))
    (words,) = raised.value.message_dict["takes_effect_on"]
    assert words.startswith("Choose a day from ")


def test_a_branch_is_chosen_that_is_open_and_another_with_a_group_of_its_own(hall, group):
    closed = Branch.objects.create(name="旧分工会", closed_on=TODAY)
    for wrong, said in (
        ({"to_branch": closed}, {"to_branch": ["Choose the branch union you change to."]}),
        (
            {"to_branch": hall.branch},
            {"to_branch": ["You belong to this branch union already. Choose another one."]},
        ),
        ({"to_group": group}, {"to_group": ["Choose a group of 外科分工会, or leave it empty."]}),
    ):
        with pytest.raises(ValidationError) as raised:
            handed_in(hall, **wrong)
        assert raised.value.message_dict == said
    ours = UnionGroup.objects.create(branch=hall.surgery, name="普外小组")
    assert handed_in(hall, to_group=ours).to_group == ours


def test_a_missing_paper_is_named(hall):
    with pytest.raises(ValidationError) as raised:
        cases.hand_in(actor=hall.newcomer, kind=Kind.JOIN, asked={})
    assert raised.value.message_dict == {"application": ["Add this paper: Signed application."]}
    assert MembershipCase.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "kind", "words"),
    [
        ("member", Kind.JOIN, "You are a member already."),
        ("newcomer", Kind.LEAVE, "This is for members. Join the union first."),
        ("officer", Kind.JOIN, "You are not on the roster yet. Ask the union office to put you on it."),
    ],
)
def test_a_kind_that_is_not_open_says_why(who, kind, words, hall):
    actor = getattr(hall, who)
    offered = {opening.sort.kind: opening.closed for opening in cases.openings(actor)}
    assert offered[kind] == words
    with pytest.raises(ValidationError, match=words):
        cases.hand_in(actor=actor, kind=kind, asked=asked(hall, kind))


def test_a_closed_account_hands_in_nothing(hall):
    hall.member.is_active = False
    with pytest.raises(PermissionDenied):
        cases.hand_in(actor=hall.member, kind=Kind.MOVE, asked=asked(hall, Kind.MOVE))


@pytest.mark.parametrize("guard", ["validation", "database"])
def test_one_of_a_kind_is_open_at_a_time(guard, hall, monkeypatch):
    if guard == "database":  # what two tabs in the same instant would do
        monkeypatch.setattr(MembershipCase, "full_clean", lambda self: None)
    first = handed_in(hall)
    with pytest.raises(ValidationError) as raised:
        handed_in(hall)
    assert raised.value.messages == ["You have an application of this kind open already."]
    (open_one,) = [opening.running for opening in cases.openings(hall.member) if opening.running]
    assert open_one == first
    handed_in(hall, Kind.DEPART)
    cases.withdraw(first, actor=hall.member)
    assert handed_in(hall).number == "ZH-2026-0003"


def test_a_double_click_makes_one(hall):
    def make():
        return cases.hand_in(actor=hall.member, kind=Kind.MOVE, asked=asked(hall, Kind.MOVE))

    first, new = once(hall.member, "k" * 32, make)
    second, again = once(hall.member, "k" * 32, make)
    assert (first, new, again) == (second, True, False)
    assert MembershipCase.objects.count() == 1


def test_it_is_returned_with_words_and_a_day_and_comes_back_completed(hall):
    case = handed_in(hall, Kind.JOIN)
    cases.return_for_completion(case, actor=hall.chair, note=" 缺签名页。 ", until=date(2026, 12, 1))
    assert (case.status, case.answer, case.due_on) == (Status.RETURNED, "缺签名页。", date(2026, 12, 1))
    assert told(hall.newcomer)[-1] == ("您的入会申请 RH-2026-0001 还缺材料，请在12月1日（周二）前补齐", True)
    bring(hall.newcomer, cases.tray_of(case), "application")
    cases.hand_in_again(case, actor=hall.newcomer, note="补上了。")
    assert (case.status, case.due_on, Attachment.objects.of(case).count()) == (
        Status.HANDED_IN, date(2026, 12, 2), 2,
    )  # fmt: skip
    assert [line.verb for line in trail.of(case)] == ["hand_in", "return", "hand_in_again"]
    assert trail.check(case) is None
    assert len(told(hall.chair)) == 2


def test_without_a_day_there_are_ten_working_days(hall):
    assert returned(hall).due_on == cases.completion_day() == date(2026, 12, 9)


@pytest.mark.parametrize("until", [TODAY, TODAY + timedelta(days=61)])
def test_a_day_nobody_can_keep_is_refused(until, hall):
    case = handed_in(hall)
    with pytest.raises(ValidationError) as raised:
        cases.return_for_completion(case, actor=hall.chair, note="缺。", until=until)
    assert list(raised.value.message_dict) == ["until"]
    assert MembershipCase.objects.get().status == Status.HANDED_IN


def test_what_is_handed_in_again_may_say_something_else_and_goes_to_the_branch_of_today(hall):
    case = returned(hall, Kind.CORRECT)
    Membership.objects.filter(person=hall.member).update(branch=hall.surgery, group=None)
    cases.hand_in_again(case, actor=hall.member, asked=as_said(case) | {"wanted": "护师"})
    case.refresh_from_db()
    assert (case.wanted, case.branch) == ("护师", hall.surgery)
    assert cases.holders(case) == [hall.surgeon]


def test_handing_in_again_asks_for_what_is_wrong_by_now(hall):
    case = returned(hall, Kind.JOIN)
    Membership.objects.filter(person=hall.newcomer).update(status="active", joined_on=TODAY)
    with pytest.raises(ValidationError, match="You are a member already"):
        cases.hand_in_again(case, actor=hall.newcomer)
    assert (case.status, MembershipCase.objects.get().status) == (Status.RETURNED, Status.RETURNED)


@pytest.mark.parametrize("verb", ["return_for_completion", "decline"])
def test_refusing_asks_for_words(verb, hall):
    case = handed_in(hall)
    with pytest.raises(ValidationError) as raised:
        getattr(cases, verb)(case, actor=hall.chair, note="  ")
    assert raised.value.message_dict == {"note": ["Say in a sentence why."]}
    assert MembershipCase.objects.get().status == Status.HANDED_IN
    assert trail.of(case).count() == 1


def test_the_office_may_return_and_refuse_what_the_branch_approved(hall):
    case = approved(hall)
    cases.return_for_completion(case, actor=hall.officer, verb="send_back", **WORDS)
    assert (case.status, case.answer) == (Status.RETURNED, WORDS["note"])
    other = scheduled(hall)
    cases.decline(other, actor=hall.officer, verb="refuse", **WORDS)
    assert (other.status, other.due_on) == (Status.DECLINED, None)


def test_two_officers_decide_at_once_one_wins_and_the_other_is_told(hall):
    case = handed_in(hall)
    same = MembershipCase.objects.get()
    cases.approve(case, actor=hall.chair)
    with pytest.raises(StepTakenError) as raised:
        cases.decline(same, actor=hall.chair, note="不同意。")
    assert (raised.value.event.actor, raised.value.event.verb) == (hall.chair, "approve")
    before = MembershipCase.objects.get()
    cases.enter(case, actor=hall.officer)
    with pytest.raises(StepTakenError) as raised:
        cases.decline(before, actor=hall.president, note="不同意。", verb="refuse")
    assert (raised.value.event.actor, raised.value.event.verb) == (hall.officer, "enter")
    assert MembershipCase.objects.get().status == Status.ENTERED


@pytest.mark.parametrize("make", [handed_in, returned, approved, scheduled])
def test_a_member_takes_it_back_until_it_is_entered(make, hall):
    case = make(hall)
    held = [person for person in cases.holders(case) if person != hall.member]
    before = {person.pk: len(told(person)) for person in held}
    cases.withdraw(case, actor=hall.member)
    assert (case.status, case.due_on) == (Status.WITHDRAWN, None)
    assert all(len(told(person)) == before[person.pk] + 1 for person in held)


@pytest.mark.parametrize("make", [entered, declined, withdrawn])
def test_what_has_ended_is_not_taken_back(make, hall):
    case = make(hall)
    with pytest.raises(StepTakenError):
        cases.withdraw(case, actor=hall.member)


def test_a_branch_is_urged_once_a_day(hall):
    case = handed_in(hall)
    cases.urge(case, actor=hall.officer)
    assert (case.status, len(told(hall.chair))) == (Status.HANDED_IN, 2)
    with pytest.raises(ValidationError, match="reminded today already"):
        cases.urge(case, actor=hall.officer)
    assert len(told(hall.chair)) == 2


def test_what_is_late_is_said_once_to_whoever_holds_it_and_to_the_office(hall, on_day):
    handed_in(hall)
    returned(hall, Kind.DEPART)
    on_day(date(2026, 12, 3))
    assert cases.remind() == 1
    assert told(hall.chair)[-1][0].startswith("分工会间转会 ZH-2026-0001")
    assert len(told(hall.officer)) == 1
    on_day(date(2026, 12, 10))
    assert cases.remind() == 2
    assert len(told(hall.officer)) == 1
    assert told(hall.member)[-1][1] is True


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "declined", "due_on": None},
        {"status": "returned"},
        {"status": "entered", "due_on": None},
        {"status": "handed_in", "due_on": None},
        {"status": "withdrawn"},
        {"entered_on": TODAY},
        {"status": "scheduled"},
        {"number": None},
        {"to_branch": None},
        {"kind": "arrive"},
        {"kind": "leave"},
        {"kind": "correct"},
    ],
)
def test_the_database_refuses_a_state_without_its_data(broken, hall):
    handed_in(hall)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipCase.objects.update(**broken)
    assert fresh(hall.member).membership_cases.get().status == Status.HANDED_IN


def test_the_database_refuses_to_move_somebody_where_they_are(hall):
    handed_in(hall)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipCase.objects.update(to_branch=hall.branch)
