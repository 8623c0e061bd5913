"""Copies of notices by mail: planned after the event, sent in the person's hours, silent about it."""

from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from cms.kit import mail
from cms.kit.jobs import Failure, done, enqueue, job
from cms.kit.jobs.declare import MOST_TRIES
from extranet.core.models import Notice, NoticeCopy
from extranet.core.models.notices import Channel, CopyState, Mode

from .choices import Wishes
from .topics import topic_of

BATCH = 200
OPEN = [CopyState.WAITING, CopyState.FAILED, CopyState.GIVEN_UP]
"""States from which a copy may still leave: an administrator may let a failed job run again."""


@job(label=gettext_lazy("Plan the mail copies of a notice"), atomic=False, remember=False, priority=15)
def carry_copies(event: str) -> None:
    """Decide for each recipient of an event whether and when a mail leaves, batch by batch.

    A batch is planned whole or not at all, so a run that follows a killed one goes on where that stopped.
    """
    while True:
        with transaction.atomic():
            waiting = Notice.objects.filter(key=event, mail="").select_related("recipient").order_by("pk")
            notices = list(waiting.select_for_update(skip_locked=True, of=("self",))[:BATCH])
            if notices:
                _plan(notices)
        if len(notices) < BATCH:
            return


def _plan(notices: list[Notice]) -> None:
    now = timezone.now()
    wishes = Wishes({notice.recipient_id for notice in notices}, {notice.topic for notice in notices})
    by_mode: dict[Mode, list[Notice]] = {mode: [] for mode in Mode}
    for notice in notices:
        mode = wishes.mode(notice.recipient, notice.topic, duty=notice.is_duty)
        by_mode[Mode.NEVER if notice.read_at else mode].append(notice)
    for mode, of_mode in by_mode.items():
        Notice.objects.filter(pk__in=[notice.pk for notice in of_mode]).update(mail=mode)
    for notice in by_mode[Mode.NOW]:
        copy, new = NoticeCopy.objects.get_or_create(
            channel=Channel.MAIL,
            key=notice.key,
            recipient_id=notice.recipient_id,
            defaults={"topic": notice.topic, "message_id": new_message_id()},
        )
        Notice.objects.filter(pk=notice.pk).update(copy=copy)
        if not new:
            continue  # told by mail before the notice itself had its time and went
        enqueue(mail_copy, run_after=_unless_now(wishes.leaves_at(notice.recipient_id, now), now), pk=copy.pk)


def _unless_now(moment: Any, now: Any) -> Any:
    return moment if moment > now else None


def new_message_id() -> str:
    """Return a Message-ID in the name of the house."""
    return make_msgid(domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost")


@job(
    label=gettext_lazy("Mail a copy of a notice"),
    atomic=False,
    remember=False,
    losses=1,
    backoff=(mail.SOON, mail.LATER),
    priority=15,
)
def mail_copy(pk: int) -> None:
    """Send one mail copy, unless it was read or switched off meanwhile; quiet hours make it wait."""
    copy = NoticeCopy.objects.select_related("recipient").filter(pk=pk, state__in=OPEN).first()
    if copy is None:
        return
    now = timezone.now()
    notices, wishes = _still_wanted(copy)
    if not notices:
        with done():
            settle(copy, CopyState.DROPPED)
        return
    leaves_at = wishes.leaves_at(copy.recipient_id or 0, now)
    if leaves_at > now:
        with done():
            enqueue(mail_copy, run_after=leaves_at, pk=pk)
        return
    try:
        mail.hand_over(_letter(copy, notices))
    except Exception as error:
        fail(copy, error)
        raise
    with done():
        settle(copy, CopyState.SENT)


def _still_wanted(copy: NoticeCopy) -> tuple[list[Notice], Wishes]:
    """Return the notices of a copy that its reader still waits for."""
    unread = list(copy.notices.unread().order_by("pk"))
    wishes = Wishes([copy.recipient_id or 0], {notice.topic for notice in unread})
    modes = [wishes.mode(copy.recipient, notice.topic, duty=notice.is_duty) for notice in unread]
    return [notice for notice, mode in zip(unread, modes, strict=True) if mode != Mode.NEVER], wishes


def settle(copy: NoticeCopy, state: CopyState, *, error: str = "") -> None:
    """Write down where a copy stands now."""
    sent = {"sent_at": timezone.now()} if state == CopyState.SENT else {}
    tried = 0 if state in {CopyState.DROPPED, CopyState.WAITING} else 1
    NoticeCopy.objects.filter(pk=copy.pk).update(
        state=state, error=error[:100], tries=F("tries") + tried, **sent
    )


def fail(copy: NoticeCopy, error: Exception) -> None:
    """Write down a try that failed; the last one is said to be the last."""
    last = copy.tries + 1 >= MOST_TRIES
    kind = str(error) if isinstance(error, Failure) else type(error.__cause__ or error).__name__
    settle(copy, CopyState.GIVEN_UP if last else CopyState.FAILED, error=kind)


def _letter(copy: NoticeCopy, notices: list[Notice]) -> EmailMessage:
    """Return the mail: how many, about what, where to read on; not a word of the notices themselves."""
    with translation.override(settings.LANGUAGE_CODE):
        subject, first = _first_line(notices)
        address = reverse("core:notice", args=[notices[0].public_id]) if len(notices) == 1 else None
        lines = [
            first,
            "",
            _("Read it here after signing in:"),
            settings.BASE_URL + (address or reverse("core:inbox")),
            "",
            _("What you get by mail is your choice:"),
            settings.BASE_URL + reverse("core:choices"),
        ]
    return EmailMessage(
        subject,
        "\n".join(lines),
        to=[str(copy.recipient.email)] if copy.recipient else [],
        headers={"Message-ID": copy.message_id, "Auto-Submitted": "auto-generated"},
    )


def _first_line(notices: list[Notice]) -> tuple[str, str]:
    if len(notices) == 1:
        topic = topic_of(notices[0].topic)
        subject = _("You have news")
        named = "" if topic.discreet else str(topic.label)
        return subject, _("You have news: %(topic)s.") % {"topic": named} if named else _("You have news.")
    number = len(notices)
    subject = ngettext("You have %(number)s unread notice", "You have %(number)s unread notices", number)
    said = {"number": number}
    counted = _counted(notices)
    if not counted:
        return subject % said, _("You have %(number)s unread notices.") % said
    return subject % said, _("You have %(number)s unread notices: %(topics)s.") % {**said, "topics": counted}


def _counted(notices: list[Notice]) -> str:
    """Return “提案 2 条、场馆 1 条”; matters that are discreet are counted in the sum alone."""
    number: dict[str, int] = {}
    for notice in notices:
        topic = topic_of(notice.topic)
        if not topic.discreet:
            number[str(topic.label)] = number.get(str(topic.label), 0) + 1
    parts = [_("%(topic)s %(number)s") % {"topic": topic, "number": count} for topic, count in number.items()]
    return pgettext("list", ", ").join(parts)
