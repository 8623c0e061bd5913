"""The roll of role models: its filters by level and year, its pages, what a row of portraits shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count
from django.http import Http404
from django.utils.functional import cached_property

from cms.kit.cache import shared
from home.archive import Choice
from home.counted import Counted, Leaves, Row, Wanted
from home.selectors import Card

MODELS_PER_PAGE = 12


@dataclass(frozen=True)
class RoleModel:
    """A role model in a row of portraits: the page, who it is, the honour shown first (None: none stands)."""

    card: Card
    who: str
    honour: Any


class Roll(Counted):
    """One answer of the list of role models; two queries at most, whatever their number."""

    def __init__(self, name: str, pages: Any, levels: Any, wanted: Wanted, reader: Any) -> None:
        super().__init__(levels, wanted)
        self.name = name
        self.pages = reader.visible(pages)
        self.reader = reader
        if not 1 <= wanted.page <= self.leaf.paginator.num_pages or (wanted.year and not self.total):
            raise Http404

    @cached_property
    def rows(self) -> list[Row]:
        """The counts; visitors share them until something is published."""

        def count() -> list[Row]:
            grouped = self.pages.by_first_honour().order_by().values_list("first_year", "first_level")
            return [
                Row(year or 0, level or 0, "", count) for year, level, count in grouped.annotate(Count("pk"))
            ]

        return count() if self.reader.user.is_authenticated else shared(f"roll:{self.name}", count)

    @property
    def leaf(self) -> Any:
        """The page for the pager; ``items`` has the role models."""
        pages = max(1, -(-self.total // MODELS_PER_PAGE))
        return Leaves(self.total, pages).page(self.wanted.page)

    @property
    def by_year(self) -> list[Choice]:
        """All, then every year in which one of them was honoured, newest first."""
        counts = self.counted(lambda row: row.year, "year")
        years = sorted((year for year in counts if year), reverse=True)
        every, *found = self._choices("year", [(year, year, counts[year]) for year in years])
        return [replace(every, count=sum(counts.values())), *found]

    @property
    def by_level(self) -> list[Choice]:
        """All, those without a standing honour included, then every level."""
        every, *found = super().by_level
        return [replace(every, count=sum(self.counted(lambda row: row.level, "level").values())), *found]

    @cached_property
    def items(self) -> list[Any]:
        """The pages of role models on this page of the list."""
        found = self.pages
        if self.wanted.filtered:
            found = found.by_first_honour()
        if self.wanted.level:
            found = found.filter(first_level=self.by_slug[self.wanted.level])
        if self.wanted.year:
            found = found.filter(first_year=self.wanted.year)
        start = (self.wanted.page - 1) * MODELS_PER_PAGE
        return list(found.as_portraits()[start : start + MODELS_PER_PAGE])


def role_models(found: Iterable[tuple[Any, Card]], honours: dict[int, Any]) -> list[RoleModel]:
    """Put pages, their cards and the honour each shows first (by page) together."""
    return [RoleModel(card, page.who, honours.get(page.pk)) for page, card in found]
