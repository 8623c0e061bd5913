"""Terms that run out (任期将满): whoever holds the office, and the chair, hear of it a month before."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import date as date_format
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.kit import mail
from extranet.members.models import Office, User
from extranet.members.rules import CHAIR

AHEAD = timedelta(days=30)


def tell_of_ending_terms() -> int:
    """Tell holders and the chair of each term that ends within thirty days, once; return of how many."""
    today = timezone.localdate()
    ending = Office.objects.running().filter(ends_on__lte=today + AHEAD).select_related("person", "kind")
    told = 0
    with translation.override(settings.LANGUAGE_CODE):
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
    facts = {
        "office": office.kind,
        "person": office.person.name,
        "day": date_format(office.ends_on, pgettext("date", "Y-n-j")),
    }
    announce(
        [office.person, *chairs],
        _("A term ends soon: %(office)s") % facts,
        _("%(person)s, %(office)s: the last day is %(day)s. Its rights end with that day.") % facts,
        reverse("members:me"),
    )
    return 1


def announce(people: list[Any], title: str, text: str, url: str) -> None:
    """Send each of these people who has a mail address a short message that leads into the house."""
    for person in people:
        if person.email:
            mail.send(person.email, title, f"{text}\n\n{settings.BASE_URL}{url}\n")
