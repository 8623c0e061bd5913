"""Photos on pages: every rendition from one decode, in a job; what the ``{% photo %}`` tag needs to know.

``HouseImage.served`` says which sizes lie ready (``{"stem": …, "sizes": [[width, height], …]}``), so a page
draws its pictures without asking for a single rendition row. The rows exist too, under Wagtail's own filter
specifications, so ``get_rendition("width-800|format-webp")`` finds the same file.
"""

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.kit import darkroom
from cms.kit.jobs import done, enqueue, job

if TYPE_CHECKING:
    from cms.kit.models import HouseImage

WIDTHS = (400, 800, 1280)
"""A third of a phone, a phone, a desktop's lead story (640 px at double density)."""
FOLDER = "images"
SUFFIXES = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


def spec(width: int, kind: str) -> str:
    """Return Wagtail's filter specification of one rendition."""
    return f"width-{width}|format-{kind}"


def path(stem: str, width: int, kind: str) -> str:
    """Return where one rendition lies under MEDIA_ROOT."""
    return f"{FOLDER}/{stem}-{width}.{SUFFIXES[kind]}"


def photo_url(
    image: "HouseImage | None", width: int = 1280, kind: str = "jpeg", *, absolute: bool = True
) -> str:
    """Return the address of the ready size nearest to ``width``, "" without one; absolute for Open Graph."""
    sizes = sizes_of(image)
    if image is None or not sizes:
        return ""
    nearest = min(sizes, key=lambda size: abs(size[0] - width))[0]
    url = default_storage.url(path(image.served["stem"], nearest, kind))
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


def render_missing() -> int:
    """Queue every picture that should lie ready and does not; return how many."""
    from cms.kit.models import HouseImage  # noqa: PLC0415

    missing = HouseImage.objects.shown().filter(rendered_at=None)
    for image in missing.only("pk").iterator():
        render_later(image)
    return missing.count()


def render(image: "HouseImage") -> list[list[int]]:
    """Make all renditions here and now, from one decode, and return the sizes; never call it for a visitor.

    The files come first, whole or not at all; rows, ``served`` and the job's mark follow in one transaction.
    Run twice, it leaves the same files and rows.
    """
    if image.is_withdrawn:
        return []
    stem = PurePath(image.file.name).stem
    with image.open_file() as file:
        prints = [
            (one.width, one.height, one.kind, _lay(path(stem, one.width, one.kind), one.content))
            for one in darkroom.develop(file, WIDTHS)
        ]
    sizes = sorted({(width, height) for width, height, _kind, _name in prints})
    with done():
        fresh = type(image).objects.select_for_update().filter(pk=image.pk).first()
        if fresh is None or fresh.is_withdrawn or fresh.file.name != image.file.name:
            transaction.on_commit(lambda: erase(name for *_rest, name in prints))
            return []
        _enter(fresh, prints, [width for width, _height in sizes])
        fresh.served = {"stem": stem, "sizes": [list(size) for size in sizes]}
        fresh.rendered_at = timezone.now()
        fresh.save(update_fields=["served", "rendered_at"])
    image.served, image.rendered_at = fresh.served, fresh.rendered_at
    return image.served["sizes"]


def _enter(image: "HouseImage", prints: list[tuple[int, int, str, str]], widths: list[int]) -> None:
    """Write the rendition rows that are not there yet."""
    model = image.get_rendition_model()
    # The largest size of a small picture is its own width; Wagtail looks for it under the width asked for.
    asked = {width: next(wanted for wanted in WIDTHS if wanted >= width) for width in widths}
    known = dict(image.renditions.filter(focal_point_key="").values_list("filter_spec", "file"))
    rows = [
        model(image=image, filter_spec=spec(asked[width], kind), file=name, width=width, height=height)
        for width, height, kind, name in prints
    ]
    model.objects.bulk_create([row for row in rows if row.filter_spec not in known], ignore_conflicts=True)


def withdraw_files(image: "HouseImage") -> None:
    """Delete every rendition, rows now and files after the commit; the original stays, private."""
    rows = list(image.renditions.all())
    stem = PurePath(image.file.name).stem
    names = {row.file.name for row in rows}
    # Also what a killed worker may have left behind without a row.
    names |= {path(stem, width, kind) for width in WIDTHS for kind in SUFFIXES}
    for row in rows:
        row.purge_from_cache()
    # Wagtail's signal would queue the deletion of each file; it could run after a restored picture's drawing.
    image.renditions.all()._raw_delete(image.renditions.db)  # noqa: SLF001
    transaction.on_commit(lambda: erase(names))


def erase(names: object) -> None:
    """Delete files under MEDIA_ROOT, those that exist."""
    for name in names:  # type: ignore[attr-defined]
        default_storage.delete(name)


def _lay(name: str, content: bytes) -> str:
    """Write a file under MEDIA_ROOT, whole or not at all, in place of one with this name; return the name."""
    target = Path(default_storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True, mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    draft.replace(target)
    return name
