"""The inbox: unread first, opened by a button, marked at once and taken back; one's own alone, and cheap."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.kit.rooms import all_rooms
from extranet.core.models import Notice
from extranet.core.notices import open_notice, unread_count
from tests.core.postroom import only, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room_topics")]
INBOX = "/extranet/inbox/"


@pytest.fixture
def me(person):
    return person()


@pytest.fixture
def desk(client_of, me):
    return client_of(me)


def address(notice):
    return reverse("core:notice", args=[notice.public_id])


def days_ago(key, days, *, read=False):
    at = timezone.now() - timedelta(days=days)
    read_at = timezone.now() - timedelta(days=60 - days) if read else None
    Notice.objects.filter(key=key).update(told_at=at, read_at=read_at)


def titles(answer):
    return [line.title for group in answer.context["groups"] for line in group.lines]


def test_strangers_are_led_to_the_entrance(client, db):
    for path in (INBOX, f"{INBOX}choices/", f"{INBOX}abcdefghijkm/"):
        assert client.get(path).url.startswith("/accounts/login/")


def test_unread_ones_come_first_then_the_others_by_day(desk, me):
    for key, days, read in (("old", 40, False), ("today", 0, True), ("long", 60, True)):
        tell(me, key=key, title=key)
        days_ago(key, days, read=read)
    page = desk.get(INBOX)
    assert titles(page) == ["old", "today", "long"]  # by when they were told, not by when they were read
    headings = [group.heading for group in page.context["groups"]]
    assert headings[0] == "没读的"
    assert headings[1].startswith("今天，") and headings[2].endswith("月")
    assert "1 条没读。" in page.content.decode()


def test_an_empty_inbox_says_what_will_be_there(desk):
    page = desk.get(INBOX).content.decode()
    assert "还没有消息。您办的事有了进展" in page and reverse("core:choices") in page
    assert "全部标为读过" not in page


def test_filters_show_topics_unread_and_duties_with_their_numbers(desk, me):
    tell(me, key="a", title="场馆一")
    tell(me, key="b", title="提案一", topic="proposals")
    tell(me, key="c", title="场馆二")
    open_notice(Notice.objects.get(key="c"))
    page = desk.get(INBOX)
    chips = [(str(chip.label), chip.number) for chip in page.context["chips"]]
    assert chips == [("全部", 0), ("没读", 2), ("必达", 1), ("场馆", 1), ("提案", 1)]
    assert titles(desk.get(INBOX, {"topic": "bookings"})) == ["场馆一", "场馆二"]
    assert set(titles(desk.get(INBOX, {"show": "unread"}))) == {"场馆一", "提案一"}
    assert titles(desk.get(INBOX, {"show": "duty"})) == ["提案一"]


def test_a_filter_that_finds_nothing_leads_back(desk, me):
    tell(me)
    page = desk.get(INBOX, {"topic": "proposals"})
    assert titles(page) == [] and "这里没有这样的消息。" in page.content.decode()


@pytest.mark.parametrize("query", ["show=nonsense", "p=2", "p=0", "p=-1", "p=1000000000", "p=x"])
def test_a_bad_filter_or_page_is_not_found(desk, me, query):
    tell(me)
    assert desk.get(f"{INBOX}?{query}").status_code == 404


def test_a_long_filter_and_a_bad_moment_do_no_harm(desk, me):
    tell(me)
    assert desk.get(INBOX, {"topic": "x" * 10000}).status_code in {200, 400}
    for moment in ("x", "2026-13-45T99:99", "2026-11-24T10:00:00"):
        assert "undo" not in desk.get(INBOX, {"marked": moment}).content.decode()


def test_looking_marks_nothing_and_opening_leads_on(desk, me):
    tell(me, url="/accounts/password/change/", body="8 点到 12 点用不了。")
    notice = only(me)
    desk.get(INBOX)
    page = desk.get(address(notice)).content.decode()
    assert "活动室停电检修" in page and "8 点到 12 点用不了。" in page
    assert unread_count(me) == 1
    answer = desk.post(address(notice))
    assert (answer.status_code, answer.url) == (302, "/accounts/password/change/")
    assert unread_count(me) == 0


def test_a_notice_that_leads_nowhere_opens_itself(desk, me):
    tell(me)
    assert desk.post(address(only(me))).url == address(only(me))


def test_a_notice_can_be_kept_for_later(desk, me):
    tell(me)
    desk.post(address(only(me)))
    assert desk.post(address(only(me)), {"later": "1"}).url == INBOX
    assert unread_count(me) == 1


def test_all_are_marked_and_the_bar_takes_it_back(desk, me):
    for key in "abc":
        tell(me, key=key)
    open_notice(Notice.objects.get(key="a"))
    answer = desk.post(f"{INBOX}read/")
    page = desk.get(answer.url)
    assert "2 条消息标为读过了。" in page.content.decode()
    assert unread_count(me) == 0
    assert desk.post(f"{INBOX}unread/", {"marked": page.context["marked"]}).url == INBOX
    assert {notice.key for notice in Notice.objects.unread()} == {"b", "c"}


def test_marking_when_nothing_is_unread_says_nothing(desk):
    assert desk.post(f"{INBOX}read/").url == INBOX
    assert desk.post(f"{INBOX}unread/", {"marked": "nonsense"}).url == INBOX


def test_anothers_notice_is_not_there(client_of, person, me):
    tell(me)
    other = client_of(person())
    for answer in (
        other.get(address(only(me))),
        other.post(address(only(me))),
        other.get(f"{INBOX}zzzzzzzzzzzz/"),
    ):
        assert answer.status_code == 404
    assert unread_count(me) == 1


@pytest.mark.parametrize("path", ["read/", "unread/"])
def test_nothing_is_changed_by_following_a_link(desk, me, path):
    tell(me)
    assert desk.get(INBOX + path).status_code == 405
    assert unread_count(me) == 1


def test_what_somebody_typed_is_shown_as_text(desk, me):
    tell(me, title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")
    for page in (desk.get(INBOX), desk.get(address(only(me)))):
        words = page.content.decode()
        assert "<script>alert" not in words and "<img src=x" not in words
        assert "&lt;script&gt;" in words


def test_what_is_shown_here_is_kept_by_nobody(desk, me):
    tell(me)
    for path in (INBOX, address(only(me)), f"{INBOX}choices/"):
        assert "no-store" in desk.get(path)["Cache-Control"]


def asked_for(desk, path=INBOX):
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(path).status_code == 200
    return len(asked)


def test_five_and_five_hundred_notices_cost_the_same(desk, me):
    for number in range(5):
        tell(me, key=f"a{number}", topic="proposals" if number % 2 else "bookings")
    asked_for(desk)  # what is read once for all pages
    few = asked_for(desk)
    template = Notice.objects.first()
    rows = [
        Notice(recipient=me, key=f"b{number}", topic=template.topic, title=f"第 {number} 条")
        for number in range(495)
    ]
    Notice.objects.bulk_create(rows)
    page = desk.get(INBOX)
    assert page.context["page"].paginator.count == 500
    assert len(titles(page)) == 20
    assert asked_for(desk) == asked_for(desk, f"{INBOX}?p=25") == few <= 8
    assert len(page.content) < 60_000


def test_the_register_knows_the_inbox_and_its_badge(me, django_assert_num_queries):
    tell(me)
    (room,) = [room for room in all_rooms() if room.slug == "inbox"]
    with django_assert_num_queries(1):
        assert room.badge(me) == 1
    assert [tile.url for tile in room.tiles(me)] == [INBOX]


def test_the_demo_tells_a_few_people_something_once(person, monkeypatch):
    from extranet.core import demo
    from extranet.core.notices import topics

    monkeypatch.setattr(topics, "_topics", {topic.slug: topic for topic in topics.OF_THE_HOUSE})
    member, editor = person(staff_number="100005"), person(staff_number="100002")
    said = []
    demo.tell(said.append)
    demo.tell(said.append)
    assert said == ["站内消息 14 条"]
    assert (unread_count(member), unread_count(editor)) == (2, 3)
    assert not Notice.objects.filter(recipient__staff_number="100001").exists()
