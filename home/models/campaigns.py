"""Campaigns (专题): stories, albums, reports and files of one matter on one page; their section."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import BooleanField, Case, F, Q, Value, When
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from cms.kit.blocks import FiguresBlock, GalleryBlock, PictureBlock
from cms.kit.blocks.words import CalloutBlock, FilesBlock, QuoteBlock, table_block
from cms.kit.models import HousePage
from cms.kit.models.pages import HousePageQuerySet, Reader, reader_of
from home import selectors
from home.archive import Asked

from .section import SectionPage
from .sections import PageBlock
from .story import PICTURE

PER_PAGE = 12


class ChosenPagesBlock(blocks.StructBlock):
    """Pages of any kind as cards; those a reader may not read are left out, and so is an empty row."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=40)
    note = blocks.CharBlock(label=_("note"), required=False, max_length=120)
    pages = blocks.ListBlock(PageBlock(label=_("page")), label=_("pages"), min_num=1, max_num=24)

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Chosen pages")
        template = "home/blocks/chosen_pages.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the cards the page has read for all its rows together."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        cards = context.get("cards") or {}
        context["items"] = [cards[page.pk] for page in value["pages"] if page and page.pk in cards]
        return context


class CampaignBody(blocks.StreamBlock):
    """What a campaign is made of, most used first."""

    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", template="blocks/text.html")
    pages = ChosenPagesBlock()
    figures = FiguresBlock()
    quote = QuoteBlock()
    files = FilesBlock()
    gallery = GalleryBlock()
    picture = PictureBlock()
    callout = CalloutBlock()
    table = table_block()


class CampaignQuerySet(HousePageQuerySet):
    """Campaigns, asked for lists."""

    def as_cards(self, *more: str) -> "CampaignQuerySet":
        """Load what a list shows, and ``more`` fields: parsing bodies is the costly part."""
        shown = ("title", "path", "depth", "url_path", "lead", "starts_on", "ends_on", *more)
        return self.select_related("cover").only(*shown, *(f"cover__{name}" for name in PICTURE))

    def running_first(self) -> "CampaignQuerySet":
        """Order: those that have not ended, then the others, the later begun one first."""
        over = When(ends_on__lt=timezone.localdate(), then=Value(True))  # noqa: FBT003 - a value of SQL
        ended = Case(over, default=Value(False), output_field=BooleanField())  # noqa: FBT003
        return self.annotate(ended=ended).order_by("ended", F("starts_on").desc(nulls_last=True), "-pk")


CampaignManager = PageManager.from_queryset(CampaignQuerySet)


class CampaignPage(HousePage):
    """专题: what belongs to one matter (学先进树新风, 迎春歌咏), gathered on one page."""

    lead = models.TextField(
        _("lead"),
        max_length=200,
        blank=True,
        help_text=_("One or two sentences; stands in lists and when shared."),
    )
    cover = models.ForeignKey(
        "kit.HouseImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Landscape, at least 1,600 pixels wide; stands on top and in lists."),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(
        _("ends on"), null=True, blank=True, help_text=_("Last day; the page stays and says it has ended.")
    )
    body = StreamField(CampaignBody(), blank=True, verbose_name=_("body"))

    content_panels = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("cover"),
        MultiFieldPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("Time")),
        FieldPanel("body"),
    ]
    settings_panels = [PublishingPanel()]
    search_fields = [*HousePage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["home.CampaignIndexPage"]
    subpage_types: list[str] = []
    show_in_menus_default = False
    template = "home/campaign_page.html"
    page_description = _("Gathers stories, reports, figures and files of one matter on one page.")

    objects = CampaignManager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                name="home_campaign_time_in_order",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A campaign ends on or after its first day."),
            )
        ]

    @classmethod
    def for_reading(cls) -> models.QuerySet:
        """Return the campaigns with everything that stands on them."""
        return cls.objects.select_related("cover", "share_image")

    @property
    def picture(self) -> Any:
        """The picture when shared."""
        return selectors.shown(self.share_image) or selectors.shown(self.cover)

    @property
    def standing(self) -> str:
        """Say in words how it stands today."""
        today = timezone.localdate()
        if self.ends_on and self.ends_on < today:
            return pgettext("how it stands", "Ended")
        if self.starts_on and self.starts_on > today:
            return gettext("Not begun yet")
        return gettext("Running") if self.starts_on or self.ends_on else ""

    @property
    def is_running(self) -> bool:
        """Whether today is one of its days."""
        return self.standing == gettext("Running")

    @cached_property
    def trail(self) -> list[Page]:
        """The pages above this one (the route knows them already)."""
        return selectors.trail_of(self)

    def clean(self) -> None:
        """Refuse an end before the beginning, at its field."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("Choose a day on or after the first day.")})

    def chosen(self) -> list[Page]:
        """Return every page an editor chose, one query for all rows (Wagtail reads them together)."""
        rows = [block.value["pages"] for block in self.body if block.block_type == "pages"]
        return [page for row in rows for page in row if page]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the cards of the chosen pages this reader may read: one query for each kind of page."""
        reader = reader_of(request)
        return {
            **super().get_context(request, *args, **kwargs),
            **selectors.frame_of_page(self, request),
            "cards": _cards_of_any(self.chosen(), request, reader),
        }


class CampaignIndexPage(SectionPage):
    """专题: the section of campaigns, running ones first."""

    subpage_types = ["home.CampaignPage"]
    template = "home/campaign_index_page.html"
    page_description = _("Lists campaigns, running ones first.")

    class Meta:
        verbose_name = _("campaigns section")
        verbose_name_plural = _("campaigns sections")

    def campaigns(self, reader: Reader) -> Any:
        """Return the campaigns this reader may see, as cards."""
        inside = CampaignPage.objects.filter(path__startswith=self.path)
        found: CampaignQuerySet = reader.visible(inside)
        return found.as_cards().running_first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of the list; raises Http404 for a page that does not exist."""
        reader = reader_of(request)
        number = Asked.read(request.GET, request.META.get("QUERY_STRING", "")).page
        pages: Paginator[Any] = Paginator(self.campaigns(reader), PER_PAGE)
        if number > pages.num_pages:
            raise Http404
        leaf = pages.page(number)
        frame = selectors.frame_of_page(self, request)
        return {
            **super().get_context(request, *args, **kwargs),
            **frame,
            "leaf": leaf,
            "campaigns": [(page, selectors.card(page, request, reader)) for page in leaf.object_list],
            "canonical": frame["canonical"] + (f"?page={number}" if number > 1 else ""),
            "may_edit": selectors.may_edit(request),
        }


def _cards_of_any(pages: list[Any], request: HttpRequest, reader: Reader) -> dict[int, selectors.Card]:
    """Return what a list shows of pages of any kind, by number: one query for each kind among them.

    What is not published, or closed to this reader, is left out.
    """
    by_kind: dict[Any, list[int]] = {}
    for page in pages:
        if reader.sees(page) and page.specific_class:
            by_kind.setdefault(page.specific_class, []).append(page.pk)
    found: dict[int, selectors.Card] = {}
    for model, numbers in by_kind.items():
        rows = model.objects.filter(pk__in=numbers)
        rows = rows.as_cards() if hasattr(rows, "as_cards") else rows.defer_streamfields()
        found |= {page.pk: selectors.card(page, request, reader) for page in rows}
    return found
