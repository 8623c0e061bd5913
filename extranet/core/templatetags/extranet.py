"""Tags of the members' area: ``{% load extranet %}``."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.kit.cuts import CUTS, OF_ICON
from cms.kit.templatetags.house import WEEKDAYS, short_date
from extranet.core.shell import Shell

register = template.Library()

SOON = 3
"""Days before a due day from which it is called near."""
A_WEEK = 7
HOUR = 60


@register.simple_tag(takes_context=True)
def shell(context: dict[str, Any]) -> Shell:
    """Return the shell of the page: ways, badges, who is here."""
    return Shell(context["request"])


@register.simple_tag(takes_context=True)
def words_of(context: Any, name: str) -> str:
    """Return what a block of this page says, without its markup: the tab says what the heading says."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return " ".join(strip_tags(block.nodelist.render(context)).split()) if block else ""


@register.simple_block_tag
def captured(content: str) -> SafeString:
    """Return what stands inside, drawn once: ``{% captured as words %}``, empty when it says nothing."""
    return mark_safe(content.strip())  # noqa: S308


@register.simple_tag
def cut(icon: str) -> SafeString:
    """Draw the paper-cut of a room by the name of its icon."""
    drawing = CUTS[OF_ICON.get(icon, "house")]
    return format_html(
        '<svg class="plate__cut" viewBox="0 0 48 48" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(drawing),  # noqa: S308
    )


@register.filter
def due(day: date | None) -> str:
    """Return how far off a due day is, in words."""
    if day is None:
        return ""
    left = (day - timezone.localdate()).days
    if left == 0:
        return _("Due today")
    if left < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
    return ngettext("%(days)d day to go", "%(days)d days to go", left) % {"days": left}


@register.filter
def nearness(day: date | None) -> str:
    """Return ``late``, ``today``, ``soon`` or nothing, for the colour that echoes the words."""
    if day is None:
        return ""
    left = (day - timezone.localdate()).days
    return "late" if left < 0 else "today" if left == 0 else "soon" if left <= SOON else ""


@register.filter
def day_name(moment: datetime | date | None) -> str:
    """Return today, tomorrow, the weekday within a week, else the date."""
    if moment is None:
        return ""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    ahead = (day - timezone.localdate()).days
    if ahead in {0, 1}:
        return _("Tomorrow") if ahead else _("Today")
    return str(WEEKDAYS[day.weekday()]) if 0 < ahead < A_WEEK else short_date(day)


@register.filter
def lasts(item: Any) -> str:
    """Return how long something takes, in hours or minutes; nothing where its end is not known."""
    if item.ends_at is None:
        return ""
    minutes = round((item.ends_at - item.starts_at).total_seconds() / 60)
    if minutes % HOUR:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return ngettext("%(count)d hour", "%(count)d hours", minutes // HOUR) % {"count": minutes // HOUR}


@register.filter
def ago(moment: datetime | None) -> str:
    """Return how long ago something was sent: minutes and hours today, else its day."""
    if moment is None:
        return ""
    minutes = int((timezone.now() - moment).total_seconds() // 60)
    if timezone.localtime(moment).date() != timezone.localdate():
        return short_date(moment)
    if minutes < HOUR:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": max(minutes, 0)}
    return ngettext("%(count)d hour ago", "%(count)d hours ago", minutes // HOUR) % {"count": minutes // HOUR}


@register.filter
def money(amount: Decimal | int | None) -> str:
    """Return ¥1,234.50."""
    return "" if amount is None else f"¥{amount:,.2f}"


@register.simple_tag
def check_field(field: BoundField) -> SafeString:
    """Draw a box to tick, tied to its errors; the label around it is its name."""
    numbers = range(1, len(field.errors) + 1)
    said = " ".join(f"{field.id_for_label}_error_{number}" for number in numbers)
    attributes = {"aria-describedby": said, "aria-invalid": "true"} if said else {}
    return field.as_widget(attrs=attributes)


@register.filter
def widget_kind(field: Any) -> str:
    """Return how a field is drawn: check, checks, radio, hidden, or plain."""
    kinds = {"checkbox": "check", "checkboxselectmultiple": "checks", "radioselect": "radio"}
    return kinds.get(field.widget_type, "hidden" if field.is_hidden else "plain")
