"""Working days: the week, holidays, make-up days; the reasoning is shown."""

from datetime import date

import pytest

from extranet.core.models import SpecialDay
from extranet.core.workdays import Skipped, add_working_days, deadline, is_working_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def autumn():
    """National Day: 1 to 7 October off, Sunday 27 September and Saturday 10 October worked."""
    for number in range(1, 8):
        SpecialDay.objects.create(day=date(2026, 10, number), name="国庆节")
    for day in (date(2026, 9, 27), date(2026, 10, 10)):
        SpecialDay.objects.create(day=day, name="国庆节调休", is_worked=True)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
        (date(2026, 9, 27), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2026, 10, 12), True),
    ],
)
def test_a_day_follows_the_calendar_and_else_the_week(day, worked, autumn):
    assert is_working_day(day) is worked


def test_a_term_counts_from_the_next_day_and_shows_what_it_left_out(autumn):
    found = deadline(date(2026, 9, 25), 7)  # a Friday
    assert found.last == date(2026, 10, 10)  # a Saturday that is worked
    assert found.skipped == (
        Skipped(date(2026, 9, 26), date(2026, 9, 26), ""),
        Skipped(date(2026, 10, 1), date(2026, 10, 7), "国庆节"),
    )


def test_a_plain_week_has_five_days():
    assert add_working_days(date(2026, 11, 24), 5) == date(2026, 12, 1)
    assert deadline(date(2026, 11, 24), 5).skipped == (Skipped(date(2026, 11, 28), date(2026, 11, 29), ""),)


def test_a_term_beyond_the_calendar_says_so(autumn):
    assert deadline(date(2026, 9, 25), 7).is_certain is True
    assert deadline(date(2026, 12, 29), 5).is_certain is False


def test_without_a_calendar_no_term_is_certain():
    assert deadline(date(2026, 9, 25), 7).is_certain is False


@pytest.mark.parametrize("days", [0, -1, 401])
def test_an_absurd_term_is_refused(days):
    with pytest.raises(ValueError, match=str(days)):
        deadline(date(2026, 9, 25), days)


def test_a_term_costs_two_queries(autumn, django_assert_num_queries):
    with django_assert_num_queries(2):
        deadline(date(2026, 9, 25), 200)
