"""Case numbers: counted by series and year, without gaps."""

from datetime import date

import pytest
from django.db import transaction

from extranet.core.models import Counter
from extranet.core.numbering import next_number

pytestmark = pytest.mark.django_db


def test_each_series_counts_by_year():
    spring, winter = date(2026, 3, 1), date(2025, 12, 31)
    given = [next_number(series, on=day) for series, day in [("TA", spring), ("TA", spring), ("BF", spring)]]
    assert given == ["TA-2026-0001", "TA-2026-0002", "BF-2026-0001"]
    assert next_number("TA", on=winter) == "TA-2025-0001"


def test_what_is_rolled_back_leaves_no_gap():
    next_number("TA", on=date(2026, 3, 1))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number("TA", on=date(2026, 3, 1))
        raise ZeroDivisionError
    assert next_number("TA", on=date(2026, 3, 1)) == "TA-2026-0002"


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="in the transaction"):
        next_number("TA")
    assert Counter.objects.count() == 0
