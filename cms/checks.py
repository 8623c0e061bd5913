"""System checks: what must hold before the site serves anybody; each says how to mend it."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from cms.kit.rooms import all_rooms

OLDEST_SQLITE = (3, 37, 0)
SHORTEST_KEY = 50


def _inside(path: Path, root: Path) -> bool:
    return Path(path).resolve().is_relative_to(Path(root).resolve())


@register(Tags.security)
def private_files_stay_private(**_: Any) -> list[CheckMessage]:
    """Private files and keys lie under no folder that is served, and no served folder lies in theirs."""
    found: list[CheckMessage] = []
    served = {"MEDIA_ROOT": settings.MEDIA_ROOT, "STATIC_ROOT": settings.STATIC_ROOT}
    kept = {"PRIVATE_ROOT": settings.PRIVATE_ROOT, "KEYS_DIR": settings.KEYS_DIR}
    for name, root in served.items():
        for key, path in kept.items():
            if _inside(path, root) or _inside(root, path):
                text = f"{key} and {name} lie inside one another: an address could lead to private files."
                found.append(Error(text, hint=f"Set {key} to a folder outside {name}.", id="cms.E001"))
    return found


@register(Tags.security)
def key_is_secret(**_: Any) -> list[CheckMessage]:
    """The secret key is long enough, and its file is its owner's alone."""
    found: list[CheckMessage] = []
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        hint = f"Write at least {SHORTEST_KEY} random characters, or leave it empty to have one made."
        found.append(Error("SECRET_KEY is too short.", hint=hint, id="cms.E002"))
    file = settings.KEYS_DIR / "secret-key"
    if file.exists() and file.stat().st_mode & 0o077:
        hint = f"Run: chmod 600 {file}"
        found.append(Error("Others on this machine can read the secret key.", hint=hint, id="cms.E003"))
    return found


@register(Tags.files)
def folders_can_be_written(**_: Any) -> list[CheckMessage]:
    """The folders of files are there and ours to write."""
    folders = {name: Path(getattr(settings, name)) for name in ("PRIVATE_ROOT", "MEDIA_ROOT", "KEYS_DIR")}
    return [
        Error(
            f"{name} cannot be written: {path}",
            hint=f"Give the folder to the user the site runs as, or set {name}.",
            id="cms.E004",
        )
        for name, path in folders.items()
        if not os.access(path, os.R_OK | os.W_OK | os.X_OK)
    ]


@register(Tags.database)
def sqlite_is_recent(**_: Any) -> list[CheckMessage]:
    """SQLite is new enough and stands as it must: waiting writers, no lost commits."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "django.db.backends.sqlite3":
        return []
    found: list[CheckMessage] = []
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        text = f"SQLite {sqlite3.sqlite_version} is too old."
        found.append(Error(text, hint="Use a newer Python, or PostgreSQL by DATABASE_URL.", id="cms.E005"))
    if database.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE":
        hint = 'Keep OPTIONS["transaction_mode"] = "IMMEDIATE" in the settings.'
        found.append(Error("Simultaneous writers would meet a locked database.", hint=hint, id="cms.E006"))
    return found


@register(Tags.translation, deploy=True)
def catalogue_is_compiled(**_: Any) -> list[CheckMessage]:
    """Every catalogue has been compiled since it was last changed."""
    stale = [
        source.name
        for folder in settings.LOCALE_PATHS
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
        if not source.with_suffix(".mo").exists()
    ]
    hint = "Run: manage.py catalogue --compile"
    text = f"The interface would speak English: {', '.join(stale)} is not compiled."
    return [checks.Warning(text, hint=hint, id="cms.W001")] if stale else []


@register(Tags.urls)
def no_programming_interface_is_mounted(**_: Any) -> list[CheckMessage]:
    """Wagtail's REST interface shows its schema, and more, to anybody."""
    mounted = any(
        getattr(pattern.callback, "__module__", "").startswith(("wagtail.api", "rest_framework"))
        for pattern in every_pattern(get_resolver().url_patterns)
    )
    hint = "Remove it from the URLs."
    return [Error("Wagtail's REST API is mounted.", hint=hint, id="cms.E007")] if mounted else []


def every_pattern(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Yield every address below ``patterns``."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern.url_patterns)
        else:
            yield pattern


@register(Tags.urls)
def rooms_have_addresses_of_their_own(**_: Any) -> list[CheckMessage]:
    """No room is called like an address that the house uses itself."""
    taken = {"accounts", "admin", "appearance", "documents", "extranet", "films", "health", "media"}
    taken |= {"pictures", "static", "styleguide"}
    return [
        Error(
            f"A room is called {room.slug}, which is an address of the house.",
            hint="Rename it.",
            id="cms.E008",
        )
        for room in all_rooms()
        if room.slug in taken
    ]


@register(Tags.security)
def shared_words_open_nothing(**_: Any) -> list[CheckMessage]:
    """Pages and collections are never opened by a password that many people know."""
    options = (settings.WAGTAIL_PRIVATE_PAGE_OPTIONS, settings.WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS)
    hint = 'Keep {"SHARED_PASSWORD": False} in both settings.'
    shared = any(option.get("SHARED_PASSWORD", True) for option in options)
    return [Error("Shared passwords are switched on.", hint=hint, id="cms.E009")] if shared else []


@register(Tags.caches)
def throttles_are_shared(**_: Any) -> list[CheckMessage]:
    """The cache of throttles is one that every process sees."""
    caches: Any = settings.CACHES
    backend = caches["default"]["BACKEND"]
    if not backend.endswith((".LocMemCache", ".DummyCache")):
        return []
    hint = "Use the database or Redis for the default cache."
    return [Error("Each process would count wrong passwords for itself.", hint=hint, id="cms.E010")]


@register(Tags.security, deploy=True)
def second_factor_is_required(**_: Any) -> list[CheckMessage]:
    """Only a demo lets officers in without a second factor."""
    if settings.MFA_REQUIRED or settings.DEMO:
        return []
    hint = "Take MFA_REQUIRED=0 out of the environment; only DEMO=1 may go without."
    return [Error("Officers would sign in by a password alone.", hint=hint, id="cms.E011")]
