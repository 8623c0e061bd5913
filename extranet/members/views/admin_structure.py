"""Departments, branch unions and groups in the admin."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from extranet.members.forms.reference import (
    BranchForm,
    DayForm,
    DepartmentForm,
    MergeForm,
    UnionGroupForm,
)
from extranet.members.models import Branch, Department, UnionGroup
from extranet.members.services.branches import close_part, keep_part
from extranet.members.services.departments import (
    change_department,
    close_department,
    merge,
    open_department,
)
from extranet.members.services.membership import LEFT_THE_HOUSE

from .reference import CreateView, EditView, StepView

STRUCTURE = "members.structure"
_MEMBERS = Count("memberships", filter=~Q(memberships__status__in=LEFT_THE_HOUSE))


def _state(part: Any) -> str:
    if part.closed_on is None:
        return _("open")
    into = getattr(part, "merged_into", None)
    if into:
        return _("merged into %(department)s, %(day)s") % {"department": into, "day": part.closed_on}
    return _("closed, %(day)s") % {"day": part.closed_on}


class PartList(generic.IndexView):
    """Parts of the house with how many belong to them, the open ones first."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return them with what the list shows."""
        rows: Any = super().get_base_queryset()
        return rows.annotate(number=_MEMBERS)

    def order_queryset(self, queryset: Any) -> Any:
        """Put what is over last."""
        if self.ordering:
            return super().order_queryset(queryset)
        return queryset.order_by("closed_on", *self.model._meta.ordering)  # noqa: SLF001


class DepartmentList(PartList):
    """Departments, each with the way to it through the tree."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return them with the levels above."""
        return super().get_base_queryset().select_related(
            "branch", "group", "merged_into", "parent__parent__parent"
        )  # fmt: skip


def _above(department: Department) -> str:
    """Return the names above a department, the highest first (three levels come with the list)."""
    names, above = list[str](), department.parent
    while above is not None and len(names) < 3:  # noqa: PLR2004
        names.insert(0, above.name)
        above = above.parent
    return " › ".join(names)


class DepartmentCreate(CreateView):
    """Open a department."""

    def save_instance(self) -> Department:
        """Write by the service."""
        form: Any = self.form
        made = open_department(form.values(), on=form.cleaned_data["on"], actor=self.request.user)
        log(instance=made, action="wagtail.create", user=self.request.user)
        return made


