"""Case numbers (编号): ``TA-2026-0007``, counted by series and year, without gaps."""

from datetime import date

from django.db import connection
from django.db.models import F
from django.utils import timezone

from .models import Counter


def next_number(series: str, *, on: date | None = None) -> str:
    """Return the next number of a series in the year of ``on`` (default: today).

    The count moves with the caller's transaction: what is rolled back leaves no gap. Raises RuntimeError
    outside one, for then it would.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a case gets its number in the transaction that makes it")
    year = (on or timezone.localdate()).year
    mine = Counter.objects.filter(series=series, year=year)
    if not mine.update(last=F("last") + 1):
        Counter.objects.get_or_create(series=series, year=year)
        mine.update(last=F("last") + 1)
    return f"{series}-{year}-{mine.get().last:04d}"
