"""Kept pages under strain: many ask at once, the cache is away, news of a change lost; what is never kept."""

import threading
import time
from contextlib import nullcontext

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test import Client, RequestFactory

from cms.kit import cache, visitors
from cms.kit.cache import RECHECK
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
    return homepage.add_child(instance=StandardPage(title="工会章程", slug="rules"))


def rename(page, words):
    """Change a page behind the cache's back."""
    StandardPage.objects.filter(pk=page.pk).update(title=words)


def title(answer):
    return answer.content.decode().split("<title>")[1].split("</title>")[0].split(" - ")[0]


def kept_pages():
    return [key for key in caches["pages"]._cache if ":page:" in key]


# --- Never shared -----------------------------------------------------------------------------


def test_only_a_get_is_answered_from_what_is_kept_and_kept(rules, client, django_assert_num_queries):
    client.head(ADDRESS)
    client.post(ADDRESS)
    assert kept_pages() == []
    client.get(ADDRESS)
    assert len(kept_pages()) == 1
    rename(rules, "新章程")
    assert int(client.head(ADDRESS)["Content-Length"]) != len(client.get(ADDRESS).content)


def test_a_preview_is_never_kept_and_never_answered_from_what_is_kept(rules, client):
    client.get(ADDRESS)
    rules.title = "还没有发布的章程"
    preview = rules.make_preview_request()  # without cookies, as a command would ask for it
    assert title(preview) == "还没有发布的章程"
    assert title(client.get(ADDRESS)) == "工会章程"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: answer.set_cookie("csrftoken", "x"),
        lambda answer: answer.__setitem__("Vary", "Cookie, Accept-Language"),
        lambda answer: answer.__setitem__("Vary", "*"),
        lambda answer: answer.__setitem__("Cache-Control", "private"),
        lambda answer: answer.__setitem__("Cache-Control", "max-age=0,no-store"),
        lambda answer: setattr(answer, "status_code", 203),
        lambda answer: setattr(answer, "context_data", {}),
        lambda answer: setattr(answer, "content", b"x" * (visitors.LARGEST + 1)),
    ],
)
def test_what_is_somebodys_own_or_too_large_is_not_kept(rules, rf, spoil):
    def view(request):
        answer = TemplateResponse(request, "404.html", {"page": rules, "request_id": "x"})
        answer.add_post_render_callback(spoil)
        return answer

    for made, number in ((view, 0), (lambda request: plain(request, rules), 1)):
        caches["pages"].clear()
        visitors.VisitorPages(visitors.keepable(made))(rf.get("/x/"))
        assert len(kept_pages()) == number


def plain(request, page):
    return TemplateResponse(request, "404.html", {"page": page, "request_id": "x"})


def test_a_view_that_does_not_say_so_is_not_kept(rules, rf):
    visitors.VisitorPages(lambda request: plain(request, rules).render())(rf.get("/x/"))
    assert kept_pages() == []


# --- What makes pages differ ------------------------------------------------------------------


def test_each_host_scheme_size_and_theme_has_a_page_of_its_own_and_nothing_else(rules, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]

    def name(path="/rules/", host="testserver", *, secure=False, **cookies):
        request = RequestFactory().get(path, secure=secure, headers={"host": host})
        request.COOKIES.update(cookies)
        return visitors._keeping(request).name

    different = [
        name(),
        name("/rules2/"),
        name(secure=True),
        name(host="other.example"),
        name(size="large"),
        name(theme="dark"),
        name(theme="light"),
        name(size="large", theme="dark"),
    ]
    assert len(set(different)) == len(different)
    same = [name(), name(host="TESTSERVER"), name(size="huge"), name(theme="x" * 99), name(csrftoken="abc")]
    assert set(same) == {different[0]}


def test_the_language_is_part_of_the_name(rules, rf):
    from django.utils import translation

    first = visitors._keeping(rf.get("/rules/")).name
    with translation.override("en"):
        assert visitors._keeping(rf.get("/rules/")).name != first


def test_however_many_addresses_are_asked_for_the_places_are_limited(rules, rf, monkeypatch):
    monkeypatch.setattr(visitors, "PLACES", 4)
    view = visitors.VisitorPages(visitors.keepable(lambda request: plain(request, rules)))
    for number in range(40):
        assert view(rf.get(f"/x/{number}/")).status_code == 200
    assert len(kept_pages()) == 4


