"""Writing an archive while the site runs."""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import django
import wagtail
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from . import FORMAT, LAST_BACKUP, MANIFEST, BackupError, tables

STAGING = ".backup-"
NAME = "workers-home-{:%Y%m%d-%H%M%S}.tar.gz"
PATTERN = "workers-home-????????-??????.tar.gz"
ASIDE = "replaced-"
LEFT_OUT = ("cache", STAGING, ".restore-", ASIDE)
"""Folders of the private files that are made anew by themselves, or are on their way."""


def roots() -> dict[str, Path]:
    """Return the folders of an archive and where they lie."""
    return {"private": settings.PRIVATE_ROOT, "public": settings.MEDIA_ROOT, "keys": settings.KEYS_DIR}


def files_of(kind: str) -> Iterator[Path]:
    """Yield the files that belong into the folder ``kind`` of an archive."""
    root = roots()[kind]
    others = {path for name, path in roots().items() if name != kind and path != root}
    database = tables.database_path() if tables.on_sqlite() else None
    for folder, below, names in os.walk(root):
        here = Path(folder)
        below[:] = [
            name
            for name in below
            if here / name not in others and not (here == settings.PRIVATE_ROOT and name.startswith(LEFT_OUT))
        ]
        for name in names:
            path = here / name
            is_database = (
                database is not None and path.name.startswith(database.name) and here == database.parent
            )
            if not is_database and name not in {".gitkeep", LAST_BACKUP} and not path.is_symlink():
                yield path


class Packer:
    """One archive in the making."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.members: dict[str, dict[str, Any]] = {}
        self.pinned: dict[str, Path] = {}

    def write(self) -> dict[str, Any]:
        """Write the archive and return its manifest; on any error nothing is left behind."""
        part = self.target.with_name(self.target.name + ".part")
        sweep()
        with tempfile.TemporaryDirectory(dir=settings.PRIVATE_ROOT, prefix=STAGING) as made:
            staging = Path(made)
            try:
                # A file is stored before its row is committed and removed after that: given a second name
                # before and after the database is copied, no row of the copy lacks its file (but for one that
                # was both sent and deleted within this very moment).
                self._pin(staging)
                copy, facts = tables.copy_to(staging)
                self._pin(staging)
                with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                    with tarfile.open(fileobj=out, mode="w|gz", format=tarfile.PAX_FORMAT) as archive:
                        manifest = self._fill(archive, copy, facts)
                    out.flush()
                    os.fsync(out.fileno())
                part.replace(self.target)
            except OSError as error:
                raise BackupError(
                    _("The archive could not be written: %(error)s.") % {"error": error}
                ) from error
            finally:
                part.unlink(missing_ok=True)
        return manifest

    def _pin(self, staging: Path) -> None:
        """Give every file a second name, so that it stays until it is packed."""
        for kind in roots():
            for path in files_of(kind):
                name = f"{kind}/{path.relative_to(roots()[kind]).as_posix()}"
                if name in self.pinned:
                    continue
                second = staging / f"{len(self.pinned)}"
                try:
                    os.link(path, second)
                except FileNotFoundError:
                    continue
                except OSError:  # another disk, or a file system without second names
                    second = path
                self.pinned[name] = second

    def _fill(self, archive: tarfile.TarFile, copy: Path, facts: dict[str, Any]) -> dict[str, Any]:
        for name, path in sorted(self.pinned.items()):
            self._add(archive, name, path)
        self._add(archive, tables.member(), copy)
        manifest = {
            "format": FORMAT,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "site": settings.BASE_URL,
            "django": django.get_version(),
            "wagtail": wagtail.__version__,
            "database": tables.member(),
            **facts,
            "files": self.members,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        archive.addfile(_header(MANIFEST, len(text)), io.BytesIO(text))
        return manifest

    def _add(self, archive: tarfile.TarFile, name: str, path: Path) -> None:
        try:
            file = path.open("rb")
        except FileNotFoundError:  # not pinned, and removed by an editor meanwhile
            return
        with file:
            size = os.fstat(file.fileno()).st_size
            reader = HashingReader(file)
            archive.addfile(_header(name, size), reader)
        self.members[name] = {"bytes": size, "sha256": reader.digest.hexdigest()}


class HashingReader:
    """Reads a file and remembers the hash of what was read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        chunk = self.file.read(size)
        self.digest.update(chunk)
        return chunk


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode, header.mtime = size, 0o600, int(timezone.now().timestamp())
    return header


def sweep() -> None:
    """Remove what a backup that was killed left behind."""
    for left in settings.PRIVATE_ROOT.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)


def backup(target: Path) -> tuple[Path, dict[str, Any]]:
    """Write an archive to the file ``target``, or into that folder; returns its path and manifest.

    Raises BackupError when it cannot, when the file exists, or when it would lie among what it saves.
    """
    target = target.expanduser().resolve()
    if target.is_dir():
        target /= NAME.format(timezone.localtime())
    if target.exists():
        raise BackupError(_("%(path)s exists already: choose another name.") % {"path": target})
    if not target.parent.is_dir():
        raise BackupError(_("There is no folder %(path)s: create it first.") % {"path": target.parent})
    if any(target.is_relative_to(root.resolve()) for root in roots().values()):
        raise BackupError(
            _("%(path)s lies among the files to be saved: choose a folder elsewhere.") % {"path": target}
        )
    manifest = Packer(target).write()
    note = {"made_at": manifest["made_at"], "bytes": target.stat().st_size, "path": str(target)}
    (settings.PRIVATE_ROOT / LAST_BACKUP).write_text(json.dumps(note))
    return target, manifest


def rotate(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest ``keep`` archives with dated names; returns those removed."""
    old = sorted(folder.glob(PATTERN))[:-keep]
    for path in old:
        path.unlink()
    return old
