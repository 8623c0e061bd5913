"""Withdrawn and restored, as visitors see it through the pages that are kept for them."""

import pytest
from django.test import Client
from django.utils import timezone

from home.models import CommendationPage
from home.register.steps import restore, taken_down_with, withdraw
from tests.home.factories import commendation, honour, model_index, picture, wall

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WHERE = ("/", "/honours/", "/role-models/", "/role-models/kept/")


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.KEEP_PAGES = True


@pytest.fixture
def keeper(person):
    return person(is_superuser=True)


@pytest.fixture
def site_of_honours(homepage):
    """A front with role models, the wall, one page with two honours and one with a single one."""
    section = model_index(homepage)
    homepage.refresh_from_db()
    wall(homepage)
    scan = {"certificate_image": picture("证书"), "certificate_public": True}
    one = honour("全国先进工作者", level=4, year=2026, **scan)
    kept = commendation(section, "护士长", [one, honour("护理能手", level=1)], slug="kept")
    alone = commendation(section, "技师", [one], slug="alone")
    for page in (kept, alone):
        page.save_revision().publish()
    homepage.refresh_from_db()
    homepage.sections = [("models", {"title": "", "number": 4})]
    homepage.save()
    return one, alone


def mentions(words):
    return [address for address in WHERE if words in Client().get(address).content.decode()]


def count_on_the_wall():
    return Client().get("/honours/").content.decode().split('chip__count">')[1].split("<")[0]


def test_a_withdrawn_honour_is_gone_from_every_kept_page_and_back_when_restored(
    site_of_honours, keeper, django_capture_on_commit_callbacks, django_assert_num_queries
):
    one, alone = site_of_honours
    certificate = f"/honours/certificate/{one.pk}/"
    assert mentions("全国先进工作者") == list(WHERE)
    assert (count_on_the_wall(), Client().get(certificate).status_code) == ("2", 200)
    with django_assert_num_queries(0):  # all of it is kept
        assert mentions("全国先进工作者") == list(WHERE)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(one, by=keeper, on=TODAY, why="材料不实", down=[alone])
    assert mentions("全国先进工作者") == []
    assert mentions("/role-models/alone/") == []
    assert mentions("护理能手") == list(WHERE)
    assert (count_on_the_wall(), Client().get(certificate).status_code) == ("1", 404)
    assert Client().get("/role-models/alone/").status_code == 404
    for address in ("/role-models/feed/rss/", "/sitemap.xml"):
        assert "alone" not in Client().get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        restore(one, by=keeper, up=taken_down_with(one))
    assert mentions("全国先进工作者") == list(WHERE)
    assert (count_on_the_wall(), Client().get(certificate).status_code) == ("2", 200)
    assert Client().get("/role-models/alone/").status_code == 200


def test_a_corrected_honour_is_read_at_once(site_of_honours, django_capture_on_commit_callbacks):
    one, _alone = site_of_honours
    assert mentions("全国先进工作者") == list(WHERE)
    with django_capture_on_commit_callbacks(execute=True):
        one.title = "全国劳动模范"
        one.save()
    assert mentions("全国先进工作者") == []
    assert mentions("全国劳动模范") == list(WHERE)


def test_a_new_honour_hangs_at_once(site_of_honours, django_capture_on_commit_callbacks):
    assert count_on_the_wall() == "2"
    with django_capture_on_commit_callbacks(execute=True):
        honour("先进职工之家", kind="union")
    assert count_on_the_wall() == "3"


def test_the_search_hears_of_a_withdrawal(
    site_of_honours, keeper, django_capture_on_commit_callbacks, monkeypatch
):
    told = []
    monkeypatch.setattr(
        "home.models.honours.index.insert_or_update_object",
        lambda page: told.append((page.slug, CommendationPage.objects.get(pk=page.pk).honoured_with)),
    )
    one, _alone = site_of_honours
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(one, by=keeper, on=TODAY, why="材料不实")
    assert sorted(told) == [("alone", ""), ("kept", "护理能手")]
