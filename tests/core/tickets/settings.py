"""A site with the room of the tests, for journeys through it."""

from cms.settings.dev import *  # noqa: F403
from cms.settings.dev import INSTALLED_APPS  # type: ignore[attr-defined]

INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.tickets"]
ROOT_URLCONF = "tests.core.tickets.urls"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
