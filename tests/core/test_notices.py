"""One notice for each event and recipient, written with the event, read by nobody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext_noop
from django_tasks_db.models import DBTaskResult

from cms.kit import jobs
from extranet.core.models import Notice
from extranet.core.notices import notify, open_notice, register, topics, unread_count
from extranet.core.notices.reading import mark_all_read, mark_unread, of_person, undo_mark_all
from extranet.core.notices.words import body_of, title_of
from tests.core.postroom import TOPICS, only, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room_topics")]


@pytest.mark.django_db(transaction=True)
def test_a_notice_outside_a_transaction_is_refused(person):
    with pytest.raises(RuntimeError, match="together with what it is about"):
        notify(person(), topic="bookings", title="x", key="k")
    assert Notice.objects.count() == 0


def test_the_same_event_told_again_adds_nothing(person):
    one, two = person(), person()
    tell([one], title="第一遍")
    tell([one, two, one], title="第二遍")
    assert sorted(Notice.objects.values_list("recipient", "title")) == [
        (one.pk, "第一遍"),
        (two.pk, "第二遍"),
    ]


def test_another_event_is_told_beside_it(person):
    one = person()
    tell(one, key="a")
    tell(one, key="b")
    assert unread_count(one) == 2


def test_the_database_itself_refuses_a_second_row(person):
    one = person()
    tell(one, key="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(recipient=one, key="a", topic="bookings", title="y")


def test_two_at_the_same_instant_leave_one_row(person):
    """Nobody looks whether the row is there: the unique row decides, whoever comes second."""
    one = person()
    tell(one, key="a", title="先")
    with CaptureQueriesContext(connection) as asked:
        tell(one, key="a", title="后")
    looked = [q["sql"] for q in asked if q["sql"].startswith("SELECT") and "core_notice" in q["sql"]]
    assert looked == []
    assert Notice.objects.get(recipient=one, key="a").title == "先"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one writer; see PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_twenty_threads_telling_the_same_leave_one_row(person):
    people = [person(), person()]

    def once_more(_number):
        try:
            tell(people)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        list(threads.map(once_more, range(20)))
    assert Notice.objects.count() == 2


def test_what_is_rolled_back_was_never_told(person):
    one = person()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(one, topic="bookings", title="x", key="a")
        raise ZeroDivisionError
    assert (unread_count(one), DBTaskResult.objects.count()) == (0, 0)


def test_people_who_may_not_sign_in_get_nothing(person):
    gone = person(is_active=False)
    tell([gone, person()])
    tell(gone, key="alone")
    assert not Notice.objects.filter(recipient=gone).exists()
    assert not DBTaskResult.objects.filter(args_kwargs__kwargs__event="alone").exists()


def test_a_topic_nobody_registered_is_refused(person):
    with pytest.raises(LookupError, match="shopping"):
        tell(person(), topic="shopping")
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x", "inbox/"]
)
def test_a_notice_leads_nowhere_else(person, url):
    with pytest.raises(ValueError, match="path of this house"):
        tell(person(), url=url)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_without_sense_is_refused(person, key):
    with pytest.raises(ValueError, match="no key"):
        tell(person(), key=key)


def test_words_are_the_record_in_chinese_and_english_for_who_reads_english(person):
    one = person()
    text = gettext_noop("Not read yet")  # any message of the catalogue
    tell(
        one,
        title=text,
        body="%(what)s，%(day)s，%(n)s 人",
        facts={"what": "合唱", "day": date(2020, 3, 8), "n": 3},
    )
    notice = only(one)
    assert (notice.title, notice.body) == ("没读的", "合唱，2020年3月8日（周日），3 人")
    assert title_of(notice) == "没读的"
    with translation.override("en"):
        assert title_of(notice) == "Not read yet"
        assert body_of(notice).startswith("合唱，2020-3-8")


def test_a_per_cent_sign_without_facts_is_itself(person):
    one = person()
    tell(one, title="到了 80%，请 100%(全部) 完成")
    assert title_of(only(one)) == "到了 80%，请 100%(全部) 完成"


def test_a_very_long_title_is_cut_and_not_refused(person):
    one = person()
    tell(one, title="%(what)s", facts={"what": "长" * 500})
    assert len(only(one).title) == 200


@pytest.mark.parametrize("fact", [None, 1.5, True, ["a"], {"a": 1}])
def test_a_fact_that_is_no_text_is_refused(person, fact):
    with pytest.raises(TypeError):
        tell(person(), title="%(what)s", facts={"what": fact})


def test_a_missing_fact_is_the_tellers_error_not_the_readers(person):
    with pytest.raises(KeyError):
        tell(person(), title="%(what)s", facts={"other": "x"})
    assert Notice.objects.count() == 0


def test_duties_come_from_the_topic_or_from_the_notice(person):
    one = person()
    tell(one, key="a", topic="proposals")
    tell(one, key="b", duty=True)
    tell(one, key="c")
    assert sorted(Notice.objects.filter(is_duty=True).values_list("key", flat=True)) == ["a", "b"]


def test_opening_marks_once_and_keeping_for_later_takes_it_back(person):
    one = person()
    tell(one)
    open_notice(only(one))
    first = only(one).read_at
    open_notice(only(one))
    assert only(one).read_at == first is not None
    mark_unread(only(one))
    assert unread_count(one) == 1


def test_marking_all_can_be_taken_back_without_touching_what_was_read_before(person):
    one, other = person(), person()
    for key in "abc":
        tell([one, other], key=key)
    open_notice(Notice.objects.get(recipient=one, key="a"))
    number, moment = mark_all_read(one)
    assert (number, unread_count(one), unread_count(other)) == (2, 0, 3)
    assert undo_mark_all(other, moment) == 0
    assert undo_mark_all(one, moment) == 2
    assert {notice.key for notice in of_person(one).unread()} == {"b", "c"}


def test_nobody_has_anothers_notices(person, client):
    one = person()
    tell(one)
    from django.contrib.auth.models import AnonymousUser

    assert Notice.objects.visible_to(person()).count() == 0
    assert Notice.objects.visible_to(AnonymousUser()).count() == 0
    assert unread_count(AnonymousUser()) == 0


def test_the_count_costs_one_query(person, django_assert_num_queries):
    one = person()
    tell(one)
    with django_assert_num_queries(1):
        assert unread_count(one) == 1


def test_five_thousand_people_cost_a_handful_of_queries_and_one_job(person):
    model = get_user_model()
    model.objects.bulk_create(
        [model(staff_number=f"m{number:05d}", name=f"成员{number}") for number in range(5000)]
    )
    with CaptureQueriesContext(connection) as asked:
        tell(model.objects.all())
    assert Notice.objects.count() == 5000
    assert len(asked) <= (100 if connection.vendor == "sqlite" else 30)
    assert DBTaskResult.objects.filter(task_path="extranet.core.notices.copies.carry_copies").count() == 1
    assert jobs.run_waiting() == 1


def test_a_topic_is_registered_once():
    register(TOPICS[0])
    with pytest.raises(topics.ImproperlyConfigured, match="Two topics"):
        register(topics.Topic("bookings", "别的"))


@pytest.mark.parametrize("slug", ["", "A", "场馆", "with space", "x" * 41])
def test_a_topic_needs_a_name_for_addresses(slug):
    with pytest.raises(topics.ImproperlyConfigured, match="cannot be called"):
        register(topics.Topic(slug, "x"))


@pytest.mark.parametrize("more", [{"duty": True}, {"discreet": True}])
def test_duties_and_discreet_matters_are_never_for_groups(more):
    with pytest.raises(topics.ImproperlyConfigured, match="groups"):
        register(topics.Topic("visits", "走访", robots=True, **more))
