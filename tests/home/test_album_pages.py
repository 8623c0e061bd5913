"""An album and its section as visitors meet them: order, the viewer, what is withdrawn, what it costs."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.core.cache import caches
from django.urls import reverse

from cms.kit import takedown
from cms.kit.models import HouseImage, SiteIdentity
from home.models import AlbumPage, AlbumPhoto, AlbumRelatedLink, NewsRelatedLink, SitemapPage
from tests.home.factories import add, album, category, close, days_ago, news, picture, pictures

pytestmark = pytest.mark.django_db


def ids(response):
    """The photos of a page, by their anchors in the grid."""
    return [int(one) for one in re.findall(r'id="photo-(\d+)-thumb"', response.content.decode())]


def numbers(shots):
    return [shot.pk for shot in shots]


def titles(response):
    return [item.title for item in response.context["albums"]]


def test_an_album_says_when_where_by_whom_and_how_many(client, shelf):
    shots = pictures(2)
    album(shelf, "桥头徒步", [(shots[0], "出发"), shots[1]], slug="a", lead="走了十二公里。", place="南山",
          author="宣传组", dated_on=date(2026, 6, 6))  # fmt: skip
    response = client.get("/albums/a/")
    text = response.content.decode()
    assert '<h1 class="page-head__title ">桥头徒步</h1>' in text
    assert '<time datetime="2026-06-06">' in text and "南山</li>" in text and "宣传组</li>" in text
    assert "2 张" in text and text.count("<h1") == 1
    assert ids(response) == numbers(shots)
    assert f'<a href="#photo-{shots[0].pk}"' in text
    assert '<figcaption class="viewer__caption">出发</figcaption>' in text


def test_every_photo_has_an_address_neighbours_and_a_download_of_its_own(client, shelf):
    shots = pictures(3)
    album(shelf, "走路", shots, slug="a")
    text = client.get("/albums/a/").content.decode()
    first, middle, last = text.split('<figure class="viewer__frame"')[1:]
    assert f'id="photo-{shots[0].pk}"' in first and 'rel="prev"' not in first
    assert f'rel="prev" href="#photo-{shots[0].pk}"' in middle
    assert f'rel="next" href="#photo-{shots[2].pk}"' in middle
    assert 'rel="next"' not in last.split("</figure>")[0]
    assert 'href="/media/images/window-1280.jpg" download="走路-2.jpg"' in middle
    assert f'href="#photo-{shots[1].pk}-thumb" data-viewer' in middle
    assert "fetchpriority" not in text.split('<div class="viewer"')[1]
    assert text.split('<div class="viewer"')[1].count('loading="lazy"') == 3


def test_a_long_album_is_read_in_pages_and_the_arrows_lead_over_their_ends(client, shelf, settings):
    settings.BASE_URL = "https://union.example.org"
    shots = pictures(45)
    album(shelf, "很多", shots, slug="a")
    first, middle, last = (client.get(f"/albums/a/{query}") for query in ("", "?page=2", "?page=3"))
    assert [ids(one) for one in (first, middle, last)] == [
        numbers(shots[:20]), numbers(shots[20:40]), numbers(shots[40:]),
    ]  # fmt: skip
    assert f'rel="next" href="?page=2#photo-{shots[20].pk}"' in first.content.decode()
    assert f'rel="prev" href=".#photo-{shots[19].pk}"' in middle.content.decode()
    assert "21 / 45" in middle.content.decode()
    assert (
        '<link rel="canonical" href="https://union.example.org/albums/a/?page=2">' in middle.content.decode()
    )


@pytest.mark.parametrize("query", ["page=0", "page=2", "page=x", "page=999999999", "year=x", "page="])
def test_a_page_of_photos_that_is_not_there_does_not_exist(client, shelf, query):
    album(shelf, photos=pictures(3), slug="a")
    assert client.get(f"/albums/a/?{query}").status_code == 404


def test_the_order_is_the_editors(client, shelf):
    shots = pictures(3)
    page = album(shelf, photos=shots, slug="a")
    AlbumPhoto.objects.filter(page=page, image=shots[2]).update(sort_order=-1)
    assert ids(client.get("/albums/a/")) == numbers([shots[2], shots[0], shots[1]])


def test_the_cover_is_the_chosen_one_else_the_first_that_is_shown(client, shelf):
    shots = pictures(3)
    album(shelf, "甲", shots, slug="a", dated_on=days_ago(1))
    album(shelf, "乙", shots, slug="b", cover=shots[2], dated_on=days_ago(2))
    first, second = client.get("/albums/").context["albums"]
    assert (first.picture, first.photos, second.picture, second.photos) == (shots[0], 3, shots[2], 3)
    HouseImage.objects.filter(pk__in=[shots[0].pk, shots[2].pk]).update(consent="withdrawn")
    caches["pages"].clear()
    first, second = client.get("/albums/").context["albums"]
    assert (first.picture, first.photos) == (second.picture, second.photos) == (shots[1], 1)
    assert client.get("/albums/b/").context["page"].face == shots[1]


def test_taken_down_a_photo_is_gone_from_page_list_feed_and_chat(client, shelf, admin, homepage):
    shots = [picture(f"图{n}", sizes=[(1280, 800)], description=f"第{n}张") for n in range(2)]
    HouseImage.objects.filter(pk=shots[0].pk).update(served={"stem": "first", "sizes": [[1280, 800]]})
    homepage.sections = [("albums", {"title": "", "index": None, "number": 3})]
    homepage.save()
    album(shelf, "甲", shots, slug="a")
    places = ("/albums/a/", "/albums/", "/albums/feed/rss/", "/albums/feed/atom/", "/")
    assert ["first-1280" in client.get(place).content.decode() for place in places] == [True] * 5
    takedown.take_down(shots[0], admin, "本人要求")
    caches["pages"].clear()
    assert ["first-1280" in client.get(place).content.decode() for place in places] == [False] * 5
    response = client.get("/albums/a/")
    assert ids(response) == [shots[1].pk]
    assert "1 / 1" in response.content.decode() and "图0" not in response.content.decode()
    assert response.context["share"]["picture"].alt == "第1张"


def test_a_photo_that_is_not_drawn_yet_keeps_its_place_without_a_download(client, shelf):
    album(shelf, photos=[picture("未画", sizes=())], slug="a")
    text = client.get("/albums/a/").content.decode()
    assert text.count('class="picture__empty') == 2
    assert " download=" not in text and "og:image" not in text


def test_an_album_without_photos_says_so_and_stays_off_the_home_page(client, shelf, homepage):
    homepage.sections = [("albums", {"title": "", "index": None, "number": 3})]
    homepage.save()
    album(shelf, "空的", slug="a")
    assert client.get("/albums/a/").status_code == 200
    assert client.get("/").context["sections"] == []
    assert [item.picture for item in client.get("/albums/").context["albums"]] == [None]


def test_the_home_page_shows_the_newest_albums_and_where_all_are(client, shelf, homepage):
    homepage.sections = [("albums", {"title": "", "index": None, "number": 3})]
    homepage.save()
    shot = picture()
    for number in range(5):
        album(shelf, f"册{number}", [shot], slug=f"a{number}", dated_on=days_ago(number))
    (section,) = client.get("/").context["sections"]
    assert [item.title for item in section.shown["albums"]] == ["册0", "册1", "册2"]
    assert section.shown["section"].url == "/albums/"
    assert "/albums/feed/rss/" in client.get("/").content.decode()


def test_a_closed_album_is_there_for_members_only(client, client_of, person, shelf, homepage):
    homepage.sections = [("albums", {"title": "", "index": None, "number": 3})]
    homepage.save()
    secret = album(shelf, "疗休养", [picture()], slug="a")
    close(secret)
    for place in ("/", "/albums/", "/albums/feed/rss/", "/sitemap.xml"):
        assert "/albums/a/" not in client.get(place).content.decode(), place
    assert client.get("/albums/a/").status_code == 302
    member = client_of(person())
    assert titles(member.get("/albums/")) == ["疗休养"]
    assert member.get("/albums/a/").status_code == 200
    assert "疗休养" not in member.get("/albums/feed/rss/").content.decode()


def test_albums_are_listed_newest_first_by_year(client, shelf):
    shot = picture()
    for title, day in (("旧", date(2024, 5, 1)), ("中", date(2025, 5, 1)), ("新", date(2025, 6, 1))):
        album(shelf, title, [shot], dated_on=day)
    assert titles(client.get("/albums/")) == ["新", "中", "旧"]
    assert titles(client.get("/albums/?year=2025")) == ["新", "中"]
    assert [(y.label, y.count) for y in client.get("/albums/").context["archive"].by_year] == [
        (2025, 2),
        (2024, 1),
    ]
    for query in ("year=2023", "year=x", "page=2", "category=none"):
        assert client.get(f"/albums/?{query}").status_code == 404


def test_an_empty_section_has_a_first_word_and_for_editors_a_button(client, client_of, admin, shelf):
    write = f'href="{reverse("wagtailadmin_pages:add_subpage", args=[shelf.pk])}"'
    plain = client.get("/albums/").content.decode()
    assert 'class="empty"' in plain and write not in plain
    assert write in client_of(admin).get("/albums/").content.decode()


def test_story_and_album_lead_to_each_other_with_their_pictures(client, shelf, newsroom):
    shot = picture()
    page = album(shelf, "合唱相册", [shot], slug="a")
    story = news(newsroom, "合唱比赛", slug="s", cover=picture("题图"))
    AlbumRelatedLink.objects.create(page=page, related=story, sort_order=0)
    NewsRelatedLink.objects.create(page=story, related=page, sort_order=0)
    (told,) = client.get("/albums/a/").context["related_stories"]
    assert (told.title, told.picture.title) == ("合唱比赛", "题图")
    (told,) = client.get("/news/s/").context["related_stories"]
    assert (told.title, told.picture) == ("合唱相册", shot)


def test_other_albums_stand_below_and_a_way_to_have_oneself_taken_down(client, shelf, site):
    SiteIdentity.objects.create(site=site, phone="6306", address="306 室")
    for number in range(5):
        album(shelf, f"册{number}", [picture(f"图{number}")], slug=f"a{number}", dated_on=days_ago(number))
    response = client.get("/albums/a1/")
    assert [item.title for item in response.context["others"]] == ["册0", "册2", "册3"]
    assert '<a href="#foot-contact">' in response.content.decode()
    assert "(6306)" in response.content.decode() or "6306" in response.content.decode()


def test_the_feed_tells_albums_with_their_cover(client, shelf, settings):
    settings.BASE_URL = "https://union.example.org"
    album(shelf, "徒步", [picture()], slug="a", lead="十二公里。", author="宣传组")
    item = ET.fromstring(client.get("/albums/feed/rss/").content).find("channel/item")  # noqa: S314
    assert item.findtext("title") == "徒步"
    assert item.findtext("link") == "https://union.example.org/albums/a/"
    assert item.find("enclosure").get("url") == "https://union.example.org/media/images/window-1280.jpg"


def test_the_map_of_the_site_and_the_sitemap_know_albums(client, shelf, homepage):
    album(shelf, "徒步", [picture()], slug="a")
    homepage.refresh_from_db()
    add(homepage, SitemapPage(title="网站地图", slug="map"))
    (branch,) = [one for one in client.get("/map/").context["tree"] if one.card.url == "/albums/"]
    assert (branch.albums, branch.stories, branch.below) == (1, 0, [])
    assert "/albums/a/" in client.get("/sitemap.xml").content.decode()


def test_captions_are_searchable():
    names = {field.field_name for field in AlbumPage.search_fields}
    assert {"photos", "lead", "place", "title"} <= names


@pytest.mark.parametrize(("few", "many"), [(3, 200)])
def test_an_album_costs_the_same_queries_for_few_and_for_many_photos(
    client, shelf, few, many, django_assert_num_queries
):
    life = category()
    shots = pictures(many, description="剪纸：彩旗下，一排同事高举双臂跳起来")
    words = "没能来的人在病房里看直播，护士把声音调大了"
    album(shelf, "少", [(shot, words) for shot in shots[:few]], slug="few", category=life)
    album(shelf, "多", [(shot, words) for shot in shots], slug="many", category=life)
    client.get("/albums/few/")
    for slug in ("few", "many"):
        with django_assert_num_queries(8):
            client.get(f"/albums/{slug}/")
    with django_assert_num_queries(8):
        assert len(client.get("/albums/many/?page=10").content) < 40_000


def test_a_list_costs_the_same_queries_for_two_albums_and_for_sixty(client, shelf, django_assert_num_queries):
    shots = pictures(12)
    for number in range(2):
        album(shelf, f"册{number}", shots, slug=f"a{number}")
    client.get("/albums/")
    with django_assert_num_queries(5):
        client.get("/albums/")
    for number in range(2, 60):
        album(shelf, f"册{number}", shots, slug=f"a{number}", dated_on=days_ago(number))
    client.get("/albums/")
    with django_assert_num_queries(5):
        assert len(titles(client.get("/albums/"))) == 12
    with django_assert_num_queries(5):
        assert len(client.get("/albums/?page=5").content) < 40_000
