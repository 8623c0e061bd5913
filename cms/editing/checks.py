"""Content checks (内容检查): what a reader would miss in a page; told, never blocking.

``CHECKS`` is the list; a check takes a page and yields sentences. A page without the field passes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from cms.kit.doors import door
from cms.kit.models import Consent, HouseImage

from .addresses import place
from .closing import close, has_what_its_readers_may_see, listed, open_things_on, shown_openly

LONGEST_TITLE = 40
"""Characters of a title that lists show on a phone without cutting, in Han characters."""

HEADING = re.compile(r"<h([2-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
FIRST_HEADING = 2


def width(text: str) -> float:
    """Return the length of ``text`` in Han characters: Latin letters and digits count half."""
    return sum(1 if ord(sign) > 0x2E7F else 0.5 for sign in text)  # noqa: PLR2004


def photos_of(page: Any) -> list[tuple[HouseImage, str]]:
    """Return each photo of an album that is shown, with its caption; of other pages none."""
    if page._meta.model_name != "albumpage":  # noqa: SLF001
        return []
    laid = list(page.photos.all())
    images = HouseImage.objects.shown().in_bulk([photo.image_id for photo in laid])
    return [(images[photo.image_id], photo.caption) for photo in laid if photo.image_id in images]


def blocks_of(page: Any) -> Iterator[tuple[str, Any]]:
    """Yield (name, value) of each block in the body of ``page``."""
    for block in getattr(page, "body", None) or ():
        yield block.block_type, block.value


def pictures_of(page: Any) -> Iterator[tuple[HouseImage, str]]:
    """Yield each picture in the body with the alt text written beside it; lost pictures are left out."""
    for name, value in blocks_of(page):
        if name == "picture":
            shown = [value]
        elif name == "gallery":
            shown = list(value.get("items") or ())
        else:
            continue
        for item in shown:
            if item.get("image"):
                yield item["image"], item.get("alt") or ""


def has_lead(page: Any) -> Iterable[str]:
    """Ask for a lead, which lists and chats show."""
    if hasattr(page, "lead") and not page.lead.strip():
        yield _("The lead is missing: one or two sentences that lists and chats show under the title.")


def has_a_title_that_fits(page: Any) -> Iterable[str]:
    """Ask for a title that lists need not cut."""
    if width(page.title) > LONGEST_TITLE:
        yield _(
            "The title has more than %(n)d characters: lists on a phone cut it. A shorter one reads better."
        ) % {"n": LONGEST_TITLE}


def has_a_cover(page: Any) -> Iterable[str]:
    """Ask a story for a picture; notices do without."""
    if page._meta.model_name == "newspage" and not page.cover_id:  # noqa: SLF001
        yield _("The story has no picture: on the front page and in lists it stands as a bare line.")


def has_a_portrait(page: Any) -> Iterable[str]:
    """Ask the page of a role model for a portrait."""
    if hasattr(page, "standing_honours") and not page.cover_id:
        yield _("There is no portrait: in the row of role models the roof stands empty.")


def has_an_honour(page: Any) -> Iterable[str]:
    """Ask the page of a role model for an honour that stands."""
    if hasattr(page, "standing_honours") and not page.standing_honours:
        yield _("No honour stands on this page: it is shown without gold and not on the front page.")


def has_a_citation(page: Any) -> Iterable[str]:
    """Ask the page of a role model for what the decision says, and where that is written."""
    if not hasattr(page, "standing_honours"):
        return
    if not page.citation.strip():
        yield _("The citation is missing: what the decision says, word for word.")
    elif not page.citation_source.strip():
        yield _("The source of the citation is missing: readers ask who said it.")


def has_alt_texts(page: Any) -> Iterable[str]:
    """Ask for words for those who cannot see a picture."""
    bare = {image.title for image, alt in pictures_of(page) if not alt and not image.description}
    cover = getattr(page, "cover", None)
    if cover and not cover.description:
        bare.add(cover.title)
    if bare:
        yield ngettext(
            "%(n)d picture has no alt text: %(titles)s. Say in a few words what it shows.",
            "%(n)d pictures have no alt text: %(titles)s. Say in a few words what they show.",
            len(bare),
        ) % {"n": len(bare), "titles": listed(bare)}


def has_consent(page: Any) -> Iterable[str]:
    """Ask for the consent of people who can be recognised (Civil Code art. 1019)."""
    unasked = {image.title for image, _alt in pictures_of(page) if image.consent == Consent.MISSING}
    cover = getattr(page, "cover", None)
    if cover and cover.consent == Consent.MISSING:
        unasked.add(cover.title)
    if unasked:
        yield ngettext(
            "%(n)d picture has no portrait consent noted: %(titles)s. Ask, then note it with the image.",
            "%(n)d pictures have no portrait consent noted: %(titles)s. Ask, then note it with the images.",
            len(unasked),
        ) % {"n": len(unasked), "titles": listed(unasked)}


def has_photos(page: Any) -> Iterable[str]:
    """Ask an album for photos."""
    if page._meta.model_name == "albumpage" and not photos_of(page):  # noqa: SLF001
        yield _("The album has no photos to show: add some, or it stands nowhere on the home page.")


def has_captions(page: Any) -> Iterable[str]:
    """Ask for words to the photos of an album: a caption, or at least an alt text."""
    bare = sum(1 for image, caption in photos_of(page) if not caption and not image.description)
    if bare:
        yield ngettext(
            "%(n)d photo has no words: a caption says what it shows, also to those who cannot see it.",
            "%(n)d photos have no words: captions say what they show, also to those who cannot see them.",
            bare,
        ) % {"n": bare}


def has_consent_for_photos(page: Any) -> Iterable[str]:
    """Ask for the consent of the people on the photos of an album."""
    unasked = sum(1 for image, _caption in photos_of(page) if image.consent == Consent.MISSING)
    if unasked:
        yield ngettext(
            "%(n)d photo of the album has no portrait consent noted: ask, then note it beside the photo.",
            "%(n)d photos of the album have no portrait consent noted: ask, then note it beside the photos.",
            unasked,
        ) % {"n": unasked}


def has_headings_in_order(page: Any) -> Iterable[str]:
    """Ask for headings that skip no level and are not empty."""
    level = FIRST_HEADING - 1
    for name, value in blocks_of(page):
        if name != "text":
            continue
        for found in HEADING.finditer(value.source):
            words = TAG.sub("", found[2]).replace("&nbsp;", " ").strip()
            if not words:
                yield _("There is an empty heading: write it or turn it into a paragraph.")
                continue
            if int(found[1]) > level + 1:
                yield _("The heading “%(words)s” skips a level: begin with the larger heading.") % {
                    "words": words[:30]
                }
            level = int(found[1])


CHECKS: tuple[Callable[[Any], Iterable[str]], ...] = (
    has_a_title_that_fits,
    has_lead,
    has_a_cover,
    has_a_portrait,
    has_an_honour,
    has_a_citation,
    has_alt_texts,
    has_consent,
    has_photos,
    has_captions,
    has_consent_for_photos,
    has_headings_in_order,
    has_what_its_readers_may_see,
)


@door("editors")
@require_safe
def findings_now(request: HttpRequest) -> HttpResponse:
    """Answer what is missing in the page that the editor at the path ``at`` has just saved."""
    page, _parent = place(request.GET.get("at", ""))
    return _answer(request, _editable(page, request))


@door("editors")
@require_POST
def close_things(request: HttpRequest, page_id: int) -> HttpResponse:
    """Move what everybody gets of a page for members to the members' collection, and answer what is missing.

    What visitors get elsewhere would vanish there: unless ``which`` says ``all`` or ``others``, it is named
    and nothing is moved.
    """
    page = _editable(Page.objects.filter(pk=page_id).first(), request)
    things = open_things_on(page)
    elsewhere = shown_openly(things, page)
    which = request.POST.get("which")
    if elsewhere and which not in {"all", "others"}:
        context = {"elsewhere": elsewhere, "others": len(things) - len(elsewhere), "page_id": page.pk}
        return render(request, "cms/admin/closing.html", context)
    kept = [shown.thing for shown in elsewhere] if which == "others" else []
    moved, obstacle = close([thing for thing in things if thing not in kept], request.user)
    return _answer(request, page, moved=moved, obstacle=obstacle)


def _editable(page: Page | None, request: HttpRequest) -> Page:
    """Return the page as it was last saved; raises Http404 unless whoever asks may edit it."""
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    latest: Page = page.get_latest_revision_as_object()
    return latest


def _answer(request: HttpRequest, page: Page, **said: Any) -> HttpResponse:
    return render(request, "cms/admin/findings.html", {"found": findings(page), **said})


def findings(page: Page) -> list[str]:
    """Return what every check has to say about ``page``, as it was last saved."""
    return [sentence for check in CHECKS for sentence in check(page)]
