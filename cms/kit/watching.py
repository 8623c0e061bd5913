"""Which tables show: a saved or deleted row of them ends the generation (``cms.kit.cache``).

Pages, snippets, site settings and what hangs on them (child rows) are watched by themselves. Other tables of
which visitors see something are named with ``watch``.
"""

from functools import cache
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from modelcluster.fields import ParentalKey
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtail.snippets.models import get_snippet_models

from cms.kit.cache import changed

BOOKKEEPING = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
    "locked",
    "locked_at",
    "locked_by",
    "numchild",
}
"""Fields of a page that visitors never see: editing a draft ends nothing."""

_named: set[type[Model]] = set()


def watch(*models: type[Model]) -> None:
    """Let a saved or deleted row of these tables end the generation."""
    _named.update(models)
    is_watched.cache_clear()


@cache
def is_watched(model: type[Model]) -> bool:
    """Tell whether visitors may see something of this table."""
    return (
        model in _named
        or issubclass(model, Page)
        or model in get_snippet_models()
        or model in registry
        or any(is_watched(key.related_model) for key in _keys_to_parents(model))
    )


def _keys_to_parents(model: type[Model]) -> list[ParentalKey]:
    if model._meta.app_label == "wagtailcore":  # noqa: SLF001 - comments of editors
        return []
    return [field for field in model._meta.get_fields() if isinstance(field, ParentalKey)]  # noqa: SLF001


def listen() -> None:
    """Connect everything that changes what visitors see; called once when the kit is ready."""
    from wagtail.contrib.redirects.models import Redirect  # noqa: PLC0415 - loaded by now, not before
    from wagtail.models import PageViewRestriction, Site  # noqa: PLC0415

    from cms.kit.models import HouseDocument, HouseImage, HouseMedia  # noqa: PLC0415

    watch(Site, PageViewRestriction, Redirect, HouseImage, HouseDocument, HouseMedia)
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(changed, dispatch_uid="pages-changed")
    post_save.connect(_saved, dispatch_uid="pages-saved")
    post_delete.connect(_deleted, dispatch_uid="pages-deleted")
    m2m_changed.connect(_related, dispatch_uid="pages-related")


def _saved(
    sender: type[Model],
    instance: Any,
    update_fields: Any = None,
    created: bool = False,  # noqa: FBT001, FBT002 - Django's signal
    **_signal: Any,
) -> None:
    if not is_watched(sender):
        return
    if isinstance(instance, Page):
        draft = not created and update_fields is not None and set(update_fields) <= BOOKKEEPING
        if draft or not _ever_seen(instance, new=created):
            return
    elif any(_hangs_on_a_draft(key, instance) for key in _keys_to_parents(sender)):
        return
    changed()


def _ever_seen(page: Any, *, new: bool = False) -> bool:
    """Tell whether visitors see this page or once did; a draft never published shows nowhere.

    One that was neither published nor drafted was made live by code, and may be taken down by it now.
    """
    return bool(page.live or page.first_published_at or not (new or page.has_unpublished_changes))


def _hangs_on_a_draft(key: Any, instance: Any) -> bool:
    parent = key.get_cached_value(instance, default=None)
    return isinstance(parent, Page) and not _ever_seen(parent)


def _deleted(sender: type[Model], instance: Any, **_signal: Any) -> None:
    if is_watched(sender) and not (isinstance(instance, Page) and not _ever_seen(instance)):
        changed()


def _related(instance: Model, action: str, **_signal: Any) -> None:
    model: type[Model] = instance.__class__
    if action.startswith("post_") and is_watched(model):
        changed()
