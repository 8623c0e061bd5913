"""The demo site as it stands once loaded, and what loading it again leaves alone."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision, TaskState

from cms.kit.models import HouseDocument, HouseImage, Navigation, SiteIdentity
from home import demo as rooms_demo
from home.demo import pictures
from home.demo.honours import certify
from home.demo.jobs import ONE_BY_ONE, illustrate
from home.demo.load import load
from home.demo.stories import ALBUMS, NEWS, NOTICES, PAGES, PROFILES
from home.models import (
    AlbumPage,
    AlbumPhoto,
    Category,
    CommendationPage,
    HomePage,
    Honour,
    NewsPage,
    NoticePage,
    StandardPage,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    """Load once for the module, with pictures the size of stamps; every test rolls back to it."""
    patch = pytest.MonkeyPatch()
    patch.setattr(pictures, "WIDTH", 96)
    with django_db_blocker.unblock(), transaction.atomic():
        load(log=lambda _line: None)
        yield
        transaction.set_rollback(True)
    patch.undo()


@pytest.fixture(autouse=True)
def demo(_loaded, db):
    """The loaded site."""


def fingerprint():
    models = (
        *(Page, Revision, HouseImage, HouseDocument, Category, TaskState, Honour),
        *(get_user_model(), DBTaskResult),
    )
    return {model.__name__: sorted(model.objects.values_list("pk", flat=True)) for model in models}


def kinds(page):
    return {block.block_type for block in page.body}


def test_the_site_has_its_sections_and_pages():
    home = HomePage.objects.get()
    assert home.live
    assert [section.block_type for section in home.sections] == [
        "front", "services", "news", "albums", "models", "campaign", "reports", "numbers",
    ]  # fmt: skip
    assert [figure["number"] for figure in home.sections[7].value["figures"]] == ["98", "49", "976", "37"]
    assert (NewsPage.objects.count(), NoticePage.objects.count()) == (38, 13)
    assert set(StandardPage.objects.filter(live=True).values_list("slug", flat=True)) == {
        "about", "charter", "joining", "privacy", "accessibility", "contact",
    }  # fmt: skip
    names = SiteIdentity.objects.get()
    assert (names.union_name, names.hospital_name) == ("示范医院工会", "示范医院")
    assert [item.page.slug for item in Navigation.objects.get().menu_items.all()] == [
        "news", "notices", "albums", "honours", "role-models", "reports", "campaigns", "rules", "about",
    ]  # fmt: skip
    assert list(Category.objects.order_by("sort_order").values_list("name", flat=True))[:2] == [
        "民主管理", "职工生活",
    ]  # fmt: skip


def test_every_text_block_that_needs_no_picture_is_on_a_page():
    found = set().union(*(kinds(page) for page in [*NewsPage.objects.all(), *NoticePage.objects.all()]))
    assert {"text", "quote", "table", "figures", "callout", "files"} <= found


def test_eight_role_models_carry_their_honours_and_the_wall_shows_thirty():
    assert CommendationPage.objects.filter(live=True).count() == 8
    assert (Honour.objects.count(), Honour.objects.standing().count()) == (31, 30)
    assert Honour.objects.standing().filter(kind="union").count() == 6
    nurse = CommendationPage.objects.get(slug="head-nurse-of-intensive-care")
    assert [honour.title for honour in nurse.standing_honours] == [
        "全国先进工作者", "省优秀护士", "优秀工会小组长", "护理操作能手",
    ]  # fmt: skip
    assert next(link.related.slug for link in nurse.related_links.all()) == "the-handover-book"
    gone = Honour.objects.get(withdrawn_on__isnull=False)
    assert (gone.withdrawn_by.staff_number, gone.recipient) == ("100004", "手术室工会小组")
    for one in Honour.objects.all():
        one.full_clean()


def test_the_worker_draws_the_certificates_once(django_assert_num_queries):
    certify()
    shown = Honour.objects.filter(certificate_public=True)
    assert shown.count() == 4
    assert {one.certificate_image.title for one in shown} >= {"模范职工之家证书", "先进工作者证书"}
    before = fingerprint()
    certify()
    assert fingerprint() == before


def test_news_lies_in_the_past_and_keeps_its_day_as_date_of_publication():
    today = timezone.localdate()
    for page in NewsPage.objects.filter(live=True):
        assert today - timedelta(days=732) <= page.dated_on < today
        assert timezone.localtime(page.first_published_at).date() == page.dated_on


def test_two_pages_are_pinned_one_is_urgent_one_is_a_public_notice():
    today = timezone.localdate()
    assert NewsPage.objects.get(pinned_until__gte=today).slug == "night-canteen"
    assert NoticePage.objects.get(pinned_until__gte=today).slug == "call-for-proposals"
    assert NoticePage.objects.get(urgent_until__gte=today).slug == "water-off"
    public = NoticePage.objects.get(publicity_from__lte=today, publicity_until__gte=today)
    assert public.slug == "advanced-groups-publicity"
    assert "6306" in public.objections_to


def test_a_notice_that_has_run_out_has_left_the_site():
    now = timezone.now()
    gone = NoticePage.objects.filter(expire_at__lte=now)
    assert gone.exists()
    assert set(gone.values_list("live", "expired")) == {(False, True)}
    assert not NoticePage.objects.filter(live=False).exclude(expire_at__lte=now).exists()


def test_one_story_stands_in_each_state_of_the_workflow():
    stands = {}
    for slug in ("bicycle-corner", "car-club-check", "sign-language", "photo-exhibition", "barber"):
        page = NewsPage.objects.get(slug=slug)
        state = page.current_workflow_state
        order = state and list(state.workflow.tasks).index(state.current_task_state.task) + 1
        stands[slug] = (page.live, state and state.status, order)
    assert stands == {
        "bicycle-corner": (False, None, None),
        "car-club-check": (False, "in_progress", 1),
        "sign-language": (False, "in_progress", 2),
        "photo-exhibition": (False, "needs_changes", 1),
        "barber": (False, None, None),
    }
    returned = NewsPage.objects.get(slug="photo-exhibition").current_workflow_state.current_task_state
    assert returned.comment.startswith("最后一段")
    assert returned.finished_by.staff_number == "100003"
    tomorrow = timezone.localdate() + timedelta(days=1)
    scheduled = NewsPage.objects.get(slug="barber").scheduled_revision
    assert timezone.localtime(scheduled.approved_go_live_at).date() == tomorrow


def test_accounts_may_do_what_their_part_says():
    accounts = {user.staff_number: user for user in get_user_model().objects.all()}
    assert sorted(accounts) == ["100001", "100002", "100003", "100004", "100005"]
    assert {user.check_password(settings.DEMO_PASSWORD) for user in accounts.values()} == {True}
    news = NewsPage.objects.first().get_parent()
    may_publish = [n for n, user in sorted(accounts.items()) if news.permissions_for_user(user).can_publish()]
    may_write = [
        n for n, user in sorted(accounts.items()) if news.permissions_for_user(user).can_add_subpage()
    ]
    assert (may_publish, may_write) == (["100001", "100004"], ["100001", "100002", "100003", "100004"])
    rows, password = rooms_demo.accounts()
    assert [number for _part, number, _name in rows] == sorted(accounts)
    assert password == settings.DEMO_PASSWORD


def test_pictures_say_what_they_show_and_that_nobody_is_in_them():
    images = HouseImage.objects.all()
    assert images.count() == 20
    assert set(images.values_list("source", "consent")) == {("示范医院工会剪纸", "not_needed")}
    assert [image for image in images if not image.description.startswith("剪纸：")] == []
    assert NewsPage.objects.get(slug="night-canteen").cover.title == "夜里两点"


def test_the_worker_finds_one_job_a_page_and_one_index():
    paths = list(DBTaskResult.objects.values_list("task_path", flat=True))
    assert paths.count("home.demo.jobs.index_all") == 1
    assert paths.count("home.demo.jobs.illustrate") >= 20
    assert [path for path in paths if path in ONE_BY_ONE] == []


def test_loading_again_changes_nothing():
    before = fingerprint()
    lines = []
    load(log=lines.append)
    assert fingerprint() == before
    assert len(lines) == 1


def test_what_an_editor_changed_or_deleted_stays_so():
    page = NewsPage.objects.get(slug="choir")
    page.title = "合唱，改过的题目"
    page.save_revision().publish()
    NewsPage.objects.get(slug="zongzi").delete()
    load(log=lambda _line: None)
    assert NewsPage.objects.get(slug="choir").title == "合唱，改过的题目"
    assert not NewsPage.objects.filter(slug="zongzi").exists()


def test_the_worker_hangs_the_pictures_and_keeps_the_dates():
    page = NewsPage.objects.get(slug="tug-of-war")
    published = page.first_published_at, page.last_published_at
    illustrate("tug-of-war", page.pk)
    page.refresh_from_db()
    assert page.cover.title == "拔河那天"
    assert kinds(page) == {"text", "figures", "gallery"}
    gallery = next(block.value for block in page.body if block.block_type == "gallery")
    assert [bool(item["image"].pk) for item in gallery["items"]] == [True] * 4
    assert (page.first_published_at, page.last_published_at) == published
    assert page.related_links.count() == 3


def test_the_front_page_shows_four_albums_before_the_worker_has_drawn_the_rest():
    counts = {page.slug: page.photos.count() for page in AlbumPage.objects.order_by("-dated_on")}
    assert list(counts.values()) == [1, 1, 1, 1, 0, 0]
    covered = [page for page in AlbumPage.objects.order_by("-dated_on") if page.cover]
    assert [page.cover.served["sizes"] != [] for page in covered] == [True] * 4


def test_the_worker_fills_an_album_and_stories_lead_to_it():
    page = AlbumPage.objects.get(slug="choir-album")
    published = page.first_published_at, page.last_published_at
    illustrate("choir-album", page.pk)
    page.refresh_from_db()
    (album,) = [album for album in ALBUMS if album.slug == "choir-album"]
    rows = page.photos.values_list("caption", flat=True)
    assert list(rows) == [words for _drawing, words in album.shots]
    assert page.cover.title == album.cover
    assert (page.first_published_at, page.last_published_at) == published
    assert page.related_links.count() == 2
    story = NewsPage.objects.get(slug="choir")
    assert page.pk in story.related_links.values_list("related", flat=True)


def test_a_story_edited_meanwhile_keeps_the_editors_words():
    page = NewsPage.objects.get(slug="tug-of-war")
    page.title = "拔河，改过的题目"
    page.save_revision().publish()
    illustrate("tug-of-war", page.pk)
    page.refresh_from_db()
    assert (page.title, page.cover, "gallery" in kinds(page)) == ("拔河，改过的题目", None, False)


def test_a_job_for_a_page_that_is_gone_ends_quietly():
    page = NewsPage.objects.get(slug="badminton")
    pk = page.pk
    page.delete()
    illustrate("badminton", pk)
    assert not NewsPage.objects.filter(slug="badminton").exists()


def test_scale_multiplies_the_news_once():
    load(scale=3, log=lambda _line: None)
    assert NewsPage.objects.count() == 38 + 2 * len(NEWS)
    copy = NewsPage.objects.get(slug="night-canteen-3")
    assert (copy.live, copy.pinned_until, copy.cover.title) == (True, None, "夜里两点")
    assert AlbumPage.objects.count() == 3 * len(ALBUMS)
    newest = AlbumPage.objects.order_by("-dated_on").first()
    assert AlbumPhoto.objects.filter(page__slug=f"{newest.slug}-3").count() == newest.photos.count() == 1
    assert copy.dated_on == NewsPage.objects.get(slug="night-canteen").dated_on - timedelta(days=6)
    before = fingerprint()
    load(scale=3, log=lambda _line: None)
    assert fingerprint() == before


def test_every_page_passes_the_checks_an_editor_would_meet():
    for piece in (*NEWS, *NOTICES, *PAGES, *PROFILES):
        page = Page.objects.get(slug=piece.slug).specific
        page.full_clean()
        page.body.stream_block.clean(page.body)


def test_the_command_says_who_can_sign_in():
    said = StringIO()
    call_command("load_demo", stdout=said)
    lines = said.getvalue().splitlines()
    told = [line.split()[0] for line in lines if line.startswith("  1000")]
    assert told == [f"1000{number:02d}" for number in range(1, 17)]
    assert settings.DEMO_PASSWORD in lines[-1 - len(told)]
