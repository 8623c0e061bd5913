"""The register in the admin: list with filters and search, form, history, comparison, sheets to take away."""

import codecs
from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.db.models import Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet

from home.models import Honour
from home.models.honours import Kind, Level

from . import steps
from .views import RestoreView, WithdrawView

SEARCHED = ("title", "recipient", "department", "issuer", "document_number")
SPREADSHEETS_RECKON = ("=", "+", "-", "@", "\t", "\r")
STANDS, WITHDRAWN = "standing", "withdrawn"


def matching(honours: Any, words: str) -> Any:
    """Keep the honours that hold every word; Wagtail's own search takes a run of Han characters for one."""
    for word in words.split():
        anywhere = Q()
        for field in SEARCHED:
            anywhere |= Q(**{f"{field}__icontains": word})
        honours = honours.filter(anywhere)
    return honours


class HonourFilters(WagtailFilterSet):
    """Level, year, to whom, and whether it stands."""

    level = django_filters.ChoiceFilter(
        label=gettext_lazy("Level"), choices=Level.choices, empty_label=gettext_lazy("All")
    )
    year = django_filters.ChoiceFilter(label=gettext_lazy("Year"), empty_label=gettext_lazy("All"))
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Awarded to"), choices=Kind.choices, empty_label=gettext_lazy("All")
    )
    standing = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[(STANDS, gettext_lazy("Stands")), (WITHDRAWN, gettext_lazy("Withdrawn"))],
        method="by_standing",
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Honour
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = Honour.objects.order_by("-year").values_list("year", flat=True).distinct()
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]

    def by_standing(self, honours: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep what stands, or what was withdrawn."""
        return honours.filter(withdrawn_on__isnull=value == STANDS)


class StateColumn(Column):
    """Whether an honour stands, as a word."""

    cell_template_name = "home/register/state_cell.html"


class HonourList(IndexView):
    """The list; its sheets begin with the mark of UTF-8 and hold nothing that spreadsheets would reckon."""

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Let the filters read the list with who withdrew."""
        return super().filter_queryset(queryset.select_related("withdrawn_by"))

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Search by the words of the register itself."""
        return matching(queryset, self.search_query) if self.search_query else queryset

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Keep a cell from being taken for a formula."""
        shown = super().preprocess_field_value(field, value, export_format)
        return f"'{shown}" if isinstance(shown, str) and shown.startswith(SPREADSHEETS_RECKON) else shown

    def stream_csv(self, queryset: QuerySet) -> Iterator[bytes]:
        """Write the mark, then the rows."""
        yield codecs.BOM_UTF8
        yield from super().stream_csv(queryset)


class HonourCard(InspectView):
    """One honour to be read by those who do not keep the register; what is not known is left open."""

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Name the day, which the model keeps in three parts."""
        return _("Awarded") if field_name == "when" else super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Say yes or no in words, and nothing by a dash."""
        value = getattr(self.object, field_name)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return super().get_field_display_value(field_name, field) if value else "–"


class SearchForm(BaseFilterForm):
    """Search in the chooser."""

    q = forms.CharField(label=gettext_lazy("Search term"), required=False)

    def filter(self, objects: Any) -> Any:
        """Keep what matches the words typed."""
        objects = super().filter(objects)
        words = self.cleaned_data.get("q")
        if words:
            self.is_searching = True
            self.search_query = words
            objects = matching(objects, words)
        return objects


class StandingOnly:
    """Offers what stands: a withdrawn honour stays where it is and goes nowhere new."""

    filter_form_class = SearchForm

    def get_object_list(self) -> Any:
        """Return the honours that may be chosen, as they stand on the wall."""
        return Honour.objects.standing().in_order()


class HonourChoice(StandingOnly, ChooseView):
    """The chooser."""


class HonourChoiceResults(StandingOnly, ChooseResultsView):
    """The list in the chooser."""


class HonourChooser(SnippetChooserViewSet):
    """Chooses an honour for the page of a role model."""

    choose_view_class = HonourChoice
    choose_results_view_class = HonourChoiceResults


class WithdrawalPanel(HelpPanel):
    """Says on top of the form who withdrew the honour, when and why; absent while it stands."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            """Stay away while the honour stands."""
            return super().is_shown() and self.instance.pk is not None and not self.instance.is_standing


class HonourDesk(SnippetViewSet):
    """Everything the admin shows of honours."""

    model = Honour
    icon = "medal"
    menu_label = gettext_lazy("Honours")
    menu_order = 350
    add_to_admin_menu = True
    index_view_class = HonourList
    chooser_viewset_class = HonourChooser
    chooser_per_page = 20
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = HonourCard
    inspect_view_fields = [
        *("title", "level", "issuer", "when", "document_number", "kind", "recipient", "department"),
        *("citation", "citation_source", "certificate_image", "certificate_file", "certificate_public"),
        *("withdrawn_on", "withdrawn_why", "withdrawn_by"),
    ]
    list_per_page = 40
    list_display = [
        "title",
        "recipient",
        "level",
        Column("when", label=gettext_lazy("Awarded"), sort_key="year"),
        "issuer",
        StateColumn("is_standing", label=gettext_lazy("State")),
    ]
    filterset_class = HonourFilters
    search_fields = list(SEARCHED)
    search_backend_name = None
    list_export = [
        *("title", "get_level_display", "issuer", "iso", "document_number", "get_kind_display", "recipient"),
        *("department", "citation", "citation_source", "withdrawn_on", "withdrawn_why", "withdrawn_by"),
    ]
    export_headings = {
        "get_level_display": gettext_lazy("Level"),
        "get_kind_display": gettext_lazy("Awarded to"),
        "iso": gettext_lazy("Awarded"),
    }
    export_filename = "honours"
    edit_handler = ObjectList(
        [
            WithdrawalPanel(template="home/register/withdrawal.html"),
            MultiFieldPanel(
                [
                    FieldPanel("title"),
                    FieldRowPanel([FieldPanel("level"), FieldPanel("issuer")]),
                    FieldRowPanel([FieldPanel("year"), FieldPanel("month"), FieldPanel("day")]),
                    FieldPanel("document_number"),
                ],
                heading=gettext_lazy("The honour"),
            ),
            MultiFieldPanel(
                [FieldPanel("kind"), FieldPanel("recipient"), FieldPanel("department")],
                heading=gettext_lazy("Awarded to"),
            ),
            MultiFieldPanel(
                [FieldPanel("citation"), FieldPanel("citation_source")], heading=gettext_lazy("Citation")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("certificate_image"),
                    FieldPanel("certificate_file"),
                    FieldPanel("certificate_public"),
                ],
                heading=gettext_lazy("Certificate"),
            ),
            FieldPanel("sort_order"),
        ]
    )

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002
        """Return the register as it stands on the wall, the withdrawn among the others."""
        return Honour.objects.in_order()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the two steps."""
        return [
            *super().get_urlpatterns(),
            path("withdraw/<int:pk>/", WithdrawView.as_view(), name="withdraw"),
            path("restore/<int:pk>/", RestoreView.as_view(), name="restore"),
        ]


def step_of(honour: Honour, user: Any) -> tuple[str, str, str] | None:
    """Return label, address and icon of the step open to somebody, or None."""
    if honour.pk is None or not user.has_perm(steps.MAY):
        return None
    name = "withdraw" if honour.is_standing else "restore"
    label = _("Withdraw …") if honour.is_standing else _("Restore …")
    address = reverse(Honour.snippet_viewset.get_url_name(name), args=[quote(honour.pk)])
    return label, address, "no-view" if honour.is_standing else "view"
