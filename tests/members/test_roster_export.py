"""The roster taken home: the same columns, harmless cells, a trace, and nothing lost on the way round."""

import csv
import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from extranet.core.models import Export
from extranet.members.models import Membership, User
from extranet.members.roster import papers, reading
from extranet.members.roster.columns import COLUMNS
from extranet.members.roster.findings import Finding
from extranet.members.roster.house import House
from extranet.members.services import roster as taking_in
from extranet.members.services.roster_export import export
from tests.members.rosters import ALL, checked, entered, errors, member, receive, ward

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(person):
    """A member about whom everything is known, with a name that would calculate."""
    department = ward()
    return member(
        person, staff_number="000001", name="=1+1", mobile="13800000000", email="zhang@example.org",
        department=department, branch=department.branch, group=department.group, post="+护士", title="@护师",
        employment="在编", sex="female", born_in="1990-05-01", joined_on="2018-03-12", shift="rotating",
    )  # fmt: skip


def cells(content, form):
    with content:
        if form == "csv":
            return list(csv.reader(io.StringIO(content.read().decode("utf-8-sig"))))
        sheet = openpyxl.load_workbook(content).active
        return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def taken(content):
    with content:
        return content.read()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_columns_are_those_that_are_read_and_no_cell_calculates(keeper_of_the_roster, whole, form):
    name, content = export(officer=keeper_of_the_roster, form=form, scope="here")
    rows = cells(content, form)
    assert name.endswith(f".{form}")
    assert tuple(rows[0]) == ALL
    assert rows[1] == [
        "000001", "'=1+1", "女", "1990-05", "消化内科", "'+护士", "'@护师", "在编", "13800000000",
        "zhang@example.org",
        "2018-03-12", "第一分工会", "消化内科小组", "倒班", "在籍",
    ]  # fmt: skip
    assert len(rows) == 3


def test_a_csv_begins_with_the_mark_excel_asks_for(keeper_of_the_roster):
    _name, content = export(officer=keeper_of_the_roster, form="csv", scope="here")
    assert taken(content).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_way_round_changes_nothing(keeper_of_the_roster, whole, person, form):
    member(person, staff_number="200001", name="空")
    person(staff_number="200002", name="无会籍")
    before = House.read().digest()
    name, content = export(officer=keeper_of_the_roster, form=form, scope="all")
    sheet = receive(keeper_of_the_roster, taken(content), name)
    assert list(sheet.columns.values()) == [column.key for column in COLUMNS]
    roster = checked_as_received(keeper_of_the_roster, sheet)
    assert errors(roster) == {}
    assert {row.kind for row in roster.rows.all()} == {"same"}
    assert House.read().digest() == before


def checked_as_received(officer, roster):
    columns = {int(at): field for at, field in roster.columns.items()}
    taking_in.name_columns(roster, officer=officer, columns=columns, is_complete=True)
    taking_in.check(roster.pk)
    roster.refresh_from_db()
    return roster


def test_a_new_value_that_would_calculate_is_refused_even_with_its_guard(keeper_of_the_roster):
    roster = checked(keeper_of_the_roster, [["100001", "'=1+1"]])
    assert errors(roster) == {2: {("formula", "name")}}


@pytest.mark.parametrize(
    ("scope", "numbers"),
    [
        ("here", ["200001", "200002", "200003", "800001"]),
        ("members", ["200001", "200002", "800001"]),
        ("all", ["200001", "200002", "200003", "200004", "800001"]),
    ],
)
def test_each_scope_has_its_people_and_its_trace(keeper_of_the_roster, person, scope, numbers):
    for number, status in (
        ("200001", "active"),
        ("200002", "retained"),
        ("200003", "none"),
        ("200004", "ended"),
    ):
        member(person, staff_number=number, name="张", status=status)
    _name, content = export(officer=keeper_of_the_roster, form="csv", scope=scope)
    assert [row[0] for row in cells(content, "csv")[1:]] == numbers
    trace = Export.objects.get()
    assert (trace.taker, trace.what, trace.kind) == (keeper_of_the_roster, "roster", "csv")
    assert (trace.number, trace.narrowed) == (len(numbers), {"scope": scope})


