"""Reading an archive: everything is checked in a folder aside before anything of the site is touched."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from . import FORMAT, MANIFEST, POSTGRESQL, SQLITE, BackupError, pack, tables

STAGING = ".restore-"
CHUNK = 1024 * 1024
LARGEST_MANIFEST = 200 * 1024 * 1024
KINDS = ("private", "public", "keys")
Manifest = dict[str, Any]


def damaged(reason: str) -> BackupError:
    """Return the refusal of an archive."""
    return BackupError(
        _("This archive cannot be used: %(reason)s Nothing was changed; take another archive.")
        % {"reason": reason}
    )


class Unpacker:
    """One archive, unpacked aside."""

    def __init__(self, source: Path, staging: Path) -> None:
        self.source = source
        self.staging = staging
        self.found: dict[str, dict[str, Any]] = {}
        self.manifest: Manifest = {}

    def check(self) -> Manifest:
        """Unpack and verify; returns the manifest, raises BackupError when anything is not as promised."""
        try:
            with tarfile.open(self.source, mode="r|gz") as archive:
                for header in archive:
                    self._take(archive, header)
        except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
            if isinstance(error, OSError) and not isinstance(error, EOFError) and error.errno:
                raise BackupError(
                    _("The archive could not be read: %(error)s.") % {"error": error}
                ) from error
            raise damaged(_("it is damaged or was not copied to its end.")) from error
        if not self.manifest:
            raise damaged(_("its end is missing."))
        self._compare()
        return self.manifest

    def _take(self, archive: tarfile.TarFile, header: tarfile.TarInfo) -> None:
        if self.manifest:
            raise damaged(_("it holds more than it promises."))
        file = archive.extractfile(header) if header.isreg() else None
        if file is None:
            raise damaged(_("it holds something other than files."))
        if header.name == MANIFEST:
            self._read_manifest(file.read(LARGEST_MANIFEST))
            return
        target = self.staging / _safe(header.name)
        if header.name in self.found or target.exists():
            raise damaged(_("it holds a file twice."))
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                out.write(chunk)
        self.found[header.name] = {"bytes": header.size, "sha256": digest.hexdigest()}

    def _read_manifest(self, text: bytes) -> None:
        try:
            self.manifest = json.loads(text)
            version = self.manifest["format"]
        except (ValueError, KeyError, TypeError) as error:
            raise damaged(_("its list of contents cannot be read.")) from error
        if version != FORMAT:
            raise damaged(_("it was made by another version of this program."))

    def _compare(self) -> None:
        """Raise BackupError unless what was found is what was promised and this program can use it."""
        if self.found != self.manifest.get("files"):
            raise damaged(_("its contents are not those it promises."))
        kind = self.manifest.get("database")
        if kind != tables.member():
            other = {SQLITE: "SQLite", POSTGRESQL: "PostgreSQL"}
            raise damaged(
                _("it holds a %(theirs)s database and this site runs on %(ours)s.")
                % {"theirs": other.get(str(kind), "?"), "ours": other[tables.member()]}
            )
        if kind not in self.found:
            raise damaged(_("it holds no database."))
        facts = {name: self.manifest.get(name) for name in ("rows", "migrations")}
        if tables.on_sqlite() and tables.facts_of_sqlite(self.staging / kind) != facts:
            raise damaged(_("its database does not hold what it promises."))
        known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
        ahead = [name for name in facts["migrations"] or [] if name not in known]
        if ahead:
            raise damaged(_("it was made by a newer version of this program: install that version first."))


def _safe(name: str) -> PurePosixPath:
    """Return the path of a member below the staging folder; raises BackupError when it leads elsewhere."""
    path = PurePosixPath(name)
    inside = name in {SQLITE, POSTGRESQL} or (len(path.parts) > 1 and path.parts[0] in KINDS)
    if not inside or path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
        raise damaged(_("it holds a file that leads elsewhere."))
    return path


def stands_empty() -> bool:
    """Tell whether the site has neither tables nor files; the key made at the first start does not count."""
    files = [path for kind in ("private", "public") for path in pack.files_of(kind)]
    return tables.is_empty() and not files


def restore(source: Path, *, force: bool) -> tuple[Manifest, Path | None]:
    """Put the site back as it was; returns the manifest and where replaced files were moved, if any.

    Raises BackupError, with everything as it was, when the archive is not whole or the site is not empty and
    ``force`` is off.
    """
    source = source.expanduser().resolve()
    if not source.is_file():
        raise BackupError(_("There is no file %(path)s.") % {"path": source})
    for left in settings.PRIVATE_ROOT.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    empty = stands_empty()
    if not empty and not force:
        raise BackupError(
            _("This site has content already. Restore into an empty DATA_DIR, or add --force to replace it.")
        )
    with tempfile.TemporaryDirectory(dir=settings.PRIVATE_ROOT, prefix=STAGING) as made:
        staging = Path(made)
        unpacker = Unpacker(source, staging)
        manifest = unpacker.check()
        aside = None if empty else settings.PRIVATE_ROOT / f"{pack.ASIDE}{timezone.localtime():%Y%m%d-%H%M%S}"
        tables.put_back(staging / tables.member(), manifest, aside)
        if aside is not None:
            _set_aside(aside)
        for kind in KINDS:
            _move(staging / kind, pack.roots()[kind])
    shutil.rmtree(settings.PRIVATE_ROOT / "cache", ignore_errors=True)
    return manifest, aside


def check(source: Path) -> Manifest:
    """Verify an archive and change nothing; raises BackupError when it is not whole."""
    with tempfile.TemporaryDirectory(dir=settings.PRIVATE_ROOT, prefix=STAGING) as made:
        return Unpacker(source.expanduser().resolve(), Path(made)).check()


def _set_aside(aside: Path) -> None:
    """Move the files the site has now into a folder of their own, for whoever forced too much."""
    for kind, root in pack.roots().items():
        for path in list(pack.files_of(kind)):
            target = aside / kind / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)


def _move(source: Path, root: Path) -> None:
    """Move every file below ``source`` to its place below ``root``."""
    for path in [path for path in source.rglob("*") if path.is_file()]:
        target = root / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
        target.chmod(0o600 if root == settings.KEYS_DIR else settings.FILE_UPLOAD_PERMISSIONS)
