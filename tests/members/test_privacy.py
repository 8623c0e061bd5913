"""The privacy notice stands before everything else of the members' area; answers are only added to."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from extranet.core.models.cases import AppendOnlyError
from extranet.members.models import Consent, PrivacyNotice
from extranet.members.selectors.sign_in import can_sign_in
from extranet.members.services.consents import (
    acknowledge,
    acknowledge_for_demo,
    answer,
    lay_first_notice,
)

pytestmark = pytest.mark.django_db
Subject = Consent.Subject
ROOM = "/extranet/members/recovery/"


@pytest.fixture
def notice():
    return PrivacyNotice.objects.create(
        title="隐私告知", text="您好。\n\n# 用什么\n工号。\n姓名。", valid_from=timezone.localdate()
    )


def agree(client, notice, **more):
    return client.post("/accounts/privacy/", {"notice": notice.pk, **more})


def said(person):
    return list(Consent.objects.filter(person=person).values_list("subject", "given"))


@pytest.mark.parametrize("address", [ROOM, "/accounts/", "/accounts/mail/", "/accounts/welcome/"])
def test_the_notice_comes_first_and_leads_back(address, notice, officer, at_desk):
    client = at_desk(officer())
    response = client.get(address)
    assert response["Location"] == f"/accounts/privacy/?next={address.replace('/', '%2F')}"
    page = client.get(response["Location"])
    assert page.context["next"] == address
    assert agree(client, notice, next=address)["Location"] == address
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/accounts/privacy/", "/accounts/logout/", "/health/"]
)
def test_what_needs_no_notice_opens_without(address, notice, person, client_of):
    response = client_of(person()).get(address)
    assert "privacy" not in response.get("Location", "")


def test_the_public_site_asks_nobody(notice, homepage, person, client_of):
    assert client_of(person()).get("/").status_code == 200


def test_a_post_is_not_let_through_either(notice, officer, at_desk):
    response = at_desk(officer()).post("/extranet/members/activation/make/", {"everybody": "1"})
    assert response["Location"].startswith("/accounts/privacy/")


def test_without_a_notice_nobody_is_asked(officer, at_desk):
    assert at_desk(officer()).get(ROOM).status_code == 200


def test_a_new_version_asks_everybody_again_from_its_day_on(notice, officer, at_desk):
    client = at_desk(officer())
    agree(client, notice)
    assert client.get(ROOM).status_code == 200
    newer = PrivacyNotice.objects.create(
        title="新版", text="新。", valid_from=timezone.localdate() + timedelta(days=1)
    )
    assert client.get(ROOM).status_code == 200
    newer.valid_from = timezone.localdate()
    newer.save()
    assert client.get(ROOM)["Location"].startswith("/accounts/privacy/")
    assert agree(client, notice).status_code == 200  # the old page was still open: the new one is shown
    assert client.get(ROOM).status_code == 302
    agree(client, newer)
    assert client.get(ROOM).status_code == 200


def test_free_consents_are_unticked_and_recorded_only_when_ticked(notice, person, at_desk):
    somebody = person()
    client = at_desk(somebody)
    page = client.get("/accounts/privacy/").content.decode()
    assert 'name="also"' in page and "checked" not in page
    agree(client, notice, also=["portrait", "notice", "nonsense"])
    assert said(somebody) == [("notice", True), ("portrait", True)]


def test_without_a_tick_only_the_reading_is_recorded(notice, person, at_desk):
    somebody = person()
    agree(at_desk(somebody), notice)
    assert said(somebody) == [("notice", True)]


def test_agreeing_twice_leaves_one_row(notice, person):
    somebody = person()
    acknowledge(somebody, notice)
    acknowledge(somebody, notice)
    assert said(somebody) == [("notice", True)]


def test_a_free_consent_is_withdrawn_and_given_again_as_rows_of_their_own(notice, person, at_desk):
    somebody = person()
    client = at_desk(somebody)
    agree(client, notice, also=["portrait"])
    for given in ("0", "0", "1"):
        client.post("/accounts/consents/", {"subject": "portrait", "given": given})
    assert said(somebody)[1:] == [("portrait", True), ("portrait", False), ("portrait", True)]
    assert Consent.of(somebody)["portrait"].given is True


@pytest.mark.parametrize("subject", ["notice", "nonsense", ""])
def test_what_rests_on_the_membership_is_not_withdrawn_by_a_button(subject, notice, person, at_desk):
    somebody = person()
    client = at_desk(somebody)
    agree(client, notice)
    client.post("/accounts/consents/", {"subject": subject, "given": "0"})
    assert said(somebody) == [("notice", True)]
    with pytest.raises(ValidationError):
        answer(somebody, subject, given=False)


def test_answers_are_only_added_to(notice, person):
    acknowledge(person(), notice)
    row = Consent.objects.get()
    row.given = False
    for attempt in (row.save, row.delete, Consent.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            attempt()


def test_a_version_somebody_answered_to_is_not_changed_any_more(notice, person):
    notice.full_clean()
    acknowledge(person(), notice)
    with pytest.raises(ValidationError, match="新增一版"):
        notice.full_clean()


def test_the_text_is_read_as_headings_and_paragraphs(notice):
    assert notice.pieces() == [("", ["您好。"]), ("用什么", ["工号。", "姓名。"])]


def test_a_text_with_markup_is_shown_as_it_was_typed(notice, client):
    notice.text = "<script>alert(1)</script> & mehr"
    notice.save()
    assert "<script>alert(1)" not in client.get("/accounts/privacy/").content.decode()


def test_strangers_may_read_it_and_are_asked_nothing(notice, client):
    page = client.get("/accounts/privacy/").content.decode()
    assert "工号。" in page and 'name="notice"' not in page
    agree(client, notice)
    assert not Consent.objects.exists()


def test_an_unsafe_wish_is_not_followed(notice, person, at_desk):
    assert agree(at_desk(person()), notice, next="https://elsewhere.example/")["Location"] == "/accounts/"


def test_a_new_house_gets_a_first_notice_and_keeps_its_own():
    first = lay_first_notice()
    assert "法" in first.text and first.title and len(first.pieces()) >= 7
    assert lay_first_notice() is None
    assert PrivacyNotice.objects.current() == first


def test_preparing_an_empty_house_lays_the_notice(monkeypatch):
    monkeypatch.setattr("cms.management.commands.prepare.call_command", lambda *args, **options: None)
    call_command("prepare", verbosity=0)
    assert PrivacyNotice.objects.count() == 1


def test_in_a_demo_the_invented_people_have_read_it(notice, person):
    people = [person(), person()]
    waiting = person()
    waiting.set_unusable_password()
    waiting.save()
    acknowledge(people[0], notice)
    assert acknowledge_for_demo(can_sign_in()) == 1
    assert acknowledge_for_demo(can_sign_in()) == 0
    assert {row.person for row in Consent.objects.all()} == set(people)


def test_administrators_write_a_new_version_and_nobody_else_does(notice, admin, officer, client_of):
    words = {"title": "第二版", "text": "新。", "valid_from": "2026-12-01"}
    address = reverse("privacy_notices:add")
    assert client_of(officer("editor")).post(address, words).status_code in {302, 403}
    assert PrivacyNotice.objects.count() == 1
    desk = client_of(admin)
    assert desk.post(address, words).status_code == 302
    assert PrivacyNotice.objects.count() == 2
    assert desk.get(reverse("privacy_notices:index")).status_code == 200
    assert desk.post(reverse("privacy_notices:delete", args=[notice.pk])).status_code == 302
    assert PrivacyNotice.objects.count() == 2


def test_an_answered_version_cannot_be_changed_in_the_admin(notice, admin, person, client_of):
    acknowledge(person(), notice)
    words = {"title": "改过", "text": "改过。", "valid_from": "2026-01-01"}
    response = client_of(admin).post(reverse("privacy_notices:edit", args=[notice.pk]), words)
    assert response.status_code == 200
    notice.refresh_from_db()
    assert notice.title == "隐私告知"


def test_a_room_behind_the_notice_stays_within_the_bar(notice, officer, at_desk, connection_count):
    client = at_desk(officer())
    agree(client, notice)
    client.get(ROOM)
    assert connection_count(lambda: client.get(ROOM)) <= 15
