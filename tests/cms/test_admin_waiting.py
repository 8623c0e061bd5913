"""The dashboard says what waits for whoever looks, once, with few queries."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from cms.editing.waiting import piles_of
from cms.kit.jobs import Pulse
from cms.kit.models import HouseImage

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary files of new renditions to the collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile"),
]


def piles(user):
    return {pile.key: (pile.count, [item.title for item in pile.items]) for pile in piles_of(user)}


def notes(user, key):
    return [item.note for pile in piles_of(user) if pile.key == key for item in pile.items]


def submit(page, by):
    return page.get_workflow().start(page, by)


def picture(**fields):
    fields = {"title": "合影", "description": "五位同事", "consent": "given"} | fields
    return HouseImage.objects.create(file=get_test_image_file(), **fields)


def test_with_nothing_to_do_one_sentence_stands_there(newsroom, client_of):
    assert piles(newsroom.second) == {}
    page = client_of(newsroom.second).get("/admin/")
    assert page.context["panels"][0].name == "waiting"
    assert len(page.context["panels"]) == 1
    assert "desk__empty" in page.content.decode()


def test_a_page_waits_for_the_reviewer_whose_step_it_is(newsroom, story):
    page = story(title="年会")
    state = submit(page, newsroom.editor)
    assert piles(newsroom.first) == {"review": (1, ["年会"])}
    assert notes(newsroom.first, "review") == [f"{newsroom.basics.first_reviewers.name} · 小编"]
    assert piles(newsroom.second) == {}
    state.current_task_state.approve(user=newsroom.first)
    assert piles(newsroom.first) == {}
    assert piles(newsroom.second) == {"review": (1, ["年会"])}


def test_the_editor_sees_where_a_page_is_and_why_it_came_back(newsroom, story):
    page = story(title="年会")
    state = submit(page, newsroom.editor)
    assert piles(newsroom.editor) == {"sent": (1, ["年会"])}
    assert newsroom.basics.first_reviewers.name in notes(newsroom.editor, "sent")[0]
    state.current_task_state.reject(user=newsroom.first, comment="日期不对")
    assert piles(newsroom.editor) == {"returned": (1, ["年会"])}
    assert "初审人" in notes(newsroom.editor, "returned")[0]
    assert "日期不对" in notes(newsroom.editor, "returned")[0]


def test_drafts_are_mine_alone_and_leave_when_published(newsroom, story, person):
    page = story(title="草稿")
    story(title="别人的", by=newsroom.second)
    assert piles(newsroom.editor) == {"drafts": (1, ["草稿"])}
    page.get_latest_revision().publish()
    assert piles(newsroom.editor) == {}
    page.refresh_from_db()
    page.title = "改过的"
    page.save_revision(user=newsroom.editor)
    assert piles(newsroom.editor) == {"drafts": (1, ["改过的"])}


@pytest.mark.parametrize(("days", "shown"), [(1, True), (6, True), (8, False)])
def test_a_page_that_publishes_itself_soon_is_listed_instead_of_as_a_draft(newsroom, story, days, shown):
    page = story(title="定时")
    page.go_live_at = timezone.now() + timedelta(days=days)
    page.save_revision(user=newsroom.editor).publish()
    assert piles(newsroom.editor) == ({"scheduled": (1, ["定时"])} if shown else {})


def test_what_is_scheduled_is_shown_to_nobody_who_may_not_edit_it(story, newsroom, person):
    page = story(title="定时")
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=newsroom.editor).publish()
    assert piles(person()) == {}


def test_pages_i_locked_are_listed(newsroom, story):
    page = story(by=newsroom.second, title="锁住")
    page.get_latest_revision().publish()
    page.refresh_from_db()
    page.locked, page.locked_by, page.locked_at = True, newsroom.first, timezone.now()
    page.save()
    assert piles(newsroom.first) == {"locked": (1, ["锁住"])}


def test_pictures_that_lack_something_are_told_to_whoever_put_them_there(newsroom, admin):
    picture(title="无文字", description="", uploaded_by_user=newsroom.editor)
    picture(title="未授权", consent="missing")
    picture(title="齐全", uploaded_by_user=newsroom.editor)
    assert piles(newsroom.editor) == {"pictures": (1, ["无文字"])}
    assert piles(admin)["pictures"] == (2, ["未授权", "无文字"])
    assert piles(newsroom.second) == {}


def test_failed_jobs_are_told_to_administrators(newsroom, admin, monkeypatch):
    told = Pulse(waiting=0, running=0, failed=3, oldest_waiting=None, last_seen=None)
    monkeypatch.setattr("cms.editing.waiting.pulse", lambda: told)
    assert piles(admin)["jobs"][0] == 3
    assert piles(newsroom.editor) == {}


def test_a_pile_counts_all_and_shows_the_newest_five(newsroom, story):
    for _ in range(7):
        story()
    assert piles(newsroom.editor)["drafts"] == (7, ["第7篇", "第6篇", "第5篇", "第4篇", "第3篇"])


@pytest.mark.parametrize("role", ["editor", "first", "administrator"])
def test_two_hundred_things_cost_as_many_queries_as_ten(newsroom, story, request, queries, role):
    user = request.getfixturevalue("admin") if role == "administrator" else getattr(newsroom, role)
    client = request.getfixturevalue("client_of")(user)

    def furnish(how_many):
        for number in range(how_many):
            page = story()
            if number % 2:
                submit(page, newsroom.editor)
        lacking = {
            "title": "无",
            "file": "x.png",
            "width": 1,
            "height": 1,
            "uploaded_by_user": newsroom.editor,
        }
        HouseImage.objects.bulk_create(
            HouseImage(collection_id=1, created_at=timezone.now(), **lacking) for _ in range(how_many * 10)
        )

    furnish(4)
    client.get("/admin/")

    def look():
        return list(piles_of(get_user_model().objects.get(pk=user.pk)))

    few = queries(look)
    page_few = queries(lambda: client.get("/admin/"))
    furnish(20)
    assert queries(look) == few <= 12
    assert queries(lambda: client.get("/admin/")) == page_few <= 40


def test_quick_ways_lead_only_where_somebody_may_write(newsroom, client_of, person):
    page = client_of(newsroom.editor).get("/admin/").content.decode()
    news, notices = newsroom.basics.news.pk, newsroom.basics.notices.pk
    assert f"/admin/pages/add/home/newspage/{news}/" in page
    assert f"/admin/pages/add/home/noticepage/{notices}/" in page


def test_a_title_is_shown_and_never_run(newsroom, story, client_of):
    story(title="<script>alert(1)</script>")
    page = client_of(newsroom.editor).get("/admin/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_nothing_of_the_dashboard_or_editor_is_fetched_from_elsewhere(newsroom, admin, client_of, story):
    for user, address in (
        (admin, "/admin/"),
        (newsroom.editor, f"/admin/pages/{story().pk}/edit/"),
        (admin, "/admin/users/"),
        (admin, "/admin/account/"),
    ):
        page = client_of(user).get(address).content.decode()
        for host in ("gravatar", "releases.wagtail", "googleapis", "cdn"):
            assert host not in page.lower(), (address, host)
