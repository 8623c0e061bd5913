"""What news and notices share: category (栏目), lead, picture, body, neighbours, how they are listed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from cms.kit.blocks import StoryBody
from cms.kit.models import HousePage
from cms.kit.models.pages import HousePageQuerySet, reader_of
from home import selectors

PICTURE = (
    "file",
    "width",
    "height",
    "description",
    "consent",
    "served",
    "focal_point_x",
    "focal_point_y",
)
"""What a list must know of a picture."""


@register_snippet
class Category(Orderable):
    """What a story is about (栏目), in the editors' order."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    slug = models.SlugField(
        _("address"),
        max_length=40,
        unique=True,
        help_text=_("Letters, digits and hyphens; stands in addresses."),
    )

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta(Orderable.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name


class StoryQuerySet(HousePageQuerySet):
    """Stories, asked for lists: newest first, without their bodies."""

    def newest(self) -> "StoryQuerySet":
        """Order by day, the later written one first on the same day."""
        return self.order_by("-dated_on", "-pk")

    def pinned(self) -> "StoryQuerySet":
        """Keep what stands first today (置顶)."""
        return self.filter(pinned_until__gte=timezone.localdate())

    def as_lines(self) -> "StoryQuerySet":
        """Load what a list of titles shows and no more."""
        return self.only("title", "path", "depth", "url_path", "dated_on", "source", "pinned_until")

    def as_cards(self, *more: str) -> "StoryQuerySet":
        """Load what a list with pictures shows, and ``more`` fields: parsing bodies is the costly part."""
        shown = ("title", "path", "depth", "url_path", "lead", "dated_on", "source", "pinned_until", *more)
        about = ("category__name", "category__slug")
        fields = (*shown, *about, *(f"cover__{name}" for name in PICTURE))
        return self.select_related("category", "cover").only(*fields)


StoryManager = PageManager.from_queryset(StoryQuerySet)


class Story(HousePage):
    """Abstract: a dated page with a lead, a picture and a body."""

    lead = models.TextField(
        _("lead"),
        max_length=200,
        blank=True,
        help_text=_("One or two sentences; stands in lists and when shared."),
    )
    dated_on = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("Orders the list and the archive.")
    )
    category = models.ForeignKey(
        Category,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("category"),
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
    author = models.CharField(_("author line"), max_length=60, blank=True)
    source = models.CharField(
        _("source"), max_length=60, blank=True, help_text=_("Office or newspaper it comes from.")
    )
    pinned_until = models.DateField(
        _("pinned until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Stands first in its list up to and on this day."),
    )
    body = StreamField(StoryBody(), blank=True, verbose_name=_("body"))

    search_fields = [
        *HousePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("dated_on"),
        index.FilterField("category"),
    ]
    subpage_types: list[str] = []
    show_in_menus_default = False
    most_to_read = 3
    teased = True
    """Whether it stands with picture and lead where another page leads to it."""

    objects = StoryManager()

    class Meta:
        abstract = True
        # Lists walk these indexes from their end; the page itself is then one step away.
        indexes = [
            models.Index(fields=["dated_on", "page_ptr"], name="%(class)s_newest"),
            models.Index(fields=["category", "dated_on", "page_ptr"], name="%(class)s_alike"),
        ]

    @property
    def picture(self) -> Any:
        """The picture when shared."""
        return selectors.shown(self.share_image) or selectors.shown(self.cover)

    @property
    def is_pinned(self) -> bool:
        """Whether it stands first in its list today."""
        return self.pinned_until is not None and self.pinned_until >= timezone.localdate()

    @classmethod
    def for_reading(cls) -> models.QuerySet:
        """Return the pages with everything that stands on them, for one page to be read."""
        return cls.objects.select_related("category", "cover", "share_image")

    def clean(self) -> None:
        """Refuse days that contradict each other, each at its field."""
        super().clean()
        problems = self.contradictions()
        if problems:
            raise ValidationError(problems)

    def contradictions(self) -> dict[str, Any]:
        """Return the message for every field whose day cannot stand beside the others."""
        problems: dict[str, Any] = {}
        if self.expire_at and self.go_live_at and self.expire_at <= self.go_live_at:
            problems["expire_at"] = _("Choose a moment after the story goes live.")
        if self.pinned_until and self.expire_at and self.pinned_until > self.last_day:
            problems["pinned_until"] = _("Choose a day on which the page is still there.")
        return problems

    @property
    def last_day(self) -> Any:
        """The day this page disappears by itself, or None."""
        return timezone.localdate(self.expire_at) if self.expire_at else None

    @cached_property
    def trail(self) -> list[Any]:
        """The pages above this one, from the home page down (the route knows them already)."""
        return selectors.trail_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands around the story: way back, neighbours, what to read next, pictures at once."""
        context = super().get_context(request, *args, **kwargs)
        reader = reader_of(request)
        frame = selectors.frame_of_page(self, request)
        around = selectors.around(self, reader)
        related = selectors.cards(selectors.dressed(around.related, reader), request, reader)
        if self.category and frame["trail"]:
            url = f"{frame['trail'][-1].url}?category={self.category.slug}"
            frame["category_url"] = url
            frame["trail"].append(selectors.Step(self.category.name, url))
        return {
            **context,
            **frame,
            "turn": {way: selectors.card(page, request, reader) for way, page in around.turn.items()},
            "related": related,
            "related_stories": [item for item in related if item.dated_on],
            "related_pages": [item for item in related if not item.dated_on],
        }


LEADS_TO = [
    "home.NewsPage",
    "home.NoticePage",
    "home.AlbumPage",
    "home.CommendationPage",
    "home.ReportPage",
    "home.CampaignPage",
    "home.RulePage",
    "home.StandardPage",
]
"""What a story may lead to: the pages an editor may choose."""


class RelatedLink(Orderable):
    """Abstract: a page to read next."""

    related = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )

    panels = [PageChooserPanel("related", LEADS_TO)]

    class Meta(Orderable.Meta):
        abstract = True