def test_one_branch_can_be_taken_alone(keeper_of_the_roster, whole):
    _name, content = export(officer=keeper_of_the_roster, form="csv", scope="here", branch=whole.branch)
    assert [row[0] for row in cells(content, "csv")[1:]] == ["000001"]
    assert Export.objects.get().narrowed == {"scope": "here", "branch": "第一分工会"}


def test_whoever_keeps_no_roster_takes_none_and_leaves_no_trace(person, admin, keeper_of_the_roster):
    for somebody in (person(), admin):
        with pytest.raises(PermissionDenied):
            export(officer=somebody, form="csv", scope="all")
    for wrong in ({"form": "pdf", "scope": "all"}, {"form": "csv", "scope": "secret"}):
        with pytest.raises(ValidationError):
            export(officer=keeper_of_the_roster, **wrong)
    assert not Export.objects.exists()


def test_many_people_cost_no_more_queries(keeper_of_the_roster, person, connection_count):
    def take():
        _name, content = export(officer=keeper_of_the_roster, form="csv", scope="all")
        content.close()

    take()
    few = connection_count(take)
    for _ in range(12):
        member(person)
    assert connection_count(take) == few


def test_the_template_has_headings_an_example_lists_and_an_explanation(keeper_of_the_roster):
    book = openpyxl.load_workbook(io.BytesIO(taken(papers.template())))
    sheet, guide = book.worksheets
    assert tuple(cell.value for cell in sheet[1]) == ALL
    assert [cell.value for cell in sheet[2]] == reading.EXAMPLE
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists == {
        "C2:C10001": '"女,男"', "N2:N10001": '"白班,倒班,夜班"',
        "O2:O10001": '"在籍,未入会,保留会籍,转出,注销"',
    }  # fmt: skip
    assert [guide.cell(row, 1).value for row in range(2, 17)] == list(ALL)


def test_the_template_itself_is_a_roster_without_anybody(keeper_of_the_roster):
    with pytest.raises(ValidationError) as caught:
        receive(keeper_of_the_roster, taken(papers.template()), "模板.xlsx")
    assert caught.value.code == "empty"


def test_a_file_comes_back_with_what_is_wrong_beside_each_row_and_can_be_mended(keeper_of_the_roster):
    rows = [["100001", "张", "中"], ["100002", "李", "男"], ["100003", "", "女"]]
    headers = ("工号", "姓名", "性别")
    roster = checked(keeper_of_the_roster, rows, headers)
    found = {row.number: [Finding(*one) for one in row.findings] for row in roster.rows.wrong()}
    sheet = taking_in.sheet_of(roster)
    paper = papers.with_findings(sheet, {0: "staff_number", 1: "name", 2: "sex"}, found)
    book = openpyxl.load_workbook(io.BytesIO(taken(paper)))
    lines = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert lines[0][1:] == list(headers)
    assert (lines[1][1:], lines[2]) == (["100001", "张", "中"], [None, "100002", "李", "男"])
    assert "女、男" in lines[1][0] and lines[3][0]
    assert book.active["D2"].fill.fgColor.rgb == "FFFBE3DF"
    book.active["D2"], book.active["C4"] = "女", "王"
    mended = io.BytesIO()
    book.save(mended)
    again = receive(keeper_of_the_roster, mended.getvalue(), "改好.xlsx")
    assert again.columns == {"1": "staff_number", "2": "name", "3": "sex"}
    assert errors(checked_as_received(keeper_of_the_roster, again)) == {}


def test_what_was_entered_is_what_is_taken_home(keeper_of_the_roster):
    ward()
    row = [
        "100001", "张小梅", "女", "1990-05", "消化内科", "护士", "护师", "在编", "13800000000",
        "z@example.org", "2018-03-12", "第一分工会", "消化内科小组", "倒班", "在籍",
    ]  # fmt: skip
    entered(keeper_of_the_roster, [row], ALL)
    _name, content = export(officer=keeper_of_the_roster, form="csv", scope="here")
    assert cells(content, "csv")[1] == row
    assert User.objects.count() == Membership.objects.count() == 2
