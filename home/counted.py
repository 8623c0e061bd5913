"""What the honour wall and the roll of role models share: what a query string asks for, counts, pages.

``?level=`` ``&kind=`` or ``&year=`` ``&page=``; whatever makes no sense is a page that does not exist.
Knows no model by name: it is given its rows and its levels.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext

from home.archive import LONGEST_QUERY, Choice, number


@dataclass(frozen=True)
class Wanted:
    """What a reader asks the wall or the roll for."""

    level: str = ""
    kind: str = ""
    year: int = 0
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict, raw: str, *, by: str) -> "Wanted":
        """Return what a query string asks for; ``by`` is the second filter, ``kind`` or ``year``."""
        if len(raw) > LONGEST_QUERY or any(key in query and not query[key] for key in ("level", by)):
            raise Http404
        second = {"year": number(query, "year", 0)} if by == "year" else {"kind": query.get("kind", "")}
        return cls(level=query.get("level", ""), page=number(query, "page", 1), **second)

    @property
    def filtered(self) -> bool:
        """Whether only a part is asked for."""
        return bool(self.level or self.kind or self.year)

    def at(self, **changes: Any) -> str:
        """Return the query string with changes; another filter begins on page one again."""
        wanted = replace(self, **{"page": 1, **changes})
        said = {"level": wanted.level, "kind": wanted.kind, "year": wanted.year}
        if wanted.page > 1:
            said["page"] = wanted.page
        query = urlencode({key: value for key, value in said.items() if value})
        return f"?{query}" if query else ""


class Row(NamedTuple):
    """How many honours, or role models, there are of one year, level and kind."""

    year: int
    level: int
    kind: str
    number: int


class Leaves(Paginator):
    """Pages of unequal size, for the pager: it counts ``total`` things on ``leaves`` pages."""

    def __init__(self, total: int, leaves: int) -> None:
        super().__init__(range(total), 1)
        self.leaves = leaves

    @property
    def num_pages(self) -> int:
        """How many pages there are."""
        return self.leaves

    def page(self, number: int | str) -> Page:
        """Return the page of a number; it holds nothing itself."""
        return Page([], int(number), self)


class Counted:
    """Abstract: rows counted by level and by one more thing."""

    def __init__(self, levels: Any, wanted: Wanted) -> None:
        self.levels = levels
        self.wanted = wanted
        if wanted.level and wanted.level not in self.by_slug:
            raise Http404

    @property
    def rows(self) -> list[Row]:
        """Everything there is, counted."""
        raise NotImplementedError

    @cached_property
    def by_slug(self) -> dict[str, Any]:
        """The levels by the word that stands for them in addresses, highest first."""
        return {level.slug: level for level in sorted(self.levels, reverse=True)}

    def counted(self, key: Callable[[Row], Any], *ignored: str) -> Counter[Any]:
        """Count by ``key`` what passes the filters but those ``ignored``."""
        counts: Counter[Any] = Counter()
        for row in self.rows:
            if all(self._passes(row, name) for name in ("level", "kind", "year") if name not in ignored):
                counts[key(row)] += row.number
        return counts

    def _passes(self, row: Row, name: str) -> bool:
        wanted = getattr(self.wanted, name)
        if name == "level" and wanted:
            return row.level == self.by_slug[wanted]
        return not wanted or getattr(row, name) == wanted

    @cached_property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counted(lambda row: row.level).values())

    @property
    def by_level(self) -> list[Choice]:
        """All, then every level with something in it, highest first."""
        counts, chosen = self.counted(lambda row: row.level, "level"), self.wanted.level
        return self._choices(
            "level",
            [
                (level.label, slug, counts[level])
                for slug, level in self.by_slug.items()
                if counts[level] or slug == chosen
            ],
        )

    def _choices(self, name: str, found: list[tuple[Any, Any, int]]) -> list[Choice]:
        chosen = getattr(self.wanted, name)
        nothing: Any = type(chosen)()
        every = Choice(
            "", self.wanted.at(**{name: nothing}), sum(count for *_, count in found), current=not chosen
        )
        return [every] + [
            Choice(label, self.wanted.at(**{name: value}), count, current=value == chosen)
            for label, value, count in found
        ]

    @property
    def words(self) -> list[str]:
        """What is asked for, in words, for the title of the page."""
        wanted = self.wanted
        said = [str(self.by_slug[wanted.level].label)] if wanted.level else []
        said += self._second_word()
        if wanted.page > 1:
            said.append(gettext("page %(number)s") % {"number": wanted.page})
        return said

    def _second_word(self) -> list[str]:
        return [pgettext("archive year", "%(year)s") % {"year": self.wanted.year}] if self.wanted.year else []
