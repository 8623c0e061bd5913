"""One sign-in for everybody; Wagtail's own lead there and sign nobody in."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client

pytestmark = pytest.mark.django_db
PASSWORD = "Corridor-lamp-7"


@pytest.fixture
def editor(person):
    somebody = person(name="小编")
    group = Group.objects.create(name="desk")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    somebody.groups.add(group)
    return somebody


def signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "address",
    [
        "/admin/login/",
        "/admin/login/?next=/admin/pages/",
        "/admin/password_reset/",
        "/admin/password_reset/confirm/MQ/set-password/",
        "/admin/password_reset/complete/",
    ],
)
def test_a_right_password_posted_to_wagtails_sign_in_signs_nobody_in(client, admin, address):
    words = {"username": admin.staff_number, "password": PASSWORD, "email": "a@example.org"}
    response = client.post(address, words)
    assert response.status_code == 405
    assert not signed_in(client)


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("", "/accounts/login/?next=%2Fadmin%2F"),
        ("?next=/admin/pages/3/", "/accounts/login/?next=%2Fadmin%2Fpages%2F3%2F"),
        ("?next=https://elsewhere.example/", "/accounts/login/?next=%2Fadmin%2F"),
        ("?next=//elsewhere.example/", "/accounts/login/?next=%2Fadmin%2F"),
        ("?next=javascript:alert(1)", "/accounts/login/?next=%2Fadmin%2F"),
    ],
)
def test_wagtails_sign_in_leads_to_the_one_sign_in_and_keeps_a_safe_address(client, wanted, leads_to):
    response = client.get(f"/admin/login/{wanted}")
    assert (response.status_code, response["Location"]) == (302, leads_to)


@pytest.mark.parametrize("rest", ["", "done/", "confirm/MQ/abc-def/", "complete/"])
def test_wagtails_password_reset_leads_to_the_one_reset(client, rest):
    assert client.get(f"/admin/password_reset/{rest}")["Location"] == "/accounts/password/reset/"


def test_the_right_password_at_the_one_sign_in_leads_where_somebody_wanted(client, editor):
    response = client.get("/admin/pages/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Fpages%2F"
    words = {"login": editor.staff_number, "password": PASSWORD, "next": "/admin/pages/"}
    assert client.post("/accounts/login/", words)["Location"] == "/admin/pages/"
    assert signed_in(client)


def test_without_a_wish_the_sign_in_leads_to_the_desk(client, editor):
    words = {"login": editor.staff_number, "password": PASSWORD}
    assert client.post("/accounts/login/", words)["Location"] == "/extranet/"


def test_an_unsafe_wish_is_not_followed(client, editor):
    words = {"login": editor.staff_number, "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post("/accounts/login/", words)["Location"] == "/extranet/"


def test_a_staff_number_is_found_whichever_case_is_typed(client, person):
    person(staff_number="a0012")
    client.post("/accounts/login/", {"login": "A0012", "password": PASSWORD})
    assert signed_in(client)


def test_a_member_without_the_admin_is_refused_and_not_sent_round_in_circles(client_of, person):
    client = client_of(person())
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1


def test_whoever_is_signed_in_goes_on(client_of, editor):
    assert client_of(editor).get("/admin/login/?next=/admin/pages/")["Location"] == "/admin/pages/"


def test_the_sidebars_way_out_signs_out(client_of, editor):
    client = client_of(editor)
    assert client.get("/admin/logout/")["Location"] == "/accounts/logout/"
    assert signed_in(client)
    response = client.post("/admin/logout/")
    assert (response.status_code, response["Location"]) == (307, "/accounts/logout/")
    client.post("/accounts/logout/")
    assert not signed_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_opens_an_account_alone(client, method):
    words = {"username": "77777", "password1": PASSWORD, "email": "new@example.org"}
    assert getattr(client, method)("/accounts/signup/", words).status_code == 404
    assert not get_user_model().objects.exists()


def test_an_account_switched_off_is_out_at_the_next_request(client_of, editor):
    client = client_of(editor)
    assert client.get("/admin/").status_code == 200
    get_user_model().objects.filter(pk=editor.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302
    assert not client.get("/accounts/login/").wsgi_request.user.is_authenticated


def test_an_account_switched_off_cannot_sign_in(editor):
    editor.is_active = False
    editor.save()
    client = Client()
    client.post("/accounts/login/", {"login": editor.staff_number, "password": PASSWORD})
    assert not signed_in(client)
