"""My messages: read one, mark all and take it back, follow the link of a mail, choose what comes by mail."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Walk
from tests.browser.house import House, links_in

INBOX = "/extranet/inbox/"
POWER, RULES = "周六上午活动室停电检修", "慰问办法有了新的一版"


def reader(walk: Walk, house: House) -> str:
    """Return the number of somebody of this width, with a mail address and the demo's notices unread."""
    number = "100005" if walk.width == "phone" else "100002"
    house.ask(
        "from django.contrib.auth import get_user_model as users;"
        "from extranet.core.models import Notice, NoticeHabits, TopicChoice;"
        f"someone = users().objects.get(staff_number='{number}');"
        f"users().objects.filter(pk=someone.pk).update(email='r{number}@example.org');"
        "NoticeHabits.objects.filter(owner=someone).delete();"
        "TopicChoice.objects.filter(owner=someone).delete();"
        "Notice.objects.filter(recipient=someone).exclude(key__startswith='demo:').delete();"
        "Notice.objects.filter(recipient=someone, mail='').update(mail='never');"  # planned later otherwise
        "Notice.objects.filter(recipient=someone, key__in=('demo:power', 'demo:rules')).update(read_at=None)"
    )
    return number


def unread(page: Page, number: int) -> None:
    expect(page.locator(".page-head__lead")).to_contain_text(f"{number} 条没读")


def test_a_notice_is_read_and_all_of_them_marked_and_taken_back(walk: Walk, house: House) -> None:
    number = reader(walk, house)
    waiting = 2 if number == "100005" else 3
    page = walk.sign_in(number, then=INBOX)
    unread(page, waiting)
    walk.look("inbox")
    page.emulate_media(color_scheme="dark")
    walk.look("inbox-dark")
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name=POWER).click()
    expect(page).to_have_url(re.compile("/notices/$"))
    walk.go(INBOX)
    unread(page, waiting - 1)
    page.get_by_role("button", name="全部标为读过").click()
    expect(page.get_by_text(f"{waiting - 1} 条消息标为读过了。")).to_be_visible()
    expect(page.locator(".page-head__lead")).to_contain_text("都读过了")
    walk.look("inbox-marked")
    page.get_by_role("button", name="撤销").click()
    unread(page, waiting - 1)
    page.get_by_role("link", name=re.compile("^没读")).click()
    expect(page.get_by_role("button", name=RULES)).to_be_visible()
    expect(page.get_by_role("button", name=POWER)).to_have_count(0)


def test_choices_are_kept_and_a_mail_leads_to_the_notice(walk: Walk, house: House) -> None:
    number = reader(walk, house)
    page = walk.sign_in(number, then="/extranet/inbox/choices/")
    page.get_by_label("也用邮件提醒我").check()
    page.get_by_role("group", name="工会通知").get_by_label("马上发").check()
    page.get_by_label("我休息的时候别发邮件").check()
    page.get_by_label("从").fill("12:00")
    page.get_by_label("到", exact=True).fill("12:00")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("开始和结束不能是同一个时刻")).to_be_visible()
    walk.look("choices-refused")
    page.get_by_label("我休息的时候别发邮件").uncheck()
    page.get_by_label("到", exact=True).fill("20:00")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("按您选的保存好了。")).to_be_visible()
    walk.look("choices")
    came = len(house.letters.arrived)
    house.ask(
        "from django.contrib.auth import get_user_model as users; from django.db import transaction;"
        "from extranet.core.notices import notify;"
        f"someone = users().objects.get(staff_number='{number}');"
        "begin = transaction.atomic(); begin.__enter__();"
        f"notify(someone, topic='union', key='journey-{house.port}',"
        "title='食堂周日加一顿夜宵', body='十点到十二点。');"
        "begin.__exit__(None, None, None)"
    )
    letter = house.letters.wait_for(came + 1)
    assert letter["To"] == f"r{number}@example.org"
    assert "夜宵" not in letter.get_payload(decode=True).decode()
    link = next(link for link in links_in(letter) if "/choices/" not in link)
    page = walk.go(urlsplit(link).path)
    expect(page.get_by_role("heading", level=1, name="食堂周日加一顿夜宵")).to_be_visible()
    walk.look("notice")
    page.get_by_role("button", name="标为读过").click()
    expect(page.get_by_role("button", name="留着以后看")).to_be_visible()


def test_large_print_holds(walk: Walk, house: House) -> None:
    number = reader(walk, house)
    page = walk.sign_in(number, then=INBOX)
    walk.context.add_cookies([{"name": "size", "value": "large", "url": house.url}])
    for path, name in ((INBOX, "inbox-large"), ("/extranet/inbox/choices/", "choices-large")):
        walk.go(path)
        expect(page.locator("html")).to_have_attribute("data-size", "large")
        walk.look(name)
