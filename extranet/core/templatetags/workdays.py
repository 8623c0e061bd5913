"""Terms in working days, said with their reasoning."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cms.kit.templatetags.house import short_date
from extranet.core.workdays import Deadline

register = template.Library()


@register.filter
def deadline_words(deadline: Deadline) -> str:
    """Return 自 11月24日起 5 个工作日，跳过周末 2 天，元旦 1 天，最后一天 12月1日."""
    said = {"start": short_date(deadline.start), "days": deadline.days, "last": short_date(deadline.last)}
    term = ngettext(
        "%(days)s working day from %(start)s", "%(days)s working days from %(start)s", deadline.days
    )
    parts = [term % said]
    if deadline.left_out:
        days = [_days(name, number) for name, number in deadline.left_out.items()]
        parts.append(_("leaving out %(days)s") % {"days": pgettext("list", ", ").join(days)})
    return _(", ").join([*parts, _("last day %(last)s") % said])


def _days(name: str, number: int) -> str:
    words = ngettext("%(what)s %(number)s day", "%(what)s %(number)s days", number)
    return words % {"what": name or _("weekends"), "number": number}


@register.inclusion_tag("extranet/parts/deadline.html")
def deadline_line(deadline: Deadline) -> dict[str, Any]:
    """Say a term with its reasoning; where the calendar ends before it, that the day may still move."""
    return {"deadline": deadline}
