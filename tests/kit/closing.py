"""Closed collections for tests: made, closed, opened; what lies where."""

from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction

from cms.kit import photos
from cms.kit.models import HouseImage
from tests.kit import photographs as pictures


def collection(name="会员照片", above=None):
    """A collection, open like the one above it."""
    above = Collection.objects.get(pk=above.pk) if above else Collection.get_first_root_node()
    return above.add_child(name=name)


def close(where, *groups):
    """Let only members, or these groups, look into a collection."""
    kind = CollectionViewRestriction.GROUPS if groups else CollectionViewRestriction.LOGIN
    restriction = CollectionViewRestriction.objects.create(collection=where, restriction_type=kind)
    restriction.groups.set(groups)
    return restriction


def stored(where=None, title="合影", content=None, **fields):
    """An image made of these bytes, in a collection."""
    image = HouseImage(title=title, file=ContentFile(content or pictures.camera_jpeg(1000, 600), "IMG.jpg"))
    for name, value in {**fields, **({"collection": where} if where else {})}.items():
        setattr(image, name, value)
    image.save()
    return image


def drawn(where=None, **fields):
    """An image whose sizes lie ready."""
    image = stored(where, **fields)
    photos.render(image)
    return HouseImage.objects.get(pk=image.pk)


def public():
    """Every file in public."""
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def private():
    """Every file of closed pictures and videos."""
    return sorted(path.name for path in (Path(settings.PRIVATE_ROOT) / "closed").rglob("*") if path.is_file())


def sizes(image, *widths):
    """The names of these widths in every format, sorted."""
    stem = Path(image.file.name).stem
    return sorted(f"{stem}-{width}.{suffix}" for width in widths for suffix in ("avif", "webp", "jpg"))
