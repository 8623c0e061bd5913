"""One field, three names; one lock for a person, whatever name was typed."""

import time

import pytest
from django.test import Client

from extranet.members.selectors.sign_in import account_state, person_called
from tests.members.proofs import PASSWORD, signed_in

pytestmark = pytest.mark.django_db
WRONG = "Wrong-lantern-00"


@pytest.fixture
def mei(person):
    return person(staff_number="a0417", name="张小梅", mobile="13800000417", email="mei@example.org")


@pytest.mark.parametrize(
    "typed",
    ["a0417", "A0417", " ａ０４１７ ", "13800000417", "138 0000-0417", "mei@example.org", "Mei@Example.ORG"],
)
def test_staff_number_mobile_and_mail_open_the_same_door(typed, mei, enter, client):
    assert enter(typed).status_code == 302
    assert signed_in(client) == str(mei.pk)


@pytest.mark.parametrize(
    "typed", ["a041", "1380000041", "mei@example.com", "%", "a0417@", "13800000417@x", "-"]
)
def test_nearly_the_name_is_nobodys(typed, mei, enter, client):
    assert enter(typed).status_code == 200
    assert signed_in(client) is None


def test_a_mobile_of_two_active_people_opens_for_neither(mei, person, enter, client):
    person(mobile=mei.mobile)
    enter(mei.mobile)
    assert signed_in(client) is None
    enter("a0417")
    assert signed_in(client) == str(mei.pk)


def test_a_mobile_that_a_closed_account_has_too_still_opens(mei, person, enter, client):
    person(mobile=mei.mobile, is_active=False)
    enter(mei.mobile)
    assert signed_in(client) == str(mei.pk)


def test_a_mobile_that_somebody_typed_themselves_opens_nothing(person, enter, client):
    person(mobile="13900000000", mobile_is_known=False)
    enter("13900000000")
    assert signed_in(client) is None


def test_nobody_takes_over_a_staff_number_by_leaving_it_as_a_mobile(person, enter, client):
    victim = person(staff_number="13800000001")
    person(mobile="13800000001")
    enter("13800000001")
    assert signed_in(client) == str(victim.pk)


def test_empty_fields_of_others_match_nothing(person):
    person(), person()
    assert person_called("") is None
    assert person_called(" - ") is None


@pytest.mark.parametrize("typed", ["a0417", "13800000417", "mei@example.org", "nobody"])
def test_a_name_costs_one_query_whoever_it_is(typed, mei, django_assert_num_queries):
    with django_assert_num_queries(1):
        person_called(typed)


@pytest.mark.parametrize("typed", ["a0417", "13800000417", "mei@example.org", "nobody"])
def test_a_wrong_password_costs_the_same_whoever_it_was(typed, mei, enter, connection_count, person):
    def cost(name):
        return connection_count(lambda: enter(name, WRONG))

    cost("warm-up")
    assert cost(typed) == cost("somebody-else")


def answers(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


def test_the_answer_does_not_tell_who_exists(mei, person, enter):
    person(staff_number="closed1", is_active=False)
    said = {tuple(answers(enter(name, WRONG))) for name in ("a0417", mei.mobile, "closed1", "nobody")}
    assert len(said) == 1


def test_five_wrong_tries_under_any_name_lock_all_of_them(mei, enter, client):
    for name in ("a0417", mei.mobile, "A0417", mei.email, "138 0000 0417"):
        enter(name, WRONG)
    for name in ("a0417", mei.mobile, mei.email):
        response = enter(name, PASSWORD)
        assert response.status_code == 200
        assert "五分钟" in answers(response)[0]
    assert signed_in(client) is None


def test_a_name_that_nobody_has_is_locked_the_same_way(mei, enter):
    for _ in range(5):
        enter("a0417", WRONG)
        enter("nobody", WRONG)
    assert answers(enter("a0417", PASSWORD)) == answers(enter("nobody", PASSWORD))


def test_another_person_at_the_same_address_is_not_locked_out(mei, person, enter, client):
    other = person()
    for _ in range(6):
        enter("a0417", WRONG)
    enter(other.staff_number)
    assert signed_in(client) == str(other.pk)


def test_the_lock_holds_from_another_browser_and_address(mei, enter):
    for _ in range(5):
        enter("a0417", WRONG)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    elsewhere.post("/accounts/login/", {"login": mei.mobile, "password": PASSWORD})
    assert signed_in(elsewhere) is None


def test_the_lock_opens_after_five_minutes(mei, enter, client, monkeypatch):
    for _ in range(5):
        enter("a0417", WRONG)
    now = time.time()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 301)
    enter("a0417")
    assert signed_in(client) == str(mei.pk)


def test_wrong_tries_are_counted_at_the_second_question_too(mei, at_desk):
    client = at_desk(mei)
    for _ in range(5):
        client.post("/accounts/reauthenticate/", {"password": WRONG})
    response = Client().post("/accounts/login/", {"login": "a0417", "password": PASSWORD})
    assert response.status_code == 200


def test_the_session_changes_its_name_at_sign_in(mei, client, enter):
    client.get("/accounts/activate/")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    enter("a0417")
    assert client.session.session_key != session.session_key


def test_a_long_name_is_refused_at_the_field(mei, enter):
    assert "login" in enter("9" * 300).context["form"].errors


def test_an_account_says_in_which_state_it_is(person):
    waiting, closed = person(), person(is_active=False)
    waiting.set_unusable_password()
    assert [account_state(one) for one in (person(), waiting, closed)] == ["open", "waiting", "closed"]
