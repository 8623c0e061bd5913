"""The second factor: who must have one, that nothing leads past it, how it is set up and lost."""

import re
from contextlib import contextmanager

import pytest
from allauth.mfa.models import Authenticator
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from cms.settings import environment as env
from extranet.members.adapters.second_factor import MFAAdapter
from extranet.members.models import Office
from tests.members.proofs import PASSWORD, digits, keys, signed_in, totp_of

pytestmark = pytest.mark.django_db
ROOM = "/extranet/members/activation/"
ENROL = "/accounts/second-factor/?next="


@pytest.fixture(autouse=True)
def _required(settings):
    settings.MFA_REQUIRED = True


def show(client, code):
    return client.post("/accounts/2fa/authenticate/", {"code": code})


@contextmanager
def as_it_is(**_options):
    """Leave the end of a transaction to the database."""
    yield


def enrol(client, run):
    """Add an authenticator on the page; return the answer and the secret."""
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code class=\"door__secret\">(\w+)</code>", page)[1]
    with run(execute=True):
        response = client.post("/accounts/2fa/totp/activate/", {"code": digits(secret)})
    return response, secret


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/users/", "/admin/images/add/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admin_stays_shut_without_a_second_factor(address, method, admin, at_desk):
    response = getattr(at_desk(admin), method)(address)
    assert response.status_code == 302
    assert response["Location"].startswith(ENROL)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_sensitive_office_stays_shut_without_a_second_factor(method, officer, at_desk):
    client = at_desk(officer(needs_second_factor=True))
    assert getattr(client, method)(ROOM)["Location"].startswith(ENROL)


def test_other_members_and_offices_pass_without_one(officer, at_desk, person):
    assert at_desk(officer(needs_second_factor=False)).get(ROOM).status_code == 200
    assert at_desk(person()).get("/accounts/").status_code == 200


def test_an_ended_office_asks_for_none(officer, at_desk):
    somebody = officer(needs_second_factor=True)
    Office.objects.update(starts_on="2020-01-01", ends_on="2020-12-31")
    assert at_desk(somebody).get(ROOM).status_code == 404


def test_only_in_a_demo_it_is_left_off(admin, at_desk, settings):
    settings.MFA_REQUIRED = False
    assert at_desk(admin).get("/admin/").status_code == 200


def test_a_demo_says_loudly_that_it_leaves_it_off(admin, at_desk, settings):
    settings.MFA_REQUIRED, settings.DEMO = False, True
    assert at_desk(admin).get("/admin/").content.decode().count("demo-strip") == 1
    settings.DEMO = False
    assert "demo-strip" not in at_desk(admin).get("/admin/").content.decode()


@pytest.mark.parametrize(("demo", "required", "found"), [(0, 0, True), (1, 0, False), (0, 1, False)])
def test_the_deployment_check_refuses_a_house_without(demo, required, found, settings):
    settings.DEMO, settings.MFA_REQUIRED = bool(demo), bool(required)
    ids = {message.id for message in run_checks(include_deployment_checks=True)}
    assert ("cms.E011" in ids) is found


def test_the_environment_cannot_switch_it_off_outside_a_demo(monkeypatch):
    monkeypatch.setenv("MFA_REQUIRED", "0")
    with pytest.raises(ImproperlyConfigured, match="MFA_REQUIRED"):
        env.required_but_in_a_demo("MFA_REQUIRED", demo=False)
    assert env.required_but_in_a_demo("MFA_REQUIRED", demo=True) is False
    monkeypatch.delenv("MFA_REQUIRED")
    assert env.required_but_in_a_demo("MFA_REQUIRED", demo=False) is True


@pytest.mark.django_db(transaction=True)
def test_enrolling_opens_the_admin_and_shows_the_codes_once(admin, at_desk):
    client = at_desk(admin)
    client.get(client.get("/admin/pages/")["Location"])
    response, _secret = enrol(client, as_it_is)
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    codes = re.findall(r"<code>(\d{8})</code>", client.get(response["Location"]).content.decode())
    assert len(set(codes)) == 10
    again = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert not any(code in again for code in codes)
    assert client.get("/accounts/second-factor/done/")["Location"] == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_enrolling_ends_the_sessions_from_before(admin, at_desk, django_capture_on_commit_callbacks):
    here, there = at_desk(admin), at_desk(admin)
    enrol(here, django_capture_on_commit_callbacks)
    assert there.get("/admin/")["Location"].startswith("/admin/login/")


def test_a_wrong_code_enrols_nobody(admin, at_desk):
    client = at_desk(admin)
    client.get("/accounts/2fa/totp/activate/")
    response = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "code" in response.context["form"].errors
    assert keys(admin) == []


def test_setting_one_up_asks_for_the_password_first(person, client_of):
    response = client_of(person()).get("/accounts/2fa/totp/activate/")
    assert response["Location"].startswith("/accounts/reauthenticate/?next=")


def test_sign_in_asks_for_the_digits_and_only_then_lets_in(admin, enter, client):
    secret = totp_of(admin)
    assert enter(admin.staff_number)["Location"] == "/accounts/2fa/authenticate/"
    assert signed_in(client) is None
    show(client, "000000")
    assert signed_in(client) is None
    show(client, digits(secret))
    assert signed_in(client) == str(admin.pk)
    assert client.get("/admin/").status_code == 200


