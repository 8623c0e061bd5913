"""Account and security: mail address, language, asking again, and that every page of the door opens."""

import re
import time

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from extranet.members.models import MailChange, User
from extranet.members.selectors.devices import device_words
from extranet.members.services.addresses import WORKS_FOR, ask_for_mail, confirm_mail
from tests.members.proofs import PASSWORD, letters, signed_in, totp_of

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/accounts/mail/confirm/\w+/")


def link():
    """Return the address in the newest letter."""
    return LINK.search(letters()[-1]["body"])[0]


def test_a_new_mail_address_counts_once_its_link_is_confirmed(person, at_desk):
    somebody = person(email="old@example.org")
    client = at_desk(somebody)
    client.post("/accounts/mail/", {"email": "New@Example.org"})
    somebody.refresh_from_db()
    assert somebody.email == "old@example.org"
    assert letters()[-1]["to"] == ["new@example.org"]
    address = link()
    assert Client().get(address).status_code == 200  # a program that opens every link changes nothing
    somebody.refresh_from_db()
    assert somebody.email == "old@example.org"
    Client().post(address)
    somebody.refresh_from_db()
    assert somebody.email == "new@example.org"
    assert letters()[-1]["to"] == ["old@example.org"]
    assert Client().post(address).context["failed"]


def test_the_link_holds_no_address_and_no_name(person):
    ask_for_mail(person(staff_number="20417"), "new@example.org")
    assert re.fullmatch(r"/accounts/mail/confirm/\w{40}/", link())
    assert "20417" not in letters()[-1]["body"]


def test_a_newer_link_replaces_the_older(person):
    somebody = person()
    ask_for_mail(somebody, "one@example.org")
    older = link()
    ask_for_mail(somebody, "two@example.org")
    assert Client().post(older).context["failed"]
    Client().post(link())
    assert User.objects.get(pk=somebody.pk).email == "two@example.org"


@pytest.mark.parametrize("spoil", ["too old", "closed"])
def test_a_link_that_is_over_changes_nothing(spoil, person):
    somebody = person()
    ask_for_mail(somebody, "one@example.org")
    if spoil == "too old":
        MailChange.objects.update(asked_at=timezone.now() - WORKS_FOR)
    else:
        User.objects.update(is_active=False)
    assert Client().post(link()).context["failed"]
    assert not User.objects.filter(email="one@example.org").exists()


def test_an_address_of_somebody_else_gets_no_letter_and_the_same_answer(person, at_desk):
    person(email="taken@example.org")
    client = at_desk(person())
    taken = client.post("/accounts/mail/", {"email": "taken@example.org"})
    assert letters() == []
    free = client.post("/accounts/mail/", {"email": "free@example.org"})
    assert taken.content.decode().replace("taken", "free") == free.content.decode()


def test_an_address_taken_in_the_meantime_is_refused_by_the_database(person):
    ask_for_mail(person(), "one@example.org")
    key = link().split("/")[-2]
    person(email="one@example.org")
    with pytest.raises(ValidationError):
        confirm_mail(key)
    assert User.objects.filter(email="one@example.org").count() == 1


def test_five_links_an_hour_are_enough(person, at_desk):
    client = at_desk(person())
    for number in range(6):
        response = client.post("/accounts/mail/", {"email": f"{number}@example.org"})
    assert response.context["form"].non_field_errors()
    assert len(letters()) == 5


def test_a_wrong_address_is_told_at_the_field(person, at_desk):
    response = at_desk(person()).post("/accounts/mail/", {"email": "no-address"})
    assert "email" in response.context["form"].errors
    assert not MailChange.objects.exists()


def test_asking_again_leads_back_with_what_was_sent(person, client_of):
    client = client_of(person())
    asked = client.post("/accounts/mail/", {"email": "new@example.org"})
    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    client.post("/accounts/reauthenticate/", {"password": "Wrong-lantern-00", "next": "/accounts/mail/"})
    assert letters() == []
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/accounts/mail/"})
    assert letters()[0]["to"] == ["new@example.org"]


def test_a_proof_is_fresh_for_five_minutes(person, at_desk, monkeypatch):
    client = at_desk(person())
    assert client.get("/accounts/mail/").status_code == 200
    now = time.time()
    monkeypatch.setattr("extranet.members.adapters.again.time.time", lambda: now + 299)
    assert client.get("/accounts/mail/").status_code == 200
    monkeypatch.setattr("extranet.members.adapters.again.time.time", lambda: now + 302)
    assert client.get("/accounts/mail/").status_code == 302


def test_a_proof_of_somebody_else_counts_for_nothing(person, at_desk, client_of):
    other = at_desk(person()).session
    client = client_of(person())
    session = client.session
    for name in ("account_authentication_methods", "account_authentication_methods_user"):
        session[name] = other[name]
    session.save()
    assert client.get("/accounts/mail/").status_code == 302


def test_a_password_with_the_staff_number_in_it_is_refused(person, at_desk):
    somebody = person(staff_number="20417")
    words = {"oldpassword": PASSWORD, "password1": "20417-lantern", "password2": "20417-lantern"}
    response = at_desk(somebody).post("/accounts/password/change/", words)
    assert "password1" in response.context["form"].errors
    somebody.refresh_from_db()
    assert somebody.check_password(PASSWORD)


def test_whoever_changes_the_password_is_told_by_mail(person, at_desk):
    somebody = person(email="one@example.org")
    words = {"oldpassword": PASSWORD, "password1": "Paper-boat-19", "password2": "Paper-boat-19"}
    at_desk(somebody).post("/accounts/password/change/", words)
    [letter] = letters()
    assert letter["to"] == ["one@example.org"]
    assert somebody.staff_number not in letter["body"]


@pytest.mark.parametrize(
    ("chosen", "spoken"), [("en", "en"), ("zh-hans", "zh-CN"), ("xx", "zh-CN"), ("", "zh-CN")]
)
def test_the_language_is_kept_in_this_browser(chosen, spoken, person, at_desk, homepage):
    client = at_desk(person())
    client.post("/accounts/language/", {"language": chosen, "next": "/accounts/"})
    assert f'lang="{spoken}"' in client.get("/accounts/").content.decode()
    assert 'lang="zh-CN"' in client.get("/").content.decode()  # the website is the same for everybody


def test_the_language_leads_to_no_other_site(client):
    response = client.post("/accounts/language/", {"language": "en", "next": "//elsewhere.example/"})
    assert response["Location"] == "/accounts/"


PAGES = [
    "/accounts/",
    "/accounts/activate/",
    "/accounts/welcome/",
    "/accounts/privacy/",
    "/accounts/mail/",
    "/accounts/second-factor/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/inactive/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/passkeys/",
    "/accounts/2fa/passkeys/add/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/password/reset/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_the_door_is_ours(address, person, at_desk):
    somebody = person()
    totp_of(somebody)
    response = at_desk(somebody).get(address)
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert 'data-side="members"' in page
    assert "no-store" in response["Cache-Control"]
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert 'style="' not in page


def test_signing_out_needs_a_post(person, at_desk):
    client = at_desk(person())
    client.get("/accounts/logout/")
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert signed_in(client) is None


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) Version/17 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Firefox/130", "Firefox · macOS"),
        ("curl/8.4", "未知设备"),
        ("", "未知设备"),
        ("<script>" * 200, "未知设备"),
    ],
)
def test_a_browser_is_said_in_a_persons_words(agent, words):
    assert device_words(agent) == words
