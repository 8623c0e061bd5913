"""The honour wall: its plates by year, its filters by level and kind, its pages of whole years."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.db.models import Count
from django.http import Http404
from django.utils.functional import cached_property

from cms.kit.cache import shared
from home.archive import Choice
from home.counted import Counted, Leaves, Row, Wanted

PLATES_PER_PAGE = 30
"""A page of the wall takes the next year in while it stays below; a year is never cut."""
LARGE_FROM = 3
"""The level (provincial) from which the first plate of a year is large."""


@dataclass(frozen=True, kw_only=True)
class Plate:
    """An honour as a gold plate; ``url`` leads to its story, ``certificate`` to its scan."""

    honour: Any
    url: str = ""
    certificate: str = ""
    large: bool = False


@dataclass(frozen=True)
class Year:
    """The plates of one year."""

    year: int
    plates: list[Plate]


class Wall(Counted):
    """One answer of the honour wall; two queries at most, the first shared until the register changes."""

    def __init__(self, honours: Any, levels: Any, kinds: Any, wanted: Wanted) -> None:
        super().__init__(levels, wanted)
        self.honours = honours
        self.kinds = kinds
        if (wanted.kind and wanted.kind not in kinds.values) or not 1 <= wanted.page <= len(self.leaves):
            raise Http404

    @cached_property
    def rows(self) -> list[Row]:
        """The counts; honours are the same for every reader."""

        def count() -> list[Row]:
            grouped = self.honours.order_by().values_list("year", "level", "kind").annotate(count=Count("pk"))
            return [Row(*row) for row in grouped]

        return shared("wall", count)

    @cached_property
    def leaves(self) -> list[list[int]]:
        """The years of each page, newest first."""
        pages: list[list[int]] = [[]]
        on_it = 0
        for year, count in sorted(self.counted(lambda row: row.year).items(), reverse=True):
            if pages[-1] and on_it + count > PLATES_PER_PAGE:
                pages.append([])
                on_it = 0
            pages[-1].append(year)
            on_it += count
        return pages

    @property
    def leaf(self) -> Page:
        """The page for the pager."""
        return Leaves(self.total, len(self.leaves)).page(self.wanted.page)

    @property
    def by_kind(self) -> list[Choice]:
        """All, then every kind with something in it."""
        counts, chosen = self.counted(lambda row: row.kind, "kind"), self.wanted.kind
        return self._choices(
            "kind",
            [
                (kind.label, str(kind), counts[kind])
                for kind in self.kinds
                if counts[kind] or str(kind) == chosen
            ],
        )

    @cached_property
    def items(self) -> list[Any]:
        """The honours of this page, with the pictures of their certificates."""
        found = self.honours.filter(year__in=self.leaves[self.wanted.page - 1])
        if self.wanted.level:
            found = found.filter(level=self.by_slug[self.wanted.level])
        if self.wanted.kind:
            found = found.filter(kind=self.wanted.kind)
        return list(found.select_related("certificate_image").in_order())

    def years(self, stories: dict[int, str], certificates: Callable[[Any], str]) -> list[Year]:
        """Lay the honours out by year; ``stories`` are addresses by honour."""
        laid = []
        for year, honours in groupby(self.items, key=lambda honour: honour.year):
            plates = [
                Plate(
                    honour=honour,
                    url=stories.get(honour.pk, ""),
                    certificate=certificates(honour),
                    large=place == 0 and honour.level >= LARGE_FROM,
                )
                for place, honour in enumerate(honours)
            ]
            laid.append(Year(year, plates))
        return laid

    def _second_word(self) -> list[str]:
        return [str(self.kinds(self.wanted.kind).label)] if self.wanted.kind else []
