"""Answers to the privacy notice: only ever added."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Consent, PrivacyNotice

FIRST_NOTICE = Path(__file__).parents[1] / "first_notice.txt"
"""The text a new house begins with: its first line is the title."""


@transaction.atomic
def acknowledge(person: Any, notice: PrivacyNotice, *, also: tuple[str, ...] = ()) -> None:
    """Record that a person has read this version, and what they freely allow beside it.

    A subject that is free and not in ``also`` is left as it was answered before. Raises ValidationError when
    a newer version has come meanwhile, or for a subject nobody can choose.
    """
    current = PrivacyNotice.objects.current()
    if current is None or current.pk != notice.pk:
        raise ValidationError(_("The notice has just been renewed. Please read the new one."))
    said = Consent.of(person)
    read = said.get(Consent.Subject.NOTICE)
    if read is None or read.notice_id != notice.pk:
        Consent.objects.create(person=person, subject=Consent.Subject.NOTICE, notice=notice, given=True)
    for subject in also:
        answer(person, subject, given=True)


def answer(person: Any, subject: str, *, given: bool) -> bool:
    """Give or withdraw a free consent; returns whether anything changed.

    Raises ValidationError for what is not free to choose, or while there is no notice yet.
    """
    if subject not in Consent.OPTIONAL:
        raise ValidationError(_("This one rests on the membership and cannot be chosen here."))
    notice = PrivacyNotice.objects.current()
    if notice is None:
        raise ValidationError(_("There is no privacy notice yet."))
    before = Consent.of(person).get(subject)
    if (before.given if before else False) == given:
        return False
    Consent.objects.create(person=person, subject=subject, notice=notice, given=given)
    return True


def lay_first_notice() -> PrivacyNotice | None:
    """Put the first notice into an empty house; returns it, or None when there is one already."""
    if PrivacyNotice.objects.exists():
        return None
    title, _line, text = FIRST_NOTICE.read_text(encoding="utf-8").partition("\n")
    return PrivacyNotice.objects.create(
        title=title.strip(), text=text.strip(), valid_from=timezone.localdate()
    )


def acknowledge_for_demo(people: Any) -> int:
    """Let invented people have read the notice, so that a demo begins at the desk; returns how many."""
    notice = PrivacyNotice.objects.current()
    if notice is None:
        return 0
    done = Consent.objects.filter(notice=notice, subject=Consent.Subject.NOTICE).values("person")
    waiting = people.exclude(pk__in=done)
    rows = [Consent(person=one, subject=Consent.Subject.NOTICE, notice=notice, given=True) for one in waiting]
    Consent.objects.bulk_create(rows, batch_size=500)
    return len(rows)
