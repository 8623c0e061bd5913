"""Development: base, loosened. Pages explain their errors; the style page opens at /styleguide/."""

from .base import *  # noqa: F403
from .base import LOG_LEVEL, STORAGES
from .log import logging_config

DEBUG = True
ALLOWED_HOSTS = ["*"]
MAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = logging_config("plain", LOG_LEVEL)
KEEP_PAGES = False  # a changed template shows at once
