"""Closed pages, line by line: no way of looking around leads a visitor to what only members may read."""

from pathlib import Path

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import Group, Permission
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.urls import get_resolver
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupPagePermission,
    Page,
    PageViewRestriction,
)

from cms.checks import every_pattern
from cms.kit import photos
from cms.kit.models import Consent, HouseDocument, HouseImage, Navigation
from home.models import HomePage, NewsPage, SitemapPage
from home.models.news import NewsRelatedLink
from tests.home.factories import (
    add,
    album_index,
    campaign_index,
    category,
    close,
    model_index,
    news,
    notice,
    rules_index,
    standard,
    wall,
)
from tests.kit import photographs

pytestmark = pytest.mark.django_db
SECRET = "会员福利"
SLUG = "gifts"


@pytest.fixture
def member(client_of, person):
    return client_of(person())


@pytest.fixture
def keeping(settings):
    """Pages are kept for visitors, as in real life."""
    settings.KEEP_PAGES = True


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run what follows a commit at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def house(homepage, newsroom, board, site):
    """A site whose every list would show the story and the chapter, were they open."""
    homepage.refresh_from_db()
    add(homepage, SitemapPage(title="网站地图", slug="map"))
    topic = category()
    newsroom.refresh_from_db()
    older = news(newsroom, "较早的", slug="older", category=topic, dated_on="2026-01-01")
    story = news(
        newsroom,
        SECRET,
        slug=SLUG,
        category=topic,
        dated_on="2026-01-02",
        lead="每人一份。",
        pinned_until="2099-01-01",
    )
    newer = news(newsroom, "较新的", slug="newer", category=topic, dated_on="2026-01-03")
    NewsRelatedLink.objects.create(page=newer, related=story)
    chapter = standard(Page.objects.get(pk=homepage.pk), "会员园地", slug="inside")
    standard(chapter, "会员须知", slug="rules")
    board.refresh_from_db()
    urgent = notice(board, "会员急事", slug="urgent", urgent_until="2099-01-01")
    menu = Navigation.objects.create(site=site)
    for links in (menu.menu_items, menu.quick_links, menu.footer_links):
        links.add(links.model(page=story), links.model(page=chapter))
    menu.save()
    home = HomePage.objects.get(pk=homepage.pk)
    home.sections = [
        ("front", {"story": None, "notices": 6}),
        ("news", {"title": "", "index": None, "pictures": 3, "headlines": 6}),
        ("services", {"title": "", "note": ""}),
    ]
    home.save()
    return {"older": older, "story": story, "newer": newer, "chapter": chapter, "urgent": urgent}


ADDRESSES = (
    "/",
    "/news/",
    "/news/?category=life",
    "/news/?year=2026",
    "/news/?year=2026&month=1",
    "/news/older/",
    "/news/newer/",
    "/news/feed/rss/",
    "/news/feed/atom/",
    "/notices/",
    "/notices/feed/rss/",
    "/sitemap.xml",
    "/map/",
    "/nothing-here/",
    "/accounts/login/",
)
TRACES = (SECRET, f"/{SLUG}/", "每人一份。", "会员园地", "/inside/", "会员须知", "会员急事", "/urgent/")


def found_by(client):
    seen = {}
    for address in ADDRESSES:
        text = client.get(address).content.decode()
        traces = [trace for trace in TRACES if trace in text]
        if traces:
            seen[address] = traces
    return seen


def test_everything_would_show_were_it_open(house, client):
    seen = found_by(client)
    assert set(seen) == set(ADDRESSES)
    assert {trace for traces in seen.values() for trace in traces} == set(TRACES)


def test_closed_pages_leave_no_trace_anywhere_for_visitors(house, client):
    for name in ("story", "chapter", "urgent"):
        close(house[name])
    caches["pages"].clear()
    assert found_by(client) == {}


def test_counts_and_years_do_not_count_what_is_closed(house, client):
    close(house["story"])
    close(house["older"])
    text = client.get("/news/").content.decode()
    assert "较新的" in text
    assert client.get("/news/?year=2026&month=1").context["archive"].total == 1
    close(house["newer"])
    caches["pages"].clear()
    assert client.get("/news/?year=2026").status_code == 404


def test_members_see_them_marked_and_feeds_leave_them_out_even_for_members(house, client_of, person):
    for name in ("story", "chapter", "urgent"):
        close(house[name])
    member = client_of(person())
    seen = found_by(member)
    assert SECRET in seen["/news/"]
    assert SECRET in seen["/news/newer/"]
    assert "会员园地" in seen["/"]
    for feed in ("/news/feed/rss/", "/news/feed/atom/", "/notices/feed/rss/", "/sitemap.xml"):
        assert feed not in seen


@pytest.mark.parametrize("address", ["/inside/", "/inside/rules/"])
def test_descendants_are_closed_by_every_address(house, client, client_of, person, address):
    close(house["chapter"])
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    assert client_of(person()).get(address).status_code == 200


def test_what_moves_below_a_closed_page_is_closed_and_its_kept_copy_gone(house, client, keeping, committed):
    inside = standard(Page.objects.get(pk=house["chapter"].get_parent().pk), "手册", slug="handbook")
    close(house["chapter"])
    assert client.get("/handbook/").status_code == 200
    with committed():
        Page.objects.get(pk=inside.pk).move(Page.objects.get(pk=house["chapter"].pk), pos="last-child")
    assert client.get("/handbook/")["Location"] == "/inside/handbook/"  # Wagtail's own redirect
    assert client.get("/inside/handbook/").status_code == 302
    assert "/handbook/" not in client.get("/sitemap.xml").content.decode()


