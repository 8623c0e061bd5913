"""Pages kept for visitors: the same for everybody, gone with the first change, never anybody's own."""

import gzip
from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.kit import cache, visitors
from home.models import StandardPage

pytestmark = pytest.mark.django_db
ADDRESS = "/rules/"


@pytest.fixture(autouse=True)
def keeping(settings, monkeypatch):
    """Pages are kept, and the generation is asked for when something says so, however slow the machine."""
    settings.KEEP_PAGES = True
    monkeypatch.setattr(cache, "RECHECK", 3600)


@pytest.fixture
def rules(homepage):
    """One page of the website."""
    return homepage.add_child(instance=StandardPage(title="工会章程", slug="rules"))


@pytest.fixture
def kept(rules, client):
    """The page, already made for a visitor."""
    return client.get(ADDRESS)


def title(answer):
    return answer.content.decode().split("<title>")[1].split("</title>")[0].split(" - ")[0]


def rename(page, words):
    """Change a page behind the cache's back."""
    StandardPage.objects.filter(pk=page.pk).update(title=words)


def test_the_next_visitor_costs_no_query_and_gets_the_same_page(kept, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get(ADDRESS)
    assert answer.content == kept.content
    assert answer["Vary"] == "Cookie, Accept-Encoding"
    for header in ("Content-Type", "X-Frame-Options", "Content-Security-Policy"):
        assert answer[header] == kept[header]


def test_a_browser_that_takes_packed_pages_gets_it_packed(kept):
    answer = Client().get(ADDRESS, headers={"accept-encoding": "br, gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert int(answer["Content-Length"]) == len(answer.content) < len(kept.content)
    assert gzip.decompress(answer.content) == kept.content
    assert "Content-Encoding" not in Client().get(ADDRESS, headers={"accept-encoding": "identity"})


def test_every_answer_has_a_number_of_its_own(kept):
    assert Client().get(ADDRESS)["X-Request-ID"] != kept["X-Request-ID"]


def test_a_published_change_is_seen_by_the_next_visitor(
    kept, rules, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        rules.title = "新章程"
        rules.save_revision().publish()
    assert title(client.get(ADDRESS)) == "新章程"


def test_a_page_closed_to_visitors_is_closed_at_once(kept, rules, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=rules, restriction_type="login")
    assert client.get(ADDRESS).status_code == 302


def test_a_change_while_a_page_is_being_made_is_not_covered_up(rules, client, monkeypatch):
    real = visitors._may_be_kept

    def change_meanwhile(response):
        cache.changed()
        cache.announce()
        return real(response)

    monkeypatch.setattr(visitors, "_may_be_kept", change_meanwhile)
    client.get(ADDRESS)
    rename(rules, "新章程")
    assert title(client.get(ADDRESS)) == "新章程"


def test_tomorrow_pages_are_made_anew(kept, rules, client, monkeypatch):
    rename(rules, "新章程")
    assert title(client.get(ADDRESS)) == "工会章程"
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2031, 1, 1))
    assert title(client.get(ADDRESS)) == "新章程"


def test_members_get_their_own_page_and_leave_nothing_behind(kept, rules, client_of, person):
    rename(rules, "新章程")
    answer = client_of(person(name="周宁")).get(ADDRESS)
    assert title(answer) == "新章程"
    assert "周宁" in answer.content.decode()
    assert "周宁" not in Client().get(ADDRESS).content.decode()


def test_size_and_theme_have_pages_of_their_own(kept, client):
    client.cookies["size"] = "large"
    client.cookies["theme"] = "dark"
    assert 'data-size="large" data-theme="dark"' in client.get(ADDRESS).content.decode()
    assert "data-size" not in Client().get(ADDRESS).content.decode()


@pytest.mark.parametrize("address", ["/rules/?a=1", "/nothing-here/", "/accounts/login/", "/health/"])
def test_only_whole_pages_without_a_query_are_kept(rules, client, address):
    before = set(caches["pages"]._cache)
    client.get(address)
    assert not [key for key in set(caches["pages"]._cache) - before if ":page:" in key]


def test_what_was_just_said_is_shown_to_nobody_else(kept, client):
    client.cookies["messages"] = "x"
    before = set(caches["pages"]._cache)
    client.get(ADDRESS)
    assert set(caches["pages"]._cache) == before


def test_a_foreign_host_is_refused_as_ever(rules, client):
    assert client.get(ADDRESS, headers={"host": "elsewhere.example"}).status_code == 400


def test_the_cache_can_be_switched_off(kept, rules, client, settings):
    settings.KEEP_PAGES = False
    rename(rules, "新章程")
    assert title(client.get(ADDRESS)) == "新章程"
