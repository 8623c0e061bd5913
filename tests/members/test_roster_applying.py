"""Entering a checked roster: everything or nothing, and every change on record."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from cms.kit.jobs import run_waiting
from extranet.members.jobs import hand_over
from extranet.members.models import (
    Branch,
    Department,
    DepartmentEvent,
    Membership,
    MembershipChange,
    Office,
    OfficeKind,
    UnionGroup,
    User,
)
from extranet.members.services import roster as taking_in
from extranet.members.services import roster_apply
from tests.members.rosters import ALL, TICKS, checked, entered, member, ward

pytestmark = pytest.mark.django_db
WHOLE = [
    *(
        "100001",
        "张小梅",
        "女",
        "1990年5月",
        "消化内科",
        "护士",
        "护师",
        "在编",
        "13800000000",
        "Zhang@example.org",
    ),
    *("2018.3.12", "第一分工会", "消化内科小组", "倒班", "在籍"),
]


def ask(roster, officer, ticked=TICKS):
    return roster_apply.apply(roster, officer=officer, ticked=ticked)


def changes(staff_number):
    rows = MembershipChange.objects.filter(membership__person__staff_number=staff_number).order_by("pk")
    return [(row.field, row.before, row.after, row.source) for row in rows]


def test_a_new_person_is_entered_whole_and_cannot_sign_in_yet(keeper_of_the_roster):
    department = ward()
    roster = entered(keeper_of_the_roster, [WHOLE], ALL)
    made = User.objects.get(staff_number="100001")
    assert (made.name, made.mobile, made.email) == ("张小梅", "13800000000", "zhang@example.org")
    assert (made.is_active, made.has_usable_password(), made.is_superuser) == (True, False, False)
    entry = made.membership
    assert (entry.status, entry.sex, entry.shift) == ("active", "female", "rotating")
    assert (entry.post, entry.title, entry.employment) == ("护士", "护师", "在编")
    assert (f"{entry.joined_on}", f"{entry.born_in}", entry.left_on) == ("2018-03-12", "1990-05-01", None)
    assert (entry.department, entry.branch, entry.group) == (department, department.branch, department.group)
    assert changes("100001") == [("status", "", "active", "roster")]
    line = MembershipChange.objects.get(membership=entry)
    assert (line.actor, line.reason, line.happened_on) == (
        keeper_of_the_roster, "花名册.csv", timezone.localdate(),
    )  # fmt: skip
    assert (roster.applied_by, roster.counts["new"]) == (keeper_of_the_roster, 1)


def test_every_changed_field_leaves_a_line(keeper_of_the_roster, person):
    old, new = ward("内科", "第一分工会", "内科小组"), ward("外科", "第二分工会", "外科小组")
    member(
        person,
        staff_number="200001",
        name="张梅",
        mobile="13800000001",
        department=old,
        branch=old.branch,
        group=old.group,
    )
    rows = [["200001", "张小梅", "外科", "13800000002", "夜班"]]
    entered(keeper_of_the_roster, rows, ("工号", "姓名", "部门", "手机", "班次"))
    entry = Membership.objects.select_related("person").get(person__staff_number="200001")
    assert (entry.person.name, entry.person.mobile) == ("张小梅", "13800000002")
    assert (entry.department, entry.branch, entry.group, entry.shift) == (new, new.branch, new.group, "night")
    assert set(changes("200001")) == {
        ("name", "张梅", "张小梅", "roster"),
        ("mobile", "13800000001", "13800000002", "roster"),
        ("department", "内科", "外科", "roster"),
        ("branch", "第一分工会", "第二分工会", "roster"),
        ("group", "内科小组", "外科小组", "roster"),
        ("shift", "", "night", "roster"),
    }


def test_whoever_leaves_is_out_at_the_next_request_and_keeps_their_records(
    keeper_of_the_roster, person, client_of, homepage
):
    leaving = member(person, staff_number="200001", name="走", joined_on="2010-01-01").person
    client = client_of(leaving)
    assert client.get("/accounts/login/").wsgi_request.user.is_authenticated
    entered(keeper_of_the_roster, [["200009", "新"]], complete=True)
    leaving.refresh_from_db()
    assert (leaving.is_active, leaving.membership.status) == (False, "transferred")
    assert leaving.membership.left_on == timezone.localdate()
    assert not client.get("/accounts/login/").wsgi_request.user.is_authenticated
    assert User.objects.filter(pk=leaving.pk).exists()


def test_the_offices_of_those_who_leave_end_with_a_tick(keeper_of_the_roster, person):
    entry = member(person, staff_number="200001", name="走")
    kind = OfficeKind.objects.create(slug="group_leader", name="小组长")
    office = Office.objects.create(person=entry.person, kind=kind, starts_on="2024-01-01")
    roster = checked(keeper_of_the_roster, [["200009", "新"]], complete=True)
    row = roster.rows.get(kind="leaving")
    assert (row.is_protected, row.findings[0][3]) == (True, {"offices": "小组长"})
    for ticked in [(), ("leaving",), ("leaving", "doubtful")]:
        with pytest.raises(ValidationError) as caught:
            ask(roster, keeper_of_the_roster, ticked)
        assert "offices" in caught.value.message_dict
    ask(roster, keeper_of_the_roster)
    roster_apply.enter(roster.pk)
    office.refresh_from_db()
    today = timezone.localdate()
    assert (office.stopped_on, office.ends_on) == (today, today - timedelta(days=1))
    assert not office.runs(today)
    assert ("office", "", timezone.localdate().isoformat(), "roster") in changes("200001")


def test_parts_that_were_allowed_are_founded_with_their_history(keeper_of_the_roster):
    answers = {
        "department": {"消化内科": "create"},
        "branch": {"第一分工会": "create"},
        "group": {"第一分工会/消化内科小组": "create"},
    }
    roster = entered(keeper_of_the_roster, [WHOLE], ALL, answers=answers)
    department, branch, group = Department.objects.get(), Branch.objects.get(), UnionGroup.objects.get()
    assert (department.name, department.branch, group.branch) == ("消化内科", branch, branch)
    entry = Membership.objects.get(person__staff_number="100001")
    assert (entry.department, entry.branch, entry.group) == (department, branch, group)
    assert DepartmentEvent.objects.get().kind == "opened"
    assert roster.made["group"] == {"第一分工会/消化内科小组": group.pk}


def test_a_closed_branch_of_the_name_is_opened_again(keeper_of_the_roster):
    closed = Branch.objects.create(name="第一分工会", closed_on="2024-01-01")
    rows, headers = [["100001", "张", "第一分工会"]], ("工号", "姓名", "分工会")
    entered(keeper_of_the_roster, rows, headers, answers={"branch": {"第一分工会": "create"}})
    closed.refresh_from_db()
    assert closed.closed_on is None


def test_two_people_exchange_mobile_and_mail_address(keeper_of_the_roster, person):
    member(person, staff_number="200001", name="甲", mobile="13800000001", email="a@example.org")
    member(person, staff_number="200002", name="乙", mobile="13800000002", email="b@example.org")
    rows = [
        ["200001", "甲", "13800000002", "b@example.org"],
        ["200002", "乙", "13800000001", "a@example.org"],
    ]
    entered(keeper_of_the_roster, rows, ("工号", "姓名", "手机", "邮箱"))
    held = dict(User.objects.filter(staff_number__startswith="20").values_list("staff_number", "email"))
    assert held == {"200001": "b@example.org", "200002": "a@example.org"}


def test_whoever_comes_back_is_let_in_again(keeper_of_the_roster, person):
    entry = member(person, staff_number="200001", name="回", status="transferred", left_on="2024-05-01")
    User.objects.filter(pk=entry.person_id).update(is_active=False)
    entered(
        keeper_of_the_roster,
        [["200001", "回", "在籍", "2025-01-01"]],
        ("工号", "姓名", "会员状态", "入会日期"),
    )
    entry.refresh_from_db()
    assert (entry.status, entry.left_on, entry.person.is_active) == ("active", None, True)


def test_an_account_an_administrator_switched_off_stays_off(keeper_of_the_roster, person):
    entry = member(person, staff_number="200001", name="停")
    User.objects.filter(pk=entry.person_id).update(is_active=False)
    entered(keeper_of_the_roster, [["200001", "停", "护师"]], ("工号", "姓名", "职称"))
    entry.refresh_from_db()
    assert (entry.title, entry.person.is_active) == ("护师", False)


def test_an_account_without_a_membership_gets_one(keeper_of_the_roster, person):
    person(staff_number="200001", name="编辑")
    entered(keeper_of_the_roster, [["200001", "编辑", "2018-03-12"]], ("工号", "姓名", "入会日期"))
    entry = Membership.objects.get(person__staff_number="200001")
    assert (entry.status, f"{entry.joined_on}", changes("200001")) == (
        "active", "2018-03-12", [("status", "", "active", "roster")],
    )  # fmt: skip


@pytest.mark.parametrize("trap", ["errors", "nothing", "not checked"])
def test_what_cannot_be_entered_is_refused_and_leaves_nothing(keeper_of_the_roster, person, trap):
    member(person, staff_number="200001", name="张")
    rows = [["200001", "张"]] if trap == "nothing" else [["200009", ""]]
    roster = checked(keeper_of_the_roster, rows)
    if trap == "not checked":
        roster = taking_in.drop(roster, officer=keeper_of_the_roster)
    with pytest.raises(ValidationError):
        ask(roster, keeper_of_the_roster)
    roster.refresh_from_db()
    assert roster.status == ("dropped" if trap == "not checked" else "checked")
    assert MembershipChange.objects.count() == 0


def test_whoever_keeps_no_roster_enters_none(keeper_of_the_roster, person, admin):
    roster = checked(keeper_of_the_roster, [["200009", "新"]])
    for somebody in (person(), admin):
        with pytest.raises(PermissionDenied):
            ask(roster, somebody)
    roster.refresh_from_db()
    assert roster.status == "checked"


@pytest.mark.parametrize("moved", ["the person", "the number", "the department", "the mobile"])
def test_a_house_that_changed_under_the_preview_refuses_and_shows_the_new_one(
    keeper_of_the_roster, person, moved
):
    department = ward()
    entry = member(person, staff_number="200001", name="张", title="护士")
    rows = [["200001", "张", "护师", "消化内科", ""], ["200009", "新", "", "", "13800000009"]]
    roster = checked(keeper_of_the_roster, rows, ("工号", "姓名", "职称", "部门", "手机"))
    seen = roster.digest
    ask(roster, keeper_of_the_roster)
    if moved == "the person":
        Membership.objects.filter(pk=entry.pk).update(title="主管护师")
    elif moved == "the number":
        person(staff_number="200009", name="他人")
    elif moved == "the department":
        Department.objects.filter(pk=department.pk).update(closed_on=timezone.localdate())
    else:
        person(mobile="13800000009")
    roster_apply.enter(roster.pk)
    roster.refresh_from_db()
    assert (roster.status, roster.trouble, roster.applied_at) == ("checked", "changed", None)
    assert roster.digest != seen
    assert MembershipChange.objects.count() == 0
    assert not Membership.objects.filter(person__staff_number="200009").exists()


def test_an_error_half_way_writes_nothing_at_all(keeper_of_the_roster, monkeypatch):
    roster = checked(keeper_of_the_roster, [["200008", "甲"], ["200009", "乙"]])
    ask(roster, keeper_of_the_roster)

    def fail(*_args):
        raise IntegrityError

    monkeypatch.setattr(roster_apply, "_enter_known", fail)
    roster_apply.enter(roster.pk)
    roster.refresh_from_db()
    assert (roster.status, roster.trouble) == ("checked", "changed")
    assert not User.objects.filter(staff_number__startswith="2000").exists()


def test_entering_twice_enters_once(keeper_of_the_roster):
    roster = entered(keeper_of_the_roster, [["200009", "新"]])
    roster_apply.enter(roster.pk)
    assert User.objects.filter(staff_number="200009").count() == 1
    assert len(changes("200009")) == 1
    with pytest.raises(ValidationError):
        ask(roster, keeper_of_the_roster)


def test_the_worker_does_each_step(keeper_of_the_roster):
    roster = checked(keeper_of_the_roster, [["200009", "新"]])
    hand_over(ask(roster, keeper_of_the_roster))
    hand_over(type(roster).objects.get())
    assert run_waiting() == 1
    roster.refresh_from_db()
    assert (roster.status, roster.progress) == ("applied", 100)


def test_a_thousand_rows_ask_a_few_questions_more_than_ten(keeper_of_the_roster, connection_count):
    def cost(first, count):
        rows = [[str(first + n), "张", f"{13_000_000_000 + first + n}"] for n in range(count)]
        return connection_count(lambda: entered(keeper_of_the_roster, rows, ("工号", "姓名", "手机")))

    few = cost(300_000, 10)
    assert cost(400_000, 1000) - few <= 60
