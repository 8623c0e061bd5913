"""Reports and plans (工作总结与计划) and their section, which only members read unless an editor opens it."""

from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager, PageViewRestriction
from wagtail.search import index

from cms.kit.blocks import FigureBlock, StoryBody
from cms.kit.models import HouseDocument, HousePage
from cms.kit.models.pages import reader_of
from cms.kit.pdf import Letter
from cms.kit.templatetags.house import long_date
from home import letters, selectors
from home.kinds import AskedKind, KindArchive, by_year
from home.periods import Period

from .index import StoryIndex
from .story import RelatedLink, Story, StoryQuerySet


class ReportKind(models.TextChoices):
    """What a report is; the value stands in addresses."""

    ANNUAL = "annual", _("Annual report")
    HALF_YEAR = "half-year", _("Half-year report")
    PLAN = "plan", _("Plan")
    SPECIAL = "special", _("Special report")


class ReportQuerySet(StoryQuerySet):
    """Reports, asked for lists."""

    def as_cards(self, *more: str) -> "ReportQuerySet":
        """Load what a list shows, and ``more`` fields."""
        shown = ("title", "path", "depth", "url_path", "lead", "dated_on", "source", "kind")
        return self.only(*shown, "period_from", "period_until", *more)

    def as_lines(self) -> "ReportQuerySet":
        """Load what a list of titles shows and no more."""
        return self.only("title", "path", "depth", "url_path", "dated_on", "source", "kind")


ReportManager = PageManager.from_queryset(ReportQuerySet)


