"""News (工会动态): stories and their section."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel

from cms.kit.models import HousePage
from cms.kit.models.pages import reader_of
from home import selectors

from .index import StoryIndex
from .notices import NoticePage
from .story import RelatedLink, Story

NOTICES_BESIDE = 3


class NewsPage(Story):
    """工会动态: a story."""

    content_panels = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("dated_on"), FieldPanel("category"), FieldPanel("cover")], heading=_("Placing")
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("author"), FieldPanel("source")], heading=_("Author and source")),
        InlinePanel("related_links", heading=_("Related pages"), label=_("related page"), max_num=6),
    ]
    settings_panels = [PublishingPanel(), FieldPanel("pinned_until")]
    parent_page_types = ["home.NewsIndexPage"]
    template = "home/news_page.html"
    page_description = _("A story with pictures, for what happened in the house.")

    class Meta(Story.Meta):
        verbose_name = _("news story")
        verbose_name_plural = _("news stories")


class NewsRelatedLink(RelatedLink):
    """A page to read after a story."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_links")


class NewsIndexPage(StoryIndex):
    """工会动态: the section of stories."""

    subpage_types = ["home.NewsPage"]
    template = "home/news_index_page.html"
    page_description = _("Lists news by month and category.")
    story_model = NewsPage

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the newest notices for the side of the list."""
        reader = reader_of(request)
        beside = NoticePage.objects.filter(path__startswith=self.path[: -self.steplen])
        newest = reader.visible(beside).as_lines().newest()[:NOTICES_BESIDE]
        context = super().get_context(request, *args, **kwargs)
        return {**context, "notices": selectors.cards(newest, request, reader)}

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")
