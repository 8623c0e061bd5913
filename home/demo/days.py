"""Days of the demo: anchors become dates, placeholders become words."""

from __future__ import annotations

import re
from datetime import date, timedelta

from home.demo.stories.shape import Ago, When

PLACEHOLDER = re.compile(r"\{(\w+)(?::([+-]\d+))?\}")


def _on(year: int, month: int, day: int) -> date:
    """The day of that year; 29 February becomes 28 February where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def resolve(when: When, today: date) -> date:
    """Return the date an anchor means on `today`; an anchor is never later than yesterday."""
    if isinstance(when, Ago):
        return today - timedelta(days=when.days)
    yesterday = today - timedelta(days=1)
    year = yesterday.year
    if _on(year, when.month, when.day) > yesterday:
        year -= 1
    return _on(year - when.cycle, when.month, when.day)


def spoken(text: str, day: date) -> str:
    """Replace placeholders, all reckoned from `day`, the date of the story.

    {day:+3} 11月22日 · {full:-10} 2026年11月9日 · {month:+30} 12月 (offsets in days) ·
    {year} 2026 · {year:-1} 2025 (offset in years). An unknown word raises KeyError.
    """

    def word(found: re.Match[str]) -> str:
        name, offset = found[1], int(found[2] or 0)
        if name == "year":
            return str(day.year + offset)
        then = day + timedelta(days=offset)
        return {
            "day": f"{then.month}月{then.day}日",
            "full": f"{then.year}年{then.month}月{then.day}日",
            "month": f"{then.month}月",
        }[name]

    return PLACEHOLDER.sub(word, text)
