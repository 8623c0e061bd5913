"""Taking the roster home (导出): the same columns as are read again, and a trace of who took it."""

from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extranet.core.export import on_export
from extranet.members.models import Branch
from extranet.members.roster import papers

from .roster import expect_keeper

SCOPES = {
    "here": _("everybody who has not left"),
    "members": _("members, retired ones included"),
    "all": _("everybody, with those who left"),
}
FORMS = ("xlsx", "csv")
WHAT = "roster"


def export(*, officer: Any, form: str, scope: str, branch: Branch | None = None) -> tuple[str, BinaryIO]:
    """Return name and content of the roster as a file; who took what is written down first.

    Raises PermissionDenied, or ValidationError for a form or scope there is not.
    """
    expect_keeper(officer)
    if form not in FORMS or scope not in SCOPES:
        raise ValidationError(_("Choose one of the offered files."), code="form")
    memberships = papers.everybody(scope, branch.pk if branch else None)
    narrowed = {"scope": scope} | ({"branch": branch.name} if branch else {})
    on_export(officer, WHAT, memberships.count(), kind=form, narrowed=narrowed)
    rows = papers.rows_of(memberships)
    name = f"{papers.TEMPLATE['sheet']}-{timezone.localdate():%Y%m%d}.{form}"
    content: Any = papers.as_xlsx(rows) if form == "xlsx" else ContentFile(papers.as_csv(rows))
    return name, content
