"""Undoing an import: what is still as it was left goes back, what was changed since is named and stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from extranet.members.models import Membership, MembershipChange, Office, OfficeKind, RosterImport, User
from extranet.members.roster.house import House
from extranet.members.services import roster as taking_in
from extranet.members.services import roster_undo
from tests.members.rosters import entered, member, undone, ward

pytestmark = pytest.mark.django_db
HEADERS = ("工号", "姓名", "职称", "手机", "部门")


def test_everything_goes_back_and_nobody_is_deleted(keeper_of_the_roster, person):
    department = ward()
    changed = member(person, staff_number="200001", name="张梅", title="护士", mobile="13800000001")
    leaving = member(person, staff_number="200002", name="走", joined_on="2010-01-01")
    kind = OfficeKind.objects.create(slug="group_leader", name="小组长")
    office = Office.objects.create(person=leaving.person, kind=kind, starts_on="2024-01-01")
    before = {p.staff_number: p for p in House.read().people.values()}
    rows = [["200001", "张小梅", "护师", "13800000002", "消化内科"], ["200009", "新", "", "", ""]]
    roster = entered(keeper_of_the_roster, rows, HEADERS, complete=True)
    assert Membership.objects.get(pk=changed.pk).department == department
    roster = undone(roster, keeper_of_the_roster)
    after = {p.staff_number: p for p in House.read().people.values()}
    created = after.pop("200009")
    assert after == before
    office.refresh_from_db()
    assert office.ends_on is None
    assert (created.is_active, created.status, created.left_on) == (False, "none", timezone.localdate())
    assert (roster.status, roster.undone_by) == ("undone", keeper_of_the_roster)
    assert (roster.counts["undone"], roster.counts["kept"]) == (3, 0)
    lines = MembershipChange.objects.filter(source="undo", membership=changed)
    assert {(one.field, one.before, one.after) for one in lines} == {
        ("name", "张小梅", "张梅"), ("title", "护师", "护士"), ("mobile", "13800000002", "13800000001"),
        ("department", "消化内科", ""), ("branch", "第一分工会", ""), ("group", "消化内科小组", ""),
    }  # fmt: skip


def test_what_was_changed_since_is_named_and_stays(keeper_of_the_roster, person):
    entry = member(person, staff_number="200001", name="张", title="护士", mobile="13800000001")
    roster = entered(keeper_of_the_roster, [["200001", "张", "护师", "13800000002", ""]], HEADERS)
    Membership.objects.filter(pk=entry.pk).update(title="主管护师")
    (seen,) = roster_undo.returns(roster, House.read())
    assert (seen.kept, seen.back) == (["title"], {"mobile": ["13800000002", "13800000001"]})
    roster = undone(roster, keeper_of_the_roster)
    entry.refresh_from_db()
    assert (entry.title, entry.person.mobile) == ("主管护师", "13800000001")
    assert (roster.rows.get().kept, roster.counts["kept"]) == (["title"], 1)


@pytest.mark.parametrize("since", ["signed in", "password", "renamed"])
def test_a_new_person_who_is_at_home_by_now_stays(keeper_of_the_roster, since):
    roster = entered(keeper_of_the_roster, [["200009", "新"]])
    made = User.objects.get(staff_number="200009")
    if since == "signed in":
        made.last_login = timezone.now()
    elif since == "password":
        made.set_password("Corridor-lamp-7")
    else:
        made.name = "新名"
    made.save()
    roster = undone(roster, keeper_of_the_roster)
    made.refresh_from_db()
    assert (made.is_active, roster.counts["kept"]) == (True, 1)


def test_an_address_somebody_else_took_meanwhile_is_not_taken_back(keeper_of_the_roster, person):
    headers = ("工号", "姓名", "邮箱")
    member(person, staff_number="200001", name="甲", email="a@example.org")
    roster = entered(keeper_of_the_roster, [["200001", "甲", "b@example.org"]], headers)
    person(email="a@example.org")
    roster = undone(roster, keeper_of_the_roster)
    assert User.objects.get(staff_number="200001").email == "b@example.org"
    assert roster.rows.get().kept == ["email"]


def test_a_department_closed_meanwhile_is_not_gone_back_to(keeper_of_the_roster, person):
    old = ward("旧科室", "第一分工会", "旧小组")
    ward()
    entry = member(person, staff_number="200001", name="甲", department=old)
    roster = entered(keeper_of_the_roster, [["200001", "甲", "", "", "消化内科"]], HEADERS)
    type(old).objects.filter(pk=old.pk).update(closed_on=timezone.localdate())
    roster = undone(roster, keeper_of_the_roster)
    entry.refresh_from_db()
    assert (entry.department.name, "department" in roster.rows.get().kept) == ("消化内科", True)


def test_people_of_founded_parts_go_back_and_the_parts_stay(keeper_of_the_roster, person):
    entry = member(person, staff_number="200001", name="甲")
    answers = {"department": {"新科室": "create"}}
    roster = entered(keeper_of_the_roster, [["200001", "甲", "", "", "新科室"]], HEADERS, answers=answers)
    entry.refresh_from_db()
    assert entry.department.name == "新科室"
    undone(roster, keeper_of_the_roster)
    entry.refresh_from_db()
    assert entry.department is None


def test_an_undone_person_is_taken_in_again_by_the_mended_file(keeper_of_the_roster):
    headers = ("工号", "姓名", "入会日期")
    undone(entered(keeper_of_the_roster, [["200009", "新", "2020-01-01"]], headers), keeper_of_the_roster)
    entered(keeper_of_the_roster, [["200009", "新的", "2020-01-01"]], headers)
    made = User.objects.get(staff_number="200009")
    assert (made.name, made.is_active, made.membership.status, made.membership.left_on) == (
        "新的", True, "active", None,
    )  # fmt: skip


def test_after_thirty_days_it_is_too_late(keeper_of_the_roster):
    roster = entered(keeper_of_the_roster, [["200009", "新"]])
    RosterImport.objects.update(applied_at=timezone.now() - timedelta(days=30, minutes=1))
    with pytest.raises(ValidationError) as caught:
        roster_undo.undo(roster, officer=keeper_of_the_roster)
    assert caught.value.code == "late"
    assert User.objects.get(staff_number="200009").is_active


def test_an_import_is_undone_once_and_by_whoever_keeps_the_roster(keeper_of_the_roster, person, admin):
    roster = entered(keeper_of_the_roster, [["200009", "新"]])
    for somebody in (person(), admin):
        with pytest.raises(PermissionDenied):
            roster_undo.undo(roster, officer=somebody)
    undone(roster, keeper_of_the_roster)
    told = MembershipChange.objects.count()
    roster_undo.take_back(roster.pk)
    with pytest.raises(ValidationError):
        roster_undo.undo(roster, officer=keeper_of_the_roster)
    assert MembershipChange.objects.count() == told


def test_files_and_rows_are_forgotten_when_nothing_can_be_undone_any_more(
    keeper_of_the_roster, django_capture_on_commit_callbacks
):
    roster = entered(keeper_of_the_roster, [["200009", "新"]])
    storage, name = roster.file.storage, roster.file.name
    assert taking_in.forget_old() == 0
    long_ago = timezone.now() - timedelta(days=31)
    RosterImport.objects.update(applied_at=long_ago, uploaded_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert taking_in.forget_old() == 1
    roster.refresh_from_db()
    assert (roster.rows.count(), roster.file.name, storage.exists(name)) == (0, "", False)
    assert (roster.status, roster.counts["new"]) == ("applied", 1)
    assert MembershipChange.objects.filter(reason="花名册.csv").count() == 1
