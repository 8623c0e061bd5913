"""The address of a page while its title is typed: pinyin for Chinese, free within its section."""

from django.http import HttpRequest, JsonResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.kit.doors import door
from cms.kit.models.pages import pinyin_slug

LONGEST_TITLE = 255


@door("editors")
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer ``{"slug": …}`` for ``title``; ``at`` is the path of the editor that asks."""
    slug = pinyin_slug(request.GET.get("title", "")[:LONGEST_TITLE])
    page, parent = place(request.GET.get("at", ""))
    return JsonResponse({"slug": _free(slug, page, parent) if slug and parent else slug})


def place(path: str) -> tuple[Page | None, Page | None]:
    """Return the page that is edited, if any, and the page it stands under."""
    try:
        asked = resolve(path).kwargs
    except Resolver404:
        return None, None
    if "parent_page_id" in asked:
        return None, Page.objects.filter(pk=asked["parent_page_id"]).first()
    page = Page.objects.filter(pk=asked["page_id"]).first() if "page_id" in asked else None
    return page, page.get_parent() if page else None


def _free(slug: str, page: Page | None, parent: Page) -> str:
    """Return ``slug``, with a number where a sister page has it already."""
    sisters = parent.get_children().filter(slug__startswith=slug)
    if page:
        sisters = sisters.exclude(pk=page.pk)
    taken = set(sisters.values_list("slug", flat=True))
    number = 2
    free = slug
    while free in taken:
        free = f"{slug}-{number}"
        number += 1
    return free
