"""An officer brings the roster in: twelve kinds of errors seen at once, the file mended, entered, undone."""

import secrets
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.conftest import Walk
from tests.browser.house import PASSWORD, House
from tests.members.rosters import xlsx_file

HEADERS = ("工号", "姓名", "性别", "出生年月", "部门", "手机", "邮箱", "入会日期", "班次", "会员状态", "备注")
PLACES = {name: at for at, name in enumerate(HEADERS)}
KINDS = {
    *(
        "缺工号",
        "工号写法不对",
        "工号重复",
        "缺姓名",
        "性别不认得",
        "班次不认得",
        "会员状态不认得",
        "日期不对",
    ),
    *("出生在将来", "入会早于出生", "手机号写法不对", "手机号重复", "邮箱写法不对", "没有这个科室"),
}
OFFICER = (
    "from django.contrib.auth import get_user_model as g; from django.utils import timezone as t;"
    "from extranet.members.models import *;"
    "from extranet.members.services.consents import acknowledge;"
    "p=g().objects.create_user('{number}','{password}',name='会籍员');"
    "k,_=OfficeKind.objects.get_or_create(slug='membership_officer',defaults=dict(name='会籍管理员'));"
    "OfficeKind.objects.filter(pk=k.pk).update(needs_second_factor=False);"  # the door's own journey has it
    "n=PrivacyNotice.objects.current(); n and acknowledge(p,n);"
    "Office.objects.create(person=p,kind=k,starts_on=t.localdate());"
    "d,_=Department.objects.get_or_create(name='消化内科',closed_on=None);"
    "w=g().objects.create_user('{old}','{password}',name='旧同事');"
    "Membership.objects.create(person=w,status='active',title='护士',department=d)"
)


def row(number: str, name: str, **cells: str) -> list[Any]:
    """Return a row of the file."""
    words = {"工号": number, "姓名": name, **cells}
    return [words.get(header, "") for header in HEADERS]


def wrong_rows(start: str, mobile: str) -> list[list[Any]]:
    """Return fourteen rows, each wrong in another way, and one that is right."""
    return [
        row("", "无工号"),
        row("1!", "坏工号"),
        row(f"{start}03", "甲"),
        row(f"{start}03", "甲"),
        row(f"{start}05", ""),
        row(f"{start}06", "乙", 性别="中"),
        row(f"{start}07", "丙", 班次="早班"),
        row(f"{start}08", "丁", 会员状态="大概"),
        row(f"{start}09", "戊", 入会日期="去年"),
        row(f"{start}10", "己", 出生年月="2090-01"),
        row(f"{start}11", "庚", 出生年月="1990-05", 入会日期="1980-01-01"),
        row(f"{start}12", "辛", 手机="1380000"),
        row(f"{start}13", "壬", 手机=mobile),
        row(f"{start}14", "癸", 手机=mobile),
        row(f"{start}15", "子", 邮箱="nobody"),
        row(f"{start}16", "丑", 部门="消化科"),
        row(
            f"{start}17", "张小梅", 性别="女", 部门="消化内科", 入会日期="2018.3.12", 班次="倒班", 备注="新来"
        ),
    ]


def mend(path: Path, start: str) -> None:
    """Put right what the marks in front of the rows say, in the downloaded workbook itself."""
    book = openpyxl.load_workbook(path)
    sheet = book.active

    def put(line: int, header: str, words: str) -> None:
        sheet.cell(line, PLACES[header] + 2).value = words

    put(2, "工号", f"{start}01")
    put(3, "工号", f"{start}02")
    put(5, "工号", f"{start}04")
    put(6, "姓名", "补上")
    put(7, "性别", "男")
    put(8, "班次", "白班")
    put(9, "会员状态", "在籍")
    put(10, "入会日期", "2020年1月5日")
    put(11, "出生年月", "1990-01")
    put(12, "入会日期", "2015-01-01")
    put(13, "手机", "")
    put(15, "手机", "")
    put(16, "邮箱", "")
    book.save(path)


def choose(page: Page, path: Path) -> None:
    """Upload a file and confirm what its columns mean."""
    page.set_input_files("#id_file", path)
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("文件里的各列")


def test_a_roster_with_every_kind_of_error_is_mended_entered_and_undone(
    walk: Walk, house: House, tmp_path: Path
) -> None:
    start = str(1000 + secrets.randbelow(9000))  # a kept house has seen this journey before
    number, mobile = f"{start}00", f"139{start}{start}"
    house.ask(OFFICER.format(number=number, old=f"{start}99", password=PASSWORD))
    page = walk.sign_in(number, "/extranet/members/roster/")
    walk.look("roster-list")
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(xlsx_file(wrong_rows(start, mobile), HEADERS, before=[["某某医院职工花名册"], []]))

    page.get_by_role("link", name="上传花名册").first.click()
    walk.look("roster-upload")
    choose(page, file)
    expect(page.locator("main")).to_contain_text("备注")
    walk.look("roster-columns")
    page.get_by_role("button", name="检查全部行").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("要改的地方")
    kinds = page.get_by_role("navigation", name="错误种类").get_by_role("link").all_inner_texts()
    assert {words.rsplit(maxsplit=1)[0] for words in kinds if words != "全部"} == KINDS
    expect(page.locator(".roster-rows tbody tr")).to_have_count(16)
    walk.look("roster-errors")
    page.get_by_role("link", name="工号重复").click()
    expect(page.locator(".roster-rows tbody tr")).to_have_count(2)

    page.get_by_label("消化科").select_option(label="就是消化内科")
    page.get_by_role("button", name="按这些回答再查一遍").click()
    expect(page.get_by_role("navigation", name="错误种类")).not_to_contain_text("没有这个科室")
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载标好错误的文件").click()
    mended = tmp_path / "改好.xlsx"
    coming.value.save_as(mended)
    mend(mended, start)
    page.get_by_role("link", name="上传改好的文件").click()
    choose(page, mended)
    page.get_by_role("button", name="检查全部行").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "要改的地方"
    )  # the department is asked about again
    page.get_by_label("消化科").select_option(label="就是消化内科")
    page.get_by_role("button", name="按这些回答再查一遍").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("会有哪些变动")
    walk.look("roster-preview")
    page.get_by_role("button", name="录入花名册").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已录入的内容")
    walk.look("roster-entered")
    assert people(house, start) == "18"
    take_back(walk, house, start)


def people(house: House, start: str) -> str:
    """Return how many may sign in."""
    counted = f"filter(person__staff_number__startswith='{start}', person__is_active=True).count()"
    return house.ask(f"from extranet.members.models import *; print(Membership.objects.{counted})")


def take_back(walk: Walk, house: House, start: str) -> None:
    """Undo the import, then take the roster home."""
    page = walk.page
    page.get_by_role("link", name="撤销这次导入").click()
    walk.look("roster-undo")
    page.get_by_role("button", name="现在撤销").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已撤销的导入")
    walk.look("roster-undone")
    assert people(house, start) == "1"
    walk.go("/extranet/members/roster/")
    walk.look("roster-list-after")
    walk.go("/extranet/members/roster/export/")
    walk.look("roster-export")
    with page.expect_download() as coming:
        page.get_by_role("button", name="下载").click()
    assert coming.value.suggested_filename.endswith(".xlsx")
