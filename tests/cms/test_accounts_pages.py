"""Account pages in the house's style: what is offered, what is absent, what they never tell."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cms.kit import mail as post_office

pytestmark = pytest.mark.django_db
PASSWORD = "Corridor-lamp-7"
NEW = "Window-kettle-9"


def sign_in(client, number, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": number, "password": password, **more})


def signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "address",
    ["login/", "password/reset/", "password/reset/done/", "password/reset/key/done/", "inactive/"],
)
def test_visitors_reach_the_pages_that_are_offered(client, site, address):
    answer = client.get(f"/accounts/{address}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="zh-CN" data-side="members">' in page
    assert page.count("<h1") == 1
    assert "cms/css/door.css" in page


@pytest.mark.parametrize("address", ["password/change/", "reauthenticate/", "logout/"])
def test_members_reach_theirs(client_of, person, site, address):
    answer = client_of(person()).get(f"/accounts/{address}")
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("address", ["password/change/", "password/set/", "reauthenticate/"])
def test_members_pages_send_visitors_to_sign_in(client, site, address):
    answer = client.get(f"/accounts/{address}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/accounts/")


@pytest.mark.parametrize(
    "address", ["email/", "confirm-email/", "confirm-email/abc/", "login/code/confirm/", "3rdparty/"]
)
def test_what_is_not_offered_does_not_exist(client, client_of, person, site, address):
    for visitor in (client, client_of(person())):
        assert visitor.get(f"/accounts/{address}").status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_confirm_email"])
def test_no_page_can_link_to_what_is_not_offered(name):
    with pytest.raises(NoReverseMatch):
        reverse(name, args=["x"] if name == "account_confirm_email" else [])


def test_nobody_signs_up(client, site):
    before = get_user_model().objects.count()
    words = {"username": "77777", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", words)
    assert get_user_model().objects.count() == before
    assert not signed_in(client)


def test_the_sign_in_page_is_kept_by_no_cache(client, site):
    assert "no-store" in client.get("/accounts/login/")["Cache-Control"]


def test_staff_number_and_password_open_the_door_and_lead_on(client, person, site):
    answer = sign_in(client, person(staff_number="20417").staff_number, next="/news/")
    assert (answer.status_code, answer["Location"]) == (302, "/news/")
    assert signed_in(client)


def test_the_way_on_stays_on_the_site(client, person, site):
    answer = sign_in(client, person().staff_number, next="https://elsewhere.example/")
    assert answer["Location"] == "/extranet/"


def test_a_wrong_sign_in_tells_nothing_about_who_exists(client, person, site):
    known = sign_in(client, person(staff_number="20417").staff_number, "wrong-password")
    closed = sign_in(Client(), person(staff_number="20418", is_active=False).staff_number, "wrong-password")
    unknown = sign_in(Client(), "20419", "wrong-password")
    pages = []
    for answer, number in ((known, "20417"), (closed, "20418"), (unknown, "20419")):
        assert answer.status_code == 200
        page = answer.content.decode().replace(number, "…")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert pages[0].count('<div class="message message--error"') == 1
    assert pages[0] == pages[1] == pages[2]


def test_a_closed_account_hears_so_only_with_its_right_password(client, person, site):
    answer = sign_in(client, person(is_active=False).staff_number)
    assert answer["Location"] == "/accounts/inactive/"
    assert not signed_in(client)


def test_a_wrong_sign_in_keeps_the_number_and_not_the_password(client, site):
    page = sign_in(client, "20417", "wrong-password").content.decode()
    assert 'value="20417"' in page
    assert "wrong-password" not in page


def test_an_empty_sign_in_is_answered_at_the_fields(client, site):
    page = sign_in(client, "", "").content.decode()
    assert page.count('aria-invalid="true"') == 2
    assert 'aria-describedby="id_login_error_1"' in page
    assert 'id="id_login_error_1"' in page


def test_every_description_a_field_points_to_is_there(client, client_of, person, site):
    member = client_of(person())
    for visitor, address in ((client, "login/"), (member, "password/change/"), (client, "password/reset/")):
        page = visitor.post(f"/accounts/{address}", {}).content.decode()
        for ids in re.findall(r'aria-describedby="([^"]+)"', page):
            for one in ids.split():
                assert f'id="{one}"' in page


def test_leaving_needs_a_form(client_of, person, site):
    member = client_of(person())
    assert member.get("/accounts/logout/").status_code == 200
    assert signed_in(member)
    assert member.post("/accounts/logout/")["Location"] == "/"
    assert not signed_in(member)


def post_reset(client, address):
    return client.post("/accounts/password/reset/", {"email": address})


@pytest.fixture
def letters(monkeypatch):
    """What is posted, caught before the worker sends it."""
    posted = []
    monkeypatch.setattr(post_office, "post", posted.append)
    return posted


def test_a_forgotten_password_is_reset_by_a_link(client, person, site, letters):
    somebody = person(email="a@example.org")
    answer = post_reset(client, "a@example.org")
    assert answer["Location"] == "/accounts/password/reset/done/"
    (letter,) = letters
    assert letter.to == ["a@example.org"]
    assert "[" not in letter.subject
    assert somebody.staff_number not in letter.body + letter.subject
    assert somebody.name not in letter.body + letter.subject
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", letter.body)[1]
    form = client.get(link)["Location"]
    assert form.endswith("-set-password/")
    page = client.get(form).content.decode()
    assert 'autocomplete="new-password"' in page
    answer = client.post(form, {"password1": NEW, "password2": NEW})
    assert answer["Location"] == "/accounts/password/reset/key/done/"
    assert signed_in(client) is False
    assert sign_in(client, somebody.staff_number, NEW).status_code == 302
    assert 'href="/accounts/password/reset/"' in Client().get(link).content.decode()


def test_a_reset_tells_nothing_about_who_exists(client, person, site, letters):
    person(email="a@example.org")
    known = post_reset(client, "a@example.org")
    unknown = post_reset(Client(), "b@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in letters] == [["a@example.org"]]


def test_a_made_up_link_says_what_to_do(client, site):
    answer = client.get("/accounts/password/reset/key/1-abc-def/")
    assert answer.status_code == 200
    assert 'href="/accounts/password/reset/"' in answer.content.decode()
    assert "<form" not in answer.content.decode().split('<main class="door__form"')[1].split("</main>")[0]


def test_a_changed_password_signs_out_and_is_said(client_of, person, site):
    somebody = person()
    member = client_of(somebody)
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    answer = member.post("/accounts/password/change/", words)
    assert answer.status_code == 302
    assert not signed_in(member)
    somebody.refresh_from_db()
    assert somebody.check_password(NEW)


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ({"oldpassword": "wrong-password"}, "id_oldpassword"),
        ({"password1": "short", "password2": "short"}, "id_password1"),
        ({"password1": "1234567890", "password2": "1234567890"}, "id_password1"),
        ({"password2": NEW + "x"}, "id_password2"),
    ],
)
def test_a_password_that_will_not_do_is_refused_at_its_field(client_of, person, site, words, where):
    somebody = person()
    member = client_of(somebody)
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **words}
    page = member.post("/accounts/password/change/", words).content.decode()
    assert f'id="{where}_error_1"' in page
    somebody.refresh_from_db()
    assert somebody.check_password(PASSWORD)
    assert signed_in(member)


def test_too_many_wrong_tries_close_the_door_even_for_the_right_password(client, person, site):
    number = person(staff_number="30001").staff_number
    for _ in range(5):
        sign_in(client, number, "wrong-password")
    answer = sign_in(client, number)
    assert answer.status_code in {200, 429}
    assert not signed_in(client)
