"""The door: in by a printed code on a phone; an authenticator, a recovery code, a passkey."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Walk
from tests.browser.house import PASSWORD, House

NEW = "Corridor-teapot-88"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A phone with a screen lock, as Chromium plays one."""
PEOPLE = """
from django.utils import timezone
from extranet.members.models import Consent, Office, OfficeKind, PrivacyNotice, User
from extranet.members.services.consents import acknowledge
def fresh(number, name, password=None):
    person, _new = User.objects.get_or_create(staff_number=number, defaults={{"name": name}})
    person.set_password(password)
    person.save()
    return person
keeper = fresh("{keeper}", "钱会籍", "{password}")
kind, _new = OfficeKind.objects.get_or_create(slug="membership_officer", defaults={{"name": "会籍管理员"}})
Office.objects.get_or_create(person=keeper, kind=kind, starts_on=timezone.localdate())
acknowledge(keeper, PrivacyNotice.objects.current())
{more}
"""


def digits_of(secret: str) -> str:
    """Return what an authenticator shows now (RFC 6238); waits for no clock."""
    key = base64.b32decode(secret)
    mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def press(page: Page, words: str) -> None:
    """Press the button with these words."""
    page.get_by_role("button", name=words, exact=True).click()


def test_a_member_comes_in_by_a_printed_code(walk: Walk, another: Callable[[], Walk], house: House) -> None:
    tail = "390" if walk.width == "phone" else "440"
    keeper, number, name = f"71{tail}", f"72{tail}", f"新来{tail}"
    house.ask(PEOPLE.format(keeper=keeper, password=PASSWORD, more=f'fresh("{number}", "{name}")'))
    officer = another()
    desk = officer.sign_in(keeper, "/extranet/members/activation/")
    desk.fill("#id_q", name)
    press(desk, "筛选")
    desk.get_by_label(name).check()
    officer.look("activation-list")
    press(desk, "为勾选的人生成激活码")
    expect(desk.locator(".slip")).to_have_count(1)
    officer.look("activation-slips")
    code = desk.locator(".slip__code").inner_text()

    page = walk.go(f"/accounts/activate/#{code}")
    expect(page.locator("#id_code")).to_have_value(code)
    assert code not in page.url
    page.fill("#id_staff_number", "99999")
    press(page, "继续")
    expect(page.locator("[role=alert]")).to_be_visible()
    walk.look("activate-refused")
    page.fill("#id_staff_number", number)
    page.fill("#id_code", code.lower())
    press(page, "继续")
    page.fill("#id_password1", NEW)
    page.fill("#id_password2", NEW)
    walk.look("first-password")
    press(page, "保存并进入")
    expect(page.get_by_role("heading", level=1, name="职工之家隐私告知")).to_be_visible()
    walk.look("privacy-notice")
    page.get_by_label("小组长可以看到我的手机号和邮箱").check()
    press(page, "我已阅读，继续")
    expect(page).to_have_url(house.url + "/accounts/welcome/")
    walk.look("welcome")
    page = walk.go("/accounts/")
    walk.look("account")
    press(page, "撤回: 小组长可以看到我的手机号和邮箱")
    expect(page.locator(".message--ok")).to_contain_text("已撤回")
    walk.go(f"/accounts/activate/#{code}")
    page.fill("#id_staff_number", number)
    press(page, "继续")
    expect(page.locator("[role=alert]")).to_be_visible()


def test_an_authenticator_and_a_recovery_code_open_the_door(walk: Walk, house: House) -> None:
    number = "73390" if walk.width == "phone" else "73440"
    more = (
        f'one = fresh("{number}", "李护士", "{PASSWORD}"); acknowledge(one, PrivacyNotice.objects.current())'
    )
    house.ask(PEOPLE.format(keeper=f"{number}k", password=PASSWORD, more=more))
    page = walk.sign_in(number, "/accounts/")
    page.get_by_role("link", name="添加身份验证器").click()
    secret = page.locator(".door__secret").inner_text()
    walk.look("authenticator")
    page.fill("#id_code", digits_of(secret))
    press(page, "完成添加")
    expect(page.get_by_role("heading", level=1)).to_have_text("备用码")
    codes = page.locator(".door__codes code").all_inner_texts()
    assert len(codes) == 10
    walk.look("recovery-codes")
    with page.expect_download() as kept:
        page.get_by_role("link", name="存成文件").click()
    assert kept.value.path().read_text().split() == codes
    page.get_by_role("link", name="我已保存好，继续").click()
    expect(page).to_have_url(house.url + "/accounts/")
    walk.look("account-with-second-factor")

    leave(walk)
    enter(walk, number)
    walk.look("second-question")
    page.fill("#id_code", "000000")
    page.press("#id_code", "Enter")
    expect(page.locator("#id_code_error_1")).to_contain_text("验证码不对")
    page.fill("#id_code", codes[0])
    page.press("#id_code", "Enter")
    expect(page).to_have_url(house.url + "/accounts/")

    leave(walk)
    enter(walk, number)
    page.fill("#id_code", codes[0])  # once only
    page.press("#id_code", "Enter")
    expect(page.locator("#id_code_error_1")).to_be_visible()
    page.fill("#id_code", digits_of(secret))
    page.press("#id_code", "Enter")
    expect(page).to_have_url(house.url + "/accounts/")


def test_a_passkey_is_made_and_opens_the_door_without_a_password(
    browser: Any, width: str, house: House
) -> None:
    number = "74390" if width == "phone" else "74440"
    more = (
        f'one = fresh("{number}", "林护士", "{PASSWORD}"); acknowledge(one, PrivacyNotice.objects.current())'
    )
    house.ask(PEOPLE.format(keeper=f"{number}k", password=PASSWORD, more=more))
    named = SimpleNamespace(url=house.url.replace("127.0.0.1", "localhost"))  # a passkey belongs to a name
    walk = Walk(browser, named, width)  # type: ignore[arg-type]
    page = walk.sign_in(number, "/accounts/")
    device = walk.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.get_by_role("link", name="添加通行密钥").click()
    walk.look("passkey-new")
    press(page, "添加这台设备")
    page.wait_for_url(lambda url: not url.endswith("/passkeys/add/"))
    walk.look("passkey-made")
    leave(walk)
    walk.go("/accounts/login/?next=/accounts/")
    press(page, "用通行密钥")
    expect(page).to_have_url(named.url + "/accounts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("账号与安全")
    assert walk.complaints == []
    walk.context.close()


def leave(walk: Walk) -> None:
    """Sign out."""
    page = walk.go("/accounts/logout/")
    page.locator("main").get_by_role("button", name="退出", exact=True).click()
    page.wait_for_url(walk.house.url + "/")


def enter(walk: Walk, number: str) -> None:
    """Sign in as far as the second question."""
    page = walk.go("/accounts/login/?next=/accounts/")
    page.fill("#id_login", number)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/accounts/2fa/authenticate/**")
