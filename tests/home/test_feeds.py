"""RSS and Atom of a section."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.utils import timezone

from tests.home.factories import category, close, many_news, news, notice, picture

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response, ET.fromstring(response.content)  # noqa: S314 - our own answer


@pytest.fixture
def story(newsroom, settings):
    settings.BASE_URL = "https://union.example.org"
    moment = timezone.make_aware(timezone.datetime(2026, 11, 19, 8, 30))
    return news(
        newsroom, "夜里两点 <热饺子>", slug="bowl", lead="第一锅 & 第二锅。", category=category(),
        cover=picture(), source="院工会", first_published_at=moment, last_published_at=moment,
    )  # fmt: skip


def test_rss_carries_lead_category_address_and_picture(client, story):
    response, root = read(client, "/news/feed/rss/")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = root.find("channel")
    assert channel.findtext("title") == "工会动态"
    assert channel.findtext("link") == "https://union.example.org/news/"
    item = channel.find("item")
    assert item.findtext("title") == "夜里两点 <热饺子>"
    assert item.findtext("link") == item.findtext("guid") == "https://union.example.org/news/bowl/"
    assert item.findtext("description") == "第一锅 & 第二锅。"
    assert item.findtext("category") == "职工生活"
    assert item.findtext("pubDate") == "Thu, 19 Nov 2026 08:30:00 +0800"
    enclosure = item.find("enclosure")
    assert enclosure.get("url") == "https://union.example.org/media/images/window-1280.jpg"
    assert enclosure.get("type") == "image/jpeg"
    content = item.find(f"{MEDIA}content")
    assert (content.get("width"), content.get("height")) == ("1280", "800")
    assert content.findtext(f"{MEDIA}description") == "剪纸画：亮着灯的窗"


def test_atom_carries_the_same(client, story):
    response, root = read(client, "/news/feed/atom/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert root.findtext(f"{ATOM}id") == "https://union.example.org/news/"
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "夜里两点 <热饺子>"
    assert entry.findtext(f"{ATOM}summary") == "第一锅 & 第二锅。"
    assert entry.find(f"{ATOM}category").get("term") == "职工生活"
    assert entry.findtext(f"{ATOM}published") == "2026-11-19T08:30:00+08:00"
    assert entry.find(f"{MEDIA}content").get("url").endswith("/media/images/window-1280.jpg")


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_only_what_everybody_may_read_is_in_a_feed_whoever_asks(kind, client, client_of, admin, newsroom):
    news(newsroom, "公开")
    close(news(newsroom, "会员的"))
    news(newsroom, "草稿", live=False)
    for reader in (client, client_of(admin)):
        text = reader.get(f"/news/feed/{kind}/").content.decode()
        assert "公开" in text
        assert "会员的" not in text
        assert "草稿" not in text


def test_the_feed_of_a_closed_section_is_closed(client, board, client_of, person):
    notice(board, "内部通知")
    close(board)
    response = client.get("/notices/feed/rss/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert "内部通知" not in client_of(person()).get("/notices/feed/rss/").content.decode()


def test_a_feed_has_the_newest_twenty_for_a_handful_of_queries(client, newsroom, django_assert_num_queries):
    many_news(newsroom, 25, cover=picture(), first=date(2025, 1, 1))
    with django_assert_num_queries(6):  # one of them asks for the generation of what is shared
        _response, root = read(client, "/news/feed/rss/")
    names = [item.findtext("title") for item in root.iter("item")]
    assert names == [f"动态{n:04}" for n in range(24, 4, -1)]


def test_a_story_without_a_picture_or_moment_is_in_the_feed_by_its_day(client, newsroom):
    page = news(newsroom, "朴素", dated_on=date(2025, 3, 1))
    type(page).objects.filter(pk=page.pk).update(first_published_at=None, last_published_at=None)
    _response, root = read(client, "/news/feed/rss/")
    item = root.find("channel/item")
    assert item.findtext("pubDate") == "Sat, 01 Mar 2025 00:00:00 +0800"
    assert item.find("enclosure") is None


def test_browsers_find_the_feeds_of_a_section_and_on_the_home_page(client, homepage, newsroom, board):
    lines = [
        '<link rel="alternate" type="application/rss+xml" title="工会动态 (RSS)" href="/news/feed/rss/">',
        '<link rel="alternate" type="application/atom+xml" title="工会动态 (Atom)" href="/news/feed/atom/">',
    ]
    text = client.get("/news/").content.decode()
    assert all(line in text for line in lines)
    close(board)
    front = client.get("/").content.decode()
    assert 'href="/news/feed/rss/"' in front
    assert 'href="/notices/feed/rss/"' not in front
