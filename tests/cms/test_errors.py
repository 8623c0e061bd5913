"""Error pages: in the house's style, cheap, and without a database where that may be what broke."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import path

from cms.kit.models import SiteIdentity
from cms.urls import urlpatterns as real_urls
from cms.views import errors

pytestmark = pytest.mark.django_db


def broken(_request):
    raise RuntimeError


def closed(_request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


urlpatterns = [path("broken/", broken), path("closed/", closed), *real_urls]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error


@pytest.fixture
def doors(settings):
    """The site with two doors more: one breaks, one is closed."""
    settings.ROOT_URLCONF = __name__


def asked(address="/"):
    request = RequestFactory().get(address)
    request.id = "0b0a13a2d664"
    return request


def test_a_missing_page_answers_in_the_frame_with_a_way_on(client, site):
    SiteIdentity.objects.create(site=site, phone="6306")
    answer = client.get("/no-such-page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert '<p class="lost__code">404</p>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<a class="button button--primary" href="/">' in page
    assert "6306" in page
    assert "cms/img/lost.webp" in page


def test_the_number_on_the_page_begins_the_number_of_the_log(client, site):
    answer = client.get("/no-such-page/")
    assert f'<span class="numbers">{answer["X-Request-ID"][:8]}</span>' in answer.content.decode()


def test_a_missing_page_costs_at_most_three_queries(client, site, django_assert_max_num_queries):
    client.get("/no-such-page/")
    with django_assert_max_num_queries(3):
        assert client.get("/no-such-page/").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/no/such/page/", "/news/9999/99/", "/%00/", "/" + "a" * 3000 + "/", "/a/?" + "b=c&" * 300, "/公告/"],
)
def test_absurd_addresses_are_refused_not_broken(client, site, address):
    assert client.get(address).status_code in {400, 404}


def test_a_closed_page_says_what_would_work(client, site, doors):
    answer = client.get("/closed/")
    assert answer.status_code == 403
    assert '<p class="lost__code">403</p>' in answer.content.decode()


def test_a_closed_page_tells_members_something_else(client_of, person, client, site, doors):
    assert client_of(person()).get("/closed/").content != client.get("/closed/").content


def test_a_broken_page_answers_without_the_database(settings, doors, monkeypatch):
    visitor = Client(raise_request_exception=False)

    def no_database(*_args, **_kwargs):
        raise AssertionError

    monkeypatch.setattr(connection, "cursor", no_database)
    answer = visitor.get("/broken/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "cms/img/bridge.webp" in page
    assert "cms/css/house.css" in page
    assert f'<span class="numbers">{answer["X-Request-ID"][:8]}</span>' in page


def test_a_broken_page_keeps_the_readers_size_and_theme():
    request = asked()
    request.COOKIES.update({"size": "large", "theme": "dark"})
    page = errors.server_error(request).content.decode()
    assert '<html lang="zh-CN" data-size="large" data-theme="dark">' in page


@pytest.mark.parametrize(
    ("view", "status"), [(errors.bad_request, 400), (errors.server_error, 500), (errors.unavailable, 503)]
)
def test_pages_for_the_worst_moments_ask_nothing(view, status, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = view(asked())
    assert answer.status_code == status
    assert f'<p class="lost__code">{status}</p>' in answer.content.decode()
    assert "0b0a13a2" in answer.content.decode()


def test_a_closed_house_says_when_to_come_back():
    assert errors.unavailable(asked())["Retry-After"] == "120"


def test_a_wrong_host_gets_the_plain_page(client, site):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert '<p class="lost__code">400</p>' in answer.content.decode()


def test_a_form_without_its_key_says_how_to_go_on(site):
    visitor = Client(enforce_csrf_checks=True)
    answer = visitor.post("/accounts/login/", {"login": "9001", "password": "x"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert '<p class="lost__code">403</p>' in page
    assert "CSRF" not in page


def test_no_error_page_shows_what_was_asked_for(client, site):
    answer = client.get("/<script>alert(1)</script>/")
    assert "<script>alert" not in answer.content.decode()


def test_visitors_share_one_missing_page_that_tells_of_nobodys_address(client, site):
    first, second = client.get("/secret-name/"), client.get("/elsewhere/?q=a-word")
    for answer in (first, second):
        for trace in ("secret-name", "elsewhere", "a-word"):
            assert trace not in answer.content.decode()
        assert answer["Vary"] == "Cookie"
        assert f'<span class="numbers">{answer["X-Request-ID"][:8]}</span>' in answer.content.decode()
    assert len(first.content) == len(second.content)


def test_large_print_has_its_own_missing_page(client, site):
    client.get("/no-such-page/")
    client.cookies["size"] = "large"
    assert 'data-size="large"' in client.get("/no-such-page/").content.decode()


def test_members_get_a_missing_page_of_their_own(client_of, client, person, site):
    assert "周宁" in client_of(person(name="周宁")).get("/no-such-page/").content.decode()
    assert "周宁" not in client.get("/no-such-page/").content.decode()
