"""Terms that run out (任期将满): whoever holds the office, and the chair, hear of it a month before."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from extranet.core.notices import notify
from extranet.members.models import Office, User
from extranet.members.rules import CHAIR

AHEAD = timedelta(days=30)
ENDS = gettext_noop("A term ends soon: %(office)s")
WITH_ITS_RIGHTS = gettext_noop(
    "%(person)s, %(office)s: the last day is %(day)s. Its rights end with that day."
)


def tell_of_ending_terms() -> int:
    """Tell holders and the chair of each term that ends within thirty days, once; return of how many."""
    today = timezone.localdate()
    ending = Office.objects.running().filter(ends_on__lte=today + AHEAD).select_related("person", "kind")
    told = 0
    for office in ending.exclude(told_of_end__isnull=False):
        with transaction.atomic():
            # Whoever writes the mark tells; a second worker finds it written.
            told += Office.objects.filter(pk=office.pk, told_of_end=None).update(
                told_of_end=office.ends_on
            ) and _tell(office)
    return told


def _tell(office: Office) -> int:
    holders = Office.objects.running().filter(kind__slug=CHAIR).values("person")
    chairs = User.objects.filter(pk__in=holders, is_active=True).exclude(pk=office.person_id)
    notify(
        [office.person, *chairs],
        topic="union",
        title=ENDS,
        body=WITH_ITS_RIGHTS,
        facts={"office": str(office.kind), "person": office.person.name, "day": office.ends_on},
        url=reverse("members:me"),
        key=f"term:{office.pk}:{office.ends_on}",
        duty=True,
    )
    return 1
