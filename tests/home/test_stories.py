"""A story to be read: what stands on it and around it, what a chat shows, what it costs."""

from datetime import date

import pytest
from django.utils import timezone

from cms.kit.models import SiteIdentity
from home.models import NewsRelatedLink
from tests.home.factories import category, close, days_ago, many_news, news, notice, picture, standard

pytestmark = pytest.mark.django_db


def relate(story, *pages):
    for place, page in enumerate(pages):
        NewsRelatedLink.objects.create(page=story, related=page, sort_order=place)


def titles(cards):
    return [card.title for card in cards]


def test_a_story_says_when_by_whom_from_where_and_under_what(client, newsroom):
    news(
        newsroom, "夜里两点，有一碗热饺子", slug="bowl", lead="第一锅饺子下了水。", category=category(),
        dated_on=date(2026, 11, 19), author="宣传组", source="院工会", body=[("text", "<p>走廊尽头。</p>")],
    )  # fmt: skip
    text = client.get("/news/bowl/").content.decode()
    assert '<h1 class="story__title by-phrase">夜里两点，有一碗热饺子</h1>' in text
    assert '<p class="story__lead">第一锅饺子下了水。</p>' in text
    assert '<time datetime="2026-11-19">' in text
    assert "<dd>院工会</dd>" in text
    assert "<dd>宣传组</dd>" in text
    assert '<dd><a href="/news/?category=life">职工生活</a></dd>' in text
    assert "<p>走廊尽头。</p>" in text
    assert text.count("<h1") == 1


def test_the_way_back_leads_over_section_and_category(client, newsroom):
    news(newsroom, slug="a", category=category())
    trail = client.get("/news/a/").context["trail"]
    assert [(step.title, step.url) for step in trail] == [
        ("首页", "/"),
        ("工会动态", "/news/"),
        ("职工生活", "/news/?category=life"),
    ]


def test_the_neighbours_are_the_next_older_and_newer_a_reader_may_read(client, client_of, person, newsroom):
    for number, title in enumerate(("最旧", "旧", "中", "新", "最新")):
        news(newsroom, title, slug=f"s{number}", dated_on=days_ago(10 - number))
    close(newsroom.get_children().get(slug="s3"))
    news(newsroom, "草稿", slug="draft", dated_on=days_ago(8), live=False)
    turn = client.get("/news/s2/").context["turn"]
    assert (turn["older"].title, turn["newer"].title) == ("旧", "最新")
    turn = client_of(person()).get("/news/s2/").context["turn"]
    assert (turn["older"].title, turn["newer"].title) == ("旧", "新")
    assert set(client.get("/news/s0/").context["turn"]) == {"newer"}
    assert set(client.get("/news/s4/").context["turn"]) == {"older"}


def test_neighbours_of_one_day_follow_the_order_of_the_list(client, newsroom):
    for number in range(3):
        news(newsroom, f"同日{number}", slug=f"s{number}", dated_on=days_ago(1))
    turn = client.get("/news/s1/").context["turn"]
    assert (turn["older"].title, turn["newer"].title) == ("同日0", "同日2")


def test_chosen_pages_come_first_then_the_newest_of_the_category(client, newsroom, board, homepage):
    life = category()
    other = category("社团", "clubs")
    story = news(newsroom, "正文", slug="a", category=life, dated_on=days_ago(5))
    alike = [news(newsroom, f"同栏{n}", slug=f"k{n}", category=life, dated_on=days_ago(n)) for n in range(3)]
    news(newsroom, "别栏", category=other)
    relate(story, standard(homepage, "工会章程"), alike[2])
    shown = client.get("/news/a/").context
    assert titles(shown["related"]) == ["工会章程", "同栏2", "同栏0"]
    assert titles(shown["related_stories"]) == ["同栏2", "同栏0"]
    assert titles(shown["related_pages"]) == ["工会章程"]


def test_nothing_closed_or_unpublished_is_offered_to_read_next(client, client_of, person, newsroom):
    life = category()
    story = news(newsroom, slug="a", category=life)
    members_only = news(newsroom, "会员读", category=life, dated_on=days_ago(1))
    close(members_only)
    relate(story, members_only, news(newsroom, "草稿", live=False), news(newsroom, "公开"))
    assert titles(client.get("/news/a/").context["related"]) == ["公开"]
    assert titles(client_of(person()).get("/news/a/").context["related"]) == ["会员读", "公开"]


