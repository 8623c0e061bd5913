"""The daily mail (每日汇总): the unread that no mail told; nothing twice, nothing when nothing."""

from datetime import time, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import enqueue, job, periodic
from extranet.core.models import Notice, NoticeCopy
from extranet.core.models.notices import Channel, CopyState, Mode

from .choices import Wishes
from .copies import mail_copy, new_message_id

MORNING = time(7, 30)
BATCH = 200
GIVEN_UP_AFTER = timedelta(days=2)
"""Quiet hours and retries are over by then: what still waits was lost with its worker."""


@periodic(at=MORNING)
@job(label=_("Put together the daily mails"), atomic=False)
def daily_mails() -> None:
    """Make one mail for each person with something unread that no mail has told them."""
    last = 0
    while people := _next_people(last):
        with transaction.atomic():
            _gather(people)
        last = people[-1]
    stale = NoticeCopy.objects.filter(state__in=(CopyState.WAITING, CopyState.FAILED))
    stale.filter(made_at__lt=timezone.now() - GIVEN_UP_AFTER).update(state=CopyState.GIVEN_UP)


def _pending() -> QuerySet[Notice]:
    return Notice.objects.filter(mail=Mode.DIGEST, copy=None, read_at=None)


def _next_people(last: int) -> list[int]:
    have = Exists(_pending().filter(recipient=OuterRef("pk")))
    people = get_user_model()._default_manager.filter(have, pk__gt=last)  # noqa: SLF001
    return list(people.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _gather(people: list[int]) -> None:
    rows = _pending().filter(recipient__in=people).select_related("recipient").order_by("pk")
    notices = list(rows.select_for_update(skip_locked=True, of=("self",)))
    wishes = Wishes(people, {notice.topic for notice in notices})
    wanted: dict[int, list[Notice]] = {}
    muted = []
    for notice in notices:
        if wishes.mode(notice.recipient, notice.topic, duty=notice.is_duty) == Mode.NEVER:
            muted.append(notice.pk)
        else:
            wanted.setdefault(notice.recipient_id, []).append(notice)
    Notice.objects.filter(pk__in=muted).update(mail=Mode.NEVER)
    for person, of_person in wanted.items():
        _make(person, of_person, wishes)


def _make(person: int, notices: list[Notice], wishes: Wishes) -> None:
    now = timezone.now()
    # Named by its newest notice, not by the day: a run by hand in the afternoon makes another mail.
    copy = NoticeCopy.objects.create(
        channel=Channel.DIGEST, key=str(notices[-1].pk), recipient_id=person, message_id=new_message_id()
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(copy=copy)
    leaves_at = wishes.leaves_at(person, now)
    enqueue(mail_copy, run_after=leaves_at if leaves_at > now else None, pk=copy.pk)
