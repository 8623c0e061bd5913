"""The files of photos: taken away at once where nobody may see them any more, and looked for afterwards.

Whatever closes, withdraws, replaces or deletes a picture calls ``take_away`` in its own transaction: rows go
now, files with the commit, and a job looks once more, for the process may die between the two. Drawing
(``cms.kit.photos``) locks the row before it lays a file, so nothing comes back behind our back.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.kit import cache, closed, darkroom, photos
from cms.kit.jobs import enqueue, job
from cms.kit.storage import shown_storage

if TYPE_CHECKING:
    from cms.kit.models import HouseImage

BATCH = 200
STEM = re.compile(r"([a-z2-9]{12})[-.]")
"""How the names of our own files begin: the random stem of the original, then the size."""


def marked(served: dict[str, Any], shut: int | None) -> dict[str, Any]:
    """Return ``served`` with the mark of the closed collection ``shut``, without one for None."""
    bare = {key: value for key, value in (served or {}).items() if key != "closed"}
    return bare if shut is None else {**bare, "closed": shut}


def stem_of(image: "HouseImage") -> str:
    """Return what the names of all its files begin with."""
    return PurePath(image.file.name).stem


def take_away(images: "Iterable[HouseImage]") -> None:
    """Delete every rendition of these images, rows now and files with the commit; the originals stay.

    Call it in a transaction that has locked the images.
    """
    from cms.kit.models import HouseRendition  # noqa: PLC0415 - the models name this module

    found = list(images)
    rows = HouseRendition.objects.filter(image__in=found)
    names = set(rows.values_list("file", flat=True)) | {name for image in found for name in _drawn(image)}
    # Wagtail's signal would queue the deletion of each file; it could run after a restored picture's drawing.
    rows._raw_delete(rows.db)  # noqa: SLF001
    _let_go(names, [stem_of(image) for image in found])


def _let_go(names: Iterable[str], stems: list[str]) -> None:
    """Delete files with the commit, and have a job look for what may be left."""
    if stems:
        transaction.on_commit(lambda: erase(names, stems))
        enqueue(sweep, key=stems[0] if len(stems) == 1 else "", stems=stems)


def _drawn(image: "HouseImage") -> Iterator[str]:
    """Yield the names its sizes have, wherever they lie: also what a killed worker left without a row."""
    for width in {*darkroom.ladder(image.width, photos.WIDTHS), *photos.WIDTHS}:
        for kind in photos.SUFFIXES:
            for shut in (False, True):
                yield photos.path(stem_of(image), width, kind, shut=shut)


def erase(names: Iterable[str], stems: Iterable[str]) -> int:
    """Delete those of ``names`` that no rendition of the pictures ``stems`` has; return how many.

    The pictures are locked meanwhile: one that was opened again in this very moment keeps what is drawn anew.
    """
    try:
        with transaction.atomic():
            return _delete(set(names) - _named(stems, lock=True))
    except OperationalError:  # the database is too busy to be asked; nobody may see them meanwhile
        return _delete(set(names))


def _delete(names: Iterable[str]) -> int:
    gone = [name for name in names if shown_storage().exists(name)]
    for name in gone:
        shown_storage().delete(name)
    return len(gone)


def _named(stems: Iterable[str], *, lock: bool = False) -> set[str]:
    """Return the names of all renditions of the pictures with these stems: what rightly lies there."""
    from cms.kit.models import HouseImage, HouseRendition  # noqa: PLC0415

    names = [f"originals/{stem}{suffix}" for stem in stems for suffix in darkroom.SUFFIXES]
    pictures = HouseImage.objects.filter(file__in=names)
    if lock:
        pictures = pictures.select_for_update()
    pks = list(pictures.values_list("pk", flat=True))
    return set(HouseRendition.objects.filter(image__in=pks).values_list("file", flat=True))


def forget(instance: Any, **_signal: Any) -> None:
    """Let all files of a deleted image go, however it was deleted (a signal's receiver)."""
    original, storage = instance.file.name, instance.file.storage
    transaction.on_commit(lambda: storage.delete(original))
    _let_go(list(_drawn(instance)), [stem_of(instance)])


def follow(shut: set[int]) -> int:
    """Let the pictures of these collections lie in private and all others in public; return how many did not.

    Also takes away what lies ready of a withdrawn picture, which happens only behind the model's back.
    """
    from cms.kit.models import HouseImage  # noqa: PLC0415

    wrong: dict[int | None, list[int]] = {}
    told = 0
    for image, right in _astray(shut):
        if (image.closed_in is None) != (right is None) or image.is_withdrawn:
            wrong.setdefault(right, []).append(image.pk)
        else:  # from one closed collection to another: the files lie well
            HouseImage.objects.filter(pk=image.pk).update(served=marked(image.served, right))
            told += 1
    for right, pks in wrong.items():
        for start in range(0, len(pks), BATCH):
            batch = HouseImage.objects.filter(pk__in=pks[start : start + BATCH])
            take_away(batch.select_for_update().only("pk", "file", "width"))
            batch.update(served=marked({}, right), rendered_at=None)
    moved = sum(map(len, wrong.values()))
    if moved:
        enqueue(photos.render_missing, key="follow")
    if moved + told:
        cache.changed()
    return moved + told


def _astray(shut: set[int]) -> "Iterator[tuple[HouseImage, int | None]]":
    """Yield the pictures whose mark is wrong, each with the right one."""
    from cms.kit.models import Consent, HouseImage  # noqa: PLC0415

    withdrawn = Q(consent=Consent.WITHDRAWN, rendered_at__isnull=False)
    rows = HouseImage.objects.filter(Q(collection__in=shut) | Q(served__has_key="closed") | withdrawn)
    for image in rows.only("pk", "collection_id", "served", "consent", "rendered_at"):
        right = image.collection_id if image.collection_id in shut else None
        if image.closed_in != right or (image.is_withdrawn and image.rendered_at):
            yield image, right


def astray() -> int:
    """Return how many pictures ``follow`` would put right."""
    return sum(1 for _image in _astray(closed.closed_to()))


@job(label=_("Take away files of pictures"), atomic=False, remember=False, priority=20)
def sweep(stems: list[str] | None = None) -> int:
    """Delete files that no rendition has, of pictures with these stems or of all; return how many."""
    gone = 0
    for shut in (False, True):
        for batch in _batches(_lying(shut=shut, stems=None if stems is None else set(stems))):
            gone += erase([name for names in batch.values() for name in names], batch)
    return gone


def strays() -> int:
    """Return how many files of pictures lie in public that no rendition has: closed, withdrawn or deleted."""
    count = 0
    for batch in _batches(_lying(shut=False)):
        count += len({name for names in batch.values() for name in names} - _named(batch))
    return count


def _lying(*, shut: bool, stems: set[str] | None = None) -> dict[str, list[str]]:
    """Return the names that lie in the public or the closed folder, by stem."""
    folder = photos.CLOSED_FOLDER if shut else photos.FOLDER
    found: dict[str, list[str]] = {}
    try:
        entries = [entry.name for entry in Path(shown_storage().path(folder)).iterdir()]
    except FileNotFoundError:
        return found
    for entry in entries:
        match = STEM.match(entry.lstrip("."))
        if match and (stems is None or match[1] in stems):
            found.setdefault(match[1], []).append(f"{folder}/{entry}")
    return found


def _batches(found: dict[str, list[str]]) -> Iterator[dict[str, list[str]]]:
    stems = sorted(found)
    for start in range(0, len(stems), BATCH):
        yield {stem: found[stem] for stem in stems[start : start + BATCH]}
