"""What frames the stories: names and contacts, categories, menus, the front page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from wagtail.models import Page

from cms.kit.models import Navigation, SiteIdentity
from home.demo.body import Setter
from home.demo.stories import house
from home.first_steps import Basics
from home.models import Category, HomePage


def categories() -> dict[str, Category]:
    """Make the missing categories in the editors' order; return those of the demo by address."""
    found = {category.slug: category for category in Category.objects.all()}
    for order, (slug, name) in enumerate(house.CATEGORIES):
        if slug not in found:
            found[slug] = Category.objects.create(slug=slug, name=name, sort_order=order)
    return found


def identity(basics: Basics) -> None:
    """Write names and contacts where nobody has written any."""
    names = SiteIdentity.for_site(basics.site)
    if not names.union_name:
        for field, value in house.IDENTITY.items():
            setattr(names, field, value)
        names.save()


def menus(basics: Basics, pages: Mapping[str, Page]) -> None:
    """Lay the demo's menus over those of a site that has just got its first ones."""
    navigation = Navigation.for_site(basics.site)

    def links(model: Any, slugs: tuple[str, ...]) -> list[Any]:
        return [
            model(page_id=pages[slug].pk, label=house.LABELS.get(slug, ""), sort_order=order)
            for order, slug in enumerate(slugs)
        ]

    navigation.menu_items = links(navigation.menu_items.model, house.MENU)
    navigation.footer_links = links(navigation.footer_links.model, house.FOOTER)
    quick = navigation.quick_links.model
    navigation.quick_links = [
        quick(page_id=pages[slug].pk, label=label, hint=hint, sort_order=order)
        for order, (slug, label, hint) in enumerate(house.QUICK)
    ]
    navigation.save()


def compose(home: HomePage, pages: Mapping[str, Page], setter: Setter, by: Any) -> None:
    """Arrange the sections of the front page and publish it."""
    numbers = {
        "title": house.NUMBERS.title,
        "figures": setter.items("numbers", [setter.figure(item) for item in house.NUMBERS.items]),
        "note": house.NUMBERS.note,
        "page": pages[house.NUMBERS_PAGE].pk,
    }
    news = {"title": house.NEWS[1], "index": pages["news"].pk, "pictures": 3, "headlines": 4}
    sections = (
        ("front", {"story": None, "notices": 6}),
        ("services", {"title": "会员办事", "note": house.SERVICES_NOTE}),
        ("news", news),
        ("albums", {"title": "", "index": pages["albums"].pk, "number": 4}),
        ("models", {"title": "", "number": 4}),
        ("campaign", {"campaign": pages[house.CAMPAIGN].pk}),
        ("reports", {"title": house.REPORTS[1], "number": 4, "figures": [], "note": ""}),
        ("numbers", numbers),
    )
    home.sections = json.dumps([{"type": kind, "value": value} for kind, value in sections])
    home.save_revision(user=by, log_action=False).publish(user=by, log_action=False)


def sections(basics: Basics) -> None:
    """Title the sections and say what each is for, unless somebody has edited them."""
    texts = (
        (basics.news, house.NEWS),
        (basics.notices, house.NOTICE),
        (basics.albums, house.ALBUMS),
        (basics.wall, house.WALL),
        (basics.models, house.MODELS),
        (basics.reports, house.REPORTS),
        (basics.campaigns, house.CAMPAIGNS),
        (basics.rules, house.RULES),
    )
    for page, (_slug, title, intro) in texts:
        if page.revisions.count() == 1 and not page.intro:
            page.title = page.draft_title = title
            page.intro = intro
            page.save_revision(log_action=False).publish(None, log_action=False)
