"""The list of a section: what its query string asks for, its counts, its page of stories.

``?category=`` (address of a category) ``&year=`` ``&month=`` ``&page=``; whatever makes no sense is a
page that does not exist.
"""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import CharField, Count, F, Q
from django.db.models.functions import Cast, Substr
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext

from cms.kit.cache import shared
from cms.kit.models.pages import Reader
from cms.kit.templatetags.house import month_name

PER_PAGE = 12
LONGEST_QUERY = 1000
DIGITS = 6
FIRST_YEAR, LAST_YEAR = 1900, 2999
DECEMBER = 12


@dataclass(frozen=True)
class Asked:
    """What a reader asks a list for; ``topic`` is the name of ``category`` in addresses."""

    topic: ClassVar[str] = "category"

    category: str = ""
    year: int = 0
    month: int = 0
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict, raw: str) -> "Asked":
        """Return what a query string asks for; raises Http404 for absurd values."""
        if len(raw) > LONGEST_QUERY:
            raise Http404
        asked = cls(
            category=query.get(cls.topic, ""),
            year=number(query, "year", 0),
            month=number(query, "month", 0),
            page=number(query, "page", 1),
        )
        if (asked.month and not asked.year) or asked.month > DECEMBER:
            raise Http404
        if asked.year and not FIRST_YEAR <= asked.year <= LAST_YEAR:
            raise Http404
        return asked

    @property
    def filtered(self) -> bool:
        """Whether only a part of the section is asked for."""
        return bool(self.category or self.year)

    @property
    def months(self) -> tuple[str, str]:
        """First and last month (``2026-01``) that may show."""
        return f"{self.year:04}-{self.month or 1:02}", f"{self.year:04}-{self.month or DECEMBER:02}"

    def at(self, **changes: Any) -> str:
        """Return the query string with changes; another filter begins on page one again."""
        asked = replace(self, **{"page": 1, **changes})
        said = {self.topic: asked.category, "year": asked.year, "month": asked.month}
        if asked.page > 1:
            said["page"] = asked.page
        query = urlencode({key: value for key, value in said.items() if value})
        return f"?{query}" if query else ""


def number(query: QueryDict, key: str, default: int) -> int:
    """Return the positive number a query string names, or ``default``; raises Http404 for anything else."""
    text = query.get(key, "")
    if key not in query:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS and int(text) > 0):
        raise Http404
    return int(text)


@dataclass(frozen=True)
class Choice:
    """One way to narrow the list."""

    label: Any
    query: str
    count: int
    current: bool