class ReportPage(RoutablePageMixin, Story):
    """工作总结、计划、专题报告: what was done or will be in a period, with figures and attachments."""

    # Its kind stands in the place of a category, figures in that of a picture; offices issue reports.
    category: Any = None
    category_id: Any = None
    cover: Any = None
    author: Any = None
    pinned_until: Any = None

    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind, default=ReportKind.HALF_YEAR)
    period_from = models.DateField(
        _("period from"), null=True, blank=True, help_text=_("First day the report speaks of.")
    )
    period_until = models.DateField(
        _("period until"), null=True, blank=True, help_text=_("Last day; a half-year ends on 30 June.")
    )
    source = models.CharField(
        _("issuing office"), max_length=60, blank=True, help_text=_("Stands at the foot of the paper.")
    )
    deliberated_by = models.CharField(
        _("deliberated by"), max_length=80, blank=True, help_text=_("Which meeting approved it, and when.")
    )
    figures = StreamField(
        [("figure", FigureBlock())],
        blank=True,
        max_num=8,
        verbose_name=_("key figures"),
        help_text=_("Four to eight numbers on top; say in each where it comes from."),
    )
    body = StreamField(StoryBody(), blank=True, verbose_name=_("body"))

    content_panels = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("period_from"),
                FieldPanel("period_until"),
                FieldPanel("dated_on"),
                FieldPanel("source"),
                FieldPanel("deliberated_by"),
            ],
            heading=_("Kind and period"),
        ),
        FieldPanel("figures"),
        FieldPanel("body"),
        InlinePanel("attachments", heading=_("Attachments"), label=_("attachment"), max_num=20),
        InlinePanel("related_links", heading=_("Related pages"), label=_("related page"), max_num=6),
    ]
    settings_panels = [PublishingPanel()]
    search_fields = [
        *HousePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.SearchField("figures"),
        index.FilterField("dated_on"),
        index.FilterField("kind"),
    ]
    parent_page_types = ["home.ReportIndexPage"]
    template = "home/report_page.html"
    page_description = _("A report or a plan, with figures and files; it can be taken along as a PDF.")

    objects = ReportManager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(fields=["dated_on", "page_ptr"], name="reportpage_newest"),
            models.Index(fields=["kind", "dated_on", "page_ptr"], name="reportpage_alike"),
        ]
        constraints = [
            models.CheckConstraint(
                name="home_report_period_whole",
                condition=Q(period_from__isnull=True, period_until__isnull=True)
                | Q(period_from__isnull=False, period_until__isnull=False)
                & Q(period_until__gte=F("period_from")),
                violation_error_message=_("A period needs its first and its last day, in this order."),
            )
        ]

    @classmethod
    def for_reading(cls) -> models.QuerySet:
        """Return the reports with everything that stands on them."""
        return cls.objects.select_related("share_image")

    @property
    def picture(self) -> Any:
        """The picture when shared."""
        return selectors.shown(self.share_image)

    @property
    def is_pinned(self) -> bool:
        """Reports stand by their days."""
        return False

    @property
    def period(self) -> Period | None:
        """The period it speaks of, or None."""
        if not (self.period_from and self.period_until):
            return None
        return Period(self.period_from, self.period_until)

    def contradictions(self) -> dict[str, Any]:
        """Add what a period must keep to."""
        first, last = self.period_from, self.period_until
        problems = super().contradictions()
        if last and not first:
            problems["period_from"] = _("Write the first day as well.")
        if first and not last:
            problems["period_until"] = _("Write the last day as well.")
        if first and last and last < first:
            problems["period_until"] = _("Choose a day on or after the first day.")
        return problems

    @cached_property
    def files(self) -> list[HouseDocument]:
        """The attached documents, in the editors' order."""
        return [row.document for row in self.attachments.select_related("document") if row.document]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the attachments this reader may have, and how many more there are for members."""
        files = self.files
        readable = selectors.readable_documents([file.pk for file in files], request.user)
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "files": [file for file in files if file.pk in readable],
            "withheld": 0 if request.user.is_authenticated else len(files) - len(readable),
            "pdf": f"{context['here']}pdf/",
            "closed": bool(reader_of(request).on(self.path)),
        }

    @path("pdf/", name="pdf")
    def as_pdf(self, request: HttpRequest) -> HttpResponse:
        """Send the report as a paper with the union's letterhead."""
        blocks = letters.blocks_of(self.body)
        if self.figures:
            blocks.insert(0, letters.figures_of([box.value for box in self.figures]))
        if letters.has_pictures(self.body):
            address = selectors.absolute(self.get_url(request) or "/")
            words = gettext("Pictures and videos stand on the page: %(address)s") % {"address": address}
            blocks.append(letters.remark(words))
        facts = [(gettext("Period"), self.period.label)] if self.period else []
        facts.append((gettext("Published"), long_date(self.dated_on)))
        if self.deliberated_by:
            facts.append((gettext("Deliberated"), self.deliberated_by))
        closed = bool(reader_of(request).on(self.path)) or request.user.is_authenticated
        union = letters.union_of(request)
        letter = Letter(
            title=self.title,
            union=union,
            lead=self.lead,
            facts=facts,
            blocks=blocks,
            signed=self.source or union,
            day=self.dated_on,
        )
        return letters.answer(request, letter, closed=closed)


class ReportAttachment(Orderable):
    """A file that belongs to a report."""

    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        HouseDocument, on_delete=models.CASCADE, related_name="+", verbose_name=_("document")
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")


class ReportRelatedLink(RelatedLink):
    """A page to read after a report."""

    page = ParentalKey(ReportPage, on_delete=models.CASCADE, related_name="related_links")


class ReportIndexPage(StoryIndex):
    """工作总结与计划: the section of reports, for members until an editor lifts it in its privacy setting."""

    subpage_types = ["home.ReportPage"]
    template = "home/report_index_page.html"
    page_description = _("Lists reports and plans by year and kind; only members read it at first.")
    story_model = ReportPage
    asking = AskedKind
    archiving = KindArchive

    class Meta:
        verbose_name = _("reports section")
        verbose_name_plural = _("reports sections")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Close a new section to visitors: one restriction for all its reports, on the section itself."""
        new = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if new:
                PageViewRestriction.objects.create(page=self, restriction_type=PageViewRestriction.LOGIN)

    def grouped(self, found: list[selectors.Card], asked: Any) -> list[selectors.Group]:  # noqa: ARG002
        """Return the page of the list by years."""
        return by_year(found)
