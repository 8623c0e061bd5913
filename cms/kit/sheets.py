"""Style sheets as served in production: imports laid into one file, comments left out, names with a hash."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'@import "([\w./-]+)";')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

Sources = dict[str, tuple[Storage, str]]


def sheet(name: str, sources: Sources) -> str:
    """Return the style sheet ``name`` with everything it imports in place; KeyError when one is missing."""
    storage, path = sources[name]
    with storage.open(path) as file:
        text = _COMMENT.sub("", file.read().decode())
    folder = posixpath.dirname(name)
    text = _IMPORT.sub(lambda found: sheet(posixpath.normpath(f"{folder}/{found[1]}"), sources), text)
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


class HouseStaticFiles(CompressedManifestStaticFilesStorage):
    """What ``collectstatic`` writes to; only our own sheets are gathered, others' stay as they are."""

    def post_process(self, paths: Sources, dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002
        """Lay imports in, then let the parent class hash and compress."""
        if not dry_run:
            for name in [name for name in paths if name.startswith("cms/css/")]:
                text = sheet(name, paths)
                self.delete(name)
                self._save(name, ContentFile(text.encode()))
                paths = {**paths, name: (self, name)}
        yield from super().post_process(paths, dry_run, **options)
