"""Tags of the house, known to every template without ``{% load %}``."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.template.defaultfilters import date as date_format
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext, pgettext_lazy

from cms.kit.icons import ICONS, MARK
from cms.kit.models.pages import Reader, reader_of

register = template.Library()

LONGEST_PHRASE = 11
"""Han characters a phrase may have to stay whole on a phone."""

WEEKDAYS = (
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
)

_PHRASE_END = re.compile(r"[，。：；、！？…—《》“”（）,.:;!?()\s]+")
PAGES_BESIDE = 1
"""Neighbours the pager shows on each side of the current page."""


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon of the house; an unknown name draws the house itself."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        f" {css}" if css else "",
        mark_safe(ICONS.get(name, ICONS["house"])),  # noqa: S308
    )


@register.simple_tag
def download_name(frame: Any, title: str) -> str:
    """Return what the file of a photo in an album is called when it is taken home."""
    return str(frame.name(title))


@register.simple_tag
def house_mark(css: str = "brand__mark") -> SafeString:
    """Draw the mark: five people under a roof."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        css,
        mark_safe(MARK),  # noqa: S308
    )


@register.filter
def phrase(title: object) -> str:
    """Return ``by-phrase`` for a title whose every phrase is short enough to stay on one line."""
    phrases = _PHRASE_END.split(str(title or ""))
    return "by-phrase" if len(phrases) > 1 and max(map(len, phrases)) <= LONGEST_PHRASE else ""


@register.filter
def han_date(value: date | datetime | None) -> str:
    """Return 11月22日（周日）, with the year in front where it is not this year's."""
    day = _day(value)
    return "" if day is None else _with_weekday(day, short_date(day))


@register.filter
def short_date(value: date | datetime | None) -> str:
    """Return 11月22日, with the year in front where it is not this year's."""
    day = _day(value)
    if day is None:
        return ""
    if day.year != timezone.localdate().year:
        return date_format(day, pgettext("date", "Y-n-j"))
    return date_format(day, pgettext("date of this year", "n/j"))


@register.filter
def long_date(value: date | datetime | None) -> str:
    """Return 2026年11月22日（周日）, always with its year."""
    day = _day(value)
    return "" if day is None else _with_weekday(day, date_format(day, pgettext("date", "Y-n-j")))


@register.filter
def month_name(value: date | datetime | None) -> str:
    """Return 2026年11月."""
    day = _day(value)
    return "" if day is None else date_format(day, pgettext("month of a year", "Y-n"))


@register.filter
def month_short(value: date | datetime | None) -> str:
    """Return 11月, for the date block of a list."""
    day = _day(value)
    return "" if day is None else date_format(day, pgettext("month in a list", "n"))


@register.filter
def iso_day(value: date | datetime | None) -> str:
    """Return 2026-11-22, for the ``datetime`` of ``<time>``."""
    day = _day(value)
    return "" if day is None else day.isoformat()


@register.filter
def when(value: datetime | None) -> str:
    """Return 11月22日（周日）14:30 on the wall clock of the house."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{han_date(local)} {local:%H:%M}"


@register.filter
def file_size(size: int | None) -> str:
    """Return bytes as 184 KB or 2.3 MB."""
    if not size:
        return ""
    kilobytes = size / 1024
    if kilobytes < 1000:  # noqa: PLR2004
        return f"{max(1, round(kilobytes))} KB"
    return f"{kilobytes / 1024:.1f} MB"


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context: dict[str, Any], page: Page[Any], name: str = "p") -> dict[str, Any]:
    """Draw the pager of ``page``; ``name`` is the parameter that carries the page number."""
    numbers = page.paginator.num_pages
    near = range(max(1, page.number - PAGES_BESIDE), min(numbers, page.number + PAGES_BESIDE) + 1)
    shown = sorted({1, *near, numbers})
    if len(shown) < numbers and page.number == 1:
        shown = sorted({*shown, min(3, numbers)})
    request = context.get("request")
    asked = request.GET.copy() if request else QueryDict(mutable=True)

    def address(number: int) -> str:
        asked.pop(name, None)
        if number > 1:
            asked[name] = str(number)
        return f"?{asked.urlencode()}" if asked else (request.path if request else "?")

    links: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            links.append({"gap": True})
        links.append({"number": number, "url": address(number), "current": number == page.number})
    return {
        "page": page,
        "count": page.paginator.count,
        "pages": numbers,
        "links": links,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_tag
def share_title(title: object, name: str) -> str:
    """Return what the tab of the browser says: the page and where it belongs."""
    title = str(title or "")
    return gettext("%(title)s - %(name)s") % {"title": title, "name": name} if title else name


@register.simple_tag(takes_context=True)
def gallery_frames(context: dict[str, Any], items: Any) -> list[dict[str, Any]]:
    """Return what whoever looks may see of a gallery: address, place in the row, way to the neighbours."""
    request = context.get("request")
    reader = Reader(AnonymousUser()) if request is None else reader_of(request)
    children = [child for child in items.bound_blocks if reader.shown(child.value.get("image"))]
    ids = [f"photo-{child.id or number}" for number, child in enumerate(children, 1)]
    return [
        {
            "id": ids[at],
            "image": child.value["image"],
            "alt": child.value.get("alt") or child.value["image"].default_alt_text,
            "caption": child.value.get("caption", ""),
            "shape": shape(child.value["image"]),
            "number": at + 1,
            "total": len(ids),
            "previous": ids[at - 1] if at else "",
            "next": ids[at + 1] if at + 1 < len(ids) else "",
        }
        for at, child in enumerate(children)
    ]


@register.filter
def table_rows(table: Any) -> list[list[dict[str, Any]]]:
    """Return the cells of a typed table with their column's heading and whether they are numbers."""
    return [
        [
            {
                "value": cell.value,
                "heading": column["heading"],
                "number": column["block"].name == "number",
            }
            for cell, column in zip(row, table.columns, strict=False)
        ]
        for row in table.rows
    ]


@register.simple_tag
def house_field(field: BoundField, help_text: str = "") -> SafeString:
    """Draw the widget of a field in the house's clothes, tied to its help and its errors."""
    numbers = range(1, len(field.errors) + 1)
    said = [f"{field.id_for_label}_error_{number}" for number in numbers]
    if help_text:
        said.insert(0, f"{field.id_for_label}_help")
    kind = {"select": "select", "textarea": "textarea"}.get(field.widget_type, "input")
    attributes: dict[str, str | bool] = {"class": kind, "placeholder": False}
    if said:
        attributes["aria-describedby"] = " ".join(said)
    if numbers:
        attributes["aria-invalid"] = "true"
    field.field.help_text = ""  # said above the field; Django would point at a place that is not there
    return field.as_widget(attrs=attributes)


def _with_weekday(day: date, words: str) -> str:
    return gettext("%(day)s (%(weekday)s)") % {"day": words, "weekday": WEEKDAYS[day.weekday()]}


@register.filter
def shape(image: Any) -> str:
    """Return the shape nearest to that of an image: wide, landscape, square or portrait."""
    ratio = image.width / max(1, image.height)
    shapes = ((1.42, "wide"), (1.15, "landscape"), (0.87, "square"))
    return next((shape for least, shape in shapes if ratio >= least), "portrait")


def _day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
