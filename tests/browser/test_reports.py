"""A report is written and published; a visitor meets the door, a member reads; rules; campaigns."""

import re
import secrets
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from cms.kit.pdf import Letter, Paragraph, text
from tests.browser.conftest import Walk
from tests.browser.house import House

PUBLISHER, MEMBER = "100004", "100005"


def paper(folder: Path, title: str) -> Path:
    """Return a PDF of an editor's own, set as a letter written elsewhere would be."""
    from cms.kit import typesetting

    letter = Letter(title=title, union="示范医院工会", blocks=[Paragraph(text("正文一段。"))])
    path = folder / f"{title}.pdf"
    path.write_bytes(typesetting.typeset(letter.written()))
    return path


def write(page: Page, title: str, attachment: Path) -> None:
    """Write a report from the dashboard: kind, period, text, a file for members; publish it."""
    page.get_by_role("link", name="写总结").click()
    page.fill("#id_title", title)
    page.press("#id_title", "Tab")
    page.fill("#id_lead", "三个月，四场座谈，两件办成的事。")
    page.select_option("#id_kind", "special")
    page.fill("#id_period_from", "2026-07-01")
    page.fill("#id_period_until", "2026-09-30")
    page.fill("#id_source", "院工会办公室")
    page.locator("[id$=-body-section] .c-sf-add-button").first.click()
    page.get_by_role("option", name="正文文字").click()
    page.locator("[id$=-body-section] .public-DraftEditor-content").first.click()
    page.keyboard.type("四场座谈都在傍晚开，会员下了班来。")
    page.locator("#id_attachments-ADD").click()
    page.locator("#inline_child_attachments-0 [data-chooser-action-choose]").first.click()
    modal = page.locator(".modal")
    modal.get_by_role("tab", name="上传").click()
    modal.locator("input[type=file]").set_input_files(attachment)
    modal.locator("input[name$=title]").fill(f"{title}（正式文本）")
    modal.locator("select[name$=collection]").select_option(label="会员资料")
    modal.locator("form[action*=create] button[type=submit]").click()
    expect(modal).to_have_count(0)
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages")).to_contain_text("发布")


def test_a_report_is_for_members_and_a_visitor_meets_the_door(
    walk: Walk, another: Callable[[], Walk], tmp_path: Path
) -> None:
    title = f"三季度座谈专题报告{secrets.token_hex(2)}"
    page = walk.sign_in(PUBLISHER, "/admin/")
    write(page, title, paper(tmp_path, title))

    visitor = another()
    public = visitor.go("/")
    expect(public.locator("body")).not_to_contain_text("工作总结")
    public = visitor.go("/reports/")
    expect(public.locator("#id_login")).to_be_visible()
    expect(public.locator("body")).not_to_contain_text(title)

    reader = another()
    inside = reader.sign_in(MEMBER, "/reports/")
    reader.look("reports")
    inside.get_by_role("link", name=title).click()
    expect(inside.get_by_role("heading", level=1)).to_have_text(title)
    expect(inside.locator("main")).to_contain_text("2026年第三季度")
    reader.look("report-new")
    inside.get_by_role("link", name="预览").click()
    expect(inside.locator("main img").first).to_be_visible()
    reader.keep("report-attachment")
    address = inside.url
    visitor.page.goto(address)
    expect(visitor.page.locator("#id_login")).to_be_visible()
    with inside.expect_download() as taken:
        inside.go_back()
        inside.get_by_role("link", name="下载 PDF").click()
    assert taken.value.suggested_filename == f"{title}.pdf"


def test_a_member_reads_a_long_report(walk: Walk) -> None:
    page = walk.sign_in(MEMBER, "/reports/?kind=half-year")
    page.get_by_role("link", name=re.compile("上半年工会工作总结")).first.click()
    walk.look("report")
    if walk.width == "phone":
        page.locator(".contents summary").click()
        walk.keep("report-contents")
    page.locator(".contents").get_by_role("link", name="四、走访与慰问").click()
    expect(page.get_by_role("heading", name="四、走访与慰问")).to_be_in_viewport()
    page.emulate_media(media="print")
    walk.keep("report-print")
    page.emulate_media(media="screen", color_scheme="dark")
    walk.keep("report-dark")
    page.emulate_media(color_scheme="light")
    page = walk.go("/")
    expect(page.locator("main")).to_contain_text("工作总结与计划")
    walk.look("home-of-a-member")


def test_a_visitor_finds_rules_and_what_became_of_old_ones(walk: Walk) -> None:
    page = walk.go("/rules/")
    walk.look("rules")
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载《入会申请表》").click()
    assert taken.value.suggested_filename == "joining.docx"
    page.get_by_role("link", name=re.compile("存档")).click()
    expect(page.locator("main")).to_contain_text("已过期")
    walk.look("rules-archive")
    page.get_by_role("link", name="职工慰问办法（试行）", exact=True).click()
    expect(page.locator("main")).to_contain_text("已废止")
    walk.look("rule-repealed")
    page.get_by_role("link", name="职工慰问（五必访）实施办法", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("职工慰问（五必访）实施办法")
    walk.look("rule")
    page.locator(".file__look").click()
    expect(page.locator("main img").first).to_be_visible()
    walk.look("rule-file")


def test_a_visitor_follows_a_campaign(walk: Walk, house: House) -> None:
    covers = "from home.models import CampaignPage; print(CampaignPage.objects.filter(cover=None).count())"
    house.wait_until(covers, "0", seconds=180)
    page = walk.go("/")
    page.locator(".campaign-band__title a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("学先进，树新风")
    expect(page.locator("main")).not_to_contain_text("半年总结")
    walk.look("campaign")
    page.get_by_role("navigation", name="所在位置").get_by_role("link", name="专题").click()
    walk.look("campaigns")
    page.get_by_role("link", name="迎春歌咏与游艺").click()
    expect(page.locator(".album-grid > li")).to_have_count(5)
    walk.look("campaign-spring")
