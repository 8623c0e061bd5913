"""The home page."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.kit.cache import shared
from cms.kit.frame import frame_of, may_follow
from cms.kit.models import HousePage
from cms.kit.models.pages import reader_of
from home import selectors
from home.window import Feed, Window

from .named import laid
from .sections import HomeSections, Shown

DEEPEST = 8
LONGEST = 600


@dataclass(frozen=True)
class Section:
    """A section with something to show: its template, the editor's value, what it shows, its place."""

    kind: str
    template: str
    value: Any
    shown: dict[str, Any]
    number: str


@dataclass(frozen=True)
class Found:
    """What each section shows to a reader (None: nothing), and the feeds there are."""

    shown: list[Shown]
    feeds: list[Feed]


class HomePage(HousePage):
    """首页: sections an editor arranges."""

    sections = StreamField(
        HomeSections(),
        blank=True,
        verbose_name=_("sections"),
        help_text=_("A section with nothing to show stays invisible."),
    )

    content_panels = [*HousePage.content_panels, FieldPanel("sections")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.NewsIndexPage",
        "home.NoticeIndexPage",
        "home.AlbumIndexPage",
        "home.CommendationIndexPage",
        "home.HonourWallPage",
        "home.ReportIndexPage",
        "home.CampaignIndexPage",
        "home.RulesIndexPage",
        "home.StandardPage",
        "home.SitemapPage",
    ]
    max_count_per_parent = 1
    template = "home/home_page.html"
    page_description = _("The front of the site; its sections can be arranged.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def trail(self) -> list[Page]:
        """Nothing is above the home page."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sections that have something to show; all of them together read the database once."""
        context = super().get_context(request, *args, **kwargs)
        found = self._found(request)
        sections = zip(laid(self.sections), found.shown, strict=True)
        return {
            **context,
            "sections": [
                Section(part.block_type, part.block.meta.template, part.value, shows, str(number))
                for number, (part, shows) in enumerate(sections, start=1)
                if shows is not None
            ],
            **selectors.frame_of_page(self, request),
            "feeds": found.feeds,
            "may_edit": selectors.may_edit(request),
        }

    def _found(self, request: HttpRequest) -> Found:
        """Return what the sections show; visitors share it, in each language, until something changes."""
        if reader_of(request).user.is_authenticated or getattr(request, "is_preview", False):
            return self._ask(request)
        name = f"home:{self.pk}:{get_language()}"
        return shared(name, lambda: self._ask(request), host=request.get_host())

    def _ask(self, request: HttpRequest) -> Found:
        hidden = reader_of(request).hidden
        links = [way for way in frame_of(request).quick_links if may_follow(way.path, hidden)]
        window = Window(self, request, links)
        parts = laid(self.sections, window)
        for part in parts:
            part.block.ask(part.value, window)
        return Found([part.block.fill(part.value, window) for part in parts], window.feeds)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the page an address means: one query for the whole way down, one for the page itself.

        Wagtail asks twice for every step. The reader goes along with the page found, so that its
        restrictions are read once for the check at the door and for every list on it.
        """
        self.reader = reader_of(request)
        if not path_components:
            return super().route(request, path_components)
        if len(path_components) > DEEPEST or sum(map(len, path_components)) > LONGEST:
            raise Http404
        paths = [self.url_path]
        for component in path_components:
            paths.append(f"{paths[-1]}{component}/")
        way = list(Page.objects.filter(url_path__in=paths[1:]).order_by("depth"))
        # A page counts only with every step above it: depth grows by one from here.
        way = [page for step, page in enumerate(way, start=1) if page.depth == self.depth + step]
        if not way:
            raise Http404
        rest = path_components[len(way) :]
        if rest:
            _check_rest(way[-1], rest)
        page = _for_reading(way[-1])
        page.reader = self.reader
        page.trail = [self, *way[:-1]]
        return page.route(request, rest)


def _check_rest(page: Page, rest: list[str]) -> None:
    """Raise Http404 unless the page's type has an address of its own (a feed) for what is left of the way."""
    model = page.specific_class
    if not hasattr(model, "get_resolver"):
        raise Http404
    model.get_resolver().resolve("/" + "/".join(rest) + "/")


def _for_reading(page: Page) -> Any:
    """Return the page as what it is, with everything that stands on it."""
    model = page.specific_class
    if hasattr(model, "for_reading"):
        return model.for_reading().get(pk=page.pk)
    return page.specific
