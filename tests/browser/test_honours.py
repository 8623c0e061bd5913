"""A commendation with its honour is published; withdrawn and restored; visitors see it at once."""

import re
import secrets
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Walk
from tests.browser.house import House

EDITOR, FIRST, SECOND = "100002", "100003", "100004"
REGISTER = "/admin/snippets/home/honour/"


def enter_into_the_register(walk: Walk, title: str, who: str) -> Page:
    """Write an honour as whoever keeps the register; first a day that cannot be."""
    page = walk.sign_in(SECOND, f"{REGISTER}add/")
    page.fill("#id_title", title)
    page.select_option("#id_level", label="国家级")
    page.fill("#id_issuer", "国家级表彰")
    page.fill("#id_year", "2026")
    page.fill("#id_month", "2")
    page.fill("#id_day", "30")
    page.select_option("#id_kind", label="个人")
    page.fill("#id_recipient", who)
    page.fill("#id_citation", "一盏灯，照了三十年")
    page.fill("#id_citation_source", "表彰决定")
    page.get_by_role("button", name="保存").first.click()
    expect(page.locator("main")).to_contain_text("这个月没有这一天。")
    expect(page.locator("#id_recipient")).to_have_value(who)
    page.fill("#id_day", "28")
    page.get_by_role("button", name="保存").first.click()
    expect(page.locator(".messages")).to_contain_text(title)
    return page


def write_the_commendation(walk: Walk, title: str, who: str, honour: str, picture: Path) -> Page:
    """Write the page as an editor, from the dashboard: portrait, honour of the register, a paragraph."""
    page = walk.sign_in(EDITOR, "/admin/")
    page.get_by_role("link", name="写先进典型").click()
    page.fill("#id_title", title)
    page.press("#id_title", "Tab")
    page.fill("#id_who", who)
    page.fill("#id_post", "电工班，工龄三十年")
    page.fill("#id_lead", "三十年，没有让一条走廊黑过。")
    page.get_by_role("button", name="选择一个图片").first.click()
    modal = page.locator(".modal")
    modal.get_by_role("tab", name="上传").click()
    modal.locator("input[type=file]").set_input_files(picture)
    modal.locator("input[name$=title]").fill("电工肖像")
    modal.locator("[name$=description]").fill("拿着手电的人")
    modal.locator("select[name$=consent]").select_option("given")
    modal.locator("form[action*=create] button[type=submit]").click()
    expect(modal).to_have_count(0)
    page.locator("#id_honours-ADD").click()
    page.locator("#id_honours-0-honour-chooser").get_by_role("button", name=re.compile("选择")).first.click()
    modal.locator("input[name=q]").fill(honour[:6])
    modal.get_by_role("link", name=re.compile(honour)).click()
    expect(modal).to_have_count(0)
    page.fill("#id_citation", "三十年守护全院用电，无一责任事故。")
    page.fill("#id_citation_source", "摘自表彰决定")
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="正文文字").click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("夜里巡线，他只带一支手电，走得很慢。")
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile("走得很慢"))
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("button[name=action-submit]").click()
    expect(page.locator(".messages")).to_contain_text("提交")
    return page


def approve(walk: Walk, staff_number: str, title: str) -> None:
    """Take the next step of the review from the dashboard."""
    page = walk.sign_in(staff_number, "/admin/")
    page.get_by_role("link", name=title).first.click()
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("button[data-workflow-action-name=approve]").first.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def where(visitor: Walk, title: str, who: str, honour: str) -> list[str]:
    """Return where a visitor meets the honour or the one who was honoured: wall, section, front."""
    found = []
    for address in ("/honours/", "/role-models/", "/"):
        text = visitor.go(address).locator("main").inner_text()
        if honour in text or who in text or title in text:
            found.append(address)
    return found


def withdraw(keeper: Walk, mark: str, honour: str, title: str) -> Page:
    """Find the honour in the register and withdraw it, first without a reason."""
    desk = keeper.go(f"{REGISTER}?q={mark}")
    keeper.keep("honour-register")
    desk.get_by_role("link", name=re.compile(honour)).first.click()
    desk.locator("footer .w-dropdown__toggle").click()
    keeper.keep("honour-form")
    desk.get_by_role("link", name="撤销……").first.click()
    expect(desk.locator("main")).to_contain_text(title)
    desk.get_by_role("button", name="撤销这项荣誉").click()
    expect(desk.locator("main")).to_contain_text("请填写此项。")
    keeper.keep("honour-withdraw")
    desk.fill("#id_why", "申报材料与事实不符")
    expect(desk.get_by_role("checkbox", name=re.compile(title[:6]))).to_be_checked()
    desk.get_by_role("button", name="撤销这项荣誉").click()
    expect(desk.locator(".messages")).to_contain_text("已撤销")
    expect(desk.locator("main")).to_contain_text("申报材料与事实不符")
    keeper.keep("honour-withdrawn")
    return desk