def test_a_page_in_the_place_of_another_is_not_taken_for_it(rules, rf, monkeypatch):
    monkeypatch.setattr(visitors, "PLACES", 1)
    view = visitors.VisitorPages(visitors.keepable(lambda request: HttpResponse(request.path)))
    monkeypatch.setattr(visitors, "_may_be_kept", lambda _response: True)
    assert [view(rf.get(path)).content for path in ("/a/", "/b/", "/a/", "/a/")] == [
        b"/a/",
        b"/b/",
        b"/a/",
        b"/a/",
    ]


# --- Many at once -----------------------------------------------------------------------------


@pytest.fixture
def asked_by_threads(monkeypatch):
    """Threads of a test see another database: what they ask of it is answered from here."""
    monkeypatch.setattr(cache, "_read", lambda: "1.1")
    monkeypatch.setattr(cache, "_frozen", nullcontext)


def bare(_request):
    """A whole page that asks nothing of anybody."""
    answer = HttpResponse("made")
    answer.context_data = {"page": "x"}
    return answer


def ask_at_once(pages, number):
    """The answers that so many threads get for one address."""
    answers = [None] * number

    def ask(at):
        answers[at] = pages(RequestFactory().get("/x/"))

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_many_who_ask_at_once_one_has_it_made_and_all_get_it(asked_by_threads):
    made = []

    def view(request):
        made.append(request)
        time.sleep(0.2)
        return bare(request)

    answers = ask_at_once(visitors.VisitorPages(visitors.keepable(view)), 6)
    assert len(made) == 1
    assert [answer.content for answer in answers] == [b"made"] * 6
    assert not [key for key in caches["pages"]._cache if "making" in key]


def test_nobody_waits_for_a_page_that_takes_too_long(asked_by_threads, monkeypatch):
    monkeypatch.setattr(visitors, "WAIT", 0.05)
    made = []

    def view(request):
        made.append(request)
        time.sleep(0.3)
        return bare(request)

    answers = ask_at_once(visitors.VisitorPages(visitors.keepable(view)), 4)
    assert [answer.content for answer in answers] == [b"made"] * 4
    assert len(made) == 4


def test_who_waits_for_a_page_that_fails_makes_it_without_further_waiting(asked_by_threads):
    begun, failed = threading.Event(), []

    def view(request):
        if not begun.is_set():
            begun.set()
            time.sleep(0.1)
            raise LookupError("the first fails")
        return bare(request)

    pages = visitors.VisitorPages(visitors.keepable(view))

    def first():
        try:
            pages(RequestFactory().get("/x/"))
        except LookupError as error:
            failed.append(error)

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait(5)
    began = time.monotonic()
    assert pages(RequestFactory().get("/x/")).content == b"made"
    assert time.monotonic() - began < visitors.WAIT
    thread.join()
    assert len(failed) == 1


# --- A cache that fails -----------------------------------------------------------------------


def test_a_cache_that_is_away_costs_nobody_a_page(rules, client, monkeypatch):
    class Away:
        def __getattr__(self, _name):
            raise ConnectionError("Redis is away")

    monkeypatch.setattr(cache, "caches", {"pages": Away()})
    assert title(client.get(ADDRESS)) == "工会章程"
    rename(rules, "新章程")
    assert title(client.get(ADDRESS)) == "新章程"


def test_an_announcement_that_was_lost_is_made_up_for_at_the_next_look(
    rules, client, monkeypatch, django_capture_on_commit_callbacks
):
    client.get(ADDRESS)
    keep = cache.keep
    monkeypatch.setattr(cache, "keep", lambda key, *rest: None if key == cache.MARK else keep(key, *rest))
    with django_capture_on_commit_callbacks(execute=True):
        rules.title = "新章程"
        rules.save_revision().publish()
    assert title(client.get(ADDRESS)) == "工会章程"
    monkeypatch.setattr(cache, "RECHECK", 0)
    assert title(client.get(ADDRESS)) == "新章程"


def test_while_the_database_is_away_what_is_kept_is_still_shown(rules, client, monkeypatch):
    from django.db import OperationalError

    client.get(ADDRESS)

    def away():
        raise OperationalError("the database is away")

    monkeypatch.setattr(cache, "_read", away)
    monkeypatch.setattr(cache, "RECHECK", 0)
    assert title(client.get(ADDRESS)) == "工会章程"


def test_asking_again_costs_one_query_twice_a_second(rules, client, monkeypatch, django_assert_num_queries):
    client.get(ADDRESS)
    monkeypatch.setattr(cache, "RECHECK", 0)
    with django_assert_num_queries(1):
        assert title(Client().get(ADDRESS)) == "工会章程"


def test_the_next_look_is_half_a_second_away():
    assert RECHECK == 0.5
