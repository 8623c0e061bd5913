"""Standing pages (章程, 入会与转会, 无障碍说明 …) and the map of the site."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.kit.blocks import StoryBody
from cms.kit.models import HousePage
from cms.kit.models.pages import reader_of
from home import selectors

SHOWN = ("title", "path", "depth", "url_path", "content_type", "numchild")


class StandardPage(HousePage):
    """A page that stays: rules of the union, how to join, privacy, contact."""

    lead = models.CharField(
        _("lead"), max_length=200, blank=True, help_text=_("One sentence: what the reader finds here.")
    )
    body = StreamField(StoryBody(), blank=True, verbose_name=_("body"))
    revised_on = models.DateField(
        _("as of"), null=True, blank=True, help_text=_("The day this text was last decided or checked.")
    )

    content_panels = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("revised_on"),
        FieldPanel("body"),
    ]
    search_fields = [*HousePage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"
    page_description = _("A page that stays: rules, how to join, contact.")

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")

    @classmethod
    def for_reading(cls) -> models.QuerySet:
        """Return the pages with everything that stands on them."""
        return cls.objects.select_related("share_image")

    @cached_property
    def trail(self) -> list[Page]:
        """The pages above this one (the route knows them already)."""
        return selectors.trail_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages below, and beside it the pages of the same chapter."""
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            **selectors.frame_of_page(self, request),
            **self._neighbours(request),
        }

    def _neighbours(self, request: HttpRequest) -> dict[str, Any]:
        """Return ``below``, its own pages, and ``chapter``, its sisters under a standing page."""
        if not self.path:
            return {"below": [], "chapter": []}
        reader = reader_of(request)
        above = next((page for page in self.trail[-1:] if page.specific_class is StandardPage), None)
        near = models.Q(path__startswith=self.path, depth=self.depth + 1)
        if above:
            near |= models.Q(path__startswith=above.path, depth=self.depth)
        pages = list(reader.visible(StandardPage.objects.filter(near)).order_by("path").only(*SHOWN, "lead"))
        sisters = [page for page in pages if page.depth == self.depth]
        return {
            "below": selectors.cards([p for p in pages if p.depth > self.depth], request, reader),
            "chapter": selectors.cards(sisters, request, reader) if len(sisters) > 1 else [],
            "chapter_title": above.title if above else "",
        }


@dataclass
class Branch:
    """A page in the map of the site and what lies below it; stories and albums are counted, not named."""

    card: selectors.Card
    path: str
    stories: int = 0
    albums: int = 0
    below: list["Branch"] = field(default_factory=list)


class SitemapPage(HousePage):
    """网站地图: every section a reader may see, on one page."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "home/sitemap_page.html"
    page_description = _("Shows the whole site as a tree, by itself.")

    class Meta:
        verbose_name = _("site map")
        verbose_name_plural = _("site maps")

    @cached_property
    def trail(self) -> list[Page]:
        """The pages above this one (the route knows them already)."""
        return selectors.trail_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the tree."""
        return {
            **super().get_context(request, *args, **kwargs),
            **selectors.frame_of_page(self, request),
            "tree": self.tree(request),
        }

    def tree(self, request: HttpRequest) -> list[Branch]:
        """Return the pages below the home page that this reader may read; stories only as a number."""
        from .rules import RulePage  # noqa: PLC0415
        from .story import Story  # noqa: PLC0415

        reader = reader_of(request)
        root = self.trail[0].path if self.trail else self.path[: -self.steplen]
        below = reader.visible(
            Page.objects.filter(path__startswith=root, depth__gt=len(root) // self.steplen)
        )
        stories = [*Story.__subclasses__(), RulePage]
        named = below.not_type(*stories).only(*SHOWN).order_by("path")
        branches = {page.path: Branch(selectors.card(page, request, reader), page.path) for page in named}
        for path, kind in below.type(*stories).values_list("path", "content_type__model"):
            above = branches.get(path[: -self.steplen])
            if above and kind == "albumpage":
                above.albums += 1
            elif above:
                above.stories += 1
        top: list[Branch] = []
        for path, branch in branches.items():
            above = branches.get(path[: -self.steplen])
            (above.below if above else top).append(branch)
        return top
