"""Role models (先进典型): the story of a person or a team that was honoured, and the section of such stories.

A page shows the honours of its rows that stand. When the last one is withdrawn the page stays, without gold;
the step that withdraws (``home.register``) offers to take it down along with the honour.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from cms.kit.models import HousePage
from cms.kit.models.pages import HousePageForm, Reader
from home import selectors
from home.counted import Wanted
from home.roll import RoleModel, Roll, role_models
from home.wall import Plate

from .certificates import ShowsCertificates
from .honours import Honour, Level
from .index import Listed, StoryIndex
from .story import RelatedLink, Story, StoryQuerySet

FIRST = ("-honour__level", "sort_order", "pk")
"""Which of several honours is shown first: the highest, then the editors' order."""


class CommendationQuerySet(StoryQuerySet):
    """Role models, asked for rows of portraits."""

    def as_portraits(self) -> "CommendationQuerySet":
        """Load what a row of portraits shows, newest first."""
        return self.as_cards("who").newest()

    def with_gold(self) -> "CommendationQuerySet":
        """Keep those of whom at least one honour stands."""
        return self.filter(models.Exists(_standing_of(models.OuterRef("pk"))))

    def by_first_honour(self) -> "CommendationQuerySet":
        """Add level and year of the honour each shows first; None where none stands."""
        first = _standing_of(models.OuterRef("pk")).order_by(*FIRST)
        return self.annotate(
            first_level=models.Subquery(first.values("honour__level")[:1]),
            first_year=models.Subquery(first.values("honour__year")[:1]),
        )


CommendationManager = PageManager.from_queryset(CommendationQuerySet)


class CommendationForm(HousePageForm):
    """The editor's form: an honour belongs into one row only."""

    def clean(self) -> Any:
        """Refuse a second row for the same honour, at that row."""
        cleaned = super().clean()
        rows = self.formsets.get("honours")
        if rows is not None and rows.is_valid():
            seen: set[int] = set()
            for form in rows.forms:
                honour = form.cleaned_data.get("honour")
                if honour is None or form.cleaned_data.get("DELETE"):
                    continue
                if honour.pk in seen:
                    form.add_error("honour", _("This honour stands in another row already."))
                seen.add(honour.pk)
        return cleaned