def test_a_member_reading_leaves_nothing_for_visitors_in_the_cache(house, client, member, keeping, committed):
    client.get(f"/news/{SLUG}/")
    with committed():
        close(house["story"])
    assert client.get(f"/news/{SLUG}/").status_code == 302
    assert member.get(f"/news/{SLUG}/").status_code == 200
    answer = client.get(f"/news/{SLUG}/")
    assert (answer.status_code, SECRET in answer.content.decode()) == (302, False)


def test_a_chat_gets_nothing_of_a_closed_page(house, client):
    close(house["story"])
    answer = client.get(f"/news/{SLUG}/", headers={"user-agent": "WeChat"})
    assert (answer.status_code, answer.content) == (302, b"")


def test_visitors_never_see_the_bar_of_editors(house, client, client_of, person):
    assert "wagtail-userbar" not in client.get("/news/older/").content.decode()
    assert "wagtail-userbar" not in client_of(person()).get("/news/older/").content.decode()


@pytest.fixture
def other_editor(person, house, client_of):
    """An editor who may enter the admin and edit notices only."""
    editor, group = person(), Group.objects.create(name="通知编辑")
    editor.groups.add(group)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=Page.objects.get(pk=house["urgent"].get_parent().pk),
        permission=Permission.objects.get(codename="change_page"),
    )
    return client_of(editor)


@pytest.mark.parametrize(
    "address",
    [
        "view_draft/",
        "edit/preview/",
        "edit/preview/?mode=",
        "edit/",
        "history/",
        "revisions/{}/view/",
        "usage/",
    ],
)
def test_no_preview_without_the_right_to_edit(house, client, member, other_editor, address):
    story = NewsPage.objects.get(pk=house["story"].pk)
    story.lead = "草稿里的话"
    revision = story.save_revision()
    close(story)
    url = f"/admin/pages/{story.pk}/{address.format(revision.pk)}"
    for reader in (client, member, other_editor):
        for answer in (reader.get(url), reader.post(url, {"title": "x"})):
            assert answer.status_code in {302, 403, 404, 405}
            assert "草稿里的话" not in answer.content.decode()


def test_the_explorer_of_another_editor_names_no_closed_page(house, other_editor):
    close(house["story"])
    section = house["story"].get_parent().pk
    for address in ("/admin/pages/", f"/admin/pages/{section}/", "/admin/reports/site-history/"):
        assert SECRET not in other_editor.get(address, follow=True).content.decode()


# --- Files ------------------------------------------------------------------------------------


def test_documents_of_a_closed_collection_and_of_those_below_are_closed(client, member, site):
    top = Collection.get_first_root_node().add_child(name="会员")
    below = top.add_child(name="会员下级")
    CollectionViewRestriction.objects.create(collection=top, restriction_type="login")
    for where in (top, below):
        document = HouseDocument.objects.create(
            title="总结", file=ContentFile(b"secret", "a.txt"), collection=where
        )
        assert client.get(document.url).status_code == 302
        assert client.get(f"/documents/{document.pk}/view/").status_code == 302
        for folder in ("/media/", "/", "/private-files/"):
            assert client.get(folder + document.file.name).status_code == 404
            assert member.get(folder + document.file.name).status_code == 404


def test_no_address_speaks_to_programs():
    routes = [str(pattern.pattern) for pattern in every_pattern(get_resolver().url_patterns)]
    assert not [route for route in routes if "api" in route.lower().split("/")]


def test_a_shared_password_can_be_set_nowhere(client_of, admin, house):
    page = client_of(admin).get(f"/admin/pages/{house['story'].pk}/privacy/")
    assert 'value="password"' not in page.content.decode()
    collection = Collection.get_first_root_node().add_child(name="x")
    answer = client_of(admin).get(f"/admin/collections/{collection.pk}/privacy/")
    assert 'value="password"' not in answer.content.decode()
    PageViewRestriction.objects.create(page=house["story"], restriction_type="password", password="x")
    assert client_of(admin).get(f"/news/{SLUG}/").status_code == 200


# --- Consent ----------------------------------------------------------------------------------


@pytest.fixture
def image(settings, tmp_path):
    """A picture that is drawn, in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "public"
    image = HouseImage(title="合影", file=ContentFile(photographs.camera_jpeg(900, 600), "a.jpg"))
    image.save()
    photos.render(image)
    return image


def test_withdrawn_consent_removes_the_picture_everywhere(newsroom, client, image, keeping, committed):
    news(newsroom, "合影", slug="photo", cover=image)
    stem = image.served["stem"]
    for address in ("/news/", "/news/photo/", "/news/feed/rss/", "/news/feed/atom/"):
        assert stem in client.get(address).content.decode()
    picture = f"/media/images/{stem}-800.webp"
    sent = client.get(picture)
    assert sent.status_code == 200
    b"".join(sent.streaming_content)
    with committed():
        image.consent = Consent.WITHDRAWN
        image.save()
    for address in ("/news/", "/news/photo/", "/news/feed/rss/", "/news/feed/atom/"):
        text = client.get(address).content.decode()
        assert stem not in text
        assert "enclosure" not in text
    assert client.get(picture).status_code == 404
    assert image.renditions.count() == 0
    assert not [path for path in Path(configured.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("make", [album_index, campaign_index, model_index, rules_index, wall])
def test_a_closed_section_says_so_to_those_who_may_read_it(client_of, person, homepage, make):
    section = make(homepage)
    mark = '<p class="page-head__mark">'
    client = client_of(person())
    assert mark not in client.get(section.url).content.decode()
    close(section)
    assert mark in client.get(section.url).content.decode()
