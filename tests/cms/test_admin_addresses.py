"""A Chinese title gives a page its address in pinyin."""

import pytest
from django.urls import reverse

from home.models import NewsPage
from tests.cms.test_admin_checks import post_data

pytestmark = pytest.mark.django_db
SUGGEST = "/admin/address/"


@pytest.fixture
def desk(newsroom, client_of):
    client = client_of(newsroom.editor)
    client.add = reverse("wagtailadmin_pages:add", args=["home", "newspage", newsroom.basics.news.pk])
    return client


def write(desk, title, slug=""):
    answer = desk.post(desk.add, post_data(desk, desk.add, title=title, slug=slug))
    assert answer.status_code == 302, answer.context["form"].errors
    return NewsPage.objects.get(title=title)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("春节慰问一线职工", "chun-jie-wei-wen-yi-xian-zhi-gong"),
        ("2026年职工运动会", "2026-nian-zhi-gong-yun-dong-hui"),
        ("关于“五一”放假的通知", "guan-yu-wu-yi-fang-jia-de-tong-zhi"),
        ("ICU 的夜班", "icu-de-ye-ban"),
        ("！！！", "page"),
    ],
)
def test_a_page_saved_with_only_a_title_gets_its_address(desk, title, slug):
    assert write(desk, title).slug == slug


def test_the_same_title_twice_gets_a_number(desk, newsroom):
    first = write(desk, "春节慰问")
    first.title = "旧的春节慰问"
    first.save()
    assert write(desk, "春节慰问").slug == "chun-jie-wei-wen-2"


def test_an_address_somebody_typed_is_kept(desk):
    assert write(desk, "春节慰问", slug="spring-2026").slug == "spring-2026"


def test_a_very_long_title_gives_a_short_address_of_whole_syllables(desk):
    slug = write(desk, "关于组织全院职工参加二〇二六年度秋季健步走活动并做好安全保障工作的通知").slug
    assert len(slug) <= 60
    assert slug.startswith("guan-yu-zu-zhi-quan-yuan-zhi-gong") and not slug.endswith("-")


def test_the_editor_asks_for_the_address_while_the_title_is_typed(desk):
    assert desk.get(SUGGEST, {"title": "春节慰问", "at": desk.add}).json() == {"slug": "chun-jie-wei-wen"}
    page = desk.get(desk.add).content.decode()
    assert f'data-house-address="{SUGGEST}"' in page


def test_the_suggested_address_is_free_and_ones_own_counts_as_free(desk):
    page = write(desk, "春节慰问")
    assert desk.get(SUGGEST, {"title": "春节慰问", "at": desk.add}).json() == {"slug": "chun-jie-wei-wen-2"}
    here = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert desk.get(SUGGEST, {"title": "春节慰问", "at": here}).json() == {"slug": "chun-jie-wei-wen"}


@pytest.mark.parametrize(
    "at", ["", "/", "no path", "/admin/pages/999999/edit/", "/admin/pages/add/x/y/1/", "//e"]
)
def test_an_odd_place_still_gets_an_answer(desk, at):
    assert desk.get(SUGGEST, {"title": "春节", "at": at}).json()["slug"] == "chun-jie"


def test_an_endless_title_is_cut(desk):
    assert len(desk.get(SUGGEST, {"title": "春" * 200}).json()["slug"]) <= 60


def test_only_editors_may_ask(client, client_of, person):
    assert client.get(SUGGEST, {"title": "春"}).status_code == 302
    assert client_of(person()).get(SUGGEST, {"title": "春"}).status_code == 302


def test_nothing_can_be_posted(desk):
    assert desk.post(SUGGEST, {"title": "春"}).status_code == 405
