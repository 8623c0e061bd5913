"""The shop window: what the sections of the home page show, read from the database together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page

from cms.kit import rooms
from cms.kit.frame import Way
from cms.kit.models.pages import reader_of
from home.feeds import KINDS
from home.selectors import Card, Step, card, cards

SECTIONS = (
    "NewsIndexPage",
    "NoticeIndexPage",
    "AlbumIndexPage",
    "HonourWallPage",
    "CommendationIndexPage",
    "ReportIndexPage",
)
WITH_PICTURE = 8
"""How far back the newest story with a picture is looked for."""
SPARE = 3


def _section_models() -> tuple[type[Page], ...]:
    return tuple(apps.get_model("home", name) for name in SECTIONS)


@dataclass(frozen=True)
class Feed:
    """A feed a browser may find."""

    title: str
    url: str
    mime_type: str


class Window:
    """One answer of the home page. Sections first say what they want, then take it."""

    def __init__(self, home: Any, request: HttpRequest, quick_links: list[Way]) -> None:
        self.home = home
        self.request = request
        self.reader = reader_of(request)
        self.quick_links = quick_links
        self._news: dict[str, int] = {}
        self._notices = 0
        self._models = 0
        self._albums: dict[str, int] = {}
        self._leads = False
        self._reports = 0
        self._chosen: Any = None
        self._named: set[int] = set()

    # --- what is wanted ---------------------------------------------------------------------------

    def read(self, numbers: Iterable[int | None]) -> dict[int, Page]:
        """Return the pages an editor named, by number; the site's sections come with the same query."""
        self._named = {number for number in numbers if number}
        return {page.pk: page for page in self._pages}

    @cached_property
    def _pages(self) -> list[Page]:
        kinds = ContentType.objects.get_for_models(*_section_models()).values()
        sections = Q(path__startswith=self.home.path, content_type__in=[kind.pk for kind in kinds])
        found = Page.objects.filter(Q(pk__in=self._named) | sections)
        fields = ("title", "path", "depth", "url_path", "live", "content_type")
        return list(found.only(*fields).order_by("path"))

    def want_lead(self, chosen: Any) -> None:
        """Ask for the story of the week: the chosen one, else the pinned or newest with a picture."""
        self._leads = True
        self._chosen = self._chosen or chosen

    def want_news(self, section: Any, number: int) -> None:
        """Ask for the newest stories of a section (None: of the site)."""
        path = self._path(section)
        self._news[path] = max(number, self._news.get(path, 0))

    def want_notices(self, number: int) -> None:
        """Ask for the newest notices of the site."""
        self._notices = max(number, self._notices)

    def want_albums(self, section: Any, number: int) -> None:
        """Ask for the newest albums of a section (None: of the site)."""
        path = self._path(section)
        self._albums[path] = max(number, self._albums.get(path, 0))

    def want_models(self, number: int) -> None:
        """Ask for the newest role models of the site of whom an honour stands."""
        self._models = max(number, self._models)

    def want_reports(self, number: int) -> None:
        """Ask for the newest reports of the site."""
        self._reports = max(number, self._reports)

    # --- what there is ----------------------------------------------------------------------------

    @cached_property
    def _stories(self) -> list[Any]:
        model = apps.get_model("home", "NewsPage")
        wanted = Q(pk__in=[self._chosen.pk]) if self._chosen else Q(pk__in=[])
        paths = dict(self._news)
        if self._leads:
            paths[self.home.path] = max(paths.get(self.home.path, 0), WITH_PICTURE)
        for path, number in paths.items():
            newest = self.reader.visible(model.objects.filter(path__startswith=path)).newest()
            # One more than wanted: the story on top is not told twice.
            wanted |= Q(pk__in=newest.values("pk")[: number + 1])
        if self._leads:
            wanted |= Q(pinned_until__gte=timezone.localdate())
        here = model.objects.filter(wanted, path__startswith=self.home.path)
        return list(self.reader.visible(here).as_cards().newest())

    @cached_property
    def _lead(self) -> Any:
        if not self._leads:
            return None
        chosen = [story for story in self._stories if self._chosen and story.pk == self._chosen.pk]
        pinned = [story for story in self._stories if story.is_pinned]
        pictured = [story for story in self._stories if self.reader.shown(story.cover)]
        return next(iter([*chosen, *pinned, *pictured, *self._stories]), None)

    @property
    def lead(self) -> Card | None:
        """The story of the week."""
        return card(self._lead, self.request, self.reader) if self._lead else None

    def news(self, section: Any, number: int) -> list[Card]:
        """Return the newest stories of a section (None: of the site), without the story of the week."""
        path = self._path(section)
        told = self._lead.pk if self._lead else None
        found = [story for story in self._stories if story.path.startswith(path) and story.pk != told]
        return cards(found[:number], self.request, self.reader)

    def notices(self, number: int) -> list[Card]:
        """Return the notices: pinned ones first, then the newest."""
        return cards(self._found_notices[:number], self.request, self.reader)

    @cached_property
    def _found_notices(self) -> list[Any]:
        model = apps.get_model("home", "NoticePage")
        visible = self.reader.visible(model.objects.filter(path__startswith=self.home.path))
        newest = visible.newest().values("pk")[: self._notices]
        found = visible.filter(Q(pk__in=newest) | Q(pinned_until__gte=timezone.localdate())).newest()
        return sorted(found.as_lines(), key=lambda notice: not notice.is_pinned)

    def albums(self, section: Any, number: int) -> list[Card]:
        """Return the newest albums with photos of a section (None: of the site)."""
        path = self._path(section)
        found = [album for album in self._found_albums if album.path.startswith(path)]
        return [one for one in cards(found, self.request, self.reader) if one.picture][:number]

    @cached_property
    def _found_albums(self) -> list[Any]:
        model = apps.get_model("home", "AlbumPage")
        # A few more than wanted: an album without a photo to show stands nowhere.
        newest = [
            self.reader.visible(model.objects.filter(path__startswith=path)).newest()[: number + SPARE]
            for path, number in self._albums.items()
        ]
        if len(newest) == 1:
            return list(newest[0].as_cards())
        wanted = Q(pk__in=[])
        for found in newest:
            wanted |= Q(pk__in=found.values("pk"))
        return list(model.objects.filter(wanted).as_cards().newest())

    def reports(self, number: int) -> list[Card]:
        """Return the newest reports."""
        return cards(self._found_reports[:number], self.request, self.reader)

    @cached_property
    def _found_reports(self) -> list[Any]:
        if self.report_section is None:  # closed to this reader, and all reports with it
            return []
        model = apps.get_model("home", "ReportPage")
        here = self.reader.visible(model.objects.filter(path__startswith=self.home.path))
        return list(here.as_lines().newest()[: self._reports])

    def campaign(self, chosen: Any) -> tuple[Any, Card] | None:
        """Return a campaign an editor chose and its card, if this reader may read it."""
        if chosen is None or not self.reader.sees(chosen):
            return None
        return chosen, card(chosen, self.request, self.reader)

    @cached_property
    def models(self) -> list[Any]:
        """The newest role models of the site; none whose honours were all withdrawn."""
        model = apps.get_model("home", "CommendationPage")
        here = self.reader.visible(model.objects.filter(path__startswith=self.home.path))
        return list(here.with_gold().as_portraits()[: self._models])

    @cached_property
    def _sections(self) -> list[Page]:
        """The sections of the site this reader may see, in their order."""
        models = _section_models()
        return [
            page
            for page in self._pages
            if issubclass(page.specific_class or Page, models)
            and page.path.startswith(self.home.path)
            and self.reader.sees(page)
        ]

    def _of_type(self, name: str) -> Iterator[Page]:
        model = apps.get_model("home", name)
        return (page for page in self._sections if page.specific_class is model)

    def news_section(self, section: Any) -> Step | None:
        """Return where all stories stand: the chosen section, else the first one."""
        return self._section("NewsIndexPage", section)

    def album_section(self, section: Any) -> Step | None:
        """Return where all albums stand: the chosen section, else the first one."""
        return self._section("AlbumIndexPage", section)

    def _section(self, name: str, chosen: Any) -> Step | None:
        found = self._of_type(name)
        return self._step(next((p for p in found if chosen is None or p.pk == chosen.pk), None))

    @property
    def model_section(self) -> Step | None:
        """Where all role models stand."""
        return self._step(next(self._of_type("CommendationIndexPage"), None))

    @property
    def wall(self) -> Step | None:
        """Where the honour wall is."""
        return self._step(next(self._of_type("HonourWallPage"), None))

    @property
    def notice_section(self) -> Step | None:
        """Where all notices stand."""
        return self._step(next(self._of_type("NoticeIndexPage"), None))

    @property
    def report_section(self) -> Step | None:
        """Where all reports stand."""
        return self._step(next(self._of_type("ReportIndexPage"), None))

    @property
    def feeds(self) -> list[Feed]:
        """The feeds of the sections everybody may read, for browsers and feed readers to find."""
        return [
            Feed(page.title, f"{page.get_url(self.request)}feed/{kind.name}/", kind.mime_type)
            for page in self._sections
            for kind in KINDS
            if hasattr(page.specific_class, "stories") and not self.reader.on(page.path)
        ]

    def way_to(self, page: Any) -> Step | None:
        """Return the way to a page an editor chose, if this reader may read it."""
        return self._step(page) if page is not None and self.reader.sees(page) else None

    @cached_property
    def tiles(self) -> list[rooms.Tile]:
        """The ways in of every room of the members' area; a room that cannot tell shows none."""
        return [tile for told in rooms.ask("tiles", self.request.user) for tile in told.said or ()]

    def _step(self, page: Page | None) -> Step | None:
        return Step(page.title, page.get_url(self.request) or "/") if page else None

    def _path(self, section: Any) -> str:
        return section.path if section else self.home.path
