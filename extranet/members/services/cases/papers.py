"""Papers of an application: handed over with it, and asked for when one is missing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from extranet.core.attachments import Intake, adopt
from extranet.core.models import Attachment
from extranet.members.models import MembershipCase

from .kinds import SLOTS, slot_of, sort_of

INTAKE = Intake(slug="membership", model=MembershipCase, view="members.case_view", slots=SLOTS)


def tray_of(case: MembershipCase) -> str:
    """Return the form in which an applicant completes what was returned."""
    return INTAKE.form(case)


def hand_over(actor: Any, tray: str, case: MembershipCase) -> None:
    """Hand the files of a form over to its application; raises ValidationError at a paper that is missing."""
    adopt(actor, tray, case)
    there = set(Attachment.objects.of(case).values_list("slot", flat=True))
    missing = {slug: _missing(slug) for slug in sort_of(case).needs if slug not in there}
    if missing:
        raise ValidationError(missing)


def _missing(slug: str) -> str:
    return _("Add this paper: %(paper)s.") % {"paper": slot_of(slug).label}
