"""Taking the directory home (导出): what it shows, nothing that is covered on a person's page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from extranet.core.export import on_export
from extranet.members.models import Membership
from extranet.members.selectors.directory import directory_of, narrowed

from .permission import ask

Line = Iterable[Any]


def export(*, officer: Any, kind: str, asked: dict[str, Any]) -> tuple[list[str], Iterator[Line]]:
    """Return headings and lines of what an officer asked for; who took it is written down first.

    Raises PermissionDenied.
    """
    ask(officer, "members.directory")
    rows = narrowed(directory_of(officer), asked)
    said = {name: str(value) for name, value in asked.items() if value}
    on_export(officer, _("Directory"), rows.count(), kind=kind, narrowed=said)
    heads = [
        pgettext("person", "name"),
        _("staff number"),
        _("department"),
        _("branch union"),
        _("union group"),
        _("post"),
        _("shift pattern"),
        _("membership"),
        _("account"),
    ]
    return heads, map(_line, rows.iterator(chunk_size=500))


def _line(one: Membership) -> Line:
    account = _("in use") if one.is_activated else _("not activated")  # type: ignore[attr-defined]
    parts = (str(part or "") for part in (one.department, one.branch, one.group))
    person, shift, status = one.person, one.get_shift_display(), one.get_status_display()
    return (person.name, person.staff_number, *parts, one.post, shift, status, account)
