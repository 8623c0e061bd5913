"""Back in without mail or phone: a slip after a document was seen; two officers for a second factor."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from extranet.core import trail
from extranet.core.models import CaseEvent, Notice
from extranet.core.workflow import StepTakenError
from extranet.members.models import FactorReset, OneTimeCode, SignedIn
from extranet.members.services.activation import make_recovery_slip
from extranet.members.services.recovery import STEPS, decide_reset, request_reset
from tests.members.proofs import PASSWORD, codes_in, digits, keys, letters, signed_in, totp_of

pytestmark = pytest.mark.django_db
DESK = "/extranet/members/recovery/"
NEW = {"password1": "Paper-boat-19", "password2": "Paper-boat-19"}
LOST = "手机丢了。"


@pytest.fixture
def first(officer):
    return officer("membership_officer", name="甲")


@pytest.fixture
def second(officer):
    return officer("system_administrator", name="乙")


@pytest.fixture
def locked(person):
    """Somebody with a mail address and a second factor."""
    somebody = person(staff_number="20417", email="one@example.org")
    totp_of(somebody)
    return somebody


@pytest.fixture
def waiting(first, locked):
    return request_reset(actor=first, person=locked, checked="badge", reason=LOST)


def slip(client, person, **more):
    return client.post(f"{DESK}slip/", {"person": person.staff_number, "key": "k" * 32, **more})


def test_a_slip_sets_a_new_password_once_within_a_day(first, locked, at_desk, client):
    shown = slip(at_desk(first), locked, checked="badge")
    [code] = codes_in(shown)
    row = OneTimeCode.objects.get()
    assert (row.purpose, row.checked, row.batch.made_by) == ("recovery", "badge", first)
    assert row.expires_at - row.made_at == timedelta(hours=24)
    client.post("/accounts/activate/", {"staff_number": "20417", "code": code})
    response = client.post("/accounts/activate/password/", NEW)
    assert response["Location"] == "/accounts/2fa/authenticate/"  # the second factor stays
    assert signed_in(client) is None
    client.post(response["Location"], {"code": digits("JBSWY3DPEHPK3PXP")})
    assert signed_in(client) == str(locked.pk)
    locked.refresh_from_db()
    assert not locked.check_password(PASSWORD)


def heard(somebody):
    """Return the titles of what stands in somebody's inbox."""
    return list(Notice.objects.filter(recipient=somebody, topic="account").values_list("title", flat=True))


def test_the_person_hears_of_slip_and_new_password(first, locked):
    _batch, made = make_recovery_slip(actor=first, person=locked, checked="id_card")
    [letter] = letters()
    assert letter["to"] == ["one@example.org"]
    assert made.code not in letter["body"] and "20417" not in letter["body"]
    told = Notice.objects.get(recipient=locked)
    assert (told.topic, told.is_duty, told.url) == ("account", True, "/accounts/")
    assert told.title in letter["body"] and told.body in letter["body"]
    assert made.code not in told.title + told.body


def test_without_a_document_there_is_no_slip(first, locked, at_desk):
    client = at_desk(first)
    for said in ({}, {"checked": ""}, {"checked": "telephone"}):
        response = slip(client, locked, **said)
        assert response.status_code == 422
        assert "checked" in response.context["slip_form"].errors
    with pytest.raises(ValidationError):
        make_recovery_slip(actor=first, person=locked, checked="telephone")
    assert not OneTimeCode.objects.exists()


def test_nobody_makes_a_slip_for_themselves(first, at_desk):
    assert slip(at_desk(first), first, checked="badge").status_code == 404
    with pytest.raises(PermissionDenied):
        make_recovery_slip(actor=first, person=first, checked="badge")


def test_a_closed_account_gets_no_slip(first, person, at_desk):
    closed = person(is_active=False)
    assert slip(at_desk(first), closed, checked="badge").status_code == 422
    assert not OneTimeCode.objects.exists()


def test_the_second_click_makes_no_second_slip(first, locked, at_desk):
    client = at_desk(first)
    slip(client, locked, checked="badge")
    assert slip(client, locked, checked="badge")["Location"] == DESK
    assert OneTimeCode.objects.count() == 1


@pytest.mark.parametrize("slug", ["chair", "editor", "group_leader", None])
def test_others_find_no_such_room(slug, officer, admin, waiting, at_desk):
    client = at_desk(officer(slug) if slug else admin)
    assert client.get(DESK).status_code == 404
    assert slip(client, waiting.person, checked="badge").status_code == 404
    assert client.get(f"{DESK}resets/{waiting.public_id}/").status_code == 404
    assert client.post(f"{DESK}resets/{waiting.public_id}/approve/").status_code == 404
    waiting.refresh_from_db()
    assert waiting.status == "requested"


