"""The frame of every page: who we are, menus, urgent strips; gathered once a generation, then shared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath

from cms.kit.cache import shared
from cms.kit.models import Navigation, SiteIdentity
from cms.kit.models.pages import visitor_of


@dataclass(frozen=True)
class Strip:
    """A line on top of every page; ``path`` (tree path) hides it where its page is hidden."""

    text: str
    url: str
    path: str = ""


@dataclass(frozen=True)
class Way:
    """A link of a menu; ``current`` says ``page`` or ``true`` on its own pages, else nothing."""

    label: str
    url: str
    path: str = ""
    hint: str = ""
    current: str = ""


@dataclass(frozen=True)
class Frame:
    """Everything the frame shows, and the paths that only signed-in readers may follow."""

    identity: SiteIdentity
    menu: tuple[Way, ...] = ()
    quick_links: tuple[Way, ...] = ()
    footer_links: tuple[Way, ...] = ()
    strips: tuple[Strip, ...] = ()
    hidden: tuple[str, ...] = field(default=())


StripSource = Callable[[date, HttpRequest], Iterable[Strip]]
_sources: list[StripSource] = []


def provide_strips(source: StripSource) -> None:
    """Let ``source(today, request)`` tell the urgent strips of a day (called from an app's ``ready``).

    It returns what everybody may read and what only some may; the frame hides by ``Strip.path``.
    """
    if source not in _sources:
        _sources.append(source)


def frame_of(request: HttpRequest) -> Frame:
    """Return the frame of the site this request asks for; no query while it is kept."""
    return shared("frame", lambda: _gather(request), host=request.get_host())


def may_follow(path: str, hidden: Iterable[str]) -> bool:
    """Tell whether the page at this tree path lies under none of the hidden ones."""
    return not any(path.startswith(start) for start in hidden) if path else True


def _gather(request: HttpRequest) -> Frame:
    site = Site.find_for_request(request)
    if site is None:
        return Frame(SiteIdentity())
    if not hasattr(request, "_wagtail_cached_site_root_paths"):
        # Else Wagtail would look into the cache of throttles and, what is worse, write there on a visit.
        request._wagtail_cached_site_root_paths = root_paths()  # type: ignore[attr-defined]  # noqa: SLF001
    identity = SiteIdentity.objects.filter(site=site).select_related("mark", "share_image").first()
    navigation = Navigation.objects.filter(site=site).first()
    today = timezone.localdate()
    return Frame(
        identity=identity or SiteIdentity(site=site),
        menu=_ways(navigation, "menu_items", request) or _sections(site, request),
        quick_links=_ways(navigation, "quick_links", request),
        footer_links=_ways(navigation, "footer_links", request),
        strips=tuple(strip for source in _sources for strip in source(today, request)),
        hidden=tuple(visitor_of(request).hidden),
    )


def root_paths() -> list[SiteRootPath]:
    """Return where each site begins in the tree, as Wagtail orders them."""
    sites = Site.objects.order_by("-root_page__url_path", "-is_default_site", "hostname")
    return [
        SiteRootPath(site.pk, site.root_page.url_path, site.root_url, settings.LANGUAGE_CODE)
        for site in sites.select_related("root_page")
    ]


def _ways(navigation: Navigation | None, name: str, request: HttpRequest) -> tuple[Way, ...]:
    if navigation is None:
        return ()
    links = getattr(navigation, name).select_related("page")
    return tuple(_way(link, request) for link in links if link.page is None or link.page.live)


def _way(link: Any, request: HttpRequest) -> Way:
    page, hint = link.page, getattr(link, "hint", "")
    if page is None:
        return Way(label=link.label, url=link.url, hint=hint)
    return Way(label=link.label or page.title, url=page.get_url(request) or "", path=page.path, hint=hint)


def _sections(site: Site, request: HttpRequest) -> tuple[Way, ...]:
    """Until an editor writes a menu: the home page and the sections marked for menus."""
    root = site.root_page
    sections = visitor_of(request).visible(root.get_children().in_menu())[:9]
    return tuple(
        Way(label=page.title, url=page.get_url(request) or "", path=page.path) for page in [root, *sections]
    )
