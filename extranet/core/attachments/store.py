"""Where the files lie: under generated names in private, written before their row and erased after it.

So no row is ever without its file; a file without a row, left by a killed process, goes with ``sweep``.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils import timezone

from cms.kit.storage import generated_name, private_storage
from extranet.core import vault
from extranet.core.models import Attachment

FOLDER = "attachments"
GRACE = timedelta(hours=1)
"""How long a file may wait for its row: longer than any request takes."""
SEALED_MODE = 0o600
BATCH = 500


def lay(attachment: Attachment, content: File[Any], *, sealed: bool) -> None:
    """Write a file and tell its row name, size, hash and key; raises OSError when it cannot be written."""
    month = f"{timezone.localdate():%Y-%m}"
    name = generated_name(f"{FOLDER}/{month}", "x.vault" if sealed else f"x.{attachment.kind}")
    meter = _Meter(content.chunks())
    if sealed:
        attachment.sealed_with = vault.keyring()[0].id
        write(name, vault.seal_chunks(meter, attachment.seal_context), mode=SEALED_MODE)
    else:
        write(name, meter, mode=settings.FILE_UPLOAD_PERMISSIONS)
    attachment.file.name = name
    attachment.size, attachment.sha256 = meter.size, meter.hash.hexdigest()


class _Meter:
    """Passes chunks on and remembers their size and hash."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = chunks
        self.size = 0
        self.hash = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.size += len(chunk)
            self.hash.update(chunk)
            yield chunk


def write(name: str, chunks: Iterable[bytes], *, mode: int) -> None:
    """Write a new file so that it is on the disk before anybody is told; leaves nothing when it fails."""
    path = Path(private_storage().path(name))
    path.parent.mkdir(mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as out:
            os.fchmod(out.fileno(), mode)
            for chunk in chunks:
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def erase(*names: str) -> None:
    """Erase files, those that are gone already included."""
    for name in names:
        if name:
            private_storage().delete(name)


def chunks_of(attachment: Attachment) -> Iterator[bytes]:
    """Yield the file as it was sent; raises FileNotFoundError, or VaultError for one that does not open."""
    with Path(attachment.file.path).open("rb") as file:
        if attachment.is_sealed:
            yield from vault.unseal_chunks(file, attachment.seal_context)
        else:
            while chunk := file.read(256 * 1024):
                yield chunk


def sweep() -> int:
    """Erase files that have no row and are older than GRACE; returns how many."""
    root = Path(private_storage().path(FOLDER))
    before = (timezone.now() - GRACE).timestamp()
    old = [path for path in root.rglob("*") if path.is_file() and _is_older(path, before)]
    gone = 0
    for start in range(0, len(old), BATCH):
        names = {f"{FOLDER}/{path.relative_to(root).as_posix()}" for path in old[start : start + BATCH]}
        known = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
        erase(*(names - known))
        gone += len(names - known)
    return gone + _sweep_arrivals()


def _is_older(path: Path, moment: float) -> bool:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < moment
    return False


def _sweep_arrivals() -> int:
    """Erase what a killed process left of requests: Django lays large uploads down while they come in."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir())
    before = (timezone.now() - timedelta(days=1)).timestamp()
    gone = 0
    for path in folder.glob("tmp*.upload*"):
        if _is_older(path, before) and path.stat().st_uid == os.getuid():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def missing() -> int:
    """Count rows whose file is not there: for the doctor."""
    root = Path(private_storage().path(FOLDER))
    lying = {f"{FOLDER}/{path.relative_to(root).as_posix()}" for path in root.rglob("*")}
    return sum(name not in lying for name in Attachment.objects.values_list("file", flat=True).iterator())
