"""Closed pictures on pages: members see them, visitors see neither a broken image nor a hole."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.kit import closed
from cms.kit.models import HouseImage, HouseMedia, SiteIdentity
from home.models import HomePage, NewsPage
from tests.home.factories import many_news, news, picture

pytestmark = pytest.mark.django_db
SHARED = '<meta property="og:image" content="http://127.0.0.1:8000/media/images/window-1280.jpg">'


@pytest.fixture
def shut():
    """A picture of the members' collection whose sizes lie ready."""
    return shut_picture("会员照片")


def shut_picture(title):
    image = picture(title, collection=closed.members_collection(), source="会员摄")
    served = {"stem": "lantern", "sizes": image.served["sizes"], "closed": image.collection_id}
    HouseImage.objects.filter(pk=image.pk).update(served=served)
    return HouseImage.objects.get(pk=image.pk)


def gallery(*images):
    items = [{"type": "item", "id": f"{n}", "value": {"image": i.pk}} for n, i in enumerate(images)]
    return {"type": "gallery", "value": {"title": "图集", "items": items}}


def body_picture(image):
    return {"type": "picture", "value": {"image": image.pk, "caption": "会员合影", "credit": ""}}


@pytest.fixture
def film():
    return HouseMedia.objects.create(
        title="会员合唱",
        type="video",
        file=ContentFile(b"film", "a.mp4"),
        collection=closed.members_collection(),
    )


@pytest.fixture
def member(client_of, person):
    return client_of(person())


def text_of(client, address="/news/one/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_open_story_of_closed_pictures_is_whole_without_them(client, member, newsroom, shut, film):
    video = {"type": "video", "value": {"video": film.pk, "caption": ""}}
    body = [body_picture(shut), gallery(shut, shut_picture("第二张")), video]
    news(newsroom, "一则", slug="one", cover=shut, body=body)
    for_visitors, for_members = text_of(client), text_of(member)
    assert "/pictures/" not in for_visitors
    assert "/films/" not in for_visitors
    for trace in (
        "<picture",
        "<figure",
        "picture__frame",
        "viewer",
        "album-grid",
        "会员合影",
        "会员摄",
        "会员合唱",
        "图集",
    ):
        assert trace not in for_visitors, trace
    assert len(re.findall(r'src="/pictures/lantern-800\.jpg"', for_members)) == 6
    assert for_members.count("<figure") == 5
    assert f'src="{film.url}"' in for_members
    assert "会员合影" in for_members


def test_a_gallery_counts_what_whoever_looks_may_see(client, member, newsroom, shut):
    news(newsroom, "一则", slug="one", body=[gallery(shut, picture(), picture("二"))])
    assert text_of(client).count("viewer__count") == 2
    assert "1 / 2" in text_of(client)
    assert "3 / 3" in text_of(member)


def test_a_withdrawn_picture_leaves_no_frame_either(client, newsroom):
    gone = picture("撤回", consent="withdrawn")
    news(newsroom, "一则", slug="one", cover=gone, body=[body_picture(gone), gallery(gone, gone)])
    text = text_of(client)
    for trace in ("<figure", "picture__frame", "会员合影", "album-grid"):
        assert trace not in text


def test_lists_and_the_front_show_visitors_no_empty_frame(client, member, homepage, newsroom, shut):
    news(newsroom, "有图", slug="one", cover=shut)
    homepage = HomePage.objects.get(pk=homepage.pk)
    homepage.sections = [
        ("front", {"story": None, "notices": 0}),
        ("news", {"title": "", "index": None, "pictures": 3, "headlines": 4}),
    ]
    homepage.save()
    news(newsroom, "另一则", slug="two", cover=picture())
    assert "news-item--plain" in text_of(client, "/news/")
    assert "lantern" not in text_of(client, "/news/") + text_of(client, "/")
    assert "/pictures/lantern-" in text_of(member, "/news/")
    # For visitors the newest story with a picture leads: not the one whose picture they do not see.
    lead = text_of(client, "/").split("lead__title")[1]
    assert lead.split("</h2>")[0].endswith('<a href="/news/two/">另一则</a>')


def test_chats_and_feeds_get_none_of_it_and_the_sites_picture_instead(client, member, site, newsroom, shut):
    SiteIdentity.objects.create(site=site, share_image=picture())
    news(newsroom, "一则", slug="one", cover=shut)
    for reader in (client, member):
        text = text_of(reader)
        assert (
            '<meta property="og:image" content="http://127.0.0.1:8000/media/images/window-1280.jpg">' in text
        )
        for kind in ("rss", "atom"):
            feed = text_of(reader, f"/news/feed/{kind}/")
            assert "lantern" not in feed
            assert "enclosure" not in feed


def test_a_closed_share_picture_gives_way_to_an_open_cover(client, newsroom, shut):
    news(newsroom, "一则", slug="one", share_image=shut, cover=picture())
    assert 'property="og:image" content="http://127.0.0.1:8000/media/images/window-1280.jpg"' in text_of(
        client
    )


def test_a_closed_mark_of_the_site_gives_way_to_the_houses_own(client, member, site, newsroom, shut):
    SiteIdentity.objects.create(site=site, mark=shut)
    assert "lantern" not in text_of(client, "/news/")
    assert "lantern" in text_of(member, "/news/")


@pytest.mark.parametrize("number", [3, 30])
def test_any_number_of_closed_pictures_costs_a_member_one_query(
    member, newsroom, number, django_assert_num_queries
):
    images = [shut_picture(f"第{n}张") for n in range(number)]
    news(newsroom, "一则", slug="one", body=[gallery(*images)])
    news(newsroom, "开放", slug="open", body=[gallery(*[picture(f"开放{n}") for n in range(number)])])
    text_of(member, "/news/open/")
    with CaptureQueriesContext(connection) as asked:
        text_of(member, "/news/open/")
    with django_assert_num_queries(len(asked) + 1):
        assert text_of(member).count("viewer__frame") == number


def test_lists_ask_once_too(member, newsroom, shut, django_assert_num_queries):
    many_news(newsroom, 12, cover=picture())
    text_of(member, "/news/")
    with CaptureQueriesContext(connection) as asked:
        text_of(member, "/news/")
    NewsPage.objects.update(cover=shut)
    with django_assert_num_queries(len(asked) + 1):
        assert text_of(member, "/news/").count("news-item__picture") == 12


def test_visitors_cost_none(client, newsroom, shut, django_assert_num_queries):
    many_news(newsroom, 12, cover=shut)
    text_of(client, "/news/")
    with CaptureQueriesContext(connection) as asked:
        text_of(client, "/news/")
    NewsPage.objects.update(cover=None)
    with django_assert_num_queries(len(asked)):
        text_of(client, "/news/")


# --- No rendition is made by looking at a page -------------------------------------------------


def test_no_page_draws_a_rendition_however_much_is_missing(client, member, homepage, newsroom, shut):
    HouseImage.objects.filter(pk=shut.pk).update(served={"closed": shut.collection_id})
    bare = picture("未画", sizes=())
    news(
        newsroom,
        "一则",
        slug="one",
        cover=bare,
        share_image=bare,
        body=[body_picture(bare), gallery(bare, shut)],
    )
    for reader in (client, member):
        for address in ("/", "/news/", "/news/one/", "/news/feed/rss/", "/news/feed/atom/", "/sitemap.xml"):
            text_of(reader, address)
    assert bare.renditions.count() == shut.renditions.count() == 0
    assert text_of(client).count("picture__empty") == 4
    assert text_of(member).count("picture__empty") == 6
