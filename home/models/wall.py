"""The honour wall (荣誉墙): every honour that stands, year by year, as gold plates."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.kit.models.pages import reader_of
from home import selectors
from home.counted import Wanted
from home.wall import Wall

from .certificates import ShowsCertificates
from .commendations import stories_of
from .honours import Honour, Kind, Level
from .section import SectionPage


class HonourWallPage(ShowsCertificates, SectionPage):
    """荣誉墙: what stands in the register, by year, level and kind; it shows itself."""

    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "home/honour_wall_page.html"
    page_description = _("Shows the honours of the register as gold plates, by itself.")

    class Meta:
        verbose_name = _("honour wall")
        verbose_name_plural = _("honour walls")

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
