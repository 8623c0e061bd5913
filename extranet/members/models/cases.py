"""Applications about one's own membership (会籍业务): joining, moving it, leaving, correcting the roster.

A member hands in, the branch union (分工会) answers, the membership officer (会籍管理员) enters it into the
roster (登记), which is when the membership changes.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from extranet.core.models import Case

from .offices import Office, offices_of
from .structure import Branch, UnionGroup

ANSWERS = "branch_chair"
"""The kind of office that answers for a branch (分工会主席)."""
KEEPS = ("membership_officer", "chair")
"""The kinds of office that enter into the roster, and answer where a branch has no chair."""

OPEN = ("handed_in", "returned", "approved", "scheduled")
FINAL = ("entered", "declined", "withdrawn")


class MembershipCaseQuerySet(models.QuerySet["MembershipCase"]):
    """Applications, asked for somebody."""

    def visible_to(self, user: Any) -> "MembershipCaseQuerySet":
        """Return one's own, those of the branches one chairs, all for whoever keeps the roster."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        held = offices_of(user)
        if any(office.kind.slug in KEEPS for office in held):
            return self
        branches = [office.branch_id for office in held if office.kind.slug == ANSWERS and office.branch_id]
        return self.filter(Q(person_id=user.pk) | Q(branch__in=branches))

    def open(self) -> "MembershipCaseQuerySet":
        """Return those without an outcome yet."""
        return self.filter(status__in=MembershipCase.OPEN)

    def overdue(self) -> "MembershipCaseQuerySet":
        """Return those whose term has run out."""
        return self.filter(due_on__lt=timezone.localdate())

    def with_chairs(self) -> "MembershipCaseQuerySet":
        """Tell along with each whether its branch has somebody to answer it; costs no query of its own."""
        return self.annotate(_chaired=Exists(_chairs(OuterRef("branch_id"), OuterRef("person_id"))))

    def held_by(self, user: Any) -> "MembershipCaseQuerySet":
        """Return those that wait for this person: one's own to complete, others' to answer or to enter."""
        mine = Q(person_id=user.pk, status=MembershipCase.Status.RETURNED)
        others = ~Q(person_id=user.pk)
        held = offices_of(user)
        branches = [office.branch_id for office in held if office.kind.slug == ANSWERS and office.branch_id]
        wanted = mine | (others & Q(status=MembershipCase.Status.HANDED_IN, branch__in=branches))
        if any(office.kind.slug in KEEPS for office in held):
            wanted |= others & Q(status=MembershipCase.Status.HANDED_IN, _chaired=False)
            wanted |= others & Q(status=MembershipCase.Status.APPROVED)
            wanted |= others & Q(status=MembershipCase.Status.SCHEDULED, due_on__lt=timezone.localdate())
        return self.with_chairs().filter(wanted)


