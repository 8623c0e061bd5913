"""Urgent notices: a line on top of every page until their day."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from cms.kit.frame import Strip

from .models import NoticePage

MOST = 3
"""More lines than this would push the page away."""


def urgent_strips(today: date, request: HttpRequest) -> Iterable[Strip]:
    """Yield the newest notices that are urgent on a day and that everybody may read."""
    notices = NoticePage.objects.visible_to(AnonymousUser()).filter(urgent_until__gte=today).newest()
    for notice in notices.as_lines()[:MOST]:
        yield Strip(notice.title, notice.get_url(request) or "/", notice.path)