class CommendationPage(ShowsCertificates, Story):
    """先进典型: who it is, what for, the honours and the story."""

    who = models.CharField(
        _("who is honoured"),
        max_length=40,
        help_text=_("Person, persons or team, as everybody may read it; a post does as well as a name."),
    )
    post = models.CharField(
        _("post and department"),
        max_length=80,
        blank=True,
        help_text=_("One line under the title, such as department, years of service, duties."),
    )
    citation = models.TextField(
        _("citation"), max_length=300, blank=True, help_text=_("What the decision says, word for word.")
    )
    citation_source = models.CharField(_("source of the citation"), max_length=60, blank=True)

    content_panels = [
        *HousePage.content_panels,
        MultiFieldPanel([FieldPanel("who"), FieldPanel("post")], heading=_("Who it is")),
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("dated_on"),
                FieldPanel(
                    "cover",
                    heading=_("Portrait"),
                    help_text=_("Upright, four to five, head and shoulders; with its portrait consent."),
                ),
            ],
            heading=_("Placing"),
        ),
        InlinePanel(
            "honours",
            heading=_("Honours"),
            label=_("honour"),
            help_text=_("From the register, in the order of the page; the highest is shown first elsewhere."),
            max_num=12,
        ),
        MultiFieldPanel([FieldPanel("citation"), FieldPanel("citation_source")], heading=_("Citation")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("author"), FieldPanel("source")], heading=_("Author and source")),
        InlinePanel("related_links", heading=_("Related pages"), label=_("related page"), max_num=6),
    ]
    settings_panels = [PublishingPanel()]
    search_fields = [
        *Story.search_fields,
        index.SearchField("who"),
        index.SearchField("post"),
        index.SearchField("citation"),
        index.SearchField("honoured_with"),
    ]
    parent_page_types = ["home.CommendationIndexPage"]
    template = "home/commendation_page.html"
    page_description = _("The story of a person or a team that was honoured.")
    base_form_class = CommendationForm
    most_to_read = 6

    objects = CommendationManager()

    class Meta(Story.Meta):
        verbose_name = _("role model")
        verbose_name_plural = _("role models")

    @property
    def standing_honours(self) -> list[Honour]:
        """The honours that were not withdrawn, in the editors' order."""
        links = self.honours.select_related("honour__certificate_image")
        return [link.honour for link in links.order_by("sort_order") if link.honour.is_standing]

    @property
    def honoured_with(self) -> str:
        """The titles of its honours, for the search."""
        return " ".join(honour.title for honour in self.standing_honours)

    def contradictions(self) -> dict[str, Any]:
        """Add that a source needs its citation."""
        problems = super().contradictions()
        if self.citation_source.strip() and not self.citation.strip():
            problems["citation"] = _("Write the line that comes from this source.")
        return problems

    def certifiable(self) -> Any:
        """Return the honours of this page whose certificates may be asked for."""
        return super().certifiable().filter(links__page=self.pk)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the honours; part what to read next by whether it has a picture."""
        context = super().get_context(request, *args, **kwargs)
        honours = self.standing_honours
        first = max(honours, key=lambda honour: honour.level, default=None)
        return {
            **context,
            "first": first,
            "plates": [
                Plate(honour=honour, certificate=self.way_to_certificate(request, honour))
                for honour in honours
            ],
            "related_stories": [item for item in context["related"] if item.picture],
            "related_pages": [item for item in context["related"] if not item.picture],
        }


class CommendationHonour(Orderable):
    """An honour of the register on the page of a role model."""

    page = ParentalKey(CommendationPage, on_delete=models.CASCADE, related_name="honours")
    honour = models.ForeignKey(
        Honour, on_delete=models.PROTECT, related_name="links", verbose_name=_("honour")
    )

    panels = [FieldPanel("honour")]

    class Meta(Orderable.Meta):
        verbose_name = _("honour of a role model")
        verbose_name_plural = _("honours of role models")

    def __str__(self) -> str:
        return str(self.honour)


class CommendationRelatedLink(RelatedLink):
    """A page to read after the story of a role model."""

    page = ParentalKey(CommendationPage, on_delete=models.CASCADE, related_name="related_links")


class CommendationIndexPage(StoryIndex):
    """先进典型: the section of role models."""

    subpage_types = ["home.CommendationPage"]
    template = "home/commendation_index_page.html"
    page_description = _("Shows role models as a row of portraits, by level and year of their honours.")
    story_model = CommendationPage

    class Meta:
        verbose_name = _("section of role models")
        verbose_name_plural = _("sections of role models")

    def listed(self, request: HttpRequest, reader: Reader) -> Listed:
        """Return the role models the query string asks for; raises Http404 when it makes no sense."""
        wanted = Wanted.read(request.GET, request.META.get("QUERY_STRING", ""), by="year")
        roll = Roll(str(self.pk), self.stories(), Level, wanted, reader)
        shown = {"roll": roll, "models": portraits(roll.items, request, reader)}
        return Listed(roll.words, wanted.at(page=wanted.page), shown)


def _standing_of(page: Any) -> Any:
    return CommendationHonour.objects.filter(page=page, honour__withdrawn_on__isnull=True)


def portraits(pages: Iterable[Any], request: HttpRequest, reader: Reader) -> list[RoleModel]:
    """Return what a row of portraits shows of these pages; one query for all their honours."""
    pages = list(pages)
    rows = CommendationHonour.objects.filter(page__in=pages, honour__withdrawn_on__isnull=True)
    first: dict[int, Honour] = {}
    for page, title, level in rows.order_by(*FIRST).values_list("page", "honour__title", "honour__level"):
        first.setdefault(page, Honour(title=title, level=level))
    return role_models(zip(pages, selectors.cards(pages, request, reader), strict=True), first)


def stories_of(honours: Iterable[Honour], request: HttpRequest, reader: Reader) -> dict[int, str]:
    """Return the address of the newest story this reader may read, by honour; one query for all."""
    pages = reader.visible(CommendationPage.objects.filter(honours__honour__in=list(honours))).as_lines()
    found: dict[int, str] = {}
    for page in pages.annotate(told=models.F("honours__honour")).newest():
        found.setdefault(page.told, page.get_url(request) or "/")
    return found
