"""Departments, branches and groups: opened, renamed, moved, merged, closed; each on record."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localdate as today

from extranet.members.models import Branch, Department, DepartmentEvent, Membership, UnionGroup
from extranet.members.services.branches import close_part, keep_part
from extranet.members.services.departments import (
    change_department,
    close_department,
    merge,
    open_department,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def chair(officer):
    return officer("chair")


def told(department):
    return [(event.kind, event.before, event.after) for event in department.events.order_by("pk")]


def test_opening_a_department_is_on_record(chair):
    made = open_department({"name": "肾内科", "code": "K031"}, on=today(), actor=chair)
    assert (made.name, made.code, made.closed_on) == ("肾内科", "K031", None)
    assert told(made) == [("opened", "", "肾内科")]
    assert made.events.get().actor == chair


def test_a_group_brings_its_branch(chair, group):
    made = open_department({"name": "肾内科", "group": group}, on=today(), actor=chair)
    assert made.branch == group.branch


@pytest.mark.parametrize("who", ["nobody in particular", "a group leader"])
def test_only_whoever_keeps_the_structure_changes_it(person, officer, group, department, who):
    somebody = officer("group_leader", group=group) if who == "a group leader" else person()
    with pytest.raises(PermissionDenied):
        open_department({"name": "肾内科"}, on=today(), actor=somebody)
    with pytest.raises(PermissionDenied):
        change_department(department, {"name": "肾内科"}, on=today(), actor=somebody)
    with pytest.raises(PermissionDenied):
        merge(department, department, on=today(), actor=somebody)
    with pytest.raises(PermissionDenied):
        close_department(department, on=today(), actor=somebody)
    with pytest.raises(PermissionDenied):
        keep_part(Branch(name="新分工会"), actor=somebody)
    with pytest.raises(PermissionDenied):
        close_part(group, on=today(), actor=somebody)
    assert (Department.objects.count(), DepartmentEvent.objects.count()) == (1, 0)


def test_an_administrator_lays_the_first_stone(admin):
    assert open_department({"name": "肾内科"}, on=today(), actor=admin).pk


def test_a_name_is_given_once_among_open_departments(chair, department):
    with pytest.raises(ValidationError) as refused:
        open_department({"name": "心内科"}, on=today(), actor=chair)
    assert refused.value.messages == ["There is a department of this name already."]
    close_department(department, on=today(), actor=chair)
    assert open_department({"name": "心内科"}, on=today(), actor=chair).pk != department.pk


def test_the_database_has_the_last_word_about_a_name(chair, department, monkeypatch):
    monkeypatch.setattr(Department, "full_clean", lambda self, **_more: None)  # the same instant
    with pytest.raises(ValidationError) as refused:
        open_department({"name": "心内科"}, on=today(), actor=chair)
    assert refused.value.message_dict == {"name": ["There is a department of this name already."]}
    assert Department.objects.count() == 1


def test_renaming_keeps_the_old_name_on_record(chair, department):
    yesterday = today() - timedelta(days=1)
    change_department(department, {"name": "心血管内科"}, on=yesterday, actor=chair)
    assert department.name == "心血管内科"
    assert told(department) == [("renamed", "心内科", "心血管内科")]
    assert department.events.get().happened_on == yesterday


def test_a_change_that_changes_nothing_leaves_no_line(chair, department):
    assert change_department(department, {"name": "心内科", "order": 7}, on=today(), actor=chair) == []
    assert (department.order, told(department)) == (7, [])


def test_tomorrows_change_is_entered_tomorrow(chair, department):
    with pytest.raises(ValidationError, match="today or an earlier day"):
        change_department(department, {"name": "心血管内科"}, on=today() + timedelta(days=1), actor=chair)
    department.refresh_from_db()
    assert (department.name, told(department)) == ("心内科", [])


def test_moving_takes_along_who_follows_and_leaves_who_was_placed_by_hand(chair, member, department):
    other = Branch.objects.create(name="外科分工会")
    follows = member(department=department)
    placed = member(department=department, branch=other, group=None)
    new = Branch.objects.create(name="门诊分工会")
    change_department(department, {"branch": new, "group": None}, on=today(), actor=chair)
    follows.refresh_from_db()
    placed.refresh_from_db()
    assert (follows.branch, follows.group, placed.branch) == (new, None, other)
    assert told(department) == [("moved", "内科分工会、心内小组", "门诊分工会、—")]
    lines = follows.changes.order_by("pk").values_list("field", "before", "after", "reason")
    assert list(lines) == [
        ("branch", "内科分工会", "门诊分工会", "心内科 was moved"),
        ("group", "心内小组", "", "心内科 was moved"),
    ]
    assert placed.changes.count() == 0


def test_a_department_is_not_part_of_itself_even_by_a_detour(chair, department):
    ward = open_department({"name": "一病区", "parent": department}, on=today(), actor=chair)
    with pytest.raises(ValidationError, match="part of itself"):
        change_department(department, {"parent": ward}, on=today(), actor=chair)
    department.refresh_from_db()
    assert department.parent is None


def test_the_tree_has_six_levels_at_most(chair):
    above = None
    for level in range(6):
        above = open_department({"name": f"第{level}级", "parent": above}, on=today(), actor=chair)
    with pytest.raises(ValidationError, match="too deep"):
        open_department({"name": "第七级", "parent": above}, on=today(), actor=chair)


def test_a_group_of_another_branch_is_refused(chair, department):
    other = Branch.objects.create(name="外科分工会")
    with pytest.raises(ValidationError) as refused:
        change_department(department, {"branch": other}, on=today(), actor=chair)
    assert refused.value.message_dict == {"group": ["心内小组 belongs to 内科分工会."]}


def test_nothing_is_put_below_a_closed_department_and_it_changes_no_more(chair, department):
    close_department(department, on=today(), actor=chair)
    with pytest.raises(ValidationError, match="心内科 is closed"):
        open_department({"name": "一病区", "parent": department}, on=today(), actor=chair)
    with pytest.raises(ValidationError, match="心内科 is closed"):
        change_department(department, {"name": "心血管内科"}, on=today(), actor=chair)


def test_merging_moves_members_and_parts_and_keeps_both_histories(chair, member, department):
    surgery = Branch.objects.create(name="外科分工会")
    into = open_department({"name": "心脏中心", "branch": surgery}, on=today(), actor=chair)
    ward = open_department({"name": "一病区", "parent": department}, on=today(), actor=chair)
    one, gone = member(department=department), member(department=department)
    Membership.objects.filter(pk=gone.pk).update(status="ended")
    assert merge(department, into, on=today(), actor=chair) == 1
    one.refresh_from_db()
    ward.refresh_from_db()
    gone.refresh_from_db()
    assert (one.department, one.branch, one.group) == (into, surgery, None)
    assert (ward.parent, gone.department) == (into, department)
    assert (department.closed_on, department.merged_into) == (today(), into)
    assert told(department) == [("merged", "心内科", "心脏中心")]
    assert told(into) == [("opened", "", "心脏中心"), ("merged", "心内科", "心脏中心")]
    assert [line.field for line in one.changes.order_by("pk")] == ["department", "branch", "group"]


def test_impossible_mergers_are_refused(chair, department):
    ward = open_department({"name": "一病区", "parent": department}, on=today(), actor=chair)
    shut = open_department({"name": "旧科", "code": "X"}, on=today(), actor=chair)
    close_department(shut, on=today(), actor=chair)
    for old, new, why in [
        (ward, ward, "into itself"),
        (ward, shut, "旧科 is closed"),
        (department, ward, "一病区 is part of 心内科"),
    ]:
        with pytest.raises(ValidationError, match=why):
            merge(old, new, on=today(), actor=chair)
    assert Department.objects.exclude(merged_into=None).count() == 0
    elsewhere = open_department({"name": "二病区"}, on=today(), actor=chair)
    below = open_department({"name": "三病区", "parent": elsewhere}, on=today(), actor=chair)
    assert merge(ward, below, on=today(), actor=chair) == 0


def test_a_department_with_members_or_parts_is_not_closed(chair, member, department):
    ward = open_department({"name": "一病区", "parent": department}, on=today(), actor=chair)
    one = member(department=department)
    with pytest.raises(ValidationError, match="1 member belongs to it"):
        close_department(department, on=today(), actor=chair)
    Membership.objects.filter(pk=one.pk).update(department=None)
    with pytest.raises(ValidationError, match="Still open below it: 一病区"):
        close_department(department, on=today(), actor=chair)
    close_department(ward, on=today(), actor=chair)
    with pytest.raises(ValidationError, match="today or an earlier day"):
        close_department(department, on=today() + timedelta(days=1), actor=chair)
    close_department(department, on=today(), actor=chair)
    assert told(department) == [("closed", "心内科", "")]
    with pytest.raises(ValidationError, match="closed already"):
        close_department(department, on=today(), actor=chair)


def test_branches_and_groups_are_opened_and_renamed(chair, branch, group):
    made = keep_part(UnionGroup(branch=branch, name="呼吸小组"), actor=chair)
    made.name = "呼吸一组"
    keep_part(made, actor=chair)
    made.refresh_from_db()
    assert made.name == "呼吸一组"
    with pytest.raises(ValidationError, match="has a group of this name already"):
        keep_part(UnionGroup(branch=branch, name="呼吸一组"), actor=chair)
    made.branch = Branch.objects.create(name="外科分工会")
    with pytest.raises(ValidationError, match="stays in its branch"):
        keep_part(made, actor=chair)


def test_a_group_closes_when_nobody_and_nothing_belongs_to_it(chair, officer, member, department, group):
    one = member(department=department)
    leader = officer("group_leader", group=group)
    with pytest.raises(ValidationError, match="1 member belongs to it"):
        close_part(group, on=today(), actor=chair)
    Membership.objects.filter(pk=one.pk).update(group=None, branch=None)
    with pytest.raises(ValidationError, match="Departments belong to it: 心内科"):
        close_part(group, on=today(), actor=chair)
    Department.objects.update(group=None)
    with pytest.raises(ValidationError, match=f"{leader.name} holds an office in it"):
        close_part(group, on=today(), actor=chair)
    leader.offices.all().delete()
    with pytest.raises(ValidationError, match="today or an earlier day"):
        close_part(group, on=today() + timedelta(days=1), actor=chair)
    close_part(group, on=today(), actor=chair)
    group.refresh_from_db()
    assert group.closed_on == today()
    with pytest.raises(ValidationError, match="closed already"):
        close_part(group, on=today(), actor=chair)


def test_a_branch_closes_after_its_groups(chair, group):
    with pytest.raises(ValidationError, match="Groups belong to it: 心内小组"):
        close_part(group.branch, on=today(), actor=chair)
    close_part(group, on=today(), actor=chair)
    close_part(group.branch, on=today(), actor=chair)
    assert Branch.objects.open().count() == 0
