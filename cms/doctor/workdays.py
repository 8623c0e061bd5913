"""Does the working-day calendar reach far enough?"""

from datetime import timedelta

from django.db import Error
from django.utils import timezone
from django.utils.translation import gettext as _

from .finding import Finding, well, wrong

SOON = timedelta(days=60)
"""The longest term anybody is promised (a reply to a proposal) ends within it."""


def workday_calendar() -> Finding:
    """The calendar knows the holidays of the next sixty days: terms in working days end where they should."""
    from extranet.core.workdays import known_until  # noqa: PLC0415 - asks for a table that may be missing

    subject, today = _("Working-day calendar"), timezone.localdate()
    try:
        until = known_until(today)
    except Error:
        return wrong(subject, _("Its tables are missing."), _("Run: manage.py prepare"))
    year = until.year + 1 if until else today.year
    remedy = _("Run manage.py seed_workdays %(year)s, or enter the days in the admin.") % {"year": year}
    if until is None:
        said = _("%(year)s has not been entered: holidays are counted as working days.") % {"year": year}
        return wrong(subject, said, remedy, state="notice")
    said = _("known until %(day)s") % {"day": f"{until:%Y-%m-%d}"}
    return wrong(subject, said, remedy, state="notice") if until - today < SOON else well(subject, said)
