"""The living style page: every component in both themes; mounted only in development."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from cms.kit.doors import door
from cms.kit.icons import ICONS

COLOURS = (
    *("paper", "card", "paper-deep", "ink", "ink-soft", "edge", "busy"),
    *("vermilion", "vermilion-wash", "jade", "jade-wash", "gold", "gold-wash"),
)
WORDS = {
    "title": "Dumplings at two: a night canteen opens",
    "lead": "The lights went on at ten. The first pot was empty at half past.",
    "kind": "Everyday life",
    "verb": "Write it down",
}


def _stories(today: date) -> list[dict[str, object]]:
    first = {"title": WORDS["title"], "lead": WORDS["lead"], "category": WORDS["kind"], "url": "#"}
    return [
        {**first, "dated_on": today, "pinned": True, "office": "Office"},
        {**first, "dated_on": today - timedelta(days=400)},
    ]


@door("public")
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    today = timezone.localdate()
    text = mark_safe(f"<p>{WORDS['lead']}</p>")  # noqa: S308 - our own words
    box = {"number": "1,386", "unit": "pcs", "text": WORDS["kind"], "note": "Seven nights"}
    context = {
        "themes": ("light", "dark"),
        "colours": COLOURS,
        "icons": sorted(ICONS),
        "words": WORDS,
        "today": today,
        "stories": _stories(today),
        "leaf": Paginator(range(236), 8).page(3),
        "messages_shown": [
            ("plain", "inform"),
            ("ok", "good"),
            ("warning", "warning"),
            ("error", "warning"),
        ],
        "quote": {"text": WORDS["lead"], "by": WORDS["kind"]},
        "callouts": [
            {"tone": tone, "title": WORDS["title"], "text": text} for tone in ("plain", "important", "good")
        ],
        "figures": {"title": "", "items": [box] * 4, "note": "Kitchen's list"},
    }
    return render(request, "styleguide.html", context)