def test_an_honour_is_published_withdrawn_and_restored(
    walk: Walk, another: Callable[[], Walk], pictures: Path, house: House
) -> None:
    mark = secrets.token_hex(2)
    honour, who = f"全国五一劳动奖章{mark}", f"电工班值班电工{mark}"
    title = f"三十年，没有一条走廊黑过（{mark}）"
    keeper = another()
    enter_into_the_register(keeper, honour, who)
    write_the_commendation(walk, title, who, honour, pictures)
    first = another()
    approve(first, FIRST, title)
    desk = keeper.go("/admin/")
    desk.get_by_role("link", name=title).first.click()
    desk.locator("footer .w-dropdown__toggle").click()
    desk.locator("button[data-workflow-action-name=approve]").first.click()
    desk.wait_for_url(re.compile(r"/admin/pages/\d+/$"))

    visitor = another()
    assert where(visitor, title, who, honour) == ["/honours/", "/role-models/", "/"]
    page = visitor.go("/honours/")
    page.get_by_role("link", name=honour).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".profile__honour")).to_contain_text(honour)
    expect(page.locator("main")).to_contain_text("走得很慢")
    address = page.url.removeprefix(house.url)
    visitor.look("commendation-new")

    desk = withdraw(keeper, mark, honour, title)
    assert where(visitor, title, who, honour) == []
    visitor.go(address)
    expect(visitor.page.get_by_role("heading", level=1)).not_to_have_text(title)

    desk.get_by_role("link", name="退回这一步").click()
    desk.get_by_role("button", name="恢复这项荣誉").click()
    expect(desk.locator(".messages")).to_contain_text("已恢复")
    assert where(visitor, title, who, honour) == ["/honours/", "/role-models/", "/"]
    visitor.go(address)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(title)
    desk = keeper.go(f"{REGISTER}?q={mark}")
    desk.get_by_role("link", name=re.compile(honour)).first.click()
    number = re.search(r"/edit/(\d+)/", desk.url)
    assert number is not None
    history = keeper.go(f"{REGISTER}history/{number[1]}/")
    expect(history.locator("main")).to_contain_text("撤销：申报材料与事实不符")
    keeper.keep("honour-history")


def menu(walk: Walk, name: str) -> None:
    """Choose a word of the main menu, opening it first on a phone."""
    if walk.width == "phone":
        walk.page.get_by_role("button", name="菜单", exact=True).click()
    walk.page.get_by_role("navigation", name="主导航").get_by_role("link", name=name).click()


def test_a_visitor_walks_along_the_wall_and_reads_about_people(walk: Walk, house: House) -> None:
    house.wait_until(
        "from home.models import CommendationPage as C; print(C.objects.filter(cover=None).count())", "0", 240
    )
    house.wait_until(
        "from home.models import Honour as H; print(H.objects.filter(certificate_public=True).count())",
        "4",
        240,
    )
    page = walk.go("/")
    expect(page.locator(".models .model")).to_have_count(4)
    walk.look("home-models")
    menu(walk, "荣誉墙")
    expect(page.get_by_role("heading", level=1)).to_have_text("荣誉墙")
    walk.look("honours")
    page.locator(".wall-filters").get_by_role("link", name=re.compile("院工会")).click()
    expect(page).to_have_url(re.compile("kind=union"))
    expect(page.locator(".plate")).to_have_count(6)
    walk.look("honours-union")
    page.get_by_role("link", name=re.compile("看证书")).first.click()
    expect(page.locator(".certificate__scan img")).to_be_visible()
    walk.look("certificate")
    menu(walk, "先进典型")
    walk.look("role-models")
    page.get_by_role("link", name=re.compile("国家级")).first.click()
    page.get_by_role("link", name="重症医学科护士长").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("交班本上没有")
    walk.look("commendation")
    page.get_by_role("link", name=re.compile("她的交班本上，没有一个")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("她的交班本上，没有一个“大概”")


def test_gold_is_read_in_large_print_and_in_the_dark(walk: Walk) -> None:
    for name, value in (("size", "large"), ("theme", "dark")):
        walk.context.add_cookies([{"name": name, "value": value, "url": walk.house.url}])
    for address, name in (
        ("/honours/", "honours"),
        ("/role-models/", "role-models"),
        ("/role-models/head-nurse-of-intensive-care/", "commendation"),
    ):
        walk.go(address)
        walk.look(f"{name}-large-dark")


def test_the_wall_and_a_story_are_printed_whole(walk: Walk) -> None:
    for address, name in (
        ("/honours/", "honours"),
        ("/role-models/head-nurse-of-intensive-care/", "commendation"),
    ):
        page = walk.go(address)
        page.emulate_media(media="print")
        expect(page.locator(".site-head")).to_be_hidden()
        expect(page.locator(".print-head")).to_be_visible()
        walk.keep(f"{name}-print")
        page.emulate_media(media="screen")
