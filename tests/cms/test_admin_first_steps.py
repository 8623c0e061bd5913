"""Another union starts from an empty database."""

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from cms.editing.first_steps import steps
from cms.kit.models import SiteIdentity
from home.first_steps import prepare
from home.models import Category, HomePage, NoticePage

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/first-steps/"


@pytest.fixture(autouse=True)
def _fresh_server(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.MAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def done():
    return [step.done for step in steps()]


def by_name(client):
    return {str(step.label): step.done for step in client.get(ADDRESS).context["steps"]}


@pytest.fixture
def desk(client_of, admin):
    return client_of(admin)


def test_on_an_empty_database_nothing_is_done_and_the_page_opens(desk):
    answer = desk.get(ADDRESS)
    assert answer.status_code == 200
    assert done() == [False] * 11
    assert answer.context["basics"] is True


def test_even_without_any_site_the_page_opens(desk):
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    assert desk.get(ADDRESS).status_code == 200
    assert desk.post(ADDRESS).status_code == 302
    assert Site.objects.get().root_page.specific_class is HomePage


def test_one_button_makes_the_basic_pages_and_again_makes_nothing(desk, admin):
    answer = desk.post(ADDRESS, follow=True)
    assert answer.context["basics"] is False
    assert Page.objects.filter(owner=admin).count() == 16
    before = Page.objects.count()
    desk.post(ADDRESS)
    assert Page.objects.count() == before


def test_the_dashboard_reminds_an_administrator_until_all_is_done(desk, newsroom, client_of):
    assert ADDRESS in desk.get("/admin/").content.decode()
    assert "desk--steps" in desk.get("/admin/").content.decode()
    assert "desk--steps" not in client_of(newsroom.editor).get("/admin/").content.decode()


def test_each_thing_done_is_ticked(newsroom, desk, settings, tmp_path):
    basics = newsroom.basics
    open_then = [step.label for step in steps() if not step.done]
    assert len(open_then) == 6  # names, categories, privacy and accessibility, notice, mail, backup
    card = SiteIdentity.for_site(basics.site)
    card.union_name, card.organiser, card.phone, card.address = (
        "示范医院工会",
        "示范医院工会委员会",
        "1",
        "3号楼",
    )
    card.save()
    assert sum(done()) == 6
    Category.objects.create(name="要闻", slug="news")
    assert sum(done()) == 7
    for key in ("privacy", "accessibility"):
        basics.pages[key].get_latest_revision().publish()
    assert sum(done()) == 8
    basics.notices.add_child(instance=NoticePage(title="开通了", slug="open"))
    assert sum(done()) == 9
    assert "desk--steps" not in desk.get("/admin/").content.decode()
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert sum(done()) == 10
    settings.PRIVATE_ROOT = tmp_path
    (tmp_path / "last-backup.json").write_text("{}")
    assert sum(done()) == 11


def test_a_group_without_people_is_not_a_review(newsroom):
    newsroom.first.is_active = False
    newsroom.first.save()
    assert [step.done for step in steps()].count(False) == 7


def test_only_administrators_see_the_first_steps(newsroom, client_of, client):
    for client_here in (client_of(newsroom.editor), client_of(newsroom.second)):
        assert client_here.get(ADDRESS).status_code == 302
        assert client_here.post(ADDRESS).status_code == 302
        assert ADDRESS not in client_here.get("/admin/").content.decode()
    assert client.get(ADDRESS).status_code == 302


def test_every_link_of_the_list_opens(desk):
    prepare()
    for step in steps():
        if step.url:
            assert desk.get(step.url, follow=True).status_code == 200, step.url


def test_the_drafts_open_in_the_editor(desk):
    for page in prepare().pages.values():
        assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
