"""Choices: everything comes in-site; mail as each person wants it, but a duty is never muted."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from extranet.core.models import NoticeHabits, TopicChoice
from extranet.core.notices import Wish, save_wishes, wishes_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room_topics")]
GOOD = {
    "by_mail": "on",
    "keeps_quiet": "on",
    "quiet_from": "08:00",
    "quiet_until": "16:00",
    "topic-bookings": "never",
    "topic-proposals": "digest",
    "topic-aid": "now",
}


@pytest.fixture
def page(client_of, person):
    """Post the form as somebody; returns the answer and the somebody."""
    somebody = person(email="me@example.org")
    client = client_of(somebody)

    def post(**changes):
        words = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
        return client.post(reverse("core:choices"), words), somebody

    return post


def test_who_chose_nothing_gets_no_mail_and_quiet_nights(person):
    wish = wishes_of(person())
    assert (wish.by_mail, wish.keeps_quiet, wish.quiet_from, wish.quiet_until) == (
        False,
        True,
        time(22),
        time(7),
    )
    assert wish.modes == {"proposals": "now", "aid": "now", "bookings": "digest"}


def test_what_was_chosen_is_kept_and_shown_again(page, client_of):
    answer, somebody = page()
    assert answer.status_code == 302
    assert wishes_of(somebody) == Wish(
        by_mail=True,
        quiet_from=time(8),
        quiet_until=time(16),
        modes={"bookings": "never", "proposals": "digest", "aid": "now"},
    )
    shown = client_of(somebody).get(reverse("core:choices")).content.decode()
    assert 'value="08:00"' in shown and "me@example.org" in shown
    page(by_mail=None)
    assert wishes_of(somebody).by_mail is False
    assert TopicChoice.objects.filter(owner=somebody).count() == 3


def test_the_form_says_that_and_why_a_duty_cannot_be_muted(page, client_of):
    _answer, somebody = page()
    shown = client_of(somebody).get(reverse("core:choices"))
    form = shown.context["form"]
    assert [value for value, _label in form.fields["topic-proposals"].choices] == ["now", "digest"]
    assert "关不掉" in shown.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic-proposals": "never"}, "topic-proposals"),
        ({"topic-bookings": "hourly"}, "topic-bookings"),
        ({"topic-bookings": None}, "topic-bookings"),
        ({"quiet_from": "25:00"}, "quiet_from"),
        ({"quiet_until": ""}, "quiet_until"),
        ({"quiet_from": "16:00"}, "quiet_until"),
    ],
)
def test_a_bad_choice_is_told_at_its_field_and_changes_nothing(page, changes, field):
    answer, _somebody = page(**changes)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert (NoticeHabits.objects.count(), TopicChoice.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "wish",
    [
        Wish(modes={"proposals": "never"}),
        Wish(modes={"bookings": "hourly"}),
        Wish(modes={"shopping": "now"}),
        Wish(quiet_from=time(7), quiet_until=time(7)),
    ],
)
def test_the_service_refuses_what_the_form_does_not_offer(person, wish):
    with pytest.raises(ValueError, match="cannot be chosen"):
        save_wishes(person(), wish)
    assert NoticeHabits.objects.count() == 0


def test_the_database_refuses_unknown_modes_and_hours_without_length(person):
    somebody = person()
    for make in (
        lambda: TopicChoice.objects.create(owner=somebody, topic="bookings", mode="hourly"),
        lambda: NoticeHabits.objects.create(owner=somebody, quiet_from=time(7), quiet_until=time(7)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


def test_a_duty_muted_before_it_became_one_is_heard(person):
    somebody = person()
    TopicChoice.objects.create(owner=somebody, topic="proposals", mode="never")
    assert wishes_of(somebody).modes["proposals"] == "now"


@pytest.mark.parametrize(
    ("at", "quiet"), [("21:59", False), ("22:00", True), ("23:59", True), ("06:59", True), ("07:00", False)]
)
def test_the_night_has_its_hours(at, quiet):
    from datetime import datetime

    moment = datetime.fromisoformat(f"2026-11-24T{at}:00+08:00")
    assert NoticeHabits().is_quiet(moment) is quiet
    assert NoticeHabits(keeps_quiet=False).is_quiet(moment) is False


def test_without_an_address_the_page_says_so(client_of, person):
    shown = client_of(person()).get(reverse("core:choices")).content.decode()
    assert "工会还不知道您的邮箱" in shown
