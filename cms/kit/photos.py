"""Photos on pages: every rendition from one decode, in a job; what the ``{% photo %}`` tag needs to know.

``HouseImage.served`` says which sizes lie ready (``{"stem": …, "sizes": [[width, height], …]}``), and
``"closed"`` in it where they lie in private, so a page draws its pictures without asking for a single
rendition row. The rows exist too, under Wagtail's own filter specifications, so
``get_rendition("width-800|format-webp")`` finds the same file.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.kit import closed, darkroom, photo_files
from cms.kit.jobs import done, enqueue, job
from cms.kit.storage import CLOSED, shown_storage

if TYPE_CHECKING:
    from cms.kit.models import HouseImage

WIDTHS = (400, 800, 1280)
"""A third of a phone, a phone, a desktop's lead story (640 px at double density)."""
FOLDER = "images"
CLOSED_FOLDER = f"{CLOSED}pictures"
SUFFIXES = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


def spec(width: int, kind: str) -> str:
    """Return Wagtail's filter specification of one rendition."""
    return f"width-{width}|format-{kind}"


def path(stem: str, width: int, kind: str, *, shut: bool = False) -> str:
    """Return the name of one rendition: of a picture that is ``shut`` it lies in private."""
    return f"{CLOSED_FOLDER if shut else FOLDER}/{stem}-{width}.{SUFFIXES[kind]}"


def base_url(image: "HouseImage") -> str:
    """Return what the addresses of the ready sizes begin with: ``-800.webp`` is still to follow."""
    folder = FOLDER if image.closed_in is None else CLOSED_FOLDER
    return shown_storage().url(f"{folder}/{image.served['stem']}")


def photo_url(
    image: "HouseImage | None", width: int = 1280, kind: str = "jpeg", *, absolute: bool = True
) -> str:
    """Return the address of the ready size nearest to ``width``, "" without one; absolute for other sites.

    The address of a closed picture answers 404 to who may not see it: ask ``Reader.shown`` before naming it.
    """
    sizes = sizes_of(image)
    if image is None or not sizes:
        return ""
    nearest = min(sizes, key=lambda size: abs(size[0] - width))[0]
    url = f"{base_url(image)}-{nearest}.{SUFFIXES[kind]}"
    return settings.BASE_URL + url if absolute and url.startswith("/") else url


def sizes_of(image: "HouseImage | None") -> list[list[int]]:
    """Return the sizes that lie ready, ascending; none for a picture that is not shown."""
    if image is None or image.is_withdrawn:
        return []
    return (image.served or {}).get("sizes", [])


@job(label=_("Prepare pictures"), atomic=False, priority=10)
def render_photo(image_id: int) -> None:
    """Make all renditions of an image; one that is gone, withdrawn or replaced meanwhile is left alone."""
    from cms.kit.models import HouseImage  # noqa: PLC0415 - the models name this job

    image = HouseImage.objects.filter(pk=image_id).first()
    if image is not None and image.rendered_at is None:
        render(image)


def render_later(image: "HouseImage") -> None:
    """Queue ``render_photo`` with the caller's transaction; asked twice, it waits once."""
    enqueue(render_photo, key=str(image.pk), image_id=image.pk)


@job(label=_("Prepare pictures that are missing"), atomic=False, remember=False)
def render_missing() -> int:
    """Queue every picture that should lie ready and does not; return how many."""
    from cms.kit.models import HouseImage  # noqa: PLC0415

    missing = HouseImage.objects.shown().filter(rendered_at=None)
    for image in missing.only("pk").iterator():
        render_later(image)
    return missing.count()


class Draft(NamedTuple):
    """One encoded size, on disk but not shown yet."""

    width: int
    height: int
    kind: str
    file: Path


def render(image: "HouseImage") -> list[list[int]]:
    """Make all renditions here and now, from one decode, and return the sizes; never call it for a visitor.

    They are encoded in private. Then, in one transaction that locks the row, files are laid where the picture
    belongs at that moment, whole or not at all, and rows, ``served`` and the job's mark follow: nothing of a
    picture closed, withdrawn or replaced meanwhile comes to light. Run twice, it leaves the same.
    """
    if image.is_withdrawn:
        return []
    stem = PurePath(image.file.name).stem
    with _drafts(image) as drafts, done():
        fresh = type(image).objects.select_for_update().filter(pk=image.pk).first()
        if fresh is None or fresh.is_withdrawn or fresh.file.name != image.file.name:
            return []
        shut = fresh.collection_id if closed.is_closed(fresh.collection_id) else None
        if fresh.closed_in != shut:
            # Nothing told us; whoever looks next must not see it where it does not belong.
            photo_files.take_away([fresh])
            type(image).objects.filter(pk=fresh.pk).update(
                served=photo_files.marked({}, shut), rendered_at=None
            )
            render_later(fresh)
            return []
        sizes = sorted({(draft.width, draft.height) for draft in drafts})
        named = [(draft, path(stem, draft.width, draft.kind, shut=shut is not None)) for draft in drafts]
        for draft, name in named:
            _lay(draft.file, name)
        _enter(fresh, named, [width for width, _height in sizes])
        fresh.served = photo_files.marked({"stem": stem, "sizes": [list(size) for size in sizes]}, shut)
        fresh.rendered_at = timezone.now()
        fresh.save(update_fields=["served", "rendered_at"])
    image.served, image.rendered_at = fresh.served, fresh.rendered_at
    return image.served["sizes"]


@contextmanager
def _drafts(image: "HouseImage") -> Iterator[list[Draft]]:
    """Encode every size into a private folder that is gone afterwards."""
    place = settings.PRIVATE_ROOT / "cache"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="drafts-", dir=place) as folder:
        drafts = []
        with image.open_file() as file:
            for one in darkroom.develop(file, WIDTHS):
                target = Path(folder) / f"{one.width}.{one.kind}"
                with target.open("wb") as out:
                    out.write(one.content)
                    out.flush()
                    os.fsync(out.fileno())
                drafts.append(Draft(one.width, one.height, one.kind, target))
        yield drafts


def _lay(draft: Path, name: str) -> None:
    """Lay a file under its name, whole or not at all, in place of one that is there."""
    target = Path(shown_storage().path(name))
    target.parent.mkdir(parents=True, exist_ok=True, mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    draft.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    try:
        draft.replace(target)
    except OSError:  # another disk
        nearby = target.with_name(f".{target.name}.{os.getpid()}")
        shutil.copy2(draft, nearby)
        nearby.replace(target)


def _enter(image: "HouseImage", named: list[tuple[Draft, str]], widths: list[int]) -> None:
    """Write the rendition rows: a file that no row names counts as a leftover."""
    model = image.get_rendition_model()
    # The largest size of a small picture is its own width; Wagtail looks for it under the width asked for.
    asked = {width: next(wanted for wanted in WIDTHS if wanted >= width) for width in widths}
    known = {row.filter_spec: row for row in image.renditions.filter(focal_point_key="")}
    fresh = []
    for draft, name in named:
        row = known.get(spec(asked[draft.width], draft.kind))
        if row is None:
            row = model(image=image, filter_spec=spec(asked[draft.width], draft.kind), file=name)
            row.width, row.height = draft.width, draft.height
            fresh.append(row)
        elif row.file.name != name:  # drawn before on demand, under a name of Wagtail's
            model.objects.filter(pk=row.pk).update(file=name, width=draft.width, height=draft.height)
    model.objects.bulk_create(fresh, ignore_conflicts=True)
