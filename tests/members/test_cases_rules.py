"""Applications: who sees one, who may do what; lists and pages agree."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from extranet.core.permissions import may
from extranet.members.models import MembershipCase
from extranet.members.services import cases
from tests.members.applications import Kind, Status, at, entered, fresh, handed_in, scheduled
from tests.members.conftest import LONG_AGO

pytestmark = pytest.mark.django_db

STEPS_OF = {
    "applicant": {
        Status.HANDED_IN: ["withdraw"],
        Status.RETURNED: ["hand_in_again", "withdraw"],
        Status.APPROVED: ["withdraw"],
        Status.SCHEDULED: ["withdraw"],
    },
    "chair": {Status.HANDED_IN: ["approve", "return", "decline"]},
    "officer": {
        Status.HANDED_IN: ["urge"],
        Status.APPROVED: ["enter", "send_back", "refuse"],
        Status.SCHEDULED: ["refuse"],
    },
}
STEPS_OF["president"] = STEPS_OF["officer"]
OTHERS = ["surgeon", "newcomer", "superuser", "vice_chair", "group_leader", "former_chair", "closed_officer"]


def steps_of(user, case):
    return [step.verb for step in cases.STEPS.open_to(user, case)]


@pytest.fixture
def people(hall, officer, person, group, kinds):
    """Everybody whose rights are asked about, by role."""
    former, closed = person(), officer("membership_officer")
    yesterday = timezone.localdate() - timedelta(days=1)
    former.offices.create(
        kind=kinds["branch_chair"], branch=hall.branch, starts_on=LONG_AGO, ends_on=yesterday
    )
    closed.is_active = False
    closed.save()
    return {
        "applicant": hall.member,
        "chair": hall.chair,
        "officer": hall.officer,
        "president": hall.president,
        "surgeon": hall.surgeon,
        "newcomer": hall.newcomer,
        "superuser": person(is_superuser=True),
        "vice_chair": officer("vice_chair"),
        "group_leader": officer("group_leader", group=group),
        "former_chair": former,
        "closed_officer": closed,
    }


@pytest.mark.parametrize("status", Status.values)
def test_lists_show_exactly_what_may_be_seen_and_steps_are_each_in_one_hand(status, hall, people):
    case = at(hall, status)
    seen = {}
    for role, someone in people.items():
        user = fresh(someone)
        seen[role] = may(user, "members.case_view", case)
        assert MembershipCase.objects.visible_to(user).filter(pk=case.pk).exists() is seen[role], role
        steps = steps_of(user, case)
        assert steps == STEPS_OF.get(role, {}).get(status, []), role
    assert {role for role, sees in seen.items() if sees} == {"applicant", "chair", "officer", "president"}


def test_whoever_has_not_signed_in_sees_nothing(hall):
    handed_in(hall)
    assert MembershipCase.objects.visible_to(AnonymousUser()).count() == 0


def test_every_status_ends_or_can_be_left():
    assert cases.STEPS.dead_ends(Status.values) == MembershipCase.FINAL
    assert set(Status.values) == MembershipCase.OPEN | MembershipCase.FINAL


def test_a_day_that_lies_ahead_is_entered_for_its_day_only(hall):
    case = scheduled(hall, Kind.LEAVE)
    case.status = Status.APPROVED
    assert steps_of(hall.officer, case) == [
        "schedule",
        "send_back",
        "refuse",
    ]
    case.takes_effect_on = timezone.localdate()
    assert steps_of(hall.officer, case) == ["enter", "send_back", "refuse"]


@pytest.mark.parametrize("who", ["nobody", "applicant"])
def test_where_a_branch_has_no_chair_the_office_answers(who, hall, officer):
    hall.chair.offices.all().delete()
    if who == "applicant":
        officer("branch_chair", hall.member, branch=hall.branch)
    case = handed_in(hall, by=fresh(hall.member))
    assert steps_of(fresh(hall.member), case) == ["withdraw"]
    for keeper in (hall.officer, hall.president):
        steps = steps_of(fresh(keeper), case)
        assert steps == ["approve", "return", "decline"]
    assert cases.holders(case) == [hall.officer]


def test_an_officer_decides_nothing_about_their_own(hall, member):
    from extranet.members.models import Membership

    hall.chair.offices.all().delete()
    Membership.objects.create(
        person=hall.officer, status="active", joined_on=timezone.localdate(), branch=hall.branch
    )
    case = handed_in(hall, by=hall.officer)
    assert steps_of(hall.officer, case) == ["withdraw"]
    assert cases.holders(case) == [hall.president]
    cases.approve(case, actor=hall.president)
    assert steps_of(hall.officer, case) == ["withdraw"]
    assert steps_of(hall.president, case) == [
        "enter",
        "send_back",
        "refuse",
    ]


def test_what_was_not_completed_in_time_may_be_declined(hall):
    case = at(hall, Status.RETURNED)
    assert not may(hall.chair, "members.case_decline", case)
    MembershipCase.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    case.refresh_from_db()
    assert may(hall.chair, "members.case_decline", case)
    assert not may(hall.member, "members.case_decline", case)


@pytest.mark.parametrize("status", Status.values)
def test_each_one_waits_for_whoever_holds_it_and_nobody_else(status, hall, people):
    case = at(hall, status)
    waits = {
        role
        for role, someone in people.items()
        if MembershipCase.objects.held_by(fresh(someone)).filter(pk=case.pk).exists()
    }
    assert waits == {
        Status.HANDED_IN: {"chair"},
        Status.RETURNED: {"applicant"},
        Status.APPROVED: {"officer", "president", "closed_officer"},
    }.get(status, set())


def test_an_entered_one_waits_for_nobody(hall):
    assert cases.holders(entered(hall)) == []


def test_the_diagram_says_the_steps_and_nothing_else():
    said = (Path(__file__).parents[2] / "extranet" / "README.md").read_text(encoding="utf-8")
    drawn = set(re.findall(r"^    (\w+) --> (\w+): (\w+)", said, re.MULTILINE))
    steps = {(source, step.target, step.verb) for step in cases.STEPS for source in step.sources}
    assert drawn == steps
    assert "[*] --> handed_in: hand_in" in said
    assert {f"{end} --> [*]" for end in MembershipCase.FINAL} <= set(re.findall(r"\w+ --> \[\*\]", said))
