"""How long notices and their copies are kept: as long as the record of who looked at what."""

from django.utils.translation import gettext_lazy as _

from extranet.core.models import Notice, NoticeCopy
from extranet.core.retention import Months, Rule

KEPT = Months(36)
"""A member may ask about any of three years; what a case decided stands in its own trail, for longer."""

RULES = (
    Rule(
        slug="notices",
        label=_("Notices to members"),
        after=KEPT,
        find=lambda before: Notice.objects.filter(told_at__lt=before),
        act=lambda rows: rows.delete()[0],
    ),
    Rule(
        slug="notice-copies",
        label=_("Mails and group messages"),
        after=KEPT,
        # While a notice is there its copy tells that a mail has been sent: the daily mail looks for it.
        find=lambda before: NoticeCopy.objects.filter(made_at__lt=before, notices=None),
        act=lambda rows: rows.delete()[0],
    ),
)
