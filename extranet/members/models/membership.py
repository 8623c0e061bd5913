"""Membership (会籍): who belongs to the union since when, where, and every change of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extranet.core.models import AppendOnly, public_id

from .offices import OfficeKind, offices_of
from .structure import Branch, Department, UnionGroup

SEE_MEMBERS = ("chair", "vice_chair", "membership_officer", "branch_chair", "group_leader")
"""Kinds of office whose holders see whom they act for: everybody, a branch, a group."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships."""

    def active(self) -> "MembershipQuerySet":
        """Return those of today's members (在籍)."""
        return self.filter(status=Membership.Status.ACTIVE)

    def visible_to(self, user: Any) -> "MembershipQuerySet":
        """Return what ``members.view`` lets this person see: their own, and whom their offices act for."""
        seen = Q(person=user.pk)
        for office in offices_of(user):
            if office.kind.slug not in SEE_MEMBERS:
                continue
            if office.kind.level == OfficeKind.Level.HOUSE:
                return self.all()
            seen |= _reached_by(office)
        return self.filter(seen)


def _reached_by(office: Any) -> Q:
    """Return whom an office of a branch or group acts for; one that lacks its place acts for nobody."""
    if office.kind.level == OfficeKind.Level.GROUP:
        return Q(group=office.group_id) if office.group_id else Q(pk=None)
    return Q(branch=office.branch_id) if office.branch_id else Q(pk=None)


class Membership(models.Model):
    """One person's membership and what the roster (花名册) says about them."""

    class Status(models.TextChoices):
        NONE = "none", _("not a member")  # on the roster of the hospital, has not joined (未入会)
        ACTIVE = "active", _("member")  # 在籍
        RETAINED = "retained", _("membership retained")  # 保留会籍: retired or away from the post
        TRANSFERRED = "transferred", _("transferred out")  # 转出
        ENDED = "ended", _("ended")  # 注销

    class Sex(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")

    class Shift(models.TextChoices):
        DAY = "day", _("day shift")
        ROTATING = "rotating", _("rotating shifts")
        NIGHT = "night", _("night shift")

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="membership"
    )
    status = models.CharField(_("membership"), max_length=12, choices=Status, default=Status.NONE)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("department"),
    )
    branch = models.ForeignKey(
        Branch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("branch union"),
    )
    group = models.ForeignKey(
        UnionGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("union group"),
    )
    post = models.CharField(_("post"), max_length=40, blank=True)  # 岗位
    title = models.CharField(_("professional title"), max_length=40, blank=True)  # 职称
    employment = models.CharField(_("kind of employment"), max_length=20, blank=True)  # 用工形式
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    born_in = models.DateField(_("born in"), null=True, blank=True)  # the first of the month: 出生年月
    shift = models.CharField(_("shift pattern"), max_length=8, choices=Shift, blank=True)
    shift_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    shift_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["person__staff_number"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["status", "branch"], name="members_of_branch")]
        constraints = [
            models.CheckConstraint(
                condition=Q(joined_on=None) | Q(left_on=None) | Q(left_on__gte=models.F("joined_on")),
                name="members_left_after_joined",
                violation_error_message=_("The day of leaving lies before the day of joining."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_status_display()}"


class MembershipChange(AppendOnly):
    """One change of a membership (会籍变动): what, from when, by whom, on what ground."""

    class Source(models.TextChoices):
        ROSTER = "roster", _("roster")  # an import
        UNDO = "undo", _("import undone")
        CASE = "case", _("application")  # joining, transfer, leaving, correction
        OFFICER = "officer", _("officer")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=30)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["membership", "happened_on"], name="members_change_of")]

    def __str__(self) -> str:
        return f"{self.field} {self.happened_on}"


def said(value: Any) -> str:
    """Return how a change writes a value: its name, its day, or nothing."""
    return "" if value is None else str(value)[:120]
