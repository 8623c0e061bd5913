"""The demo texts, written for an invented hospital, 示范医院; nobody real is in them."""

from home.demo.stories import (
    albums,
    care,
    culture,
    democracy,
    inspections,
    lately,
    notices,
    notices_yearly,
    seasons,
    standing,
    study,
)
from home.demo.stories.moderated import MODERATED

__all__ = ["ALBUMS", "MODERATED", "NEWS", "NOTICES", "PAGES"]

NEWS = (
    lately.STORIES
    + democracy.STORIES
    + inspections.STORIES
    + culture.STORIES
    + care.STORIES
    + seasons.STORIES
    + study.STORIES
)
NOTICES = notices.NOTICES + notices_yearly.NOTICES
PAGES = standing.PAGES
ALBUMS = albums.ALBUMS
