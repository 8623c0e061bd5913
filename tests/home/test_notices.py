"""Notices: public notices (公示), urgent strips, days that must fit together."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from home.models import NewsPage, NoticePage
from home.models.notices import Publicity
from home.strips import urgent_strips
from tests.home.factories import close, days_ago, notice

pytestmark = pytest.mark.django_db

PUBLIC = {
    "publicity_from": days_ago(1),
    "publicity_until": days_ago(-3),
    "objections_to": "行政楼 306，短号 6306",
}


@pytest.mark.parametrize(
    ("first", "last", "words", "runs"),
    [(1, 5, "Not begun yet", False), (0, 3, "3 days left", True), (-4, 1, "1 day left", True),
     (-4, 0, "Today is the last day", True), (-9, -1, "Ended", False)],
)  # fmt: skip
def test_a_public_notice_says_in_words_how_it_stands(first, last, words, runs):
    today = timezone.localdate()
    publicity = Publicity(today + timedelta(days=first), today + timedelta(days=last), "306", today)
    with translation.override("en"):
        assert str(publicity.standing) == words
    assert publicity.runs is runs
    assert publicity.days == last - first + 1


def test_the_page_of_a_public_notice_shows_days_and_whom_to_object_to(client, board):
    notice(board, slug="a", **PUBLIC)
    text = client.get("/notices/a/").content.decode()
    assert f'<time datetime="{days_ago(1).isoformat()}">' in text
    assert f'<time datetime="{days_ago(-3).isoformat()}">' in text
    assert "<dd>行政楼 306，短号 6306</dd>" in text
    assert 'id="h-publicity"' in text
    notice(board, slug="b")
    assert 'id="h-publicity"' not in client.get("/notices/b/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"publicity_until": days_ago(2)}, "publicity_until"),
        ({"publicity_until": None}, "publicity_until"),
        ({"publicity_from": None}, "publicity_from"),
        ({"objections_to": ""}, "objections_to"),
        ({"objections_to": "  "}, "objections_to"),
        ({"expire_at": timezone.now() + timedelta(days=1)}, "publicity_until"),
        ({"expire_at": timezone.now() + timedelta(days=9), "urgent_until": days_ago(-12)}, "urgent_until"),
        ({"expire_at": timezone.now() + timedelta(days=9), "pinned_until": days_ago(-12)}, "pinned_until"),
    ],
)
def test_days_that_contradict_each_other_are_refused_at_their_field(board, change, field):
    with pytest.raises(ValidationError) as refusal:
        notice(board, **{**PUBLIC, **change})
    assert list(refusal.value.message_dict) == [field]
    assert NoticePage.objects.count() == 0


def test_a_story_cannot_disappear_before_it_appears(newsroom):
    now = timezone.now()
    story = NewsPage(title="一则", go_live_at=now + timedelta(days=2), expire_at=now + timedelta(days=1))
    with pytest.raises(ValidationError) as refusal:
        newsroom.add_child(instance=story)
    assert list(refusal.value.message_dict) == ["expire_at"]


def test_the_database_has_the_last_word_on_public_notices(board):
    page = notice(board, **PUBLIC)
    rows = NoticePage.objects.filter(pk=page.pk)
    for change in ({"objections_to": ""}, {"publicity_until": days_ago(9)}, {"publicity_from": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    assert rows.values_list("objections_to", flat=True).get() == "行政楼 306，短号 6306"


def test_an_urgent_notice_stands_on_every_page_through_its_day(client, board, rf):
    today = timezone.localdate()
    notice(board, "停水", slug="water", urgent_until=today)
    notice(board, "过去的", urgent_until=today - timedelta(days=1))
    notice(board, "草稿", urgent_until=today, live=False)
    close(notice(board, "会员的", urgent_until=today))
    strips = urgent_strips(today, rf.get("/"))
    assert [(strip.text, strip.url) for strip in strips] == [("停水", "/notices/water/")]
    assert list(urgent_strips(today + timedelta(days=1), rf.get("/"))) == []
    for address in ("/", "/notices/", "/nothing/"):
        text = client.get(address).content.decode()
        assert '<a href="/notices/water/">停水</a>' in text
        assert "会员的" not in text


def test_at_most_three_strips_stand_on_a_page_the_newest_ones(board, rf):
    today = timezone.localdate()
    for number in range(5):
        notice(board, f"紧急{number}", slug=f"u{number}", urgent_until=today, dated_on=days_ago(number))
    strips = urgent_strips(today, rf.get("/"))
    assert [strip.text for strip in strips] == ["紧急0", "紧急1", "紧急2"]


def test_an_urgent_notice_published_now_appears_at_once(client, board, django_capture_on_commit_callbacks):
    client.get("/")
    page = notice(board, "停电", live=False, urgent_until=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert "停电" in client.get("/").content.decode()
