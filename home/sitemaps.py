"""sitemap.xml: every page everybody may read, three queries for thousands of them."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site

from cms.kit.models.pages import Reader
from home import selectors

MOST = 50_000
"""A sitemap may not name more addresses (sitemaps.org)."""


def sitemap_of(request: HttpRequest) -> str:
    """Return the sitemap of the site a request asks for; newest pages first when there are too many."""
    site = Site.find_for_request(request)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    if site is not None:
        root = site.root_page
        pages = Reader(AnonymousUser()).visible(Page.objects.filter(path__startswith=root.path))
        changed = Coalesce("last_published_at", "latest_revision_created_at", "first_published_at")
        rows = (
            pages.annotate(changed=changed).order_by("depth", "-changed").values_list("url_path", "changed")
        )
        start = selectors.absolute(root.get_url(request) or "/")
        # Slugs hold no character that XML or an address would have to escape.
        lines += [_line(start + path[len(root.url_path) :], moment) for path, moment in rows[:MOST]]
    return "\n".join([*lines, "</urlset>", ""])


def _line(address: str, changed: datetime | None) -> str:
    when = (
        f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
    )
    return f"<url><loc>{address}</loc>{when}</url>"
