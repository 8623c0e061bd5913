"""What every answer carries, and what is turned away at the threshold."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from cms import middleware
from cms.middleware import PolicyHeaders, RequestLog, Threshold, network

pytestmark = pytest.mark.django_db


def test_an_anonymous_visitor_gets_no_cookie(client, site):
    answer = client.get("/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-store" not in answer.get("Cache-Control", "")


@pytest.mark.parametrize("address", ["/", "/accounts/password/change/", "/admin/", "/nowhere/"])
def test_nothing_of_a_signed_in_person_stays_in_a_cache(client_of, admin, site, address):
    answer = client_of(admin).get(address)
    assert answer["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/"])
def test_account_pages_are_kept_by_nobody(client, site, address):
    assert client.get(address)["Cache-Control"] == "private, no-store"


def answer_of(headers, **request):
    made = HttpResponse(headers=headers)
    asked = RequestFactory().get("/media/a.webp", **request)
    return PolicyHeaders(lambda _request: made)(asked)


def test_a_picture_that_never_changes_stays_cacheable_for_members():
    kept = "public, max-age=31536000, immutable"
    assert answer_of({"Cache-Control": kept}, HTTP_COOKIE="sessionid=abc")["Cache-Control"] == kept


def test_a_private_answer_is_never_loosened():
    told = answer_of({"Cache-Control": "private, immutable"}, HTTP_COOKIE="sessionid=abc")
    assert told["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/nowhere/", "/?q=%ff"])
def test_our_pages_run_no_script_of_anybody_else_and_none_inline(client, site, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    assert "http" not in policy.replace("upgrade-insecure-requests", "")


def test_the_admin_has_a_policy_of_its_own(client_of, admin, site):
    policy = client_of(admin).get("/admin/")["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy


def test_headers_of_privacy_are_on_every_answer(client, site):
    answer = client.get("/")
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=" + "x" * 2100, 400),
        ("q=%ff%fe", 400),
        ("q=%00", 400),
        ("q=%E5%B7%A5", 200),
        ("q=" + "x" * 2000, 200),
    ],
)
def test_queries_that_no_page_sends_are_turned_away(client, site, query, status):
    assert client.get("/", QUERY_STRING=query).status_code == status


def test_a_query_too_long_is_answered_in_the_house(client, site):
    answer = client.get("/", QUERY_STRING="q=" + "x" * 10_000)
    assert answer.status_code == 400
    assert "text/html" in answer["Content-Type"]
    assert answer["X-Request-ID"][:8] in answer.content.decode()


@pytest.mark.parametrize("path", ["/\0", "/news/\0/", "/admin/\0/", "/accounts/\0"])
def test_no_path_with_a_nul_reaches_the_database(client, site, path):
    assert client.get("/", PATH_INFO=path).status_code == 404


def test_a_cookie_with_a_nul_is_turned_away(client, site):
    assert client.get("/", HTTP_COOKIE='sessionid="\\000aaaaaaaa"').status_code == 400


@pytest.mark.parametrize(
    ("length", "cookie", "status"),
    [
        ("1048577", "", 413),
        ("1048576", "", 200),
        ("1048577", "sessionid=abc", 200),
        (str(301 * 1024**2), "sessionid=abc", 413),
        ("many", "", 400),
        ("-1", "", 400),
    ],
)
def test_more_than_a_form_can_take_is_turned_away_unread(length, cookie, status):
    request = RequestFactory().post("/accounts/login/", HTTP_COOKIE=cookie)
    request.META["CONTENT_LENGTH"] = length
    assert Threshold(lambda _request: HttpResponse())(request).status_code == status


@pytest.mark.parametrize(
    ("proxied", "given", "kept"),
    [
        (True, "abcdef12-3456", True),
        (True, "short", False),
        (True, "<script>alert(1)</script>", False),
        (True, "x" * 65, False),
        (False, "abcdef12-3456", False),
    ],
)
def test_a_proxys_request_id_is_taken_when_there_is_one_and_it_is_sane(settings, proxied, given, kept):
    settings.PROXIED = proxied
    request = RequestFactory().get("/", headers={"X-Request-ID": given})
    answer = RequestLog(lambda _request: HttpResponse())(request)
    assert (answer["X-Request-ID"] == given) is kept
    assert answer["X-Request-ID"] == request.id


@pytest.mark.parametrize(
    ("proxied", "count", "passed", "seen"),
    [
        (False, 1, "203.0.113.9", "192.0.2.0/24"),
        (True, 1, "198.51.100.7, 203.0.113.9", "203.0.113.0/24"),
        (True, 2, "198.51.100.7, 203.0.113.9", "198.51.100.0/24"),
        (True, 1, "2001:db8:1:2::3", "2001:db8:1::/48"),
        (True, 1, "nobody", ""),
        (True, 2, "203.0.113.9", "192.0.2.0/24"),
    ],
)
def test_whoever_stands_behind_a_proxy_is_believed_only_when_one_is_declared(
    settings, proxied, count, passed, seen
):
    settings.PROXIED, settings.PROXY_COUNT = proxied, count
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.77", HTTP_X_FORWARDED_FOR=passed)
    assert network(request) == seen


def test_the_admin_may_name_many_pages_in_one_address(client_of, admin, site):
    answer = client_of(admin).get("/admin/", QUERY_STRING="&".join(f"id={n}" for n in range(1000)))
    assert answer.status_code == 200
    assert middleware.LONGEST_IN_ADMIN == 16384
