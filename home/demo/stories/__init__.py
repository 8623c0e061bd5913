"""The demo texts, written for an invented hospital, 示范医院; nobody real is in them."""

from home.demo.stories import (
    albums,
    campaigns,
    care,
    culture,
    democracy,
    forms,
    inspections,
    lately,
    models,
    models_more,
    notices,
    notices_yearly,
    reports,
    reports_yearly,
    rules,
    seasons,
    standing,
    study,
)
from home.demo.stories.medals import MEDALS
from home.demo.stories.moderated import MODERATED

__all__ = [
    "ALBUMS",
    "CAMPAIGNS",
    "MEDALS",
    "MODERATED",
    "NEWS",
    "NOTICES",
    "PAGES",
    "PROFILES",
    "REPORTS",
    "RULES",
]

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
REPORTS = reports.REPORTS + reports_yearly.REPORTS
CAMPAIGNS = campaigns.CAMPAIGNS
RULES = rules.RULES + forms.FORMS
PROFILES = models.PROFILES + models_more.PROFILES
