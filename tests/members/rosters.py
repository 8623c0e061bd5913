"""Making rosters for tests, and taking them through the house as the worker would."""

import csv
import io

import xlsxwriter
from django.core.files.base import ContentFile

from extranet.members.models import Branch, Department, Membership, UnionGroup
from extranet.members.services import roster as taking_in
from extranet.members.services import roster_apply, roster_undo

SHORT = ("工号", "姓名")
ALL = (
    *("工号", "姓名", "性别", "出生年月", "部门", "岗位", "职称", "用工形式", "手机", "邮箱", "入会日期"),
    *("分工会", "小组", "班次", "会员状态"),
)
TICKS = ("doubtful", "leaving", "offices")


def csv_file(rows, headers=SHORT, encoding="utf-8", delimiter=","):
    """Return the bytes of a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(headers)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_file(rows, headers=SHORT, before=(), more_sheets=()):
    """Return the bytes of a workbook; ``before`` are rows above the headings, cells stay what they are."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, content in (*more_sheets, ("花名册", [*before, headers, *rows])):
            sheet = book.add_worksheet(name)
            for at, row in enumerate(content):
                sheet.write_row(at, 0, row)
    return file.getvalue()


def receive(officer, content, name="花名册.csv"):
    """Upload a file."""
    return taking_in.receive(officer=officer, file=ContentFile(content, name), name=name)


def checked(officer, rows, headers=SHORT, *, complete=False, answers=None):
    """Upload rows, take the columns as guessed, have them checked."""
    roster = receive(officer, csv_file(rows, headers))
    columns = {int(at): field for at, field in roster.columns.items()}
    roster = taking_in.name_columns(roster, officer=officer, columns=columns, is_complete=complete)
    if answers:
        type(roster).objects.filter(pk=roster.pk).update(answers=answers)
    taking_in.check(roster.pk)
    roster.refresh_from_db()
    return roster


def entered(officer, rows, headers=SHORT, *, complete=False, answers=None):
    """Upload rows, have them checked and entered."""
    roster = checked(officer, rows, headers, complete=complete, answers=answers)
    roster_apply.apply(roster, officer=officer, ticked=TICKS)
    roster_apply.enter(roster.pk)
    roster.refresh_from_db()
    assert roster.status == "applied", (roster.trouble, roster.counts)
    return roster


def undone(roster, officer):
    """Have an import undone."""
    roster_undo.undo(roster, officer=officer)
    roster_undo.take_back(roster.pk)
    roster.refresh_from_db()
    return roster


def errors(roster):
    """Return {row number: {(code, field)}} of the errors and doubts found."""
    return {
        row.number: {(code, field) for code, field, *_rest in row.findings}
        for row in roster.rows.all()
        if row.findings
    }


def ward(name="消化内科", branch="第一分工会", group="消化内科小组"):
    """Make a department with its branch and group."""
    union, _new = Branch.objects.get_or_create(name=branch)
    small = UnionGroup.objects.create(branch=union, name=group)
    return Department.objects.create(name=name, branch=union, group=small)


def member(person, **fields):
    """Make a member; fields of the account and of the membership may be mixed."""
    named = fields.keys() & {"staff_number", "name", "mobile", "email"}
    account = {name: fields.pop(name) for name in named}
    somebody = person(**account)
    fields.setdefault("status", "active")
    return Membership.objects.create(person=somebody, **fields)
