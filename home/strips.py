"""Urgent notices: a line on top of every page until their day."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest

from cms.kit.frame import Strip
from cms.kit.models.pages import visitor_of

from .models import NoticePage

MOST = 3
"""More lines than this would push the page away."""


def urgent_strips(today: date, request: HttpRequest) -> Iterable[Strip]:
    """Yield the newest notices that are urgent on a day and that everybody may read."""
    urgent = NoticePage.objects.filter(urgent_until__gte=today)
    notices = visitor_of(request).visible(urgent).newest()
    for notice in notices.as_lines()[:MOST]:
        yield Strip(notice.title, notice.get_url(request) or "/", notice.path)
