"""The list of a section whose pages are of a kind (年度、半年、计划、专题) in place of a category.

``?kind=`` ``&year=`` ``&page=``, as in ``archive``; headings are years.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr
from django.http import Http404
from django.utils.functional import cached_property

from home.archive import Archive, Asked, Choice
from home.selectors import Card, Group


@dataclass(frozen=True)
class AskedKind(Asked):
    """What a reader asks such a list for; ``category`` is the kind."""

    topic: ClassVar[str] = "kind"


class KindArchive(Archive):
    """One answer of such a list; two queries at most, whatever the number of pages."""

    def _admit_empty_category(self) -> None:
        name = self._kinds.get(self.asked.category)
        if name is None:
            raise Http404
        self.categories[self.asked.category] = name

    @property
    def _kinds(self) -> dict[str, str]:
        """Every kind there may be: address and name, in their order."""
        return {value: str(label) for value, label in self.stories.model._meta.get_field("kind").choices}  # noqa: SLF001

    def _rows(self) -> list[dict[str, Any]]:
        rows = self.stories.annotate(when=Substr(Cast("dated_on", CharField()), 1, 7)).order_by()
        counted = rows.values("kind", "when").annotate(count=Count("pk"))
        return [{"topic": row["kind"], "when": row["when"], "count": row["count"]} for row in counted]

    @cached_property
    def categories(self) -> dict[str, str]:
        """The kinds with pages, in their order."""
        there = {row["topic"] for row in self.rows}
        return {kind: name for kind, name in self._kinds.items() if kind in there}

    @property
    def by_month(self) -> list[Choice]:
        """Nothing: a handful of reports a year needs no months."""
        return []

    def _of_topic(self, stories: Any) -> Any:
        return stories.filter(kind=self.asked.category)

    def _pinned_first(self, start: int, end: int) -> list[Any]:
        return list(self.stories.as_cards().newest()[start:end])


def by_year(found: Iterable[Card]) -> list[Group]:
    """Lay cards, in their order, into groups of one year; a group is known by the first of January."""
    groups: list[Group] = []
    for item in found:
        year = item.dated_on.replace(month=1, day=1) if item.dated_on else None
        if not groups or groups[-1].month != year:
            groups.append(Group(year, []))
        groups[-1].items.append(item)
    return groups
