"""Tests: base with quick passwords, mail in memory and files in a folder of the run."""

import os
import tempfile

# A folder for each process of the run: what one test leaves must not be counted by another.
os.environ.setdefault("TESTS_DIR", tempfile.mkdtemp(prefix="workers-home-tests-"))
os.environ["DATA_DIR"] = f"{os.environ['TESTS_DIR']}/{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"

from .base import *  # noqa: F403
from .base import CACHES, INSTALLED_APPS, STORAGES

SECRET_KEY = "only-for-tests-" + "x" * 50
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Of this process alone: runs beside it must not end its generation.
CACHES = {**CACHES, "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# What a test counts ends with its transaction.
CACHES["default"] = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "cache_entries",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
LOGGING = logging_config("plain", "WARNING")
WHITENOISE_AUTOREFRESH = True  # else every client of every test looks through all static files
KEEP_PAGES = False  # a test's changes are never committed, so nothing would tell the cache
INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.tickets"]  # a room of the tests, with a table of its own
MFA_REQUIRED = False  # tests of the second factor switch it on
