"""The list of rules and forms: what its query string asks for, its counts, its page of entries.

``?kind=`` ``&page=``; ``?archive=1`` shows what has expired or was replaced.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Value, When
from django.http import Http404, QueryDict
from django.utils.functional import cached_property

from cms.kit.models.pages import Reader
from home.archive import Asked, Choice
from home.kinds import AskedKind

PER_PAGE = 30


@dataclass(frozen=True)
class AskedRules:
    """What a reader asks the list for."""

    kind: str = ""
    archive: bool = False
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict, raw: str) -> "AskedRules":
        """Return what a query string asks for; raises Http404 for absurd values."""
        asked: Asked = AskedKind.read(query, raw)
        if asked.year or query.get("archive", "1") != "1":
            raise Http404
        return cls(asked.category, "archive" in query, asked.page)

    @property
    def filtered(self) -> bool:
        """Whether only a part of the rules in force, or the archive, is asked for."""
        return bool(self.kind or self.archive)

    def at(self, **changes: Any) -> str:
        """Return the query string with changes; another filter begins on page one again."""
        asked = replace(self, **{"page": 1, **changes})
        said = {"kind": asked.kind, "archive": "1" if asked.archive else ""}
        if asked.page > 1:
            said["page"] = str(asked.page)
        query = urlencode({key: value for key, value in said.items() if value})
        return f"?{query}" if query else ""


@dataclass(frozen=True)
class Entries:
    """Entries of one kind that stand together on a page."""

    kind: str
    label: str
    items: list[Any] = field(default_factory=list)


class Rulebook:
    """One answer of the list: the rules in force, or the archive; four queries whatever their number."""

    def __init__(self, rules: Any, asked: AskedRules, reader: Reader, today: date) -> None:
        self.asked = asked
        self.rules = reader.visible(rules).standing_on(today)
        if asked.kind and asked.kind not in self.kinds:
            raise Http404
        if not 1 <= asked.page <= self.pages:
            raise Http404

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Every kind: address and name, in their order."""
        return {value: str(label) for value, label in self.rules.model._meta.get_field("kind").choices}  # noqa: SLF001

    @cached_property
    def counts(self) -> Counter[tuple[str, bool]]:
        """How many rules each kind has in force and in the archive."""
        rows = self.rules.order_by().values("kind", "retired").annotate(count=Count("pk"))
        return Counter({(row["kind"], row["retired"]): row["count"] for row in rows})

    def _total(self, kind: str, *, retired: bool) -> int:
        return sum(count for (of, gone), count in self.counts.items() if gone is retired and kind in {"", of})

    @property
    def total(self) -> int:
        """How many entries the list has."""
        return self._total(self.asked.kind, retired=self.asked.archive)

    @property
    def retired(self) -> int:
        """How many entries the archive has."""
        return self._total("", retired=True)

    @property
    def pages(self) -> int:
        """How many pages the list has; an empty one has one."""
        return max(1, -(-self.total // PER_PAGE))

    @property
    def by_kind(self) -> list[Choice]:
        """All, then every kind with entries."""
        asked = self.asked
        totals = {kind: self._total(kind, retired=asked.archive) for kind in ("", *self.kinds)}
        return [
            Choice(self.kinds.get(kind, ""), asked.at(kind=kind), count, current=kind == asked.kind)
            for kind, count in totals.items()
            if count or kind in {"", asked.kind}
        ]

    @cached_property
    def items(self) -> list[Any]:
        """The entries of this page, kind by kind; the archive's newest first."""
        place = Case(
            *(When(kind=kind, then=Value(at)) for at, kind in enumerate(self.kinds)),
            output_field=IntegerField(),
        )
        order = ("-valid_from", "-pk") if self.asked.archive else ("number", "title", "pk")
        found = self.rules.filter(retired=self.asked.archive)
        if self.asked.kind:
            found = found.filter(kind=self.asked.kind)
        start = (self.asked.page - 1) * PER_PAGE
        return list(
            found.as_cards().annotate(place=place).order_by("place", *order)[start : start + PER_PAGE]
        )

    def grouped(self, items: list[Any]) -> list[Entries]:
        """Lay entries, in their order, into groups of one kind."""
        groups: list[Entries] = []
        for item in items:
            if not groups or groups[-1].kind != item.rule.kind:
                groups.append(Entries(item.rule.kind, self.kinds[item.rule.kind]))
            groups[-1].items.append(item)
        return groups

    @cached_property
    def leaf(self) -> Any:
        """The page of the list for the pager; it counts only, ``items`` has the entries."""
        return Paginator(range(self.total), PER_PAGE).page(self.asked.page)

    @property
    def here_archive(self) -> str:
        """The query string of the archive."""
        return AskedRules(archive=True).at()
