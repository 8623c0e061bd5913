"""Logging: every line goes to standard output, in the one form of cms.logs."""

from typing import Any


def logging_config(style: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING for ``style`` (json or plain) and the lowest ``level`` to be written.

    Django's own request lines stay silent: they hold whole addresses, and cms.middleware writes one line for
    each request without them.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"house": {"()": "cms.logs.formatter", "style": style}},
        "handlers": {
            "out": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "house",
            }
        },
        "root": {"handlers": ["out"], "level": "WARNING" if level == "INFO" else level},
        "loggers": {
            "requests": {"level": level},
            "jobs": {"level": level},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "CRITICAL"},
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "django.security": {"level": "CRITICAL"},
        },
    }
