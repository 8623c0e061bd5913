"""What waits for me (等我处理): the one panel on top of the dashboard."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState, get_default_page_content_type

from cms.kit import admin_jobs
from cms.kit.jobs import pulse
from cms.kit.models import Consent, HouseImage

NEWEST = 5
SOON = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line: where it leads, since when, and what else to know."""

    title: str
    url: str
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Pile:
    """Things of one kind: how many there are in all, and the newest of them."""

    key: str
    label: Any
    count: int
    items: list[Item]
    more: str = ""


def _pile(key: str, label: Any, rows: QuerySet[Any], item: Callable[[Any], Item], more: str = "") -> Pile:
    """Return the newest of ``rows`` with the number of all of them, in one query."""
    newest = list(rows.annotate(in_all=Window(Count("pk")))[:NEWEST])
    return Pile(
        key=key,
        label=label,
        count=newest[0].in_all if newest else 0,
        items=[item(row) for row in newest],
        more=more if newest and newest[0].in_all > len(newest) else "",
    )


def _edit(page_id: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _states_of_pages() -> Any:
    return WorkflowState.objects.filter(base_content_type=get_default_page_content_type())


def to_review(user: Any) -> Pile:
    """Pages at a step of the workflow that one of my groups decides."""
    mine = Task.objects.filter(active=True)
    if not user.is_superuser:
        mine = mine.filter(groupapprovaltask__groups__in=user.groups.all())
    rows = (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            task__in=mine,
            workflow_state__base_content_type=get_default_page_content_type(),
        )
        .select_related("revision", "revision__user", "task")
        .order_by("-started_at", "-pk")
    )

    def item(state: TaskState) -> Item:
        sender = state.revision.user.name if state.revision.user else ""
        note = " · ".join(filter(None, [state.task.name, sender]))
        return Item(
            title=state.revision.object_str,
            url=_edit(state.revision.object_id),
            at=state.started_at,
            note=note,
        )

    more = reverse("wagtailadmin_reports:workflow") + "?reviewable=true"
    return _pile("review", _("To be reviewed by me"), rows, item, more)


def returned(user: Any) -> Pile:
    """Pages I sent to review that came back, with what the reviewer wrote."""
    rows = (
        _states_of_pages()
        .filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)
        .select_related("current_task_state__revision", "current_task_state__finished_by")
        .order_by("-current_task_state__finished_at", "-pk")
    )

    def item(state: WorkflowState) -> Item:
        task = state.current_task_state
        who = task.finished_by.name if task.finished_by else ""
        note = _("%(who)s: %(comment)s") % {"who": who, "comment": task.comment} if task.comment else who
        return Item(
            title=task.revision.object_str, url=_edit(state.object_id), at=task.finished_at, note=note
        )

    return _pile("returned", _("Returned to me"), rows, item)


def sent(user: Any) -> Pile:
    """Pages I sent to review, and where they are now."""
    rows = (
        _states_of_pages()
        .filter(status=WorkflowState.STATUS_IN_PROGRESS, requested_by=user)
        .select_related("current_task_state__revision", "current_task_state__task")
        .order_by("-current_task_state__started_at", "-pk")
    )

    def item(state: WorkflowState) -> Item:
        task = state.current_task_state
        return Item(
            title=task.revision.object_str,
            url=_edit(state.object_id),
            at=task.started_at,
            note=_("now with: %(step)s") % {"step": task.task.name},
        )

    return _pile("sent", _("Sent to review by me"), rows, item)


def drafts(user: Any) -> Pile:
    """Pages I wrote last that are neither published, nor in review, nor waiting for their hour."""
    in_workflow = (
        _states_of_pages().active().annotate(page_key=Cast("object_id", BigIntegerField())).values("page_key")
    )
    rows = (
        Page.objects.filter(has_unpublished_changes=True, latest_revision__user=user)
        .filter(latest_revision__approved_go_live_at__isnull=True)
        .exclude(pk__in=in_workflow)
        .order_by("-latest_revision_created_at", "-pk")
    )

    def item(page: Page) -> Item:
        note = _("published, with changes not yet published") if page.live else ""
        return Item(title=page.draft_title, url=_edit(page.pk), at=page.latest_revision_created_at, note=note)

    return _pile("drafts", _("My drafts"), rows, item)