class MembershipCase(Case):
    """One application; which fields it has is said by its kind.

    ``branch`` is the one that answers: the applicant's when it was handed in. ``held_since`` and ``due_on``
    are the term of whoever holds it now. ``answer`` are the last words of whoever returned or declined it.
    """

    class Kind(models.TextChoices):
        JOIN = "join", pgettext_lazy("application", "Joining")  # 入会申请
        ARRIVE = "arrive", pgettext_lazy("application", "Transfer in")  # 转入: from another union
        MOVE = "move", pgettext_lazy("application", "Transfer between branches")  # 院内转会
        DEPART = "depart", pgettext_lazy("application", "Transfer out")  # 转出: to another union
        LEAVE = "leave", pgettext_lazy("application", "Leaving")  # 退会
        CORRECT = "correct", pgettext_lazy("application", "Correction")  # 信息更正

    class Status(models.TextChoices):
        HANDED_IN = "handed_in", pgettext_lazy("application", "handed in")  # 已提交
        RETURNED = "returned", pgettext_lazy("application", "returned for completion")  # 退回补正
        APPROVED = "approved", pgettext_lazy("application", "approved by the branch")  # 分工会同意
        SCHEDULED = "scheduled", pgettext_lazy("application", "takes effect on its day")  # 到日生效
        ENTERED = "entered", pgettext_lazy("application", "entered")  # 已登记
        DECLINED = "declined", pgettext_lazy("application", "declined")  # 不同意
        WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")  # 已撤回

    class Field(models.TextChoices):
        """What of the roster an application may correct."""

        NAME = "name", pgettext_lazy("person", "name")
        MOBILE = "mobile", _("mobile")
        SEX = "sex", _("sex")
        BORN_IN = "born_in", _("born in")
        JOINED_ON = "joined_on", _("joined on")
        DEPARTMENT = "department", _("department")
        POST = "post", _("post")
        TITLE = "title", _("professional title")
        EMPLOYMENT = "employment", _("kind of employment")

    OPEN = frozenset(OPEN)
    FINAL = frozenset(FINAL)

    kind = models.CharField(_("matter"), max_length=8, choices=Kind)
    status = models.CharField(_("State"), max_length=10, choices=Status, default=Status.HANDED_IN)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="membership_cases"
    )
    branch = models.ForeignKey(
        Branch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("branch union"),
    )
    held_since = models.DateField(default=timezone.localdate)
    due_on = models.DateField(_("due"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    takes_effect_on = models.DateField(_("takes effect on"), null=True, blank=True)
    other_union = models.CharField(_("other union"), max_length=80, blank=True)
    other_card = models.CharField(_("membership card there"), max_length=40, blank=True)
    first_joined_on = models.DateField(_("first joined a union on"), null=True, blank=True)
    to_branch = models.ForeignKey(
        Branch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("to the branch union"),
    )
    to_group = models.ForeignKey(
        UnionGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("to the group"),
    )
    field = models.CharField(_("what is wrong"), max_length=12, choices=Field, blank=True)
    present = models.CharField(max_length=120, blank=True)
    wanted = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True)
    entered_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MembershipCaseQuerySet.as_manager()

    group_id = None
    """A branch answers, no group does: who holds an office for a branch is asked about this."""

    class Meta:
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        verbose_name = _("membership application")
        verbose_name_plural = _("membership applications")
        indexes = [
            models.Index(fields=["status", "due_on"], name="members_case_due"),
            models.Index(fields=["branch", "status"], name="members_case_of_branch"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(status__in=OPEN),
                name="members_case_open_once",
                violation_error_message=_("You have an application of this kind open already."),
            ),
            models.CheckConstraint(condition=Q(number__isnull=False), name="members_case_numbered"),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, due_on__isnull=False) | Q(status__in=FINAL, due_on=None),
                name="members_case_open_has_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["returned", "declined"]) | ~Q(answer=""),
                name="members_case_refused_with_words",
            ),
            models.CheckConstraint(
                condition=Q(status="entered", entered_on__isnull=False, entered_by__isnull=False)
                | (~Q(status="entered") & Q(entered_on=None)),
                name="members_case_entered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="scheduled")
                | Q(entered_by__isnull=False, takes_effect_on__isnull=False, due_on=F("takes_effect_on")),
                name="members_case_scheduled_for_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kind="join")
                | (Q(kind="arrive") & ~Q(other_union=""))
                | Q(kind="move", to_branch__isnull=False)
                | (Q(kind="depart", takes_effect_on__isnull=False) & ~Q(other_union=""))
                | (Q(kind="leave", takes_effect_on__isnull=False) & ~Q(reason=""))
                | (Q(kind="correct") & ~Q(field="") & ~Q(wanted="")),
                name="members_case_says_what_its_kind_asks",
            ),
            models.CheckConstraint(
                condition=Q(to_branch=None) | Q(branch=None) | ~Q(to_branch=F("branch")),
                name="members_case_moves_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("membership:case", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Whether it has no outcome yet."""
        return self.status in self.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether the term of whoever holds it has run out."""
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def lies_ahead(self) -> bool:
        """Whether it is to take effect on a later day than today."""
        return self.takes_effect_on is not None and self.takes_effect_on > timezone.localdate()

    @property
    def is_chaired(self) -> bool:
        """Whether its branch has somebody to answer it, the applicant left out; asked once (one query)."""
        chaired: bool | None = self.__dict__.get("_chaired")
        if chaired is None:
            chaired = self.chairs().exists()
            self.__dict__["_chaired"] = chaired
        return chaired

    def chairs(self) -> models.QuerySet[Office]:
        """Return the offices of whoever may answer it for its branch today."""
        return _chairs(self.branch_id, self.person_id)


def _chairs(branch: Any, applicant: Any) -> models.QuerySet[Office]:
    return (
        Office.objects.running()
        .filter(kind__slug=ANSWERS, branch_id=branch, person__is_active=True)
        .exclude(person_id=applicant)
    )