class DepartmentEdit(EditView):
    """Rename or move a department, with its history beside the form."""

    template_name = "members/admin/department.html"

    def save_instance(self) -> Department:
        """Write by the service."""
        form: Any = self.form
        department = Department.objects.get(pk=self.object.pk)
        change_department(department, form.values(), on=form.cleaned_data["on"], actor=self.request.user)
        log(instance=department, action="wagtail.edit", user=self.request.user)
        return department

    @property
    def header_more_buttons(self) -> list[Button]:
        """Offer merging and closing."""
        return [*super().header_more_buttons, *_steps(self.object, "department", ("merge", "close"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what became of the department so far."""
        events = Department.objects.get(pk=self.object.pk).events.select_related("actor")
        return super().get_context_data(events=events, **kwargs)


def _steps(part: Any, name: str, verbs: tuple[str, ...]) -> list[Button]:
    words = {"merge": (_("Merge into another"), "redirect"), "close": (_("Close"), "cross")}
    if part.closed_on:
        return []
    return [
        Button(words[verb][0], reverse(f"{name}:{verb}", args=[part.pk]), icon_name=words[verb][1])
        for verb in verbs
    ]


class MergeView(StepView):
    """Merge a department into another."""

    model, permission, form_class = Department, STRUCTURE, MergeForm
    list_name, edit_name = "department:index", "department:edit"
    verb, danger = gettext_lazy("Merge into another"), True
    says = gettext_lazy(
        "Its members and the departments below it move; it closes, and its history stays readable."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Leave the department itself out."""
        return {**super().get_form_kwargs(), "department": self.object}

    def take(self, form: Any) -> str:
        """Merge."""
        into = form.cleaned_data["into"]
        moved = merge(self.object, into, on=form.cleaned_data["on"], actor=self.request.user)
        words = ngettext(
            "Merged into %(into)s; %(count)d member moved.",
            "Merged into %(into)s; %(count)d members moved.",
            moved,
        )
        return words % {"into": into, "count": moved}


class CloseView(StepView):
    """Close a part of the house."""

    permission, form_class = STRUCTURE, DayForm
    verb, danger = gettext_lazy("Close"), True
    says = gettext_lazy("It is not offered any more; whatever was recorded with it stays.")

    def take(self, form: Any) -> str:
        """Close."""
        verb = close_department if self.model is Department else close_part
        verb(self.object, on=form.cleaned_data["on"], actor=self.request.user)
        return _("%(part)s is closed.") % {"part": self.object}


class PartCreate(CreateView):
    """Open a branch or group."""

    def save_instance(self) -> Any:
        """Write by the service."""
        made = keep_part(self.form.instance, actor=self.request.user)
        log(instance=made, action="wagtail.create", user=self.request.user)
        return made


class PartEdit(EditView):
    """Rename a branch or group."""

    def save_instance(self) -> Any:
        """Write by the service."""
        kept = keep_part(self.form.instance, actor=self.request.user)
        log(instance=kept, action="wagtail.edit", user=self.request.user)
        return kept

    @property
    def header_more_buttons(self) -> list[Button]:
        """Offer closing."""
        name = self.model._meta.model_name  # noqa: SLF001
        return [*super().header_more_buttons, *_steps(self.object, name, ("close",))]


class ReferenceViewSet(ModelViewSet):
    """Abstract: a table of reference data; no copy, no deleting, nothing in Wagtail's table of rights."""

    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 100
    search_backend_name = None
    steps: dict[str, type[StepView]] = {}

    def register_permissions(self) -> None:
        """Offer no permission to groups: offices decide."""

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the steps."""
        places = {"list_name": f"{self.name}:index", "edit_name": f"{self.name}:edit", "model": self.model}
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{verb}/<int:pk>/", view.as_view(**places), name=verb)
                for verb, view in self.steps.items()
            ),
        ]


class DepartmentViewSet(ReferenceViewSet):
    """Departments."""

    model, icon, name = Department, "home", "department"
    menu_label = gettext_lazy("Departments")
    index_view_class, add_view_class, edit_view_class = DepartmentList, DepartmentCreate, DepartmentEdit
    search_fields = ["name", "code"]
    steps = {"merge": MergeView, "close": CloseView}
    list_display = [
        "name",
        Column("above", label=gettext_lazy("part of"), accessor=_above),
        "code",
        "branch",
        "group",
        Column("number", label=gettext_lazy("members")),
        Column("state", label=gettext_lazy("State"), accessor=_state),
    ]

    def get_form_class(self, for_update: bool = False) -> type[DepartmentForm]:  # noqa: ARG002, FBT001, FBT002
        """Return the form."""
        return DepartmentForm


class BranchViewSet(ReferenceViewSet):
    """Branch unions."""

    model: Any = Branch
    icon, name = "group", "branch"
    menu_label = gettext_lazy("Branch unions")
    index_view_class, add_view_class, edit_view_class = PartList, PartCreate, PartEdit
    search_fields = ["name"]
    steps = {"close": CloseView}
    list_display = [
        "name",
        Column("number", label=gettext_lazy("members")),
        Column("state", label=gettext_lazy("State"), accessor=_state),
    ]

    def get_form_class(self, for_update: bool = False) -> type[BranchForm]:  # noqa: ARG002, FBT001, FBT002
        """Return the form."""
        return BranchForm


class UnionGroupViewSet(BranchViewSet):
    """Union groups."""

    model, name = UnionGroup, "uniongroup"
    menu_label = gettext_lazy("Union groups")
    list_display = ["name", "branch", *BranchViewSet.list_display[1:]]

    def get_form_class(self, for_update: bool = False) -> type[UnionGroupForm]:  # type: ignore[override]  # noqa: ARG002, FBT001, FBT002
        """Return the form."""
        return UnionGroupForm
