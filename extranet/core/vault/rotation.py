"""Bringing every sealed row under the first key; whatever is killed goes on later.

Each text and each file says which key it was sealed with, so a second run finds what the first has left. A
row is written only if nobody has changed it since it was read. (Files: ``attachments.resealing``.)
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F, Model, QuerySet, TextField
from django.db.models.functions import Cast

from .fields import EncryptedTextField, Sealed
from .keys import KeyMissing, keyring
from .sealing import PREFIX, seal, sealed_with, unseal

BATCH = 200
Say = Callable[[str, int, int], None]
"""Told after each batch: what, how many are done, how many were to do."""


def fields() -> Iterator[tuple[type[Model], EncryptedTextField]]:
    """Yield every model with each encrypted field of it."""
    for model in apps.get_models():
        for field in model._meta.local_fields:  # noqa: SLF001
            if isinstance(field, EncryptedTextField):
                yield model, field


def tokens(model: type[Model], field: EncryptedTextField) -> QuerySet[Any]:
    """Return rows that hold something sealed, as ``held`` what the database holds."""
    rows = model._base_manager.annotate(held=Cast(F(field.attname), TextField()))  # noqa: SLF001
    return rows.filter(held__startswith=PREFIX)


def behind(model: type[Model], field: EncryptedTextField) -> QuerySet[Any]:
    """Return rows whose field is not sealed with the first key."""
    return tokens(model, field).exclude(held__startswith=f"{PREFIX}{keyring()[0].id}.")


def reseal(model: type[Model], field: EncryptedTextField, say: Say) -> list[str]:
    """Seal every row of a field with the first key; returns the ids of keys that were missing for some."""
    name = f"{model._meta.label}.{field.name}"  # noqa: SLF001
    total, done, last = behind(model, field).count(), 0, None
    missing: set[str] = set()
    while True:
        rows = behind(model, field).order_by("pk")
        batch = list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])
        if not batch:
            return sorted(missing)
        for row in batch:
            try:
                _reseal_row(row, field)
            except KeyMissing as error:
                missing.add(error.key_id)
        last, done = batch[-1].pk, done + len(batch)
        say(name, done, total)


def _reseal_row(row: Any, field: EncryptedTextField) -> None:
    context = field.context_of(row)
    fresh = Sealed(seal(unseal(row.held, context), context))
    same = tokens(type(row), field).filter(pk=row.pk, held=row.held)
    with transaction.atomic():
        same.update(**{field.attname: fresh})


def in_use() -> Counter[str]:
    """Count the sealed fields by the id of their key."""
    found: Counter[str] = Counter()
    for model, field in fields():
        for held in tokens(model, field).values_list("held", flat=True).iterator():
            found[sealed_with(held)] += 1
    return found
