"""Running sessions: how long they last, where they are, how they end."""

import time

import pytest
from django.contrib.sessions.models import Session

from extranet.members.models import SignedIn
from extranet.members.services.sessions import end_sessions
from tests.members.proofs import PASSWORD, signed_in

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14; HarmonyOS) AppleWebKit Chrome/114 MicroMessenger/8.0.49"
HOUR = 3600


@pytest.fixture
def aged():
    """Let a session have begun, and been used last, so many seconds ago."""

    def age(client, *, since=0, seen=0):
        session = client.session
        now = int(time.time())
        session["members_door"] = {**session["members_door"], "since": now - since, "seen": now - seen}
        session.save()

    return age


@pytest.fixture
def kept_in(client_of, aged):
    """Tell whether somebody is still in who came, and was last seen, so many seconds ago."""

    def ask(somebody, **ago):
        client = client_of(somebody)
        aged(client, **ago)
        return is_in(client)

    return ask


def is_in(client):
    return client.get("/accounts/login/").wsgi_request.user.is_authenticated


@pytest.mark.parametrize(
    ("since", "seen", "inside"), [(0, 0, True), (11 * HOUR, 5 * HOUR, True), (12 * HOUR + 1, 0, False)]
)
def test_a_member_stays_for_one_long_shift(since, seen, inside, person, kept_in):
    assert kept_in(person(), since=since, seen=seen) is inside


@pytest.mark.parametrize(("seen", "inside"), [(29 * 60, True), (31 * 60, False)])
def test_an_officer_is_out_after_half_an_hour_of_silence(seen, inside, officer, admin, kept_in):
    assert kept_in(officer("group_leader"), since=seen, seen=seen) is inside
    assert kept_in(admin, since=seen, seen=seen) is inside


def test_work_keeps_an_officer_in_but_not_for_ever(officer, client_of, aged):
    client = client_of(officer())
    aged(client, since=11 * HOUR, seen=20 * 60)
    assert is_in(client)
    assert time.time() - client.session["members_door"]["seen"] < 60
    aged(client, since=12 * HOUR + 5, seen=10)
    assert not is_in(client)


def test_whoever_becomes_an_officer_in_the_middle_has_short_sessions_from_then_on(
    person, officer, client_of, aged
):
    somebody = person()
    client = client_of(somebody)
    assert client.session["members_door"]["officer"] is False
    office = officer("chair").offices.get()
    office.person = somebody
    office.save()
    client.get("/accounts/")
    aged(client, since=31 * 60, seen=31 * 60)
    assert not is_in(client)


def test_ones_own_phone_stays_in_for_thirty_days(person, enter, client, aged):
    enter(person().staff_number, remember="on")
    assert client.cookies["sessionid"]["max-age"] == 30 * 24 * HOUR
    aged(client, since=29 * 24 * HOUR, seen=9 * HOUR)
    assert is_in(client)
    aged(client, since=30 * 24 * HOUR + 5, seen=9 * HOUR)
    assert not is_in(client)


def test_an_officers_tick_for_thirty_days_counts_for_nothing(officer, enter, client, aged):
    enter(officer().staff_number, remember="on")
    assert client.cookies["sessionid"]["max-age"] == ""
    aged(client, since=31 * 60, seen=31 * 60)
    assert not is_in(client)


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(person, enter, client):
    enter(person().staff_number)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_after_silence_one_is_led_back_to_where_one_was(officer, client_of, aged):
    client = client_of(officer())
    aged(client, seen=HOUR)
    response = client.get("/extranet/members/activation/")
    assert response["Location"] == "/accounts/login/?next=/extranet/members/activation/"
    assert "离开" in client.get(response["Location"]).content.decode()


def test_a_session_is_listed_with_device_and_network_and_no_whole_address(person, client):
    somebody = person()
    client.post(
        "/accounts/login/",
        {"login": somebody.staff_number, "password": PASSWORD},
        HTTP_USER_AGENT=PHONE,
        REMOTE_ADDR="198.51.100.77",
    )
    row = SignedIn.objects.get()
    assert (row.person, row.session_key) == (somebody, client.session.session_key)
    assert row.device == "微信 · HarmonyOS"
    assert row.network == "198.51.100.0/24"
    page = client.get("/accounts/").content.decode()
    assert "微信 · HarmonyOS" in page and "198.51.100.77" not in page


def test_one_ends_one_session_and_no_other(person, client_of):
    somebody = person()
    here, there, third = client_of(somebody), client_of(somebody), client_of(somebody)
    row = SignedIn.objects.get(session_key=there.session.session_key)
    here.post("/accounts/sessions/end/", {"session": row.pk})
    assert [is_in(client) for client in (here, there, third)] == [True, False, True]


def test_one_ends_all_other_sessions(person, client_of):
    somebody, stranger = person(), client_of(person())
    here, there = client_of(somebody), client_of(somebody)
    here.post("/accounts/sessions/end/", {"session": "others"})
    assert [is_in(client) for client in (here, there, stranger)] == [True, False, True]
    assert SignedIn.objects.filter(person=somebody).count() == 1


def test_nobody_ends_somebody_elses_session(person, client_of):
    here, theirs = client_of(person()), client_of(person())
    row = SignedIn.objects.get(session_key=theirs.session.session_key)
    here.post("/accounts/sessions/end/", {"session": row.pk})
    assert is_in(theirs)
    assert signed_in(theirs)


@pytest.mark.parametrize("said", ["", "x", "-1", "9" * 30, "²"])
def test_nonsense_ends_nothing(said, person, client_of):
    client = client_of(person())
    assert client.post("/accounts/sessions/end/", {"session": said}).status_code == 302
    assert is_in(client)


def test_a_new_password_ends_the_sessions_elsewhere(person, at_desk, client_of):
    somebody = person()
    here, there = at_desk(somebody), client_of(somebody)
    words = {"oldpassword": PASSWORD, "password1": "Paper-boat-19", "password2": "Paper-boat-19"}
    assert here.post("/accounts/password/change/", words).status_code == 302
    assert not is_in(there)
    assert not Session.objects.filter(session_key=there.session.session_key).exists()


def test_a_disabled_account_is_out_at_the_next_request_and_stays_out(person, client_of):
    somebody = person()
    clients = [client_of(somebody), client_of(somebody)]
    type(somebody).objects.filter(pk=somebody.pk).update(is_active=False)
    assert [is_in(client) for client in clients] == [False, False]
    for client in clients:
        assert client.get("/accounts/")["Location"].startswith("/accounts/login/")


def test_ending_counts_what_it_ended(person, client_of):
    somebody = person()
    client_of(somebody), client_of(somebody)
    assert end_sessions(somebody) == 2
    assert end_sessions(somebody) == 0


def test_rows_of_dead_sessions_are_forgotten_at_the_next_sign_in(person, client_of):
    somebody = person()
    old = client_of(somebody).session.session_key
    Session.objects.filter(session_key=old).delete()
    client_of(somebody)
    assert SignedIn.objects.filter(person=somebody).count() == 1


def test_the_overview_costs_the_same_for_few_and_many_sessions(person, client_of, connection_count):
    somebody = person()
    client = client_of(somebody)
    client.get("/accounts/")
    few = connection_count(lambda: client.get("/accounts/"))
    for _ in range(6):
        client_of(somebody)
    assert connection_count(lambda: client.get("/accounts/")) == few <= 15
