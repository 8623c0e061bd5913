"""Somebody joins on a phone, is returned for a missing file, sends three, is approved and entered."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Walk
from tests.kit import papers

NEWCOMER, CHAIR, OFFICER = "100016", "100015", "100014"
CASES = "/extranet/members/cases/"
DESK = "/extranet/"


@pytest.fixture
def people(browser: Any, house: Any) -> Iterator[dict[str, Walk]]:
    """The newcomer with a phone, the chair and the officer at their desks."""
    walks = {
        "newcomer": Walk(browser, house, "phone"),
        "chair": Walk(browser, house, "desktop"),
        "officer": Walk(browser, house, "desktop"),
    }
    yield walks
    for walk in walks.values():
        walk.context.close()
    assert [walk.complaints for walk in walks.values() if walk.complaints] == []


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Papers as people have them on their phones, and one that is not what it says."""
    made = {name: tmp_path / name for name in ("申请书.pdf", "合同.pdf", "工作证.pdf", "证书.pdf")}
    for path in made.values():
        path.write_bytes(papers.pdf())
    made["证书.pdf"].write_bytes(b"MZ\x90\x00" + bytes(2000))
    return made


def test_joining_from_the_phone_to_the_roster(people, files):
    new, chair, officer = people["newcomer"], people["chair"], people["officer"]
    number = hand_in(new, files)
    returned_by(chair, number)
    complete(new, files, number)
    approved_by(chair, number)
    entered_by(officer, number)
    is_a_member(new, number)


def hand_in(new, files) -> str:
    page = new.sign_in(NEWCOMER, CASES)
    new.look("joining-start")
    page.get_by_role("link", name="加入工会").click()
    page.wait_for_url("**/new/join/")
    new.look("joining-form")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("请勾选这一项")
    new.look("joining-missing")
    page.fill("#id_reason", "轮转结束，定岗急诊科，想参加工会活动。")
    page.check("#id_willing")
    page.set_input_files("[name=files-application]", files["申请书.pdf"])
    expect(page.locator("#files-application .upload__name")).to_contain_text("申请书.pdf")
    expect(page.locator("#files-application [data-take-back]")).to_have_count(1)
    page.get_by_role("button", name="提交", exact=True).click()
    page.wait_for_url(re.compile(r"/cases/[a-z0-9]{12}/$"))
    found = re.search(r"RH-\d{4}-\d{4}", page.inner_text("main"))
    assert found
    expect(page.locator(".status")).to_contain_text("急诊重症分工会")
    new.look("joining-handed-in")
    new.go(DESK)
    expect(page.locator("main")).to_contain_text("入会申请")
    new.look("joining-desk")
    return found.group()


def returned_by(chair, number) -> None:
    page = chair.sign_in(CHAIR, DESK)
    expect(page.locator("main")).to_contain_text(number)
    chair.look("joining-chair-desk")
    page.get_by_role("link", name=f"入会申请 {number}").first.click()
    chair.look("joining-chair-case")
    page.locator("summary", has_text="退回补正").click()
    page.fill("#id_return-note", "请补劳动合同和工作证。")
    page.get_by_role("button", name="退回补正").click()
    expect(page.locator("main")).to_contain_text("请补劳动合同和工作证。")
    chair.look("joining-returned")


def complete(new, files, number) -> None:
    page = new.go(DESK)
    expect(page.locator("main")).to_contain_text("去补正")
    new.look("joining-desk-returned")
    page.get_by_role("link", name=f"入会申请 {number}").first.click()
    page.get_by_role("link", name="去补正，再提交").click()
    page.wait_for_url("**/complete/")
    page.set_input_files("[name=files-proof]", [files["合同.pdf"], files["证书.pdf"], files["工作证.pdf"]])
    expect(page.locator("#files-proof [data-take-back]")).to_have_count(2)
    bad = page.locator("#files-proof .upload--bad")
    expect(bad).to_contain_text("证书.pdf")
    expect(bad.locator(".upload__say")).not_to_be_empty()
    new.look("joining-hostile")
    bad.get_by_role("button").last.click()
    expect(bad).to_have_count(0)
    page.get_by_role("button", name="再次提交").click()
    page.wait_for_url(re.compile(r"/cases/[a-z0-9]{12}/$"))
    expect(page.locator("main")).to_contain_text("工作证.pdf")
    new.look("joining-again")


def approved_by(chair, number) -> None:
    page = chair.go(CASES + "queue/mine/")
    chair.look("joining-chair-queue")
    page.get_by_role("link", name=number).click()
    page.fill("#id_approve-note", "材料齐了，欢迎。")
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.locator("main")).to_contain_text("工会办公室")
    chair.look("joining-approved")


def entered_by(officer, number) -> None:
    page = officer.sign_in(OFFICER, CASES + "queue/")
    officer.look("joining-queue")
    page.get_by_role("link", name=number).click()
    officer.look("joining-officer-case")
    page.get_by_role("button", name="登记入册").click()
    expect(page.locator("main")).to_contain_text("已登记")
    officer.look("joining-entered")


def is_a_member(new, number) -> None:
    page = new.go(DESK)
    expect(page.locator("main")).to_contain_text(f"您的入会申请 {number} 已登记入册")
    new.look("joining-desk-after")
    new.go(CASES)
    expect(page.locator("main")).to_contain_text("您已经是会员了。")
    new.look("joining-member")
