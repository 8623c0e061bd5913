"""Notices (站内消息), their copies elsewhere (副本), and what each person chose to receive.

The notice is the record; a mail or a line in a group chat is a copy that points to it.
"""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .cases import public_id

QUIET_FROM, QUIET_UNTIL = time(22), time(7)
"""Nobody's phone lights up for us at night; whoever works then sets hours of their own."""


class Mode(models.TextChoices):
    """When a person's mail copy of a topic leaves (邮件提醒)."""

    NOW = "now", _("at once")
    DIGEST = "digest", _("once a day, at 7:30")
    NEVER = "never", _("no mail")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices asked for somebody."""

    def visible_to(self, user: Any) -> "NoticeQuerySet":
        """Return the notices of this person: nobody reads another's."""
        return self.filter(recipient_id=user.pk) if user.is_authenticated else self.none()

    def unread(self) -> "NoticeQuerySet":
        """Return those not opened yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """What happened (``key``), told to one person once.

    ``title`` and ``body`` are the words as they were said, in the house's own language: the record.
    ``source`` holds the message ids and facts they were made of, for whoever reads another language.
    ``mail`` is how the copy was planned, empty while it is not.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    topic = models.SlugField(max_length=40, db_index=False)
    is_duty = models.BooleanField(default=False)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    source = models.JSONField(default=dict)
    url = models.CharField(max_length=500, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=6, choices=Mode, blank=True)
    copy = models.ForeignKey(
        "core.NoticeCopy", null=True, on_delete=models.SET_NULL, related_name="notices", editable=False
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="core_notice_once"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-told_at"], name="core_notice_of_person"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="core_notice_unread"),
            models.Index(fields=["key"], condition=Q(mail=""), name="core_notice_unplanned"),
            models.Index(
                fields=["recipient"],
                condition=Q(mail="digest", copy=None, read_at=None),
                name="core_notice_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Channel(models.TextChoices):
    """Where a copy goes."""

    MAIL = "mail", _("mail")
    DIGEST = "digest", _("daily mail")
    WECOM = "wecom", _("WeCom group")
    DINGTALK = "dingtalk", _("DingTalk group")


ROBOTS = [Channel.WECOM, Channel.DINGTALK]
MAILED = [Channel.MAIL, Channel.DIGEST]


class CopyState(models.TextChoices):
    """Where a copy stands: 待发, 已发, 失败重试; 不再需要 when it was read or switched off before it left."""

    WAITING = "waiting", _("waiting to leave")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed, tried again")
    GIVEN_UP = "given_up", _("given up")
    DROPPED = "dropped", _("not needed any more")


class NoticeCopy(models.Model):
    """A copy of notices on another channel: a mail to one person, or a line in a group chat (``words``)."""

    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    key = models.CharField(max_length=200)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    topic = models.SlugField(max_length=40, blank=True, db_index=False)
    words = models.TextField(blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=8, choices=CopyState, default=CopyState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "key", "recipient"],
                condition=Q(recipient__isnull=False),
                name="core_copy_once",
            ),
            models.UniqueConstraint(
                fields=["channel", "key"], condition=Q(recipient=None), name="core_copy_once_a_group"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=ROBOTS, recipient=None)
                | Q(channel__in=MAILED, recipient__isnull=False),
                name="core_copy_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="core_copy_sent_at"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"


class NoticeHabits(models.Model):
    """Whether a person wants mail copies at all, and the hours (local time) in which none may arrive."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by_mail = models.BooleanField(default=False)
    keeps_quiet = models.BooleanField(default=True)
    quiet_from = models.TimeField(default=QUIET_FROM)
    quiet_until = models.TimeField(default=QUIET_UNTIL)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(quiet_from=F("quiet_until")), name="core_habits_quiet_has_a_length"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quiet_from:%H:%M}–{self.quiet_until:%H:%M}"

    def is_quiet(self, at: datetime) -> bool:
        """Tell whether no mail may arrive at this moment."""
        now, begin, end = timezone.localtime(at).time(), self.quiet_from, self.quiet_until
        within = begin <= now < end if begin < end else now >= begin or now < end
        return self.keeps_quiet and within


class TopicChoice(models.Model):
    """How a person wants the mail copies of one topic; without a row the topic's own default holds."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.SlugField(max_length=40, db_index=False)
    mode = models.CharField(max_length=6, choices=Mode)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["owner", "topic"], name="core_topic_choice_once"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="core_topic_choice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.mode}"
