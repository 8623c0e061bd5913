"""Size and theme: a cookie, no session, only from our own pages."""

import pytest
from django.test import Client

from cms.kit.models import SiteIdentity

pytestmark = pytest.mark.django_db
HOME = {"origin": "http://testserver"}


@pytest.fixture
def strict():
    """A client whose forms need their key, as a browser's do."""
    return Client(enforce_csrf_checks=True)


def post(client, headers=None, **choice):
    return client.post("/appearance/", choice, headers=HOME if headers is None else headers)


@pytest.mark.parametrize(
    ("name", "value"),
    [("size", "large"), ("size", "normal"), ("theme", "light"), ("theme", "dark"), ("theme", "system")],
)
def test_a_choice_is_kept_for_a_year_without_a_session(strict, name, value):
    answer = post(strict, **{name: value, "next": "/news/?p=2"})
    assert (answer.status_code, answer["Location"]) == (303, "/news/?p=2")
    assert set(answer.cookies) == {name}
    cookie = answer.cookies[name]
    assert (cookie.value, cookie["max-age"], cookie["samesite"], cookie["path"]) == (
        value,
        31536000,
        "Lax",
        "/",
    )


def test_large_print_and_theme_are_written_on_the_page(client, site):
    assert "data-size" not in client.get("/").content.decode()
    post(client, size="large")
    post(client, theme="dark")
    assert '<html lang="zh-CN" data-size="large" data-theme="dark">' in client.get("/").content.decode()
    post(client, size="normal")
    post(client, theme="system")
    assert '<html lang="zh-CN">' in client.get("/").content.decode()


def test_the_switches_say_what_is_chosen(client, site):
    post(client, size="large")
    answer = client.get("/").content.decode()
    assert 'name="size" value="normal" aria-pressed="true"' in answer
    assert 'name="theme" value="system" aria-pressed="true"' in answer
    assert 'name="theme" value="dark" aria-pressed="false"' in answer


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"referer": "http://testserver.elsewhere.example/"},
        {"origin": "https://elsewhere.example", "referer": "http://testserver/"},
    ],
)
def test_a_form_of_another_site_is_refused_and_sets_nothing(strict, site, headers):
    answer = post(strict, headers=headers, size="large")
    assert answer.status_code == 403
    assert not answer.cookies


def test_an_old_browser_is_known_by_its_referer(strict):
    assert post(strict, headers={"referer": "http://testserver/news/"}, size="large").status_code == 303


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_the_way_back_stays_on_the_site(strict, back):
    assert post(strict, size="large", next=back)["Location"] == "/"


@pytest.mark.parametrize("choice", [{"size": "huge"}, {"theme": "<b>"}, {"colour": "red"}, {}])
def test_unknown_choices_change_nothing(strict, choice):
    answer = post(strict, **choice)
    assert answer.status_code == 303
    assert not answer.cookies


def test_a_cookie_somebody_made_up_is_not_written_on_the_page(client, site):
    client.cookies["size"] = '"><script>'
    client.cookies["theme"] = "purple"
    assert '<html lang="zh-CN">' in client.get("/").content.decode()


def test_a_link_cannot_choose(client):
    assert client.get("/appearance/?size=large").status_code == 405


def test_no_query_is_needed(strict, django_assert_num_queries):
    with django_assert_num_queries(0):
        post(strict, size="large")


def test_pages_say_that_they_depend_on_cookies(client, site):
    SiteIdentity.objects.create(site=site)
    assert "Cookie" in client.get("/")["Vary"]


def test_without_a_word_it_leads_back_to_the_page_the_form_stood_on(strict):
    headers = {**HOME, "referer": "http://testserver/news/?page=2"}
    assert post(strict, headers=headers, size="large")["Location"] == "http://testserver/news/?page=2"


def test_a_referer_of_another_site_leads_home(strict):
    headers = {**HOME, "referer": "https://elsewhere.example/"}
    assert post(strict, headers=headers, size="large")["Location"] == "/"