def scheduled(user: Any) -> Pile:
    """Pages that publish themselves within the next seven days, where I may edit."""
    now = timezone.now()
    soon = Revision.objects.filter(
        base_content_type=get_default_page_content_type(), approved_go_live_at__range=(now, now + SOON)
    )
    hour = soon.filter(object_id=Cast(OuterRef("pk"), CharField())).order_by("approved_go_live_at")
    pages = soon.annotate(page_key=Cast("object_id", BigIntegerField())).values("page_key")
    rows = (
        Page.objects.filter(_under_my_hands(user), pk__in=pages)
        .annotate(goes_live=Subquery(hour.values("approved_go_live_at")[:1]))
        .order_by("goes_live", "pk")
    )

    def item(page: Page) -> Item:
        return Item(title=page.draft_title, url=_edit(page.pk), at=page.goes_live)

    return _pile("scheduled", _("Published by themselves in the next seven days"), rows, item)


def _under_my_hands(user: Any) -> Q:
    """Return the pages somebody may edit, as a condition on the tree; no page at all without rights."""
    if user.is_superuser:
        return Q()
    roots = Page.objects.filter(
        group_permissions__group__in=user.groups.all(),
        group_permissions__permission__codename__in=["change_page", "publish_page"],
    )
    under = Q(pk__in=[])
    for path in roots.values_list("path", flat=True).distinct():
        under |= Q(path__startswith=path)
    return under


def locked(user: Any) -> Pile:
    """Pages I locked and nobody else can edit."""
    rows = Page.objects.filter(locked=True, locked_by=user).order_by("-locked_at", "-pk")

    def item(page: Page) -> Item:
        return Item(title=page.draft_title, url=_edit(page.pk), at=page.locked_at)

    return _pile("locked", _("Locked by me"), rows, item)


def pictures(user: Any) -> Pile:
    """Pictures without alt text or consent: mine; for an administrator everybody's."""
    rows = HouseImage.objects.filter(Q(description="") | Q(consent=Consent.MISSING))
    if not user.is_superuser:
        rows = rows.filter(uploaded_by_user=user)

    def item(image: HouseImage) -> Item:
        lacks = [_("no alt text")] if not image.description else []
        lacks += [_("portrait consent not asked yet")] if image.consent == Consent.MISSING else []
        url = reverse("wagtailimages:edit", args=[image.pk])
        return Item(title=image.title, url=url, at=image.created_at, note=" · ".join(lacks))

    more = reverse("wagtailimages:index")
    return _pile(
        "pictures", _("Pictures that lack something"), rows.order_by("-created_at", "-pk"), item, more
    )


def jobs(user: Any) -> Pile:
    """Jobs of the background that have given up, for whoever may tend them."""
    failed = pulse().failed if user.has_perm(admin_jobs.PERMISSION) else 0
    item = Item(title=_("Open the list, see why and try again."), url=reverse("jobs"))
    return Pile(key="jobs", label=_("Jobs that failed"), count=failed, items=[item])


PILES: tuple[Callable[[Any], Pile], ...] = (
    returned,
    to_review,
    drafts,
    sent,
    scheduled,
    locked,
    pictures,
    jobs,
)


def piles_of(user: Any) -> Iterable[Pile]:
    """Yield what waits for ``user``, most pressing first; empty piles stay away."""
    return [pile for pile in (look(user) for look in PILES) if pile.count]


class WaitingPanel(Component):
    """The panel: quick ways to write, then the piles, or one sentence when nothing waits."""

    name = "waiting"
    template_name = "cms/admin/waiting.html"
    order = 100
    heading = gettext_lazy("Waiting for me")

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return piles and quick ways for whoever looks."""
        user = parent_context["request"].user
        return {"piles": piles_of(user), "ways": list(ways_to_write(user)), "heading": self.heading}


WAYS = {
    "newsindexpage": ("newspage", gettext_lazy("Write a story")),
    "noticeindexpage": ("noticepage", gettext_lazy("Write a notice")),
    "albumindexpage": ("albumpage", gettext_lazy("Begin an album")),
    "commendationindexpage": ("commendationpage", gettext_lazy("Write about a role model")),
    "reportindexpage": ("reportpage", gettext_lazy("Write a report")),
}
"""Sections somebody may begin something in: what, and what the button says."""


def ways_to_write(user: Any) -> Iterable[dict[str, Any]]:
    """Yield a button for each section in which ``user`` may begin something."""
    sections = Page.objects.filter(content_type__app_label="home", content_type__model__in=WAYS)
    seen = set()
    for section in sections.select_related("content_type").order_by("path"):
        kind = section.content_type.model
        if kind not in seen and section.permissions_for_user(user).can_add_subpage():
            seen.add(kind)
            child, label = WAYS[kind]
            yield {"label": label, "url": reverse("wagtailadmin_pages:add", args=["home", child, section.pk])}