def test_two_officers_remove_a_second_factor(first, second, locked, at_desk):
    theirs = at_desk(locked)
    words = {"person": "20417", "checked": "id_card", "reason": LOST, "key": "k" * 32}
    address = at_desk(first).post(f"{DESK}resets/", words)["Location"]
    case = FactorReset.objects.get()
    assert address == f"{DESK}resets/{case.public_id}/"
    assert keys(locked) == ["totp"]
    at_desk(second).post(f"{address}approve/")
    case.refresh_from_db()
    assert case.status == "done"
    assert keys(locked) == []
    assert theirs.get("/accounts/").status_code == 302
    assert not SignedIn.objects.filter(person=locked).exists()
    assert [(e.verb, e.actor, e.target) for e in trail.of(case)] == [
        ("request", first, "requested"),
        ("approve", second, "approved"),
        ("remove", second, "done"),
    ]
    assert trail.of(case).first().facts == {"checked": "id_card"}
    assert trail.check(case) is None
    assert [letter["to"] for letter in letters()] == [["one@example.org"]] * 2
    assert set(heard(locked)) == {"关于您的两步验证", "您的两步验证已移除"}


@pytest.mark.parametrize("who", ["who asked", "the person"])
def test_neither_who_asked_nor_the_person_decides(who, second, waiting, at_desk):
    actor = waiting.requested_by
    if who == "the person":
        actor = waiting.person
        second.offices.update(person=actor)
    with pytest.raises(PermissionDenied):
        decide_reset(waiting, verb="approve", actor=actor)
    assert at_desk(actor).post(f"{DESK}resets/{waiting.public_id}/approve/").status_code == 404
    assert keys(waiting.person) == ["totp"]
    waiting.refresh_from_db()
    assert waiting.status == "requested"


def test_nobody_asks_for_themselves(first):
    totp_of(first)
    with pytest.raises(PermissionDenied):
        request_reset(actor=first, person=first, checked="badge", reason=LOST)
    case = FactorReset(person=first, requested_by=first, checked="badge", reason=LOST)
    with pytest.raises(IntegrityError):
        case.save()


def test_declining_needs_words_and_leaves_everything(second, locked, waiting, at_desk):
    client = at_desk(second)
    address = f"{DESK}resets/{waiting.public_id}/"
    client.post(f"{address}decline/", {"note": " "})
    waiting.refresh_from_db()
    assert waiting.status == "requested"
    client.post(f"{address}decline/", {"note": "人没有来。"})
    waiting.refresh_from_db()
    assert waiting.status == "declined"
    assert keys(locked) == ["totp"]
    assert "人没有来。" in client.get(address).content.decode()


def test_of_two_who_decide_the_slower_one_hears_who_was_quicker(second, waiting, officer, at_desk):
    third = officer("membership_officer", name="丙")
    decide_reset(waiting, verb="approve", actor=second)
    with pytest.raises(StepTakenError):
        decide_reset(waiting, verb="decline", actor=third, note="不。")
    page = at_desk(third).post(f"{DESK}resets/{waiting.public_id}/decline/", {"note": "不。"}, follow=True)
    assert "乙" in page.content.decode()
    assert FactorReset.objects.get().status == "done"


@pytest.mark.parametrize("verb", ["remove", "fly"])
def test_no_other_verb_is_taken_by_hand(verb, second, waiting, at_desk):
    with pytest.raises(LookupError):
        decide_reset(waiting, verb=verb, actor=second)
    assert at_desk(second).post(f"{DESK}resets/{waiting.public_id}/{verb}/").status_code == 404


def test_what_is_wrong_is_told_at_the_field_and_leaves_nothing(first, locked, at_desk):
    response = at_desk(first).post(f"{DESK}resets/", {"person": "20417", "checked": "", "reason": ""})
    assert set(response.context["reset_form"].errors) == {"checked", "reason"}
    for wrong in ({"checked": "telephone"}, {"reason": "  "}):
        with pytest.raises(ValidationError):
            request_reset(actor=first, person=locked, **({"checked": "badge", "reason": LOST} | wrong))
    assert not FactorReset.objects.exists()
    assert not CaseEvent.objects.exists()


def test_one_request_waits_for_a_person(first, second, locked, waiting):
    with pytest.raises(ValidationError, match="在等待办理"):
        request_reset(actor=second, person=locked, checked="badge", reason=LOST)
    assert FactorReset.objects.count() == 1


def test_where_there_is_no_second_factor_there_is_nothing_to_ask(first, person):
    with pytest.raises(ValidationError, match="没有开通两步验证"):
        request_reset(actor=first, person=person(), checked="badge", reason=LOST)


def test_the_desk_finds_a_person_by_staff_number_and_shows_what_is_open(first, locked, at_desk, waiting):
    client = at_desk(first)
    page = client.get(DESK, {"number": " 20417 "}).content.decode()
    assert locked.name in page and waiting.number in page
    assert client.get(DESK, {"number": "999"}).context["person"] is None
    assert client.get(DESK, {"number": "x" * 900}).status_code == 200
    assert client.get(f"{DESK}resets/nothing/").status_code == 404


def test_the_desk_costs_the_same_for_few_and_many(first, second, person, at_desk, connection_count):
    client = at_desk(second)

    def more(count):
        for _ in range(count):
            somebody = person()
            totp_of(somebody)
            request_reset(actor=first, person=somebody, checked="badge", reason=LOST)

    more(1)
    client.get(DESK)
    few = connection_count(lambda: client.get(DESK))
    more(8)
    assert connection_count(lambda: client.get(DESK)) == few <= 15


def test_every_way_ends_somewhere():
    assert STEPS.dead_ends(FactorReset.Status.values) == {"done", "declined"}
