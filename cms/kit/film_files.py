"""The files of videos: moved between public and private as their collection says, never under an old name.

A file is copied to its new place before the row names it, and the old one goes with the commit; a job deletes
it once more, for the process may die between the two.
"""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.kit import cache, closed
from cms.kit.jobs import enqueue, job
from cms.kit.storage import CLOSED, generated_name, shown_storage

if TYPE_CHECKING:
    from cms.kit.models import HouseMedia

CLOSED_FOLDER = f"{CLOSED}films"
FOLDERS = {"file": "media", "thumbnail": "media_thumbnails"}
DAY = 86_400


def settle(film: "HouseMedia", *, shut: bool) -> bool:
    """Let both files of a video lie in private if it is ``shut``, else in public; tell whether one moved.

    Call it in the transaction that decided where the video belongs.
    """
    names = {}
    for field, folder in FOLDERS.items():
        file = getattr(film, field)
        if file and file.name.startswith(CLOSED) != shut:
            names[field] = _copied(file.name, CLOSED_FOLDER if shut else folder)
    old = [getattr(film, field).name for field in names]
    if not names:
        return False
    type(film).objects.filter(pk=film.pk).update(**names)
    for field, name in names.items():
        setattr(film, field, name)
    transaction.on_commit(lambda: _erase(old))
    enqueue(erase_films, names=old)
    return True


def _copied(name: str, folder: str) -> str:
    """Give the file a second name in the other place and return it; a lost file keeps what it had."""
    new = generated_name(folder, name)
    source, target = Path(shown_storage().path(name)), Path(shown_storage().path(new))
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        return new
    except OSError:  # another disk, or a file system without second names
        shutil.copy2(source, target)
    return new


def follow(shut: set[int]) -> int:
    """Let the videos of these collections lie in private, all others in public; return how many did not."""
    moved = sum(settle(film, shut=film.collection_id in shut) for film in _astray(shut).select_for_update())
    if moved:
        cache.changed()
    return moved


def _astray(shut: set[int]) -> Any:
    from cms.kit.models import HouseMedia  # noqa: PLC0415 - the models name this module

    private = Q(file__startswith=CLOSED) & (Q(thumbnail="") | Q(thumbnail__startswith=CLOSED))
    public = ~Q(file__startswith=CLOSED) & ~Q(thumbnail__startswith=CLOSED)
    right = (Q(collection__in=shut) & private) | (~Q(collection__in=shut) & public)
    return HouseMedia.objects.exclude(right)


def astray() -> int:
    """Return how many videos ``follow`` would put right."""
    return int(_astray(closed.closed_to()).count())


@job(label=_("Take away files of videos"), remember=False, atomic=False, priority=20)
def erase_films(names: list[str]) -> None:
    """Delete files whose names no row has any more; they are never used again."""
    _erase(names)


def _erase(names: list[str]) -> None:
    for name in names:
        shown_storage().delete(name)


def tidy() -> int:
    """Delete what no video names and is older than a day; return how many files."""
    gone = list(strays(older=DAY))
    _erase(gone)
    return len(gone)


def strays(*, older: int = 0, folders: tuple[str, ...] = (*FOLDERS.values(), CLOSED_FOLDER)) -> Iterator[str]:
    """Yield the names in these folders that no video has and that are ``older`` than so many seconds."""
    from cms.kit.models import HouseMedia  # noqa: PLC0415

    now = time.time()
    lying = []
    for folder in folders:
        place = Path(shown_storage().path(folder))
        files = [path for path in place.iterdir() if path.is_file()] if place.is_dir() else []
        lying += [f"{folder}/{path.name}" for path in files if now - path.stat().st_mtime >= older]
    known = set()
    if lying:
        known = {name for row in HouseMedia.objects.values_list("file", "thumbnail") for name in row}
    yield from (name for name in lying if name not in known)
