"""Files under a new key of the vault: see ``vault.rotation``."""

from collections import Counter
from collections.abc import Callable

from django.db import transaction
from django.db.models import Count

from cms.kit.storage import generated_name
from extranet.core import vault
from extranet.core.models import Attachment

from . import store

BATCH = 50


def reseal(say: Callable[[str, int, int], None]) -> list[str]:
    """Seal every file with the first key; returns the ids of keys that were missing for some."""
    first = vault.keyring()[0].id
    behind = Attachment.objects.exclude(sealed_with__in=["", first]).order_by("pk")
    total, done, last = behind.count(), 0, 0
    missing: set[str] = set()
    while batch := list(behind.filter(pk__gt=last)[:BATCH]):
        for attachment in batch:
            try:
                _reseal_file(attachment, first)
            except vault.KeyMissing as error:
                missing.add(error.key_id)
            except FileNotFoundError:
                continue  # taken back this moment, or lost: the doctor counts those
        last, done = batch[-1].pk, done + len(batch)
        say("core.Attachment", done, total)
    return sorted(missing)


def _reseal_file(attachment: Attachment, key_id: str) -> None:
    """Write the file sealed anew under another name, let the row point there, let the old one go."""
    old = attachment.file.name or ""
    name = generated_name(old.rpartition("/")[0], "x.vault")
    chunks = vault.seal_chunks(store.chunks_of(attachment), attachment.seal_context)
    store.write(name, chunks, mode=store.SEALED_MODE)
    with transaction.atomic():
        same = Attachment.objects.filter(pk=attachment.pk, file=old)
        taken = same.update(file=name, sealed_with=key_id)
        transaction.on_commit(lambda: store.erase(old if taken else name))


def in_use() -> Counter[str]:
    """Count the sealed files by the id of their key."""
    sealed = Attachment.objects.exclude(sealed_with="").order_by().values("sealed_with")
    return Counter({row["sealed_with"]: row["files"] for row in sealed.annotate(files=Count("pk"))})
