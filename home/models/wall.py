"""The honour wall (荣誉墙): every honour that stands, year by year, as gold plates."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.kit.models import HousePage
from cms.kit.models.pages import reader_of
from home import selectors
from home.counted import Wanted
from home.wall import Wall

from .certificates import ShowsCertificates
from .commendations import stories_of
from .honours import Honour, Kind, Level


class HonourWallPage(ShowsCertificates, HousePage):
    """荣誉墙: what stands in the register, by year, level and kind; it shows itself."""

    intro = models.CharField(
        _("introduction"),
        max_length=160,
        blank=True,
        help_text=_("One sentence under the title: what stands here."),
    )

    content_panels = [*HousePage.content_panels, FieldPanel("intro")]
    search_fields = [*HousePage.search_fields, index.SearchField("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    show_in_menus_default = True
    template = "home/honour_wall_page.html"
    page_description = _("Shows the honours of the register as gold plates, by itself.")

    class Meta:
        verbose_name = _("honour wall")
        verbose_name_plural = _("honour walls")

    @cached_property
    def trail(self) -> list[Page]:
        """The pages above this one (the route knows them already)."""
        return selectors.trail_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the plates the query string asks for; raises Http404 when it makes no sense."""
        context = super().get_context(request, *args, **kwargs)
        wanted = Wanted.read(request.GET, request.META.get("QUERY_STRING", ""), by="kind")
        wall = Wall(Honour.objects.standing(), Level, Kind, wanted)
        stories = stories_of(wall.items, request, reader_of(request))
        frame = selectors.frame_of_page(self, request)
        return {
            **context,
            **frame,
            "wall": wall,
            "years": wall.years(stories, lambda honour: self.way_to_certificate(request, honour)),
            "heading": " · ".join([self.seo_title or self.title, *wall.words]),
            "canonical": frame["canonical"] + wanted.at(page=wanted.page),
            "may_edit": selectors.may_edit(request),
        }
