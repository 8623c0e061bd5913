"""``{% photo %}``: a picture in every size and format a browser may like, without a query.

Who looks is the ``request`` of the template; without one it is a visitor, who sees nothing of closed
collections. ``{% shown %}`` asks first where a frame or a caption stands around a picture.
"""

from typing import Any
from urllib.parse import quote

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from cms.kit import photos
from cms.kit.models import HouseImage
from cms.kit.models.pages import Reader, reader_of

register = template.Library()

FALLBACK = 800


def _reader(context: template.Context) -> Reader:
    request = context.get("request")
    return Reader(AnonymousUser()) if request is None else reader_of(request)


@register.simple_tag(takes_context=True)
def shown(context: template.Context, picture: Any) -> Any:
    """Return a picture or video if whoever looks may see it, else None.

    ``{% shown page.cover as cover %}{% if cover %}<figure>{% photo cover %}</figure>{% endif %}``
    """
    return _reader(context).shown(picture or None)


@register.simple_tag(takes_context=True)
def photo_url(
    context: template.Context,
    image: HouseImage | None,
    width: int = 1280,
    kind: str = "jpeg",
    absolute: bool = True,  # noqa: FBT001, FBT002 - a template argument
) -> str:
    """Return the address of one size, "" where nothing lies ready or whoever looks may not see it."""
    return photos.photo_url(_reader(context).shown(image or None), width, kind, absolute=absolute)


@register.simple_tag(takes_context=True)
def photo(  # noqa: PLR0913, PLR0917 - each is an attribute of the tag
    context: template.Context,
    image: HouseImage | None,
    sizes: str = "100vw",
    alt: str | None = None,
    css: str = "",
    eager: bool = False,  # noqa: FBT001, FBT002 - template arguments
    decorative: bool = False,  # noqa: FBT001, FBT002
    lean: bool = False,  # noqa: FBT001, FBT002
    least: int = 0,
    most: int = 0,
) -> SafeString:
    """Draw ``image`` as ``<picture>`` with AVIF and WebP and a JPEG for old browsers.

    ``sizes`` is the HTML attribute; ``alt`` empty or left out means the text kept with the image,
    ``decorative=True`` none; ``css`` names classes of the ``<img>``, which carries ``focus-1`` to ``-9``:
    the ninth of the picture (reading order) that must stay in sight when it is cut; ``eager=True`` is for the
    one picture seen first. ``lean=True`` spares bytes on a page of very many pictures whose sizes the style
    sheet knows; ``least`` and ``most`` bound the widths it offers. No picture, one that is withdrawn or that
    whoever looks may not see: nothing. Not drawn yet: an ``<img class="picture__empty">`` of the same ratio.
    """
    image = _reader(context).shown(image or None)
    if image is None:
        return SafeString()
    text = "" if decorative else conditional_escape(alt or image.description)
    classes = " ".join(name for name in (conditional_escape(css), f"focus-{focus(image)}") if name)
    haste = ' fetchpriority="high"' if eager else ' loading="lazy" decoding="async"'
    ready = photos.sizes_of(image)
    if not ready:
        return _placeholder(image, text, classes)
    ready = _between(ready, least, most)
    base = photos.base_url(image)
    width, height = next((size for size in ready if size[0] >= FALLBACK), ready[-1])
    size = "" if sizes == "100vw" and lean else f' sizes="{conditional_escape(sizes)}"'
    sources = "".join(
        f'<source type="image/{kind}"{size} srcset="'
        + ", ".join(f"{base}-{own}.{photos.SUFFIXES[kind]} {own}w" for own, _height in ready)
        + '">'
        for kind in (("avif",) if lean else ("avif", "webp"))
    )
    if lean:
        look = "" if classes == "focus-5" else f' class="{classes}"'
        haste = "" if eager else ' loading="lazy"'
        drawn = f'<img{look} src="{base}-{width}.jpg" alt="{text}"{haste}>'
    else:
        drawn = (
            f'<img class="{classes}" src="{base}-{width}.jpg" width="{width}" height="{height}"'
            f' alt="{text}"{haste}>'
        )
    # Every part is a number, an own address or escaped above.
    return mark_safe(f"<picture>{sources}{drawn}</picture>")  # noqa: S308


def _between(sizes: list[list[int]], least: int, most: int) -> list[list[int]]:
    """Return the sizes from ``least`` to ``most`` pixels wide; of a small picture the nearest one."""
    wanted = [size for size in sizes if size[0] >= least and (not most or size[0] <= most)]
    return wanted or [sizes[-1] if least else sizes[0]]


def focus(image: HouseImage) -> int:
    """Return the ninth (1 … 9, reading order) the focal point lies in; 5, the middle, without one."""
    if image.focal_point_x is None or image.focal_point_y is None:
        return 5
    column = min(2, max(0, 3 * image.focal_point_x // max(1, image.width)))
    row = min(2, max(0, 3 * image.focal_point_y // max(1, image.height)))
    return 3 * row + column + 1


def _placeholder(image: HouseImage, text: str, classes: str) -> SafeString:
    drawing = quote(
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{image.width}' height='{image.height}'/>"
    )
    return mark_safe(  # noqa: S308
        f'<picture><img class="picture__empty {classes}" src="data:image/svg+xml,{drawing}"'
        f' width="{image.width}" height="{image.height}" alt="{text}"></picture>'
    )
