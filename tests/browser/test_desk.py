"""The desk as somebody finds it on the first day, on a phone and on a desktop; the way in and out."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Walk
from tests.browser.house import PASSWORD, House

MEMBER = "720050"
FIRST_DAY = f"""
from extranet.members.models import PrivacyNotice, User
from extranet.members.services.consents import acknowledge
User.objects.filter(staff_number="{MEMBER}").exists() or User.objects.create_user(
    "{MEMBER}", "{PASSWORD}", name="田一"
)
notice = PrivacyNotice.objects.current()
notice and acknowledge(User.objects.get(staff_number="{MEMBER}"), notice)
"""


@pytest.fixture(autouse=True, scope="module")
def _somebody_new(house: House) -> None:
    """Let there be a member whom nothing concerns yet."""
    house.ask(FIRST_DAY)


def test_a_member_finds_the_desk_by_the_website_and_leaves_by_it(walk: Walk) -> None:
    page = walk.go("/")
    if walk.width == "phone":
        page.get_by_role("button", name="菜单", exact=True).click()
    page.get_by_role("link", name="会员区").click()
    page.fill("#id_login", MEMBER)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(walk.house.url + "/extranet/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("田一")
    expect(page.locator("main")).to_contain_text("没有事等您。")
    expect(page.locator(".rail [aria-current=page]")).to_have_text("办事")
    walk.look("desk-empty")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    if walk.width == "phone":
        page.get_by_role("button", name="我的", exact=True).click()
        walk.look("desk-mine")
    page.get_by_role("button", name="退出", exact=True).click()
    page.wait_for_url(walk.house.url + "/")
    walk.go("/extranet/")
    expect(page).to_have_url(walk.house.url + "/accounts/login/?next=/extranet/")


def test_the_desk_in_large_print_and_in_the_dark(walk: Walk) -> None:
    page = walk.sign_in(MEMBER, "/extranet/")
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    walk.look("desk-large")
    if walk.width == "phone":
        page.get_by_role("button", name="我的", exact=True).click()
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    walk.look("desk-dark-large")


def test_the_long_lists_are_useful_when_they_are_empty(walk: Walk) -> None:
    page = walk.sign_in(MEMBER, "/extranet/")
    page.get_by_role("link", name="全部事项").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的事项")
    walk.look("desk-cases")
    page.get_by_role("link", name="回到办事页").click()
    expect(page).to_have_url(walk.house.url + "/extranet/")
    walk.go("/extranet/waiting/")
    walk.look("desk-waiting")
    walk.page.set_viewport_size({"width": 320, "height": 640})
    walk.go("/extranet/")
    walk.look("desk-narrow")
