"""Nightly: rights follow the terms that began or ended; in the morning: who is told that one ends soon."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import job, periodic
from extranet.members.services import alignment, terms


@periodic(at=time(0, 5))
@job(label=_("Bring rights in line with offices"))
def follow_the_offices() -> None:
    """Let groups hold exactly those whose office runs today."""
    alignment.align_everybody()


@periodic(at=time(8, 0))
@job(label=_("Tell of terms that end soon"))
def tell_of_ending_terms() -> None:
    """Tell holders and the chair, thirty days ahead."""
    terms.tell_of_ending_terms()
