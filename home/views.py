"""Pages of the website, robots.txt and sitemap.xml."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site, get_page_models
from wagtail.models.sites import SiteRootPath
from wagtail.views import serve

from cms.kit.cache import shared
from cms.kit.doors import door
from cms.kit.visitors import keepable
from home import selectors
from home.sitemaps import sitemap_of

CLOSED_TO_ROBOTS = ("/admin/", "/accounts/", "/documents/", "/appearance/")
QUARTER_OF_AN_HOUR = 900


@door("public")
@keepable
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a page of the website; Wagtail checks who may read it."""
    _find_site(request)
    _know_kinds()
    return serve(request, path)


def _know_kinds() -> None:
    """Know the content types of all pages: one query for a process, where Wagtail asks for each."""
    ContentType.objects.get_for_models(*get_page_models(), for_concrete_models=False)


def _find_site(request: HttpRequest) -> None:
    """Find the site with its home page and the roots of all sites: no query while they are kept.

    They are left on the request, where Wagtail looks before it asks the database.
    """
    found = shared("sites", _sites)
    request._wagtail_site = _site_of(request, found)  # type: ignore[attr-defined]  # noqa: SLF001
    request._wagtail_cached_site_root_paths = [  # type: ignore[attr-defined]  # noqa: SLF001
        SiteRootPath(site.pk, site.root_page.url_path, site.root_url, settings.LANGUAGE_CODE)
        for site in found
    ]


def _sites() -> list[Site]:
    """Return all sites with their home pages, whose sections are read when they are shown."""
    sites = Site.objects.order_by("-root_page__url_path", "-is_default_site", "hostname")
    return list(sites.select_related("root_page__homepage").defer("root_page__homepage__sections"))


def _site_of(request: HttpRequest, sites: list[Site]) -> Site | None:
    """Choose as Wagtail does: host and port, the host's default, the host's only one, the default."""
    host, _port = split_domain_port(request.get_host())
    named = [site for site in sites if site.hostname == host]
    default = next((site for site in sites if site.is_default_site), None)
    exact = next((site for site in named if site.port == int(request.get_port())), None)
    if exact is None:
        exact = named[0] if len(named) == 1 and default not in named else default
    if exact is not None and hasattr(exact.root_page, "homepage"):
        exact.root_page = exact.root_page.homepage
    return exact


@require_safe
@door("public")
@cache_control(max_age=QUARTER_OF_AN_HOUR)
def robots(_request: HttpRequest) -> HttpResponse:
    """Tell crawlers what to leave alone and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED_TO_ROBOTS), "Allow: /", ""]
    lines.append(f"Sitemap: {selectors.absolute(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@door("public")
@cache_control(max_age=QUARTER_OF_AN_HOUR)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Tell crawlers every page that everybody may read."""
    _find_site(request)
    return HttpResponse(sitemap_of(request), content_type="application/xml; charset=utf-8")
