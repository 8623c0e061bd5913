"""Kinds of office and offices held, in the admin."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from extranet.members.forms.reference import AppointForm, EndForm, HandOverForm, KindForm, TermForm
from extranet.members.models import Office, OfficeKind
from extranet.members.services.kinds import keep_kind
from extranet.members.services.offices import Term, appoint, change_term, end_office, hand_over

from .admin_structure import ReferenceViewSet
from .reference import CreateView, EditView, StepView

OFFICES = "members.offices"


class KindList(generic.IndexView):
    """Kinds of office with their groups."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return them with their groups."""
        rows: Any = super().get_base_queryset()
        return rows.prefetch_related("groups")


class KindCreate(CreateView):
    """Add a kind of office."""

    def save_instance(self) -> OfficeKind:
        """Write by the service."""
        form: Any = self.form
        made = keep_kind(form.instance, form.cleaned_data["groups"], actor=self.request.user)
        log(instance=made, action="wagtail.create", user=self.request.user)
        return made


class KindEdit(EditView):
    """Change a kind of office."""

    def save_instance(self) -> OfficeKind:
        """Write by the service."""
        form: Any = self.form
        kept = keep_kind(form.instance, form.cleaned_data["groups"], actor=self.request.user)
        log(instance=kept, action="wagtail.edit", user=self.request.user)
        return kept


class KindViewSet(ReferenceViewSet):
    """Kinds of office."""

    model, icon, name = OfficeKind, "list-ul", "officekind"
    menu_label = gettext_lazy("Kinds of office")
    index_view_class, add_view_class, edit_view_class = KindList, KindCreate, KindEdit
    search_fields = ["name", "committee"]
    list_display = [
        "name",
        "committee",
        "get_level_display",
        Column(
            "mapped",
            label=gettext_lazy("groups of the admin"),
            accessor=lambda kind: "、".join(group.name for group in kind.groups.all()),
        ),
        BooleanColumn("is_public", label=gettext_lazy("shown on the organisation page")),
        BooleanColumn("needs_second_factor", label=gettext_lazy("needs a second factor")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[KindForm]:  # noqa: ARG002, FBT001, FBT002
        """Return the form."""
        return KindForm


class OfficeFilters(WagtailFilterSet):
    """Which kind, and whether the term runs."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Term"),
        method="by_state",
        empty_label=gettext_lazy("All"),
        choices=[
            ("running", gettext_lazy("in office")),
            ("coming", gettext_lazy("to come")),
            ("over", gettext_lazy("over")),
        ],
    )

    class Meta:
        model = Office
        fields = ["kind", "branch"]

    def by_state(self, rows: Any, _name: str, value: str) -> Any:
        """Keep those that run, are to come, or are over."""
        today = timezone.localdate()
        if value == "running":
            return rows.running(today)
        if value == "coming":
            return rows.filter(starts_on__gt=today, stopped_on=None)
        return rows.filter(Q(ends_on__lt=today) | Q(stopped_on__isnull=False))


def _state(office: Office) -> str:
    today = timezone.localdate()
    if office.runs(today):
        return _("in office")
    coming = office.starts_on > today and office.stopped_on is None
    return _("to come") if coming else _("over")


class OfficeList(generic.IndexView):
    """Offices held, the running ones first."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return them with what the list shows."""
        rows: Any = super().get_base_queryset()
        return rows.select_related("person", "kind", "branch", "group__branch")

    def search_queryset(self, queryset: Any) -> Any:
        """Search by name, pinyin and staff number."""
        for word in (self.search_query or "").lower().split():
            queryset = queryset.filter(
                Q(person__name__icontains=word)
                | Q(person__name_pinyin__startswith=word)
                | Q(person__staff_number__startswith=word)
                | Q(kind__name__icontains=word)
            )
        return queryset


class OfficeCreate(CreateView):
    """Appoint somebody."""

    page_title = gettext_lazy("Appoint")
    submit_button_label = gettext_lazy("Appoint")
    success_message = gettext_lazy("Appointed: %(object)s.")

    def save_instance(self) -> Office:
        """Appoint by the service, which writes the history."""
        said: Any = self.form.cleaned_data
        names = ("starts_on", "ends_on", "branch", "group", "ground")
        term = Term(**{name: said[name] for name in names})
        return appoint(said["person"], said["kind"], term, actor=self.request.user)


class OfficeEdit(EditView):
    """Change a term that is not over; end it or hand it over."""

    success_message = gettext_lazy("Saved: %(object)s.")

    def save_instance(self) -> Office:
        """Change by the service, which writes the history."""
        said: Any = self.form.cleaned_data
        office = Office.objects.get(pk=self.object.pk)
        change_term(office, ends_on=said["ends_on"], ground=said["ground"], actor=self.request.user)
        return office

    @property
    def header_more_buttons(self) -> list[Button]:
        """Offer the two steps while the office is not over."""
        office = self.object
        if _state(office) == _("over"):
            return list(super().header_more_buttons)
        return [
            *super().header_more_buttons,
            Button(_("Hand over"), reverse("office:hand_over", args=[office.pk]), icon_name="user"),
            Button(_("End early"), reverse("office:end", args=[office.pk]), icon_name="cross"),
        ]


class EndView(StepView):
    """End an office before its term is over."""

    permission, form_class, danger = OFFICES, EndForm, True
    verb = gettext_lazy("End early")
    says = gettext_lazy("Its rights are gone with the next click of its holder; the record stays.")

    def take(self, form: Any) -> str:
        """End."""
        said = form.cleaned_data
        end_office(self.object, because=said["because"], last_day=said["last_day"], actor=self.request.user)
        return _("Ended: %(office)s.") % {"office": self.object}


class HandOverView(StepView):
    """Hand an office over."""

    permission, form_class = OFFICES, HandOverForm
    verb = gettext_lazy("Hand over")
    says = gettext_lazy("The present term ends on the day before the successor's first day.")

    def take(self, form: Any) -> str:
        """Hand over."""
        said = dict(form.cleaned_data)
        made = hand_over(self.object, said.pop("person"), Term(**said), actor=self.request.user)
        return _("Handed over: %(office)s.") % {"office": made}


class OfficeViewSet(ReferenceViewSet):
    """Offices held."""

    model, icon, name = Office, "key", "office"
    menu_label = gettext_lazy("Offices held")
    index_view_class, add_view_class, edit_view_class = OfficeList, OfficeCreate, OfficeEdit
    filterset_class = OfficeFilters
    search_fields = ["person__name"]
    ordering = ["kind__order", "-starts_on"]
    steps = {"end": EndView, "hand_over": HandOverView}
    list_display = [
        "person",
        "kind",
        Column("place", label=gettext_lazy("acts for")),
        DateColumn("starts_on", label=gettext_lazy("first day")),
        DateColumn("ends_on", label=gettext_lazy("last day")),
        Column("state", label=gettext_lazy("Term"), accessor=_state),
        "ended_because",
    ]

    def get_form_class(self, for_update: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Return the form of an appointment, or of its term."""
        return TermForm if for_update else AppointForm