def test_digits_work_once(admin, enter, client):
    code = digits(totp_of(admin))
    enter(admin.staff_number)
    show(client, code)
    client.post("/accounts/logout/")
    enter(admin.staff_number)
    show(client, code)
    assert signed_in(client) is None


def test_the_digits_are_throttled_and_right_ones_refused_in_the_lock(admin, enter, client):
    secret = totp_of(admin)
    enter(admin.staff_number)
    for _ in range(5):
        show(client, "000000")
    show(client, digits(secret))
    assert signed_in(client) is None


def test_a_recovery_code_opens_once(admin, at_desk, enter, client, django_capture_on_commit_callbacks):
    desk = at_desk(admin)
    enrol(desk, django_capture_on_commit_callbacks)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[3]
    enter(admin.staff_number)
    show(client, code)
    assert client.get("/admin/").status_code == 200
    client.post("/accounts/logout/")
    enter(admin.staff_number)
    show(client, code)
    assert signed_in(client) is None


def test_a_session_from_before_the_factor_has_to_show_it(admin, at_desk):
    client = at_desk(admin)
    totp_of(admin)  # set up elsewhere, this session never showed it
    response = client.get("/admin/")
    assert response["Location"].startswith("/accounts/2fa/reauthenticate/?next=%2Fadmin%2F")
    assert client.post("/admin/pages/")["Location"].startswith("/accounts/2fa/reauthenticate/")
    answer = client.post(
        "/accounts/2fa/reauthenticate/", {"code": digits("JBSWY3DPEHPK3PXP"), "next": "/admin/"}
    )
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_password_set_anew_by_mail_leads_to_the_second_question(person, client, mailoutbox, enter):
    somebody = person(email="one@example.org")
    secret = totp_of(somebody)
    somebody.set_password("Paper-boat-19")
    somebody.save()
    assert enter(somebody.staff_number, "Paper-boat-19")["Location"] == "/accounts/2fa/authenticate/"
    show(client, digits(secret))
    assert signed_in(client)


@pytest.mark.parametrize("address", ["/accounts/", "/extranet/members/activation/", "/admin/"])
def test_between_password_and_digits_nothing_opens(address, admin, enter, client):
    totp_of(admin)
    enter(admin.staff_number)
    assert client.get(address).status_code == 302


def test_remembering_the_phone_does_not_leave_out_the_digits(person, enter, client):
    somebody = person()
    totp_of(somebody)
    assert enter(somebody.staff_number, PASSWORD, remember="on")["Location"] == "/accounts/2fa/authenticate/"
    fresh = Client()
    fresh.cookies = client.cookies
    assert fresh.get("/accounts/").status_code == 302


def test_the_last_factor_of_whoever_needs_one_stays(admin, at_desk):
    totp_of(admin)
    client = at_desk(admin)
    response = client.post("/accounts/2fa/totp/deactivate/")
    assert response.context["form"].non_field_errors()
    assert keys(admin) == ["totp"]
    Authenticator.objects.filter(user=admin).delete()
    key = Authenticator.objects.create(user=admin, type="webauthn", data={"name": "phone", "credential": {}})
    client.post(f"/accounts/2fa/passkeys/{key.pk}/remove/")
    assert keys(admin) == ["webauthn"]


def test_members_may_take_theirs_away(person, at_desk, django_capture_on_commit_callbacks):
    somebody = person()
    totp_of(somebody)
    with django_capture_on_commit_callbacks(execute=True):
        at_desk(somebody).post("/accounts/2fa/totp/deactivate/")
    assert keys(somebody) == []


def test_another_members_passkey_is_not_there(person, at_desk):
    key = Authenticator.objects.create(
        user=person(), type="webauthn", data={"name": "phone", "credential": {}}
    )
    client = at_desk(person())
    for action in ("remove", "edit"):
        assert client.get(f"/accounts/2fa/passkeys/{key.pk}/{action}/").status_code == 404
        assert client.post(f"/accounts/2fa/passkeys/{key.pk}/{action}/").status_code == 404


def test_secrets_lie_encrypted_and_survive_a_new_secret_key(person, settings):
    secret = totp_of(person())
    kept = Authenticator.objects.get().data["secret"]
    assert secret not in kept
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [settings.SECRET_KEY]
    assert MFAAdapter().decrypt(kept) == secret


def test_the_passkey_pages_hold_no_inline_script_and_offer_the_options(person, at_desk):
    page = at_desk(person()).get("/accounts/2fa/passkeys/add/").content.decode()
    assert 'id="passkey-options" type="application/json"' in page
    assert "cms/js/passkeys.js" in page
    assert (
        Client()
        .get("/accounts/2fa/passkeys/login/", HTTP_ACCEPT="application/json")
        .json()["request_options"]
    )


@pytest.mark.parametrize("said", ["", "{}", "nonsense", '{"id": "x", "rawId": "x"}', "[1]"])
def test_a_forged_passkey_signs_nobody_in(said, person):
    client = Client()
    client.get("/accounts/2fa/passkeys/login/", HTTP_ACCEPT="application/json")
    assert client.post("/accounts/2fa/passkeys/login/", {"credential": said}).status_code in {200, 302}
    assert signed_in(client) is None