def test_a_chat_gets_title_words_and_a_real_picture_with_its_size(client, newsroom, settings):
    settings.BASE_URL = "https://union.example.org"
    news(newsroom, "标题", slug="a", lead="导语。", cover=picture(), category=category(),
         first_published_at=timezone.make_aware(timezone.datetime(2026, 11, 19, 8, 30)))  # fmt: skip
    head = client.get("/news/a/").content.decode().split("<body>")[0]
    for line in (
        '<meta property="og:type" content="article">',
        '<meta property="og:title" content="标题">',
        '<meta property="og:description" content="导语。">',
        '<meta property="og:image" content="https://union.example.org/media/images/window-1280.jpg">',
        '<meta property="og:image:type" content="image/jpeg">',
        '<meta property="og:image:width" content="1280">',
        '<meta property="og:image:height" content="800">',
        '<meta property="og:image:alt" content="剪纸画：亮着灯的窗">',
        '<meta property="og:url" content="https://union.example.org/news/a/">',
        '<meta property="article:published_time" content="2026-11-19T08:30:00+08:00">',
        '<meta property="article:section" content="职工生活">',
        '<link rel="canonical" href="https://union.example.org/news/a/">',
        '<meta name="description" content="导语。">',
    ):
        assert line in head, line


def test_the_share_picture_goes_before_the_cover_and_the_sites_own_one_helps_out(client, site, newsroom):
    own = picture("分享", sizes=[(1000, 500)])
    news(newsroom, slug="a", cover=picture("题图"), share_image=own)
    news(newsroom, slug="b")
    SiteIdentity.objects.create(site=site, share_image=picture("全站", sizes=[(800, 600)]))
    assert client.get("/news/a/").context["share"]["picture"].width == 1000
    assert client.get("/news/b/").context["share"]["picture"].height == 600


def test_a_picture_that_is_not_drawn_yet_or_withdrawn_is_not_promised(client, newsroom):
    news(newsroom, slug="a", cover=picture("未画", sizes=()))
    news(newsroom, slug="b", cover=picture("撤回", consent="withdrawn"))
    for address in ("/news/a/", "/news/b/"):
        response = client.get(address)
        assert response.context["share"]["picture"] is None
        assert "og:image" not in response.content.decode()
    assert 'class="picture story__wide"' not in client.get("/news/b/").content.decode()


def test_a_withdrawn_picture_leaves_the_lists(client, newsroom):
    news(newsroom, cover=picture("撤回", consent="withdrawn"))
    (group,) = client.get("/news/").context["groups"]
    assert group.items[0].picture is None


@pytest.mark.parametrize(
    "address", ["/nothing/", "/news/nothing/", "/news/a/b/", "/news/feed/", "/a/b/c/d/e/f/g/h/i/"]
)
def test_an_unknown_address_is_a_page_that_does_not_exist(client, newsroom, address):
    news(newsroom, slug="a")
    assert client.get(address).status_code == 404


def test_a_page_is_not_found_below_a_step_that_is_missing(client, newsroom):
    story = news(newsroom, slug="a")
    type(newsroom).objects.filter(pk=newsroom.pk).update(url_path="/home/elsewhere/")
    assert client.get(story.url).status_code == 404


def test_an_unpublished_story_does_not_exist(client, newsroom):
    news(newsroom, slug="a", live=False)
    assert client.get("/news/a/").status_code == 404


@pytest.mark.parametrize("address", ["/nothing/", "/news/nothing/", "/news/a/nothing/"])
def test_an_unknown_page_costs_two_queries(address, client, newsroom, django_assert_num_queries):
    news(newsroom, slug="a")
    client.get(address)
    with django_assert_num_queries(2):
        assert client.get(address).status_code == 404


def test_a_story_costs_the_same_queries_among_ten_and_among_two_hundred(
    client, newsroom, django_assert_num_queries
):
    life = category()
    story = news(newsroom, slug="a", category=life, cover=picture(), dated_on=date(2024, 1, 5))
    relate(story, news(newsroom, "选定", dated_on=date(2024, 1, 6)))
    many_news(newsroom, 10, category=life)
    client.get("/news/a/")
    with django_assert_num_queries(5):
        client.get("/news/a/")
    many_news_more(newsroom, 190, life)
    client.get("/news/a/")
    with django_assert_num_queries(5):
        assert titles(client.get("/news/a/").context["related"])[0] == "选定"


def many_news_more(index, number, about):
    for place in range(number):
        news(index, f"更多{place}", slug=f"m{place}", category=about, dated_on=date(2024, 6, 1))


def test_many_pictures_in_a_story_cost_no_query_each(client, newsroom, django_assert_num_queries):
    shots = [picture(f"图{n}") for n in range(6)]
    few = [("picture", {"image": shots[0], "alt": "", "caption": "", "credit": "", "wide": False})]
    many = [(kind, {**value, "image": shot}) for shot in shots for kind, value in few]
    news(newsroom, slug="few", body=few)
    news(newsroom, slug="many", body=many)
    client.get("/news/few/")
    counts = []
    for address in ("/news/few/", "/news/many/"):
        with django_assert_num_queries(5 + 1):
            counts.append(client.get(address).content.decode().count("<picture>"))
    assert counts == [1, 6]


def test_a_notice_and_a_story_have_a_print_head(client, newsroom, board):
    news(newsroom, slug="a")
    notice(board, slug="b")
    for address in ("/news/a/", "/notices/b/"):
        assert 'class="print-head"' in client.get(address).content.decode()
