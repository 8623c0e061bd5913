"""A site with the room of the tests, for journeys through it: production but for the room."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.tickets"]
ROOT_URLCONF = "tests.core.tickets.papers_urls"
