"""The daily mail: everything unread that no mail told yet, in one; nothing twice, nothing when nothing."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cms.kit import jobs
from cms.kit.jobs.declare import discover, rhythms
from extranet.core import retention
from extranet.core.models import Notice, NoticeCopy, NoticeHabits
from extranet.core.models.notices import Channel, CopyState
from extranet.core.notices import keeping, open_notice
from extranet.core.notices.digest import daily_mails
from tests.core.postroom import only, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room_topics")]


def a_morning():
    jobs.run_waiting()
    daily_mails()
    jobs.run_waiting()


def test_it_comes_at_half_past_seven_of_the_houses_own_clock():
    discover()
    rhythm = rhythms()["extranet.core.notices.digest.daily_mails"]
    assert rhythm.at == time(7, 30)
    due = rhythm.after(datetime.fromisoformat("2026-11-24T12:00:00+00:00"))
    assert timezone.localtime(due).isoformat() == "2026-11-25T07:30:00+08:00"


def test_all_that_is_unread_comes_in_one_mail_counted_by_topic(reader, settings):
    somebody = reader(proposals="digest")
    tell(somebody, key="a", topic="proposals")
    tell(somebody, key="b", topic="proposals")
    tell(somebody, key="c", title="张三的事")
    a_morning()
    (letter,) = mail.outbox
    assert letter.subject == "您有 3 条消息没读"
    assert letter.body.splitlines()[0] == "您有 3 条消息没读：提案 2 条、场馆 1 条。"
    assert settings.BASE_URL + reverse("core:inbox") in letter.body.splitlines()
    assert "张三" not in letter.body
    assert NoticeCopy.objects.get().channel == Channel.DIGEST


def test_discreet_topics_are_counted_in_the_sum_alone(reader):
    somebody = reader(aid="digest")
    tell(somebody, key="a", topic="aid")
    tell(somebody, key="b", topic="aid")
    a_morning()
    assert mail.outbox[0].body.splitlines()[0] == "您有 2 条消息没读。"


def test_nothing_comes_twice_and_nothing_when_there_is_nothing(reader):
    somebody = reader()
    reader()
    tell(somebody, key="a")
    a_morning()
    a_morning()
    assert len(mail.outbox) == 1
    tell(somebody, key="b")
    a_morning()
    assert len(mail.outbox) == 2
    assert mail.outbox[1].subject == "您有一条新进展"


def test_what_was_read_or_mailed_before_is_not_in_it(reader):
    somebody = reader(proposals="now")
    tell(somebody, key="read")
    open_notice(only(somebody))
    tell(somebody, key="mailed", topic="proposals")
    a_morning()
    assert [letter.body.splitlines()[0] for letter in mail.outbox] == ["您有一条新进展：提案。"]


def test_what_came_before_mail_was_wanted_is_not_in_it(person, reader):
    somebody = person(email="later@example.org")
    tell(somebody, key="before")
    jobs.run_waiting()
    NoticeHabits.objects.create(owner=somebody, by_mail=True, keeps_quiet=False)
    a_morning()
    assert mail.outbox == []


def test_a_topic_muted_meanwhile_stays_out_for_good(reader):
    somebody = reader()
    tell(somebody)
    jobs.run_waiting()
    NoticeHabits.objects.filter(owner=somebody).update(by_mail=False)
    a_morning()
    NoticeHabits.objects.filter(owner=somebody).update(by_mail=True)
    a_morning()
    assert (mail.outbox, only(somebody).mail) == ([], "never")


def test_who_left_gets_none(reader):
    somebody = reader()
    tell(somebody)
    somebody.is_active = False
    somebody.save()
    a_morning()
    assert mail.outbox == []


def test_who_sleeps_in_the_morning_gets_it_when_they_wake(reader, clock):
    somebody = reader(quiet=True)
    NoticeHabits.objects.filter(owner=somebody).update(quiet_from=time(7), quiet_until=time(15))
    clock("2026-11-24T22:00:00+00:00")
    tell(somebody)
    jobs.run_waiting()
    clock("2026-11-24T23:30:00+00:00")  # 7:30
    a_morning()
    assert mail.outbox == []
    clock("2026-11-25T07:00:00+00:00")  # 15:00
    jobs.run_waiting()
    assert len(mail.outbox) == 1


def test_many_readers_cost_no_query_each_before_their_mail(reader, django_assert_max_num_queries):
    people = [reader() for _number in range(6)]
    for person in people:
        tell(person, key=f"k{person.pk}")
    jobs.run_waiting()
    with django_assert_max_num_queries(12 + 6 * 4):
        daily_mails()
    assert Notice.objects.filter(copy=None).count() == 0


def test_notices_go_after_three_years_and_their_copies_with_them(reader):
    somebody = reader()
    tell(somebody, key="old")
    a_morning()
    old = timezone.now() - timedelta(days=3 * 366)
    Notice.objects.update(told_at=old)
    NoticeCopy.objects.update(made_at=old)
    tell(somebody, key="new")
    copies = {rule.slug: rule for rule in keeping.RULES}["notice-copies"]
    assert retention.run(copies) == 0  # it still says that a mail was sent
    assert [retention.run(rule) for rule in keeping.RULES] == [1, 1]
    assert (only(somebody).key, NoticeCopy.objects.count()) == ("new", 0)


def test_a_copy_lost_with_its_worker_is_said_to_be_given_up(reader):
    somebody = reader()
    old = timezone.now() - timedelta(days=3)
    NoticeCopy.objects.create(channel=Channel.MAIL, key="x", recipient=somebody, made_at=old)
    daily_mails()
    assert NoticeCopy.objects.get().state == CopyState.GIVEN_UP
