"""What anonymous visitors share between processes: kept under a generation that every change ends.

Each entry of the cache ``pages`` carries the generation in its key, so one new generation retires them all.
Library signals (page published, setting saved, …) are received here and nowhere else in the house.
"""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import caches
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

T = TypeVar("T")

GENERATION = "generation"
DAY = 26 * 3600


def generation() -> str:
    """Return the mark under which everything shared is kept now."""
    cache = caches["pages"]
    mark: str | None = cache.get(GENERATION)
    if mark is None:
        cache.add(GENERATION, secrets.token_hex(8), None)
        mark = cache.get(GENERATION) or secrets.token_hex(8)
    return mark


def renew() -> None:
    """End the generation at once: what visitors shared so far is made anew."""
    caches["pages"].set(GENERATION, secrets.token_hex(8), None)


def renew_after_commit(**_signal: Any) -> None:
    """End the generation when the change is in the database for everybody to read."""
    transaction.on_commit(renew, robust=True)


def shared(name: str, make: Callable[[], T]) -> T:
    """Return what is kept as ``name`` for today, made by ``make`` the first time.

    The day is part of the key because dates decide what shows (urgent notices, public notices).
    """
    key = f"{name}:{generation()}:{timezone.localdate():%Y%m%d}"
    kept: T | None = caches["pages"].get(key)
    if kept is None:
        kept = make()
        caches["pages"].set(key, kept, DAY)
    return kept


def watch(*models: type[Model]) -> None:
    """Renew when a row of these models is saved or deleted."""
    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(renew_after_commit, sender=model, dispatch_uid=f"renew-{model.__qualname__}")


def listen() -> None:
    """Connect everything that changes what visitors see; called once when the kit is ready."""
    # The kit's own tables cannot be imported before the apps are loaded.
    from cms.kit.models import (  # noqa: PLC0415
        FooterLink,
        HouseDocument,
        HouseImage,
        MenuItem,
        Navigation,
        QuickLink,
        SiteIdentity,
    )

    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(renew_after_commit, dispatch_uid="renew")
    watch(Site, PageViewRestriction, SiteIdentity, Navigation, MenuItem, QuickLink, FooterLink)
    watch(HouseImage, HouseDocument)
    post_delete.connect(_page_deleted, dispatch_uid="renew-page-deleted")


def _page_deleted(sender: type[Model], **_signal: Any) -> None:
    if issubclass(sender, Page):
        renew_after_commit()
