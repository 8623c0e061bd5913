"""A visitor reads: from the home page to a story and back, on any screen, in any light."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Walk


def menu(walk: Walk, name: str) -> None:
    """Choose a word of the main menu, opening it first on a phone."""
    if walk.width == "phone":
        walk.page.get_by_role("button", name="菜单", exact=True).click()
    walk.page.get_by_role("navigation", name="主导航").get_by_role("link", name=name).click()


def test_a_visitor_reads_from_the_home_page_to_a_story(walk: Walk) -> None:
    page = walk.go("/")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("header")).to_contain_text("示范医院工会")
    walk.look("home")
    page.locator(".lead__title a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("夜里两点，有一碗热饺子：夜班食堂开门第一周")
    expect(page.locator("main time").first).to_be_visible()
    walk.look("story")
    menu(walk, "工会动态")
    expect(page.get_by_role("heading", level=1)).to_have_text("工会动态")
    walk.look("news-list")
    page.get_by_role("link", name=re.compile("文体活动")).first.click()
    expect(page).to_have_url(re.compile("category="))
    walk.look("news-category")


def test_a_visitor_reads_notices_and_standing_pages(walk: Walk) -> None:
    page = walk.go("/")
    menu(walk, "通知公告")
    expect(page.get_by_role("heading", level=1)).to_have_text("通知公告")
    walk.look("notices")
    page.get_by_role("link", name=re.compile("公示")).first.click()
    expect(page.locator("main")).to_contain_text("异议")
    walk.look("public-notice")
    page.get_by_role("contentinfo").get_by_role("link", name="无障碍说明").click()
    walk.look("standing")
    page.get_by_role("contentinfo").get_by_role("link", name="网站地图").click()
    expect(page.locator("main")).to_contain_text("工会动态")
    walk.look("sitemap")


def test_large_print_and_dark_are_remembered(walk: Walk) -> None:
    page = walk.go("/news/")
    if walk.width == "phone":
        page.get_by_role("button", name="菜单", exact=True).click()
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page = walk.go("/")
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    walk.look("home-large-dark")
    assert {cookie["name"] for cookie in walk.context.cookies()} == {"size", "theme"}


def test_a_wrong_address_is_answered_in_the_house_style(walk: Walk) -> None:
    page = walk.go("/no-such-page/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("首页")).first).to_be_visible()
    walk.look("404")


def test_a_story_without_scripts_still_reads_and_switches(walk: Walk, browser, house) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(house.url + "/")
    page.locator(".lead__title a").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()
