"""The front of the site: sections appear with what they show, for few queries."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cms.kit import rooms
from cms.kit.models import Navigation, QuickLink, SiteIdentity
from home.models import NewsPage
from tests.home.factories import category, close, days_ago, news, news_index, notice, picture, standard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("announced")]

FRONT = ("front", {"story": None, "notices": 6})
SERVICES = ("services", {"title": "", "note": ""})
NEWS = ("news", {"title": "", "index": None, "pictures": 2, "headlines": 3})
FIGURE = {"number": "98", "unit": "分", "text": "验收得分", "note": "省总工会"}
NUMBERS = ("numbers", {"title": "用数字说", "figures": [FIGURE], "note": "有据可查。", "page": None})
WORDS = ("words", {"title": "主席信箱", "text": "<p>每周三开箱，<b>封封有回音</b>。</p>"})


@pytest.fixture
def lay(homepage):
    """Lay sections out on the home page."""

    def out(*sections):
        homepage.refresh_from_db()
        homepage.sections = list(sections)
        homepage.save()

    return out


@pytest.fixture
def no_rooms(monkeypatch):
    """A house without rooms, and the way to open one."""
    monkeypatch.setattr(rooms, "_rooms", {})


def shown(client):
    return {section.kind: section.shown for section in client.get("/").context["sections"]}


def titles(cards):
    return [card.title for card in cards]


def test_an_empty_site_greets_visitors_by_name_and_gives_editors_a_hint(
    client, client_of, admin, site, homepage
):
    SiteIdentity.objects.create(site=site, union_name="示范医院工会")
    plain = client.get("/")
    text = plain.content.decode()
    edit = f'href="/admin/pages/{homepage.pk}/edit/"'
    assert "<strong>示范医院工会 · 职工之家</strong>" in text
    assert '<h1 class="visually-hidden">示范医院工会 · 职工之家</h1>' in text
    assert edit not in text.split("</header>")[1]
    assert edit in client_of(admin).get("/").content.decode()


def test_a_section_with_nothing_to_show_is_invisible(client, lay, no_rooms, newsroom, board):
    lay(FRONT, SERVICES, NEWS)
    response = client.get("/")
    assert response.context["sections"] == []
    assert 'class="services"' not in response.content.decode()


def test_sections_stand_in_the_editors_order_and_only_the_first_is_first(client, lay, newsroom):
    news(newsroom)
    lay(NUMBERS, NEWS)
    response = client.get("/")
    assert [section.kind for section in response.context["sections"]] == ["numbers", "news"]
    assert response.content.decode().count("section--first") == 1


def test_the_story_of_the_week_is_the_chosen_one(client, lay, newsroom):
    chosen = news(newsroom, "选定", dated_on=days_ago(400))
    news(newsroom, "置顶", pinned_until=days_ago(-1), cover=picture())
    lay(("front", {"story": chosen, "notices": 6}))
    assert shown(client)["front"]["lead"].title == "选定"


def test_without_a_choice_it_is_the_pinned_then_the_newest_with_a_picture_then_the_newest(
    client, lay, newsroom
):
    lay(FRONT)
    news(newsroom, "最新", slug="newest", dated_on=days_ago(1))
    assert shown(client)["front"]["lead"].title == "最新"
    news(newsroom, "带图", dated_on=days_ago(5), cover=picture())
    assert shown(client)["front"]["lead"].title == "带图"
    news(newsroom, "置顶", dated_on=days_ago(300), pinned_until=days_ago(0))
    assert shown(client)["front"]["lead"].title == "置顶"


def test_a_chosen_story_that_closed_gives_its_place_to_the_next(client, client_of, person, lay, newsroom):
    chosen = news(newsroom, "会员的")
    news(newsroom, "公开的", dated_on=days_ago(2))
    lay(("front", {"story": chosen, "notices": 6}), NEWS)
    close(chosen)
    assert shown(client)["front"]["lead"].title == "公开的"
    assert "会员的" not in client.get("/").content.decode()
    assert shown(client_of(person()))["front"]["lead"].title == "会员的"
    NewsPage.objects.get(pk=chosen.pk).unpublish()
    assert shown(client_of(person()))["front"]["lead"].title == "公开的"


def test_notices_stand_pinned_first_as_many_as_asked_for(client, lay, board):
    for number in range(5):
        notice(board, f"通知{number}", slug=f"t{number}", dated_on=days_ago(number))
    notice(board, "置顶通知", dated_on=days_ago(90), pinned_until=days_ago(0))
    close(notice(board, "会员通知"))
    lay(("front", {"story": None, "notices": 3}))
    front = shown(client)["front"]
    assert titles(front["notices"]) == ["置顶通知", "通知0", "通知1"]
    assert (front["notice_section"].title, front["notice_section"].url) == ("通知公告", "/notices/")


def test_teasers_and_headlines_leave_out_the_story_of_the_week(client, lay, newsroom):
    for number in range(8):
        news(newsroom, f"动态{number}", slug=f"n{number}", dated_on=days_ago(number))
    lay(FRONT, NEWS)
    part = shown(client)["news"]
    assert titles(part["teasers"]) == ["动态1", "动态2"]
    assert titles(part["headlines"]) == ["动态3", "动态4", "动态5"]
    lay(NEWS)
    assert titles(shown(client)["news"]["teasers"]) == ["动态0", "动态1"]


def test_a_section_of_news_shows_one_section_only(client, lay, homepage, newsroom):
    homepage.refresh_from_db()
    clubs = news_index(homepage, "社团动态", "clubs")
    news(newsroom, "全院", dated_on=days_ago(0))
    news(clubs, "社团", dated_on=days_ago(9))
    lay(("news", {"title": "", "index": clubs, "pictures": 2, "headlines": 0}))
    part = shown(client)["news"]
    assert titles(part["teasers"]) == ["社团"]
    assert (part["section"].title, part["section"].url) == ("社团动态", "/clubs/")


def test_titles_come_from_the_editor_else_from_the_section(client, lay, newsroom):
    news(newsroom)
    lay(NEWS)
    assert 'id="h-1">工会动态</h2>' in client.get("/").content.decode()
    lay(("news", {**NEWS[1], "title": "院里的事"}))
    assert 'id="h-1">院里的事</h2>' in client.get("/").content.decode()


def test_a_room_that_cannot_tell_its_ways_in_does_not_shut_the_home_page(client, lay, no_rooms, caplog):
    def fail(user):
        raise ZeroDivisionError

    lay(SERVICES)
    tile = rooms.Tile(label="提案", hint="写一件，跟到底", icon="document", url="/proposals/")
    rooms.register(rooms.Room(slug="cellar", label="地下室", weight=1, tiles=fail))
    rooms.register(rooms.Room(slug="proposals", label="提案", weight=2, tiles=lambda _user: [tile]))
    assert [tile.label for tile in shown(client)["services"]["tiles"]] == ["提案"]
    assert [record.getMessage() for record in caplog.records] == ["room cellar cannot tell its tiles"]


def test_services_show_the_tiles_of_rooms_and_the_quick_links(client, lay, site, homepage, no_rooms):
    lay(SERVICES)
    tile = rooms.Tile(label="提案", hint="写一件，跟到底", icon="document", url="/proposals/")
    rooms.register(rooms.Room(slug="proposals", label="提案", weight=1, urls="x", tiles=lambda _user: [tile]))
    homepage.refresh_from_db()
    charter = standard(homepage, "工会章程", slug="charter")
    menus = Navigation.objects.create(site=site)
    QuickLink.objects.create(navigation=menus, page=charter, hint="全文")
    closed = standard(homepage, "内部", slug="inside")
    close(closed)
    QuickLink.objects.create(navigation=menus, page=closed)
    part = shown(client)["services"]
    assert [tile.label for tile in part["tiles"]] == ["提案"]
    assert [(link.label, link.url, link.hint) for link in part["links"]] == [
        ("工会章程", "/charter/", "全文")
    ]
    assert 'href="/proposals/" rel="nofollow"' in client.get("/").content.decode()


def test_figures_lead_to_their_proof_only_for_those_who_may_read_it(client, client_of, person, lay, homepage):
    homepage.refresh_from_db()
    proof = standard(homepage, "上半年总结", slug="proof")
    lay(("numbers", {**NUMBERS[1], "page": proof}))
    assert shown(client)["numbers"]["page"].url == "/proof/"
    text = client.get("/").content.decode()
    assert '98<span class="figure-box__unit">分</span>' in text
    assert "有据可查。" in text
    close(proof)
    assert shown(client)["numbers"]["page"] is None
    assert shown(client_of(person()))["numbers"]["page"].url == "/proof/"


def test_words_are_shown_as_written(client, lay):
    lay(WORDS)
    assert "<p>每周三开箱，<b>封封有回音</b>。</p>" in client.get("/").content.decode()


@pytest.mark.parametrize("number", [10, 200])
def test_the_home_page_costs_the_same_queries_for_ten_stories_and_two_hundred(  # noqa: PLR0913, PLR0917
    number, client_of, person, lay, homepage, newsroom, board, django_assert_num_queries
):
    life, cover = category(), picture()
    for place in range(number):
        news(newsroom, f"动态{place}", slug=f"n{place}", dated_on=days_ago(place), category=life, cover=cover)
    for place in range(10):
        notice(board, f"通知{place}", slug=f"t{place}", dated_on=days_ago(place))
    homepage.refresh_from_db()
    proof = standard(homepage, "总结", slug="proof")
    lay(
        ("front", {"story": NewsPage.objects.first(), "notices": 6}),
        SERVICES,
        ("news", {"title": "", "index": newsroom, "pictures": 3, "headlines": 4}),
        ("numbers", {**NUMBERS[1], "page": proof}),
    )
    member = client_of(person())
    member.get("/")
    with django_assert_num_queries(10):  # one of them: which offices a member holds opens ways in
        part = shown(member)["news"]
    assert len(part["teasers"]) == 3
    assert len(part["headlines"]) == 4


def test_visitors_share_what_the_sections_show_until_something_changes(
    client, lay, newsroom, django_assert_num_queries
):
    lay(NEWS)
    news(newsroom, "第一条", slug="one")
    client.get("/")
    with django_assert_num_queries(2):  # the restrictions and the page
        assert titles(shown(client)["news"]["teasers"]) == ["第一条"]
    news(newsroom, "第二条", slug="two")
    assert titles(shown(client)["news"]["teasers"]) == ["第二条", "第一条"]


def test_what_only_members_see_never_comes_among_what_visitors_share(
    client, client_of, person, lay, newsroom
):
    lay(NEWS)
    close(news(newsroom, "会员的"))
    news(newsroom, "公开的", slug="open")
    member = client_of(person())
    assert sorted(titles(shown(member)["news"]["teasers"])) == ["会员的", "公开的"]
    assert titles(shown(client)["news"]["teasers"]) == ["公开的"]
    assert sorted(titles(shown(member)["news"]["teasers"])) == ["会员的", "公开的"]


def test_a_preview_shows_the_draft_and_leaves_what_visitors_share_alone(client, lay, homepage, newsroom, rf):
    lay(NEWS)
    news(newsroom, "一条")
    client.get("/")
    homepage.refresh_from_db()
    homepage.sections = [WORDS]
    request = rf.get("/")
    request.is_preview, request.user = True, AnonymousUser()
    assert "每周三开箱" in homepage.serve(request).render().content.decode()
    assert titles(shown(client)["news"]["teasers"]) == ["一条"]
