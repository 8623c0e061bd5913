"""Codes on paper: made by officers, used once by their owner, worth nothing afterwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from extranet.members.models import CodeBatch, OneTimeCode, SignedIn, User
from extranet.members.models.activation import ALPHABET, bare, digest, grouped, new_code
from extranet.members.selectors.activation import live_code
from extranet.members.services.activation import make_codes, use_code
from tests.members.proofs import PASSWORD, codes_in, letters, signed_in

pytestmark = pytest.mark.django_db
LIST, MAKE = "/extranet/members/activation/", "/extranet/members/activation/make/"
NEW = {"password1": "Paper-boat-19", "password2": "Paper-boat-19"}


@pytest.fixture
def newcomer(person):
    """Make somebody from the roster who has no password yet."""

    def make(**fields):
        somebody = person(**fields)
        somebody.set_unusable_password()
        somebody.save()
        return somebody

    return make


@pytest.fixture
def slip_for(officer):
    """Make a code for somebody; returns it as it is printed."""
    keeper = officer(staff_number="keeper")

    def make(*people):
        _batch, slips = make_codes(actor=keeper, people=people)
        return grouped(slips[0].code)

    return make


def try_code(client, number, code):
    return client.post("/accounts/activate/", {"staff_number": number, "code": code})


def refused(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


def test_a_code_is_ten_signs_nobody_mistakes(person):
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {10}
    assert not set("".join(codes)) & set("01IOL")
    assert len(ALPHABET) ** 10 > 2**49
    assert bare(" abcde－fghjk ") == "ABCDEFGHJK" == bare(grouped("ABCDEFGHJK"))


def test_a_member_comes_in_by_a_code_and_sets_a_password(newcomer, slip_for, client):
    somebody = newcomer(staff_number="20417")
    response = try_code(client, "20417", slip_for(somebody).lower().replace("-", " "))
    assert response["Location"] == "/accounts/activate/password/"
    response = client.post(response["Location"], {**NEW, "mobile": "138 0000 0417"})
    assert response["Location"] == "/accounts/welcome/"
    assert signed_in(client) == str(somebody.pk)
    somebody.refresh_from_db()
    assert somebody.check_password(NEW["password1"])
    assert (somebody.mobile, somebody.mobile_is_known) == ("13800000417", False)
    assert OneTimeCode.objects.get().state == "used"
    assert client.get("/accounts/welcome/").status_code == 200


def test_right_after_coming_in_nobody_asks_for_the_password_again(newcomer, slip_for, client):
    somebody = newcomer()
    try_code(client, somebody.staff_number, slip_for(somebody))
    client.post("/accounts/activate/password/", NEW)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


@pytest.mark.parametrize("spoil", ["used", "replaced", "expired", "closed", "of another", "wrong"])
def test_a_code_that_does_not_count_any_more_gets_one_answer(spoil, newcomer, slip_for, client):
    somebody = newcomer(staff_number="20417")
    code = slip_for(somebody)
    now = timezone.now()
    if spoil == "used":
        use_code(OneTimeCode.objects.get(), password=NEW["password1"])
    elif spoil == "replaced":
        slip_for(somebody)
    elif spoil == "expired":
        OneTimeCode.objects.update(expires_at=now - timedelta(seconds=1))
    elif spoil == "closed":
        User.objects.filter(pk=somebody.pk).update(is_active=False)
    elif spoil == "of another":
        code = slip_for(newcomer())
    else:
        code = "AAAAA-AAAAA"
    said = refused(try_code(client, "20417", code))
    assert said == refused(try_code(client, "99999", "BBBBB-BBBBB")) != []
    assert client.get("/accounts/activate/password/")["Location"] == "/accounts/activate/"
    assert signed_in(client) is None


def test_a_code_lasts_fourteen_days(newcomer, slip_for):
    slip_for(newcomer())
    code = OneTimeCode.objects.get()
    assert code.expires_at - code.made_at == timedelta(days=14)


def test_five_wrong_codes_lock_this_person_and_no_other(newcomer, slip_for, client):
    somebody, other = newcomer(), newcomer()
    code, others = slip_for(somebody), slip_for(other)
    for _ in range(5):
        try_code(client, somebody.staff_number, "AAAAA-AAAAA")
    for browser in (client, Client(REMOTE_ADDR="203.0.113.4")):
        assert "五分钟" in refused(try_code(browser, somebody.staff_number, code))[0]
    assert OneTimeCode.objects.get(person=somebody).state == "open"
    assert try_code(client, other.staff_number, others).status_code == 302


def test_one_address_cannot_try_a_whole_hospital(client):
    answers = [try_code(client, f"8{number:04d}", "AAAAA-AAAAA") for number in range(61)]
    assert refused(answers[60]) != refused(answers[59])


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"password1": "20417-boat-19"}, "password1"),
        ({"password1": "short-1"}, "password1"),
        ({"password1": "1234567890123"}, "password1"),
        ({"password2": "Paper-boat-20"}, "password2"),
        ({"mobile": "call me"}, "mobile"),
        ({"email": "no-address"}, "email"),
    ],
)
def test_a_wrong_field_is_told_at_the_field_and_uses_nothing_up(words, field, newcomer, slip_for, client):
    somebody = newcomer(staff_number="20417")
    try_code(client, "20417", slip_for(somebody))
    posted = {**NEW, **words}
    if "password1" in words:
        posted["password2"] = words["password1"]
    response = client.post("/accounts/activate/password/", posted)
    assert list(response.context["form"].errors) == [field]
    somebody.refresh_from_db()
    assert not somebody.has_usable_password()
    assert OneTimeCode.objects.get().state == "open"


def test_roster_data_is_not_overwritten_by_whoever_holds_the_slip(newcomer, slip_for, client):
    somebody = newcomer(mobile="13800000001", email="one@example.org")
    try_code(client, somebody.staff_number, slip_for(somebody))
    page = client.get("/accounts/activate/password/").content.decode()
    assert 'name="mobile"' not in page and 'name="email"' not in page
    client.post("/accounts/activate/password/", {**NEW, "mobile": "13900000000", "email": "x@example.org"})
    somebody.refresh_from_db()
    assert (somebody.mobile, somebody.email) == ("13800000001", "one@example.org")


def test_a_mail_address_counts_only_once_it_is_confirmed(newcomer, slip_for, client):
    somebody = newcomer()
    try_code(client, somebody.staff_number, slip_for(somebody))
    client.post("/accounts/activate/password/", {**NEW, "email": "New@example.org"})
    somebody.refresh_from_db()
    assert somebody.email == ""
    assert somebody.mail_changes.get().address == "new@example.org"


def test_the_held_code_is_of_this_browser_and_for_a_quarter_of_an_hour(newcomer, slip_for, client):
    somebody = newcomer()
    try_code(client, somebody.staff_number, slip_for(somebody))
    assert Client().get("/accounts/activate/password/").status_code == 302
    session = client.session
    session["members_activation"] = {**session["members_activation"], "until": 0}
    session.save()
    assert client.get("/accounts/activate/password/").status_code == 302


def test_of_two_who_use_a_code_at_once_one_comes_in(newcomer, slip_for):
    somebody = newcomer()
    slip_for(somebody)
    first, second = OneTimeCode.objects.get(), OneTimeCode.objects.get()
    use_code(first, password="Paper-boat-19")
    with pytest.raises(ValidationError):
        use_code(second, password="Other-boat-77")
    somebody.refresh_from_db()
    assert somebody.check_password("Paper-boat-19")


def test_codes_are_kept_as_proofs_only(newcomer, slip_for):
    somebody = newcomer()
    code = bare(slip_for(somebody))
    row = OneTimeCode.objects.get()
    assert code not in str(vars(row))
    assert row.digest == digest(code) and len(row.digest) == 64
    assert live_code(somebody.staff_number, code) == row


def test_a_code_survives_a_new_secret_key(newcomer, slip_for, settings):
    somebody = newcomer()
    code = bare(slip_for(somebody))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [settings.SECRET_KEY]
    assert live_code(somebody.staff_number, code)


def test_the_database_keeps_one_live_code_a_person(newcomer, slip_for):
    slip_for(newcomer())
    row = OneTimeCode.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError):
        row.save()


@pytest.mark.parametrize("slug", ["editor", "group_leader", "system_administrator", None])
def test_others_make_no_codes(slug, officer, person, newcomer, at_desk):
    actor, somebody = officer(slug) if slug else person(is_superuser=True), newcomer()
    with pytest.raises(PermissionDenied):
        make_codes(actor=actor, people=[somebody])
    client = at_desk(actor)
    assert client.get(LIST).status_code == 404
    assert client.post(MAKE, {"person": somebody.pk}).status_code == 404
    assert not CodeBatch.objects.exists()


def test_people_with_a_password_or_a_closed_account_get_no_code(officer, person, newcomer):
    keeper, ready = officer(), newcomer()
    others = [person(), newcomer(is_active=False)]
    _batch, slips = make_codes(actor=keeper, people=[*others, ready])
    assert [slip.person for slip in slips] == [ready]
    with pytest.raises(ValidationError):
        make_codes(actor=keeper, people=others)
    assert CodeBatch.objects.count() == 1


def test_the_page_shows_the_codes_once_and_the_second_click_leads_to_the_first(officer, newcomer, at_desk):
    client, somebody = at_desk(officer()), newcomer(name="张小梅")
    key = client.get(LIST).context["key"]
    first = client.post(MAKE, {"person": somebody.pk, "key": key})
    [code] = codes_in(first)
    assert live_code(somebody.staff_number, bare(code))
    assert "<svg" in first.content.decode() and "张小梅" in first.content.decode()
    assert first["Cache-Control"] == "private, no-store"
    again = client.post(MAKE, {"person": somebody.pk, "key": key}, follow=True)
    assert codes_in(again) == []
    assert "张小梅" in again.content.decode()
    assert OneTimeCode.objects.count() == 1


def test_making_codes_asks_for_the_password_and_goes_on_afterwards(officer, newcomer, client_of):
    keeper, somebody = officer(), newcomer()
    client = client_of(keeper)
    asked = client.post(MAKE, {"person": somebody.pk, "key": "k" * 32})
    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    assert not CodeBatch.objects.exists()
    shown = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": MAKE})
    assert len(codes_in(shown)) == 1


def test_everybody_means_what_the_list_has_found(officer, newcomer, at_desk):
    client = at_desk(officer())
    mei, other = newcomer(name="张小梅"), newcomer(name="李大力")
    shown = client.post(MAKE, {"everybody": "1", "q": "小梅", "key": "k" * 32})
    assert len(codes_in(shown)) == 1
    assert OneTimeCode.objects.get().person == mei
    assert list(client.get(LIST, {"state": "waiting"}).context["page"]) == [other]
    assert list(client.get(LIST, {"state": "sent"}).context["page"]) == [mei]


@pytest.mark.parametrize(
    "asked", ["?p=0", "?p=2", "?p=x", "?department=x&branch=9", "?state=nonsense", "?q=" + "x" * 900]
)
def test_nonsense_in_the_address_is_no_error(asked, officer, newcomer, at_desk):
    newcomer()
    assert at_desk(officer()).get(LIST + asked).status_code in {200, 404}


def test_by_mail_for_whoever_has_an_address(officer, newcomer, at_desk):
    with_mail, without = newcomer(email="one@example.org"), newcomer()
    client = at_desk(officer())
    shown = client.post(MAKE, {"person": [with_mail.pk, without.pk], "by_mail": "on", "key": "k" * 32})
    assert len(codes_in(shown)) == 1
    assert OneTimeCode.objects.get(person=with_mail).mailed
    [letter] = letters()
    assert letter["to"] == ["one@example.org"]
    [line] = [line for line in letter["body"].splitlines() if len(line) == 11 and line[5] == "-"]
    assert live_code(with_mail.staff_number, bare(line))


def test_the_trail_says_who_made_codes_for_whom_and_what_became_of_them(officer, newcomer, at_desk, slip_for):
    somebody = newcomer(name="张小梅")
    slip_for(somebody)
    use_code(OneTimeCode.objects.get(), password=NEW["password1"])
    client = at_desk(officer())
    batch = CodeBatch.objects.get()
    assert batch.made_by.staff_number == "keeper"
    assert batch.public_id in client.get("/extranet/members/activation/batches/").content.decode()
    assert "张小梅" in client.get(f"/extranet/members/activation/batches/{batch.public_id}/").content.decode()


def test_the_list_costs_the_same_for_few_and_many(officer, newcomer, at_desk, connection_count):
    client = at_desk(officer())
    newcomer()
    client.get(LIST)
    few = connection_count(lambda: client.get(LIST))
    for _ in range(12):
        newcomer()
    assert connection_count(lambda: client.get(LIST)) == few <= 15


def test_coming_in_by_a_slip_ends_other_sessions(newcomer, slip_for, client_of):
    somebody = newcomer()
    client_of(somebody)
    slip_for(somebody)
    use_code(OneTimeCode.objects.get(), password=NEW["password1"])
    assert not SignedIn.objects.filter(person=somebody).exists()