class Archive:
    """One answer of a section's list, ``name``; three queries at most, whatever the number of stories."""

    def __init__(self, name: str, stories: Any, asked: Asked, reader: Reader) -> None:
        self.name = name
        self.stories = reader.visible(stories)
        self.asked = asked
        self.reader = reader
        if asked.category and asked.category not in self.categories:
            self._admit_empty_category()
        if (asked.year and not self.total) or not 1 <= asked.page <= self.pages:
            raise Http404

    def _admit_empty_category(self) -> None:
        """Let a category without stories for this reader say so; raises Http404 when there is none."""
        known = self.stories.model._meta.get_field("category").related_model.objects  # noqa: SLF001
        name = known.filter(slug=self.asked.category).values_list("name", flat=True).first()
        if name is None:
            raise Http404
        self.categories[self.asked.category] = name

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """How many stories each category has in each month, and how many of them are pinned.

        Visitors share the count until something is published; for members it is one query.
        """
        if self.reader.user.is_authenticated:
            return self._rows()
        return shared(f"archive:{self.name}", self._rows)

    def _rows(self) -> list[dict[str, Any]]:
        day = timezone.localdate()
        return list(
            self.stories.annotate(
                # Cut from the written date: extracting a year calls Python for every row on SQLite.
                when=Substr(Cast("dated_on", CharField()), 1, 7),
                topic=F("category__slug"),
                topic_name=F("category__name"),
                rank=F("category__sort_order"),
            )
            .order_by()
            .values("topic", "topic_name", "rank", "when")
            .annotate(count=Count("pk"), pinned=Count("pk", filter=Q(pinned_until__gte=day)))
        )

    @cached_property
    def categories(self) -> dict[str, str]:
        """The categories with stories: address and name, in the editors' order."""
        known = {(row["rank"] or 0, row["topic"], row["topic_name"]) for row in self.rows if row["topic"]}
        return {slug: name for _place, slug, name in sorted(known)}

    def _count(self, key: Any, *, of_category: bool, of_time: bool) -> Counter[Any]:
        first, last = self.asked.months
        counts: Counter[Any] = Counter()
        for row in self.rows:
            if of_category and self.asked.category and row["topic"] != self.asked.category:
                continue
            if of_time and self.asked.year and not first <= row["when"] <= last:
                continue
            counts[key(row)] += row["count"]
        return counts

    @cached_property
    def total(self) -> int:
        """How many stories the list has."""
        return sum(self._count(lambda row: row["topic"], of_category=True, of_time=True).values())

    @property
    def pages(self) -> int:
        """How many pages the list has; an empty one has one."""
        return max(1, -(-self.total // PER_PAGE))

    @property
    def words(self) -> list[str]:
        """What is asked for, in words, for the title of the page."""
        asked = self.asked
        said = [self.categories[asked.category]] if asked.category else []
        if asked.month:
            said.append(month_name(date(asked.year, asked.month, 1)))
        elif asked.year:
            said.append(pgettext("archive year", "%(year)s") % {"year": asked.year})
        if asked.page > 1:
            said.append(gettext("page %(number)s") % {"number": asked.page})
        return said

    @property
    def all_years(self) -> str:
        """The query string without year and month."""
        return self.asked.at(year=0, month=0)

    @property
    def by_category(self) -> list[Choice]:
        """All, then every category with stories in the chosen time."""
        counts = self._count(lambda row: row["topic"], of_category=False, of_time=True)
        chosen = self.asked.category
        every = Choice("", self.asked.at(category=""), sum(counts.values()), current=not chosen)
        return [
            every,
            *(
                Choice(name, self.asked.at(category=slug), counts[slug], current=slug == chosen)
                for slug, name in self.categories.items()
                if counts[slug] or slug == chosen
            ),
        ]

    @property
    def by_year(self) -> list[Choice]:
        """Every year with stories of the chosen category, newest first."""
        counts = self._count(lambda row: int(row["when"][:4]), of_category=True, of_time=False)
        asked = self.asked
        return [
            Choice(year, asked.at(year=year, month=0), counts[year], current=year == asked.year)
            for year in sorted(counts, reverse=True)
        ]

    @property
    def by_month(self) -> list[Choice]:
        """Every month of the chosen year with stories, newest first; nothing before a year is chosen."""
        asked = self.asked
        if not asked.year:
            return []
        counts = self._count(lambda row: row["when"], of_category=True, of_time=False)
        months = sorted((when for when in counts if int(when[:4]) == asked.year), reverse=True)
        return [
            Choice(int(when[5:]), asked.at(month=int(when[5:])), counts[when], int(when[5:]) == asked.month)
            for when in months
        ]

    @cached_property
    def items(self) -> list[Any]:
        """The stories of this page; pinned ones first while nothing is filtered."""
        start = (self.asked.page - 1) * PER_PAGE
        end = start + PER_PAGE
        if self.asked.filtered:
            found = list(self._narrowed().as_cards().newest()[start:end])
        else:
            found = self._pinned_first(start, end)
        return found

    def _narrowed(self) -> Any:
        asked, stories = self.asked, self.stories
        if asked.category:
            stories = self._of_topic(stories)
        if asked.year:
            last = asked.month or DECEMBER
            end = date(asked.year, last, monthrange(asked.year, last)[1])
            stories = stories.filter(dated_on__range=(date(asked.year, asked.month or 1, 1), end))
        return stories

    def _of_topic(self, stories: Any) -> Any:
        return stories.filter(category__slug=self.asked.category)

    def _pinned_first(self, start: int, end: int) -> list[Any]:
        # Two short walks of an index instead of sorting the whole section by "is it pinned".
        pinned = sum(row["pinned"] for row in self.rows)
        rest = self.stories.exclude(pinned_until__gte=timezone.localdate()).newest().values("pk")
        wanted = Q(pk__in=rest[max(0, start - pinned) : max(0, end - pinned)])
        if start < pinned:
            wanted |= Q(pinned_until__gte=timezone.localdate())
        found = list(self.stories.filter(wanted).as_cards().newest())
        first = [story for story in found if story.is_pinned]
        return first[start:end] + [story for story in found if not story.is_pinned]

    @cached_property
    def leaf(self) -> Any:
        """The page of the list for the pager; it counts only, ``items`` has the stories."""
        return Paginator(range(self.total), PER_PAGE).page(self.asked.page)

    @property
    def older(self) -> str | None:
        """The query string of the next page, or None on the last one."""
        return self.asked.at(page=self.asked.page + 1) if self.leaf.has_next() else None

    @property
    def newer(self) -> str | None:
        """The query string of the page before, or None on the first one."""
        return self.asked.at(page=self.asked.page - 1) if self.leaf.has_previous() else None
