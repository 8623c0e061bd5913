"""The working-day calendar in the admin: by year, what is missing, several days entered at once."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from cms.kit.templatetags.house import long_date

from . import workdays
from .models import SpecialDay

LONGEST_RUN = 31
ONE_DAY = timedelta(days=1)


class DayForm(WagtailAdminModelForm):
    """One day; whatever a person saves is theirs and no longer the seed's."""

    class Meta:
        model = SpecialDay
        fields = ["day", "name", "is_worked"]
        widgets = {"day": AdminDateInput}

    def save(self, commit: bool = True) -> SpecialDay:  # noqa: FBT001, FBT002 - Django's signature
        """Save as written by hand."""
        self.instance.is_seeded = False
        saved: SpecialDay = super().save(commit=commit)
        return saved


class NewDaysForm(DayForm):
    """One day or several in a row, such as the seven of National Day."""

    until = forms.DateField(
        label=gettext_lazy("through"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("For several days in a row; leave it empty for one."),
    )
    field_order = ["day", "until", "name", "is_worked"]

    def clean(self) -> dict[str, Any]:
        """Refuse a run that ends before it begins, is too long, or meets days that are entered already."""
        typed = super().clean() or {}
        first, last = typed.get("day"), typed.get("until")
        if not first or not last:
            return typed
        if not timedelta() <= last - first < timedelta(days=LONGEST_RUN):
            self.add_error("until", _("Write a day after the first one, at most a month later."))
            return typed
        run = _run(first, last)
        taken = list(SpecialDay.objects.filter(day__in=run).values_list("day", flat=True))
        if taken:
            days = "、".join(long_date(day) for day in taken)
            self.add_error("until", _("In the calendar already: %(days)s.") % {"days": days})
        elif typed.get("is_worked") and any(day.weekday() < workdays.SATURDAY for day in run):
            self.add_error("until", _("Some of these are no weekend days: they are worked anyway."))
        return typed

    def save(self, commit: bool = True) -> SpecialDay:  # noqa: FBT001, FBT002 - Django's signature
        """Save every day of the run."""
        with transaction.atomic():
            first = super().save(commit=commit)
            for day in _run(first.day + ONE_DAY, self.cleaned_data.get("until") or first.day):
                row = SpecialDay.objects.create(day=day, name=first.name, is_worked=first.is_worked)
                log(instance=row, action="wagtail.create")
        return first


def _run(first: date, last: date) -> list[date]:
    return [first + ONE_DAY * number for number in range((last - first).days + 1)]


def _entered_years() -> list[tuple[int, str]]:
    return [(first.year, str(first.year)) for first in SpecialDay.objects.dates("day", "year", order="DESC")]


class DayFilters(WagtailFilterSet):
    """By year."""

    year = django_filters.ChoiceFilter(
        field_name="day__year",
        label=gettext_lazy("Year"),
        choices=_entered_years,
        empty_label=gettext_lazy("all"),
    )

    class Meta:
        model = SpecialDay
        fields: list[str] = []


class DayList(IndexView):
    """The days, newest first, under a line for each year; a year nobody has entered stands out."""

    template_name = "extranet/admin/calendar.html"
    default_ordering = "-day"

    def get_base_queryset(self) -> QuerySet[SpecialDay]:
        """Return all days."""
        return SpecialDay.objects.all()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is known of each year."""
        return super().get_context_data(years=workdays.years(timezone.localdate()), **kwargs)


class CalendarDesk(ModelViewSet):
    """For administrators, and groups that were given the right."""

    model = SpecialDay
    name = "calendar"
    url_prefix = "calendar"
    icon = "date"
    menu_label = gettext_lazy("Working-day calendar")
    menu_order = 910
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = DayList
    filterset_class = DayFilters
    list_per_page = 50
    ordering = ["-day"]
    list_display = [
        Column("day", label=gettext_lazy("date"), accessor=lambda row: long_date(row.day), sort_key="day"),
        "name",
        BooleanColumn("is_worked", label=gettext_lazy("worked")),
        BooleanColumn(
            "by_hand", label=gettext_lazy("entered by hand"), accessor=lambda row: not row.is_seeded
        ),
    ]

    def get_form_class(self, for_update: bool = False) -> type[DayForm]:  # noqa: FBT001, FBT002 - Wagtail's
        """Return the form for one day, or for new ones."""
        return DayForm if for_update else NewDaysForm
