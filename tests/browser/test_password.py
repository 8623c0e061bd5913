"""A forgotten password: a mail, a new password, in again; and what the door says to a wrong one."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import Walk
from tests.browser.house import House, links_in

NEW = "Corridor-teapot-88"


def test_a_forgotten_password_is_replaced_by_mail(walk: Walk, house: House) -> None:
    number = "700390" if walk.width == "phone" else "701440"
    address = f"{number}@example.org"
    house.ask(
        "from django.contrib.auth import get_user_model;"
        f"get_user_model().objects.filter(staff_number='{number}').delete();"
        f"get_user_model().objects.create_user('{number}', 'Old-lantern-55', name='试用', email='{address}')"
    )
    page = walk.go("/accounts/login/")
    walk.look("sign-in")
    page.get_by_role("link", name="重设密码").click()
    page.fill("#id_email", address)
    came = len(house.letters.arrived)
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    walk.look("reset-sent")
    letter = house.letters.wait_for(came + 1)
    assert letter["To"] == address
    assert number not in letter.get_payload(decode=True).decode()
    [link] = [link for link in links_in(letter) if "reset" in link]
    page = walk.go(urlsplit(link).path)
    page.fill("#id_password1", NEW)
    page.fill("#id_password2", NEW)
    walk.look("new-password")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/password/reset/key/done/")
    page = walk.go("/accounts/login/")
    page.fill("#id_login", number)
    page.fill("#id_password", NEW)
    page.press("#id_password", "Enter")
    page.get_by_role("button", name="我已阅读，继续").click()  # the privacy notice comes first
    expect(page).to_have_url(house.url + "/extranet/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("试用")


def test_a_wrong_password_tells_nothing_about_who_exists(walk: Walk) -> None:
    said = []
    for number in ("100005", "999999"):
        page = walk.go("/accounts/login/")
        page.fill("#id_login", number)
        page.fill("#id_password", "Wrong-password-00")
        page.press("#id_password", "Enter")
        expect(page.locator("[role=alert]").first).to_be_visible()
        assert page.input_value("#id_login") == number
        said.append(page.locator("[role=alert]").first.inner_text())
    walk.look("sign-in-refused")
    assert said[0] == said[1] != ""
