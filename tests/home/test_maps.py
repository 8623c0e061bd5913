"""sitemap.xml, robots.txt and the map of the site."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.utils import timezone

from home.models import SitemapPage
from tests.home.factories import add, close, many_news, news, standard

pytestmark = pytest.mark.django_db

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(client):
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    return {url.findtext("s:loc", namespaces=NS): url.findtext("s:lastmod", namespaces=NS) for url in root}


def test_the_sitemap_names_what_everybody_may_read_and_when_it_changed(client, newsroom, settings):
    settings.BASE_URL = "https://union.example.org"
    moment = timezone.make_aware(timezone.datetime(2026, 11, 19, 8, 30))
    news(newsroom, slug="a", last_published_at=moment)
    close(news(newsroom, slug="b"))
    news(newsroom, slug="c", live=False)
    found = addresses(client)
    assert list(found) == [
        "https://union.example.org/",
        "https://union.example.org/news/",
        "https://union.example.org/news/a/",
    ]
    assert found["https://union.example.org/news/a/"] == "2026-11-19T08:30:00+08:00"


def test_the_sitemap_costs_the_same_queries_for_many_pages(client, newsroom, django_assert_num_queries):
    addresses(client)  # from here on the sites are kept
    for number in (5, 60):
        many_news(newsroom, number)
        with django_assert_num_queries(2):
            assert len(addresses(client)) == 2 + number
        newsroom.refresh_from_db()
        newsroom.get_children().delete()
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"


def test_robots_are_told_what_to_leave_alone_and_where_the_map_is(client, settings):
    settings.BASE_URL = "https://union.example.org"
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /documents/",
        "Disallow: /appearance/",
        "Allow: /",
        "",
        "Sitemap: https://union.example.org/sitemap.xml",
    ]
    assert client.post("/robots.txt").status_code == 405


@pytest.fixture
def site_map(homepage):
    homepage.refresh_from_db()
    return add(homepage, SitemapPage(title="网站地图", slug="map"))


def flat(branches, depth=0):
    for branch in branches:
        yield depth, branch.card.title, branch.stories
        yield from flat(branch.below, depth + 1)


def test_the_map_shows_sections_as_a_tree_and_stories_as_a_number(client, homepage, newsroom, site_map):
    many_news(newsroom, 3, first=date(2025, 1, 1))
    homepage.refresh_from_db()
    about = standard(homepage, "关于工会", slug="about")
    standard(about, "工会章程", slug="charter")
    close(standard(about, "内部", slug="inside"))
    standard(about, "草稿", slug="draft", live=False)
    assert list(flat(client.get("/map/").context["tree"])) == [
        (0, "工会动态", 3),
        (0, "网站地图", 0),
        (0, "关于工会", 0),
        (1, "工会章程", 0),
    ]
    assert "动态0001" not in client.get("/map/").content.decode()


def test_members_see_closed_pages_on_the_map_marked(client_of, person, homepage, site_map):
    homepage.refresh_from_db()
    close(standard(homepage, "内部", slug="inside"))
    tree = client_of(person()).get("/map/").context["tree"]
    assert [(branch.card.title, branch.card.closed) for branch in tree] == [
        ("网站地图", False),
        ("内部", True),
    ]


def test_the_map_costs_five_queries_however_large_the_site(
    client, newsroom, site_map, django_assert_num_queries
):
    client.get("/map/")
    with django_assert_num_queries(5):
        client.get("/map/")
    newsroom.refresh_from_db()
    many_news(newsroom, 30)
    client.get("/map/")
    with django_assert_num_queries(5):
        assert client.get("/map/").context["tree"][0].stories == 30
