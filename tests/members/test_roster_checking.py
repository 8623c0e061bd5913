"""Checking: every error of every row at once, doubts, and who is new, changed, moved, leaving, unchanged."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from extranet.members.models import Membership, MembershipChange, RosterHabit, RosterImport, User
from extranet.members.roster.findings import ERRORS, KINDS, line
from extranet.members.services import roster as taking_in
from tests.members.rosters import ALL, checked, csv_file, errors, member, receive, ward

pytestmark = pytest.mark.django_db
HEADERS = (
    "工号",
    "姓名",
    "性别",
    "出生年月",
    "部门",
    "手机",
    "邮箱",
    "入会日期",
    "分工会",
    "小组",
    "班次",
    "会员状态",
)


def row(number="100001", name="张小梅", **cells):
    """Return a row of HEADERS."""
    words = {"工号": number, "姓名": name, **cells}
    return [words.get(header, "") for header in HEADERS]


def test_every_error_of_every_row_is_told_at_once(keeper_of_the_roster, person):
    member(person, staff_number="300001", name="旧人", mobile="13900000009", email="taken@example.org")
    ward()
    later = f"{timezone.localdate().year + 1}-01-01"
    rows = [
        row("", "没有工号"),
        row("1!", "工号不对"),
        row("100003", "工号重复"),
        row("100003", "工号重复"),
        row("100005", ""),
        row("100006", "性别", 性别="中"),
        row("100007", "班次", 班次="早班"),
        row("100008", "状态", 会员状态="大概"),
        row("100009", "日期", 入会日期="去年", 出生年月="1990年13月"),
        row("100010", "未来", 出生年月=later),
        row("100011", "早入会", 出生年月="1990-05", 入会日期="1980-01-01"),
        row("100012", "手机", 手机="1380000"),
        row("100013", "同号", 手机="13900000009"),
        row("100014", "同号二", 手机="13700000001"),
        row("100015", "同号三", 手机="13700000001"),
        row("100016", "邮箱", 邮箱="taken@example.org"),
        row("100017", "邮箱坏", 邮箱="nobody"),
        row("100018", "科室", 部门="消化科"),
        row("100019", "分会", 分工会="第九分工会", 小组="九组"),
        row("100020", "小组", 分工会="第一分工会", 小组="没有的小组"),
        row("100021", "散组", 小组="散组"),
        row("100022", "字" * 61),
        row("100023", "=1+1"),
        row("100024", "#REF!"),
        row("100025", "将来入会", 入会日期=later),
    ]
    roster = checked(keeper_of_the_roster, rows, HEADERS)
    assert errors(roster) == {
        2: {("number_missing", "staff_number")},
        3: {("number_shape", "staff_number")},
        4: {("number_twice", "staff_number")},
        5: {("number_twice", "staff_number")},
        6: {("name_missing", "name")},
        7: {("sex_unknown", "sex")},
        8: {("shift_unknown", "shift")},
        9: {("status_unknown", "status")},
        10: {("day_bad", "joined_on"), ("month_bad", "born_in")},
        11: {("born_in_future", "born_in")},
        12: {("joined_before_born", "joined_on")},
        13: {("mobile_bad", "mobile")},
        14: {("mobile_twice", "mobile")},
        15: {("mobile_twice", "mobile")},
        16: {("mobile_twice", "mobile")},
        17: {("email_twice", "email")},
        18: {("email_bad", "email")},
        19: {("department_unknown", "department")},
        20: {("branch_unknown", "branch"), ("group_unknown", "group")},
        21: {("group_unknown", "group")},
        22: {("group_homeless", "group")},
        23: {("too_long", "name")},
        24: {("formula", "name")},
        25: {("fault", "name")},
        26: {("joined_in_future", "joined_on")},
    }
    assert roster.status == "checked"
    assert (roster.counts["wrong"], roster.counts["rows"]) == (25, 25)
    assert roster.counts["codes"]["number_twice"] == 2
    assert len(roster.counts["codes"]) >= 12
    assert not User.objects.filter(staff_number__startswith="1000").exists()


def test_rows_with_an_error_are_found_by_its_kind(keeper_of_the_roster):
    roster = checked(
        keeper_of_the_roster, [row("1!"), row(name="", 性别="中"), row("100002", 性别="中")], HEADERS
    )
    assert [one.number for one in roster.rows.wrong("sex_unknown")] == [3, 4]
    assert [one.number for one in roster.rows.wrong()] == [2, 3, 4]
    assert list(roster.rows.wrong("sex")) == []


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_has_a_name_and_a_sentence(code):
    facts = dict.fromkeys(
        ["rows", "allowed", "born", "left", "who", "most", "known", "number", "active", "offices"], "甲"
    )
    assert KINDS[code][0]
    assert "甲" in line((code, "name", "甲", facts))
    assert code in ERRORS or code in {
        "person_swapped",
        "zeros_lost",
        "stays_gone",
        "very_young",
        "holds_office",
    }


def test_who_is_new_changed_moved_leaving_and_unchanged(keeper_of_the_roster, person):
    old, new = ward("内科", "第一分工会", "内科小组"), ward("外科", "第二分工会", "外科小组")
    here = {"department": old, "branch": old.branch, "group": old.group}
    member(person, staff_number="200001", name="同", **here)
    member(person, staff_number="200002", name="变", title="护士", **here)
    member(person, staff_number="200003", name="调", **here)
    member(person, staff_number="200004", name="走", **here)
    member(person, staff_number="200005", name="不在表里", **here)
    headers = ("工号", "姓名", "部门", "职称", "会员状态")
    rows = [
        ["200001", "同", "内科", "", "在籍"],
        ["200002", "变", "内科", "护师", ""],
        ["200003", "调", "外科", "", ""],
        ["200004", "走", "", "", "转出"],
        ["200009", "新", "外科", "护士", ""],
    ]
    roster = checked(keeper_of_the_roster, rows, headers, complete=True)
    today = timezone.localdate().isoformat()
    assert {(one.kind, one.staff_number): one.change for one in roster.rows.all()} == {
        ("same", "200001"): {},
        ("changed", "200002"): {"title": ["护士", "护师"]},
        ("moved", "200003"): {
            "department": [[old.pk, "内科"], [new.pk, "外科"]],
            "branch": [[old.branch_id, "第一分工会"], [new.branch_id, "第二分工会"]],
            "group": [[old.group_id, "内科小组"], [new.group_id, "外科小组"]],
        },
        ("leaving", "200004"): {
            "status": ["active", "transferred"], "is_active": [True, False], "left_on": ["", today],
        },
        ("new", "200009"): {
            "name": ["", "新"], "department": ["", [new.pk, "外科"]], "title": ["", "护士"],
            "branch": ["", [new.branch_id, "第二分工会"]], "group": ["", [new.group_id, "外科小组"]],
            "status": ["", "none"], "is_active": ["", True],
        },
        ("leaving", "200005"): {
            "status": ["active", "transferred"], "left_on": ["", today], "is_active": [True, False],
        },
    }  # fmt: skip
    counted = {kind: roster.counts[kind] for kind in ("new", "changed", "moved", "leaving", "same", "wrong")}
    assert counted == {"new": 1, "changed": 1, "moved": 1, "leaving": 2, "same": 1, "wrong": 0}


def test_nobody_leaves_unless_the_officer_says_that_the_file_is_complete(keeper_of_the_roster, person):
    member(person, staff_number="200001", name="同")
    roster = checked(keeper_of_the_roster, [["200009", "新"]])
    assert roster.counts["leaving"] == 0


def test_retired_people_administrators_and_the_officer_never_leave_by_being_left_out(
    keeper_of_the_roster, person, admin
):
    member(person, staff_number="200001", name="退", status=Membership.Status.RETAINED)
    Membership.objects.create(person=admin, status="active")
    roster = checked(keeper_of_the_roster, [["200009", "新"]], complete=True)
    assert roster.counts["leaving"] == 0


def test_the_officer_cannot_write_themselves_out(keeper_of_the_roster):
    rows = [[keeper_of_the_roster.staff_number, keeper_of_the_roster.name, "转出"]]
    roster = checked(keeper_of_the_roster, rows, ("工号", "姓名", "会员状态"))
    assert ("own_account", "status") in errors(roster)[2]
    assert roster.counts["wrong"] == 1


def test_doubts_are_told_and_are_no_errors(keeper_of_the_roster, person):
    member(person, staff_number="000123", name="王芳")
    member(person, staff_number="200002", name="李娜")
    member(person, staff_number="200003", name="走了", status="transferred", left_on="2024-05-01")
    rows = [
        ["123", "王芳", "", ""],
        ["200002", "张伟", "", ""],
        ["200003", "走了", "", ""],
        ["200004", "小", "2010-01", "2020-01-01"],
    ]
    roster = checked(keeper_of_the_roster, rows, ("工号", "姓名", "出生年月", "入会日期"))
    assert errors(roster) == {
        2: {("zeros_lost", "staff_number")},
        3: {("person_swapped", "name")},
        4: {("stays_gone", "status")},
        5: {("very_young", "joined_on")},
    }
    assert (roster.counts["wrong"], roster.counts["doubtful"]) == (0, 4)
    assert roster.rows.get(number=2).kind == "same"


def test_an_empty_cell_changes_nothing_and_a_dash_empties(keeper_of_the_roster, person):
    member(person, staff_number="200001", name="张", mobile="13800000001", title="护士", post="护理")
    roster = checked(
        keeper_of_the_roster, [["200001", "张", "", "无", "-"]], ("工号", "姓名", "手机", "职称", "岗位")
    )
    assert roster.rows.get().change == {"title": ["护士", ""], "post": ["护理", ""]}


def test_an_unknown_part_is_asked_about_with_the_nearest_name(keeper_of_the_roster):
    known = ward()
    roster = checked(keeper_of_the_roster, [row(部门="消化科"), row("100002", 部门="消化科")], HEADERS)
    entry = {"name": "消化科", "branch": "", "rows": 2, "nearest": [known.pk, "消化内科"]}
    assert roster.unknown["department"] == {"消化科": entry}


@pytest.mark.parametrize("answer", ["create", "nearest"])
def test_an_answer_takes_the_error_away(keeper_of_the_roster, answer):
    known = ward()
    roster = checked(keeper_of_the_roster, [row(部门="消化科")], HEADERS)
    given = "create" if answer == "create" else str(known.pk)
    taking_in.answer(roster, officer=keeper_of_the_roster, answers={"department": {"消化科": given}})
    taking_in.check(roster.pk)
    after = roster.rows.get().change["department"][1]
    assert after == ([None, "消化科"] if answer == "create" else [known.pk, "消化内科"])
    assert errors(roster) == {}


def test_a_mobile_of_somebody_who_leaves_is_free(keeper_of_the_roster, person):
    member(person, staff_number="200001", name="走", mobile="13800000001")
    roster = checked(
        keeper_of_the_roster, [["200009", "新", "13800000001"]], ("工号", "姓名", "手机"), complete=True
    )
    assert (errors(roster), roster.counts["leaving"]) == ({}, 1)


def test_two_people_may_exchange_their_numbers(keeper_of_the_roster, person):
    member(person, staff_number="200001", name="甲", mobile="13800000001", email="a@example.org")
    member(person, staff_number="200002", name="乙", mobile="13800000002", email="b@example.org")
    rows = [
        ["200001", "甲", "13800000002", "b@example.org"],
        ["200002", "乙", "13800000001", "a@example.org"],
    ]
    assert errors(checked(keeper_of_the_roster, rows, ("工号", "姓名", "手机", "邮箱"))) == {}


@pytest.mark.parametrize(
    ("columns", "code"),
    [({0: "staff_number"}, "missing"), ({0: "staff_number", 1: "name", 2: "name"}, "twice")],
)
def test_a_needed_column_that_is_missing_and_one_named_twice_are_refused(keeper_of_the_roster, columns, code):
    roster = receive(keeper_of_the_roster, csv_file([row()], HEADERS))
    with pytest.raises(ValidationError) as caught:
        taking_in.name_columns(roster, officer=keeper_of_the_roster, columns=columns, is_complete=False)
    assert caught.value.code == code
    roster.refresh_from_db()
    assert roster.status == "read"


def test_what_a_column_means_is_remembered_for_the_next_file(keeper_of_the_roster):
    headers = ("编号", "称呼", "备注")
    first = receive(keeper_of_the_roster, csv_file([["100001", "张", "x"]], headers))
    assert first.columns == {}
    columns = {0: "staff_number", 1: "name", 2: ""}
    taking_in.name_columns(first, officer=keeper_of_the_roster, columns=columns, is_complete=False)
    assert receive(keeper_of_the_roster, csv_file([["100001", "张", "x"]], headers)).columns == {
        "0": "staff_number", "1": "name",
    }  # fmt: skip
    assert RosterHabit.objects.get(header="备注").field == ""


def test_whoever_keeps_no_roster_can_do_nothing_with_it(keeper_of_the_roster, person, admin):
    content = csv_file([["100001", "张"]])
    roster = receive(keeper_of_the_roster, content)
    for somebody in (person(), admin):
        with pytest.raises(PermissionDenied):
            receive(somebody, content)
        with pytest.raises(PermissionDenied):
            taking_in.name_columns(roster, officer=somebody, columns={}, is_complete=False)
        with pytest.raises(PermissionDenied):
            taking_in.answer(roster, officer=somebody, answers={})
        with pytest.raises(PermissionDenied):
            taking_in.drop(roster, officer=somebody)
    assert RosterImport.objects.get().status == "read"


def test_a_dropped_import_forgets_its_file_and_rows(keeper_of_the_roster, django_capture_on_commit_callbacks):
    roster = checked(keeper_of_the_roster, [row()], HEADERS)
    storage, name = roster.file.storage, roster.file.name
    assert name.startswith("rosters/") and "花名册" not in name
    with django_capture_on_commit_callbacks(execute=True):
        taking_in.drop(roster, officer=keeper_of_the_roster)
    assert not storage.exists(name)
    assert (roster.rows.count(), MembershipChange.objects.count(), User.objects.count()) == (0, 0, 1)


def test_the_example_of_the_template_is_nobody(keeper_of_the_roster):
    from extranet.members.roster.reading import EXAMPLE

    roster = checked(keeper_of_the_roster, [EXAMPLE, ["100002", "真人", *[""] * 13]], ALL)
    assert [one.staff_number for one in roster.rows.all()] == ["100002"]
