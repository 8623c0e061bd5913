"""The demo texts, written for an invented hospital, 示范医院; nobody real is in them."""

from home.demo.stories import (
    care,
    culture,
    democracy,
    inspections,
    lately,
    models,
    models_more,
    notices,
    notices_yearly,
    seasons,
    standing,
    study,
)
from home.demo.stories.medals import MEDALS
from home.demo.stories.moderated import MODERATED

__all__ = ["MEDALS", "MODERATED", "NEWS", "NOTICES", "PAGES", "PROFILES"]

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
PROFILES = models.PROFILES + models_more.PROFILES
