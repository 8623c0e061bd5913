"""An editor writes, reviewers return and approve, a visitor reads; a scheduled story appears by itself."""

import re
import secrets
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Walk
from tests.browser.house import House

LOOK_SOON = """
from datetime import timedelta
from django.utils import timezone
from cms.kit.models import Schedule
soon = timezone.now() + timedelta(seconds=2)
assert Schedule.objects.filter(name__endswith="publish_on_time").update(due_at=soon)
"""
EDITOR, FIRST, SECOND = "100002", "100003", "100004"


def write(walk: Walk, title: str, picture: Path) -> Page:
    """Begin a story from the dashboard: title, lead, an uploaded cover and one paragraph."""
    page = walk.sign_in(EDITOR, "/admin/")
    page.get_by_role("link", name="写新闻").click()
    page.fill("#id_title", title)
    page.press("#id_title", "Tab")
    page.fill("#id_lead", "一辆小推车，三十六份热粥，从食堂推到手术室门口。")
    page.get_by_role("button", name="选择一个图片").first.click()
    modal = page.locator(".modal")
    modal.get_by_role("tab", name="上传").click()
    modal.locator("input[type=file]").set_input_files(picture)
    modal.locator("input[name$=title]").fill("夜宵车")
    modal.locator("[name$=description]").fill("走廊里的一辆小推车")
    modal.locator("select[name$=consent]").select_option("not_needed")
    modal.locator("form[action*=create] button[type=submit]").click()
    expect(modal).to_have_count(0)
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="正文文字").click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("凌晨三点，小推车停在手术室门口，盖子一掀，白汽先出来。")
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile("白汽先出来"))
    return page


def submit(page: Page) -> None:
    """Send the story to review."""
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("button[name=action-submit]").click()
    expect(page.locator(".messages")).to_contain_text("提交")


def decide(page: Page, title: str, action: str, comment: str = "") -> None:
    """Open a waiting story from the dashboard and take one step of the review."""
    page.get_by_role("link", name=title).first.click()
    page.locator("footer .w-dropdown__toggle").click()
    page.locator(f"button[data-workflow-action-name={action}]").first.click()
    if comment:
        dialog = page.locator(".modal")
        dialog.locator("textarea").fill(comment)
        dialog.locator("button[type=submit], input[type=submit]").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))  # back in the list: the step is taken


def test_a_story_is_written_returned_approved_and_read(
    walk: Walk, another: Callable[[], Walk], pictures: Path, house: House
) -> None:
    title = f"手术室的夜宵车推过凌晨三点（{secrets.token_hex(2)}）"
    page = write(walk, title, pictures)
    assert page.input_value("#id_slug").startswith("shou-shu-shi-de-ye-xiao-che")
    submit(page)

    first = another()
    desk = first.sign_in(FIRST, "/admin/")
    expect(desk.locator("main")).to_contain_text(title)
    decide(desk, title, "reject", "第二句的份数请再核一次。")

    page = walk.go("/admin/")
    expect(page.locator("main")).to_contain_text("第二句的份数请再核一次。")
    page.get_by_role("link", name=title).first.click()
    page.fill("#id_lead", "一辆小推车，三十八份热粥，从食堂推到手术室门口。")
    submit(page)

    desk = first.go("/admin/")
    decide(desk, title, "approve")
    second = another()
    last = second.sign_in(SECOND, "/admin/")
    decide(last, title, "approve")

    visitor = another()
    public = visitor.go("/news/")
    public.get_by_role("link", name=title).click()
    expect(public.get_by_role("heading", level=1)).to_have_text(title)
    expect(public.locator("main")).to_contain_text("三十八份热粥")
    expect(public.locator("main")).to_contain_text("白汽先出来")
    visitor.look("written-story")


def test_a_scheduled_story_appears_when_its_time_has_come(walk: Walk, house: House) -> None:
    title = "每月逢八，理发师傅把椅子搬到住院楼"
    find = f"from home.models import NewsPage; page = NewsPage.objects.get(title__startswith='{title[:6]}')"
    house.ask(f"{find}; page.unpublish(); page.save_revision()")
    page = walk.go("/news/")
    expect(page.get_by_role("link", name=re.compile(title[:6]))).to_have_count(0)
    house.ask(
        f"from datetime import timedelta; from django.utils import timezone; {find};"
        "page = page.get_latest_revision_as_object(); page.expire_at = None;"
        "page.go_live_at = timezone.now() + timedelta(seconds=1); page.save_revision().publish()"
    )
    expect(page.get_by_role("link", name=re.compile(title[:6]))).to_have_count(0)
    house.ask(LOOK_SOON)
    house.wait_until(f"{find}; print(page.live)", "True", seconds=90)
    page = walk.go("/news/")
    page.get_by_role("link", name=re.compile(title[:6])).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title[:6])
