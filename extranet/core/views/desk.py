"""The desk and its two long lists."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

from django import forms
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cms.kit.doors import door
from cms.kit.rooms import Wanted, all_rooms
from extranet.core import desk

AT_ONCE = {"waiting": 6, "cases": 5, "coming": 3, "news": 3}
MOST_ACTS = 2
PER_PAGE = 20
LAST_PAGE = 100
"""Pages of a list of all rooms: to show page n, every room is asked for n pages of its own."""
YEARS_BACK = 5


@door("members")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what waits, what is under way, what comes, what is new, and the ways on."""
    user, now = request.user, timezone.localtime()
    parts = {
        "waiting": desk.waiting(user, AT_ONCE["waiting"]),
        "cases": desk.cases(user, Wanted(limit=AT_ONCE["cases"], closed=False)),
        "coming": desk.coming(user, AT_ONCE["coming"]),
        "news": desk.news(user, AT_ONCE["news"]),
        "queues": desk.queues(user),
        "tiles": desk.tiles(user),
    }
    silent = {room.slug: room for part in parts.values() for room in part.silent}
    nearest = parts["waiting"].lines[0].item.due_on if parts["waiting"].lines else None
    context = {
        **parts,
        "greeting": desk.greeting(user.get_short_name(), now.hour),  # type: ignore[union-attr]
        "today": now.date(),
        "nearest": nearest,
        "acts": _acts(parts["tiles"]),
        "inbox_url": next((line.item.url for line in parts["tiles"].lines if line.room.news), ""),
        "silent": list(silent.values()),
    }
    return render(request, "extranet/desk.html", context)


def _acts(tiles: desk.Part) -> list[desk.Line]:
    """Return what is done most: the first ways into the main rooms."""
    firsts = {line.room.slug: line for line in reversed(tiles.lines) if line.room.main}
    return [line for line in tiles.lines if firsts.get(line.room.slug) is line][:MOST_ACTS]


@door("members")
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show everything that waits for this person."""
    chosen = _chosen(RoomFilter(request.GET))
    number = _page_number(request)
    part = desk.waiting(request.user, number * PER_PAGE, only=chosen["room"])
    context = {"page": _page(part, number), "silent": part.silent, "form": RoomFilter(request.GET)}
    return render(request, "extranet/waiting.html", context)


@door("members")
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Show all cases of this person, open and closed."""
    form = CaseFilter(request.GET)
    chosen = _chosen(form)
    number = _page_number(request)
    closed = {"open": False, "closed": True}.get(chosen["state"])
    year = int(chosen["year"]) if chosen["year"] else None
    wanted = Wanted(limit=number * PER_PAGE, closed=closed, year=year)
    part = desk.cases(request.user, wanted, only=chosen["room"])
    narrowed = any(chosen.values())
    context = {"page": _page(part, number), "silent": part.silent, "form": form, "narrowed": narrowed}
    return render(request, "extranet/cases.html", context)


def _rooms_with(part: str) -> list[tuple[str, Any]]:
    return [("", _("All rooms")), *((r.slug, r.label) for r in all_rooms() if getattr(r, part) is not None)]


def _years() -> list[tuple[str, str]]:
    this = timezone.localdate().year
    return [("", str(_("All years"))), *((str(y), str(y)) for y in range(this, this - YEARS_BACK - 1, -1))]


class RoomFilter(forms.Form):
    """Which room's things are shown."""

    part = "waiting"
    room = forms.ChoiceField(label=_("Room"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].choices = _rooms_with(self.part)  # type: ignore[attr-defined]


class CaseFilter(RoomFilter):
    """Which cases are shown."""

    part = "cases"
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("open", _("Under way")), ("closed", _("Closed"))],
    )
    year = forms.ChoiceField(label=_("Handed in in"), required=False, choices=_years)
    field_order = ["state", "room", "year"]


def _chosen(form: forms.Form) -> dict[str, str]:
    """Return what was chosen; raises Http404 for what cannot be."""
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("p", "1")
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked[:6]) <= LAST_PAGE:
        raise Http404
    return int(asked)


class _FirstOf(Sequence[desk.Line]):
    """As many lines as there are in all, of which the first are at hand."""

    def __init__(self, part: desk.Part) -> None:
        self.lines, self.total = part.lines, min(part.total, PER_PAGE * LAST_PAGE)

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, at: int) -> desk.Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[desk.Line]: ...
    def __getitem__(self, at: int | slice) -> desk.Line | Sequence[desk.Line]:
        return self.lines[at]

    def __iter__(self) -> Iterator[desk.Line]:
        return iter(self.lines)


def _page(part: desk.Part, number: int) -> Page[desk.Line]:
    """Return a page of lines; raises Http404 past the last one."""
    paginator = Paginator(_FirstOf(part), PER_PAGE)
    if number > paginator.num_pages:
        raise Http404
    return paginator.page(number)
