"""Entering, changing, staying on, leaving: every change dated and on record; whoever leaves stays outside."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from extranet.core.models.cases import AppendOnlyError
from extranet.core.permissions import may
from extranet.members.models import (
    Branch,
    Department,
    Membership,
    MembershipChange,
    UnionGroup,
    User,
    offices_of,
)
from extranet.members.models.names import spelled
from extranet.members.services.membership import (
    Ground,
    change,
    confirm_shift,
    differences,
    end,
    enter,
    retain,
    transfer_out,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = date(2026, 3, 1)
Status = Membership.Status


@pytest.fixture
def keeper(officer):
    return officer("membership_officer")


@pytest.fixture
def by(keeper):
    return Ground(on=DAY, actor=keeper, reason="入职")


def told(membership):
    return [(line.field, line.before, line.after) for line in membership.changes.order_by("pk")]


# --- Entering ---------------------------------------------------------------------------------


def test_entering_takes_branch_and_group_from_the_department(person, department, by):
    made = enter(person(), by, department=department, post="护士")
    assert (made.status, made.joined_on, made.branch, made.group) == (
        Status.ACTIVE, DAY, department.branch, department.group,
    )  # fmt: skip
    assert told(made) == [
        ("status", "none", "active"),
        ("joined_on", "", "2026-03-01"),
        ("department", "", "心内科"),
        ("branch", "", "内科分工会"),
        ("group", "", "心内小组"),
        ("post", "", "护士"),
    ]
    line = made.changes.first()
    assert (line.happened_on, line.actor, line.source, line.reason) == (DAY, by.actor, "officer", "入职")


def test_somebody_on_the_roster_need_not_have_joined(person, department, by):
    made = enter(person(), by, status=Status.NONE, department=department)
    assert (made.status, made.joined_on) == (Status.NONE, None)
    again = enter(made.person, Ground(on=DAY, actor=by.actor), joined_on=date(2026, 2, 2))
    assert (again.pk, again.status, again.joined_on) == (made.pk, Status.ACTIVE, date(2026, 2, 2))


def test_who_is_a_member_does_not_enter_again(member, by):
    with pytest.raises(ValidationError, match="is a member already"):
        enter(member().person, by)


def test_who_left_may_come_back_and_in(member, by):
    left = member()
    end(left, Ground(on=DAY, actor=by.actor))
    back = enter(left.person, Ground(on=date(2026, 5, 1), actor=by.actor))
    assert (back.status, back.joined_on, back.left_on, back.person.is_active) == (
        Status.ACTIVE, date(2026, 5, 1), None, True,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["nobody in particular", "a branch chair", "an administrator"])
def test_only_who_keeps_the_roster_changes_it_by_hand(person, request, member, branch, who):
    actor = {
        "nobody in particular": person,
        "an administrator": lambda: request.getfixturevalue("admin"),
        "a branch chair": lambda: request.getfixturevalue("officer")("branch_chair", branch=branch),
    }[who]()
    one, ground = member(branch=branch), Ground(on=DAY, actor=actor)
    for step in (
        lambda: enter(person(), ground),
        lambda: change(one, {"post": "主任"}, ground),
        lambda: retain(one, ground),
        lambda: transfer_out(one, ground),
        lambda: end(one, ground),
    ):
        with pytest.raises(PermissionDenied):
            step()
    one.refresh_from_db()
    assert (one.status, one.post, MembershipChange.objects.count()) == (Status.ACTIVE, "", 0)
    assert Membership.objects.count() == 1


def test_nobody_keeps_their_own_roster_data_but_a_case_may(keeper, member):
    own = Membership.objects.create(person=keeper, status=Status.ACTIVE)
    with pytest.raises(PermissionDenied):
        change(own, {"title": "主任医师"}, Ground(on=DAY, actor=keeper))
    change(own, {"title": "主任医师"}, Ground(on=DAY, actor=keeper, source="case"))
    assert own.changes.get().source == "case"


# --- Changing ---------------------------------------------------------------------------------


def test_a_new_department_takes_branch_and_group_along(member, department, by):
    surgery = Branch.objects.create(name="外科分工会")
    other = Department.objects.create(name="骨科", branch=surgery)
    one = member(department=department)
    lines = change(one, {"department": other}, by)
    assert (one.department, one.branch, one.group) == (other, surgery, None)
    assert [line.field for line in lines] == ["department", "branch", "group"]


def test_who_was_placed_by_hand_stays_placed(member, department, by):
    surgery = Branch.objects.create(name="外科分工会")
    other = Department.objects.create(name="骨科", branch=surgery)
    placed = member(department=department, branch=Branch.objects.create(name="机关分工会"), group=None)
    change(placed, {"department": other}, by)
    assert (placed.department, placed.branch.name) == (other, "机关分工会")
    change(placed, {"department": None}, by)
    assert (placed.department, placed.branch.name) == (None, "机关分工会")


def test_a_place_that_is_given_is_taken(member, department, branch, by):
    one = member(department=department)
    change(one, {"department": department, "branch": branch, "group": None}, by)
    assert (one.department, one.group) == (department, None)


def test_a_change_that_changes_nothing_leaves_no_line(member, by):
    one = member(post="护士")
    assert change(one, {"post": "护士"}, by) == []
    assert one.changes.count() == 0


def test_a_group_of_another_branch_and_an_unknown_field_are_refused(member, branch, group, by):
    one = member()
    with pytest.raises(ValidationError, match="心内小组 belongs to 内科分工会"):
        change(one, {"group": group}, by)
    with pytest.raises(KeyError, match="salary"):
        differences(one, {"salary": 1}, by)
    one.refresh_from_db()
    assert (one.group, one.changes.count()) == (None, 0)


def test_history_is_only_added_to(member, by):
    one = member()
    (line,) = change(one, {"post": "护士"}, by)
    line.refresh_from_db()
    with pytest.raises(AppendOnlyError):
        line.save()
    with pytest.raises(AppendOnlyError):
        MembershipChange.objects.filter(pk=line.pk).delete()


# --- Staying on and leaving -------------------------------------------------------------------


def test_a_retained_member_keeps_access(member, by):
    one = member()
    retain(one, by)
    assert (one.status, one.left_on, one.person.is_active) == (Status.RETAINED, None, True)
    with pytest.raises(ValidationError, match="already"):
        retain(one, by)


@pytest.fixture
def led(member, officer, group):
    """A member who leads a group."""
    one = member(group=group, branch=group.branch)
    officer("group_leader", one.person, group=group)
    return one


@pytest.mark.parametrize(("leave", "status"), [(end, "ended"), (transfer_out, "transferred")])
def test_leaving_ends_access_and_offices_at_once_and_keeps_the_records(led, by, client_of, leave, status):
    one = led
    theirs = client_of(one.person)
    assert theirs.get("/accounts/login/").wsgi_request.user.is_authenticated
    leave(one, by)
    person = User.objects.get(pk=one.person_id)
    assert (one.status, one.left_on, person.is_active, offices_of(person)) == (status, DAY, False, [])
    assert not theirs.get("/accounts/login/").wsgi_request.user.is_authenticated
    assert one.changes.filter(field="status").get().after == status
    assert person.offices.get().ended_because
    with pytest.raises(ValidationError, match="already"):
        leave(one, by)


def test_leaving_takes_an_office_that_has_not_begun_along_and_leaves_old_ones(member, officer, by):
    one, today = member(), timezone.localdate()
    officer("keeper", one.person, ends_on=date(2026, 2, 1))
    officer("training_officer", one.person, starts_on=today + timedelta(days=9))
    end(one, by)
    old, coming = one.person.offices.order_by("starts_on")
    assert (old.ended_because, old.stopped_on) == ("", None)
    assert coming.stopped_on == coming.starts_on


def test_the_last_system_administrator_cannot_leave_unnoticed(member, officer, by):
    one = member()
    officer("system_administrator", one.person)
    with pytest.raises(ValidationError, match="the last system administrator"):
        end(one, by)
    one.refresh_from_db()
    assert (one.status, one.person.is_active, one.changes.count()) == (Status.ACTIVE, True, 0)


def test_leaving_tomorrow_is_entered_tomorrow_and_never_before_joining(member, by):
    one = member()
    tomorrow = timezone.localdate() + timedelta(days=1)
    for day in (tomorrow, date(2025, 1, 1)):
        with pytest.raises(ValidationError):
            end(one, Ground(on=day, actor=by.actor))
    one.refresh_from_db()
    assert (one.status, one.person.is_active) == (Status.ACTIVE, True)


# --- Shifts -----------------------------------------------------------------------------------


def test_the_group_leader_confirms_the_shifts_of_their_group(member, officer, group):
    leader, one = officer("group_leader", group=group), member(group=group, branch=group.branch)
    confirm_shift(one, "night", actor=leader)
    assert (one.shift, one.shift_confirmed_by) == ("night", leader)
    assert told(one) == [("shift", "", "night")]
    before = one.shift_confirmed_at
    confirm_shift(one, "night", actor=leader)
    assert one.shift_confirmed_at > before and one.changes.count() == 1
    with pytest.raises(ValidationError) as refused:
        confirm_shift(one, "sometimes", actor=leader)
    assert list(refused.value.message_dict) == ["shift"]


def test_of_others_and_of_themselves_they_confirm_nothing(member, officer, group):
    leader = officer("group_leader", group=group)
    stranger, own = member(), Membership.objects.create(person=leader, group=group, branch=group.branch)
    for one in (stranger, own):
        with pytest.raises(PermissionDenied):
            confirm_shift(one, "night", actor=leader)
        one.refresh_from_db()
        assert one.shift == ""


# --- Who sees whom ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "seen"),
    [
        ("chair", {"here", "near", "away"}),
        ("vice_chair", {"here", "near", "away"}),
        ("membership_officer", {"here", "near", "away"}),
        ("branch_chair", {"here", "near"}),
        ("group_leader", {"here"}),
        ("keeper", set()),
        ("editor", set()),
    ],
)
def test_lists_show_exactly_what_may_be_seen(member, officer, group, slug, seen):
    others = UnionGroup.objects.create(branch=group.branch, name="呼吸小组")
    rows = {
        "here": member(group=group, branch=group.branch),
        "near": member(group=others, branch=group.branch),
        "away": member(),
    }
    places = {"branch_chair": {"branch": group.branch}, "group_leader": {"group": group}}
    somebody = officer(slug, **places.get(slug, {}))
    rows["own"] = Membership.objects.create(person=somebody)
    visible = set(Membership.objects.visible_to(somebody))
    assert {name for name, row in rows.items() if row in visible} == seen | {"own"}
    assert {name for name, row in rows.items() if may(somebody, "members.view", row)} == seen | {"own"}


# --- Names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("张小梅", "zhangxiaomei", "zxm"),
        ("曾 乐", "zengle", "zl"),
        ("单于飞燕", "chanyufeiyan", "cyfy"),
        ("单田", "shantian", "st"),
        ("欧阳修文", "ouyangxiuwen", "oyxw"),
        ("吕绿", "lvlv", "ll"),
        ("Ann Lee", "annlee", "a"),
        ("仇", "chou", "c"),
    ],
)
def test_names_are_found_by_their_sound(name, pinyin, initials):
    assert spelled(name) == (pinyin, initials)


def test_the_sound_follows_the_name_however_it_is_written(person):
    somebody = person(name="张小梅")
    somebody.name = "曾小梅"
    somebody.save(update_fields=["name"])
    somebody.refresh_from_db()
    assert (somebody.name_pinyin, somebody.name_initials) == ("zengxiaomei", "zxm")
    User.objects.bulk_create([User(staff_number="777001", name="仇英")])
    assert User.objects.get(staff_number="777001").name_pinyin == "qiuying"
