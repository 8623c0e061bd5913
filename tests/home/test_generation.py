"""What ends the generation of everything visitors share, and what does not; each change is told once."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.registry import registry
from wagtail.models import Comment, Page, PageViewRestriction
from wagtail.snippets.models import get_snippet_models

from cms.kit import cache, jobs, photos, watching
from cms.kit.jobs import chores
from cms.kit.models import Change, HouseDocument, HouseImage, HouseMedia, Navigation, SiteIdentity
from home.models import Category, NewsPage
from home.models.news import NewsRelatedLink
from tests.home import factories
from tests.kit import photographs

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(newsroom):
    return factories.news(newsroom, "一则", slug="one", category=factories.category())


@pytest.fixture
def image(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "public"
    image = HouseImage(title="图", file=ContentFile(photographs.camera_jpeg(60, 40), "x.jpg"))
    image.save()
    return image


@pytest.fixture
def ends(django_capture_on_commit_callbacks):
    """Tell whether something ends the generation once it is committed."""

    def told(change):
        before = cache.generation()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return cache.generation() != before

    return told


def live(page):
    return NewsPage.objects.get(pk=page.pk)


def publish(page, **fields):
    page = live(page)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


CHANGES = {
    "published": lambda story: publish(story, title="新标题"),
    "unpublished": lambda story: live(story).unpublish(),
    "taken down in code": lambda story: setattr_save(live(story), live=False),
    "address changed": lambda story: publish(story, slug="two"),
    "deleted": lambda story: live(story).delete(),
    "copied, live": lambda story: live(story).copy(update_attrs={"slug": "copy"}),
    "reordered": lambda story: live(story).move(
        Page.objects.get(pk=story.get_parent().pk), pos="first-child"
    ),
    "restricted": factories.close,
    "category renamed": lambda story: setattr_save(Category.objects.get(), name="文体"),
    "related page": lambda story: NewsRelatedLink.objects.create(
        page=live(story), related=story.get_parent()
    ),
    "redirect": lambda _story: Redirect.objects.create(old_path="/old", redirect_link="/"),
    "identity": lambda story: SiteIdentity.objects.create(site=story.get_site(), union_name="示范工会"),
    "menu": lambda story: Navigation.objects.create(site=story.get_site()),
    "site": lambda story: setattr_save(story.get_site(), site_name="职工之家二"),
    "document": lambda _story: HouseDocument.objects.create(title="表", file=ContentFile(b"x", "a.txt")),
    "video": lambda _story: HouseMedia.objects.create(
        title="合唱", type="video", file=ContentFile(b"x", "a.mp4")
    ),
}


def setattr_save(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_that_visitors_see_ends_the_generation(story, ends, what):
    assert ends(lambda: CHANGES[what](story)) is True


def test_pictures_end_it_when_they_are_described_drawn_or_withdrawn(image, ends):
    assert ends(lambda: setattr_save(image, description="新的说明")) is True
    assert ends(lambda: photos.render(image)) is True
    assert ends(lambda: HouseImage.objects.filter(pk=image.pk).update(consent="withdrawn")) is True


def test_the_groups_of_a_restriction_end_it(story, ends):
    restriction = factories.close(story, Group.objects.create(name="女工委"))
    assert ends(lambda: restriction.groups.add(Group.objects.create(name="青工部"))) is True
    assert ends(lambda: PageViewRestriction.objects.all().delete()) is True


def test_the_worker_ends_it_when_a_page_goes_live_or_expires_on_time(newsroom, ends):
    page = factories.news(newsroom, "定时", slug="timed", live=False)
    page.go_live_at = timezone.now() + timedelta(seconds=0.3)
    page.save_revision().publish()
    time.sleep(0.35)
    assert ends(chores.publish_on_time) is True
    assert live(page).live is True
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert ends(chores.publish_on_time) is True
    assert live(page).live is False


NOTHING = {
    "a draft of a published page": lambda story, _user: live(story).save_revision(),
    "a draft that was never published": lambda story, _user: story.get_parent().add_child(
        instance=NewsPage(title="草稿", slug="draft", live=False, has_unpublished_changes=True)
    ),
    "a locked page": lambda story, user: Page.objects.get(pk=story.pk).save(
        update_fields=["locked", "locked_by"], clean=False
    ),
    "a comment of an editor": lambda story, user: Comment.objects.create(
        page=live(story), user=user, text="核对", contentpath="title", position="{}"
    ),
    "a person": lambda _story, user: user.save(),
}


@pytest.mark.parametrize("what", NOTHING)
def test_what_visitors_never_see_ends_nothing(story, person, ends, what):
    user = person()
    assert ends(lambda: NOTHING[what](story, user)) is False


def test_every_snippet_and_every_setting_is_watched():
    models = [*get_snippet_models(), *registry]
    assert Category in models
    assert SiteIdentity in models
    assert [model for model in models if not watching.is_watched(model)] == []


def test_another_table_is_watched_when_it_is_named(monkeypatch):
    monkeypatch.setattr(watching, "_named", set(watching._named))
    assert watching.is_watched(Group) is False
    watching.watch(Group)
    assert watching.is_watched(Group) is True
    watching.is_watched.cache_clear()


# --- How it is told ---------------------------------------------------------------------------


def test_a_transaction_tells_it_once_and_a_rolled_back_part_does_not_count(monkeypatch, request):
    monkeypatch.setattr(
        cache, "_told", lambda: any(waiting[1] is cache.announce for waiting in connection.run_on_commit[at:])
    )
    at, before = len(connection.run_on_commit), Change.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        cache.changed()
        cache.changed()
        assert Change.objects.count() == before + 1
        raise RuntimeError
    assert Change.objects.count() == before
    for _ in range(3):
        cache.changed()
    assert Change.objects.count() == before + 1


def test_the_newest_rows_are_enough(db):
    for _ in range(Change.KEPT + 30):
        cache.changed()
    known = cache._read()
    assert Change.tidy() == 30
    assert Change.objects.count() == Change.KEPT
    assert cache._read() != known


def test_a_job_tidies_them(db):
    for _ in range(Change.KEPT + 1):
        cache.changed()
    chores.tidy_jobs()
    assert Change.objects.count() == Change.KEPT


def test_what_is_asked_inside_a_snapshot_is_of_its_moment(django_assert_num_queries):
    with django_assert_num_queries(1), cache.snapshot() as number:
        assert cache.generation() == number
    cache.changed()
    with cache.snapshot() as later:
        assert later != number


def test_the_jobs_of_a_transaction_are_told_with_it(image):
    jobs.run_waiting()
    assert HouseImage.objects.get(pk=image.pk).rendered_at is not None
