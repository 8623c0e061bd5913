"""How an import and its rows are shown: tabs, findings in words, changes from what to what."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from extranet.members.models import Membership, RosterImport, RosterRow
from extranet.members.roster.columns import LABELS, PLACES
from extranet.members.roster.findings import DOUBTS, KINDS, Finding, sentence
from extranet.members.roster.lines import Kind, Value

PER_PAGE = 50
DOUBTFUL, KEPT = "doubtful", "kept"
TABS: dict[str, Any] = {
    Kind.WRONG: _("Errors"),
    DOUBTFUL: _("Please look"),
    Kind.NEW: _("New people"),
    Kind.CHANGED: _("Changed"),
    Kind.MOVED: _("Moved"),
    Kind.LEAVING: _("Leaving"),
    Kind.SAME: _("Unchanged"),
    KEPT: _("Not taken back"),
}
CHOICES: dict[str, Any] = {
    "status": Membership.Status,
    "sex": Membership.Sex,
    "shift": Membership.Shift,
}


@dataclass(frozen=True)
class Tab:
    """A way to the rows of one kind."""

    key: str
    label: Any
    count: int
    is_here: bool


@dataclass(frozen=True)
class ShownRow:
    """A row in words."""

    row: RosterRow
    findings: list[dict[str, Any]]
    changes: list[dict[str, Any]]


def words(name: str, value: Value) -> str:
    """Return a value as a person reads it; an empty one is a word too."""
    if name == "is_active":
        return gettext("may sign in") if value else gettext("switched off")
    if value == "" or value is None:
        return gettext("nothing")
    if name in PLACES:
        return str(value[1]) if value[0] else gettext("%(name)s (newly founded)") % {"name": value[1]}
    if name == "born_in":
        return str(value)[: len("2026-01")]
    return str(CHOICES[name](value).label) if name in CHOICES else str(value)


def label(name: str) -> Any:
    """Return what a field is called."""
    return LABELS["office" if name.startswith("office:") else name]


def shown(row: RosterRow) -> ShownRow:
    """Return a row in words, in the reader's language; of somebody new the obvious is left out."""
    findings = [
        {
            "field": label(found.field),
            "kind": KINDS[found.code][0],
            "words": found.words,
            "said": sentence(found.code, found.facts),
            "is_doubt": found.code in DOUBTS,
        }
        for found in (Finding(*one) for one in row.findings)
    ]
    changes = [
        {
            "field": label(name),
            "before": words(name, before),
            "after": words(name, after),
            "kept": name in row.kept,
        }
        for name, (before, after) in row.change.items()
        if row.kind != Kind.NEW or (name != "name" and (name, after) != ("is_active", True))
    ]
    return ShownRow(row, findings, changes)


def tabs(roster: RosterImport, here: str) -> list[Tab]:
    """Return the ways to the rows of each kind there is."""
    counts = roster.counts
    return [Tab(key, text, counts[key], key == here) for key, text in TABS.items() if counts.get(key)]


def first_tab(roster: RosterImport) -> str:
    """Return what the officer should look at first."""
    return next((key for key in (KEPT, *TABS) if roster.counts.get(key)), Kind.SAME)


def kinds_of_errors(roster: RosterImport, here: str) -> list[Tab]:
    """Return the kinds of errors found, most frequent first."""
    codes = sorted(roster.counts.get("codes", {}).items(), key=lambda pair: (-pair[1], pair[0]))
    return [Tab(code, KINDS[code][0], count, code == here) for code, count in codes]


def rows(roster: RosterImport, tab: str, kind: str) -> Any:
    """Return the rows of a tab, of one kind of error if named; raises Http404 for what there is not."""
    if tab not in TABS or (kind and kind not in KINDS):
        raise Http404
    if tab == Kind.WRONG:
        return roster.rows.wrong(kind)
    if tab == DOUBTFUL:
        return roster.rows.doubtful()
    return roster.rows.exclude(kept=[]) if tab == KEPT else roster.rows.filter(kind=tab)


def page_of(request: HttpRequest, found: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """Return the page asked for; raises Http404 for one there is not."""
    try:
        return Paginator(found, per_page).page(request.GET.get("p", 1))
    except InvalidPage:
        raise Http404 from None
