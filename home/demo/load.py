"""Loads the demo site: texts, pictures, people and a story in every state of the workflow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Literal, TypeAlias

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.kit.jobs import enqueue
from cms.kit.photos import render
from home.demo import front, gathered, honours, people
from home.demo.days import resolve
from home.demo.jobs import illustrate, index_later
from home.demo.multiply import multiply, multiply_albums, multiply_reports
from home.demo.pages import Press
from home.demo.pictures import draw, drawings, hang, on_file
from home.demo.shelf import shelve, shelved
from home.demo.stories import ALBUMS, CAMPAIGNS, MODERATED, NEWS, NOTICES, PAGES, PROFILES, house
from home.demo.stories.shape import Album, Announcement, Campaign, Drawing, Plain, Profile, Story
from home.first_steps import Basics, prepare
from home.models import Category, NewsPage, StandardPage

Draw = Literal["front", "all", "none"]
Piece: TypeAlias = Story | Announcement | Plain | Album | Profile | Campaign
FRONT = 8  # stories whose covers the front page may show
FRONT_ALBUMS = 4


def load(scale: int = 1, draw: Draw = "front", log: Callable[[str], Any] = print) -> None:
    """Build the demo site once; running again adds nothing and changes nothing.

    `scale` brings the news to so many times their number. `draw` says which pictures are drawn now:
    those of the front page (the worker draws the rest), all, or none at all. `log` takes one line.
    """
    began = time.monotonic()
    today = timezone.localdate()
    if NewsPage.objects.filter(slug__in=[story.slug for story in NEWS]).exists():
        log(_("The demo site is there already."))
    else:
        _build(today, draw, log)
        log(_("The demo site stands, %(seconds)d seconds.") % {"seconds": time.monotonic() - began})
    if scale > 1:
        index, press = _archive(today)
        added = multiply(index, press, scale) + multiply_albums(press, scale) + multiply_reports(press, scale)
        index_later()
        log(_("%(count)d more stories and albums for benchmarks.") % {"count": added})


def front_drawings(today: date) -> list[Drawing]:
    """Return what must be drawn before the first visitor: what the front page shows."""
    newest = sorted(NEWS, key=lambda story: (story.pinned_days > 0, resolve(story.when, today)), reverse=True)
    albums = sorted(ALBUMS, key=lambda album: resolve(album.when, today), reverse=True)[:FRONT_ALBUMS]
    covers = [story.picture for story in newest if story.picture][:FRONT]
    campaigns = [one.picture for one in CAMPAIGNS if one.slug == house.CAMPAIGN and one.picture]
    return [
        *covers,
        *(album.picture for album in albums),
        *campaigns,
        *honours.front_portraits(today),
    ]


def _build(today: date, how: Draw, log: Callable[[str], Any]) -> None:
    drawn: dict[Drawing, bytes] = {}
    if how != "none":
        log(_("Drawing the pictures of the front page …"))
        # A story in review keeps its revision, so no job may add its picture later.
        unpublished = [moderated.story.picture for moderated in MODERATED if moderated.story.picture]
        known = on_file(_all_drawings())
        drawn = {one: draw(one) for one in [*front_drawings(today), *unpublished] if one not in known}
    log(_("Writing the pages …"))
    with transaction.atomic():
        late = _write(today, drawn)
        if how == "front":
            for piece, page in reversed(late):  # newest first
                enqueue(illustrate, key=str(page.pk), slug=piece.slug, page_id=page.pk)
            enqueue(honours.certify, key="all")
    log(_("Preparing the pictures for phone and desktop …"))
    if how == "all":
        for piece, page in late:
            illustrate(piece.slug, page.pk)
        honours.certify()
    soon = on_file(front_drawings(today) if how == "front" else _all_drawings())
    for image in soon.values():
        if image.rendered_at is None:
            render(image)
    index_later()


def _write(today: date, drawn: dict[Drawing, bytes]) -> list[tuple[Piece, Page]]:
    """Write everything; return the pages that still lack pictures."""
    accounts = people.accounts(settings.DEMO_PASSWORD)
    basics = prepare(by=accounts[house.ADMINISTRATOR])
    people.join(basics, accounts)
    press = Press(
        today=today,
        images={**on_file(_all_drawings()), **hang(drawn)},
        papers=shelve(),
        categories=front.categories(),
        pages={
            "news": basics.news,
            "notices": basics.notices,
            "albums": basics.albums,
            "role-models": basics.models,
            "honours": basics.wall,
            "organisation": basics.organisation,
            "sitemap": basics.sitemap,
        },
        by=accounts[house.EDITOR],
    )
    placed = _publish(basics, press, accounts[house.SECOND])
    for moderated in MODERATED:
        page = press.place_news(basics.news, moderated.story, live=False)
        press.fill(page, moderated.story)
        people.walk(page, moderated, basics, accounts)
    front.identity(basics)
    front.sections(basics)
    front.menus(basics, press.pages)
    front.compose(basics.home, press.pages, press.setter("front", today), accounts[house.ADMINISTRATOR])
    return [(piece, page) for piece, page in placed if _lacks(piece, press)]


def _publish(basics: Basics, press: Press, keeper: Any) -> list[tuple[Piece, Page]]:
    """Publish everything, of each kind the oldest first; bodies follow when all have an address."""
    standing = [(plain, _standing(basics, plain, press)) for plain in PAGES]
    stories = sorted(NEWS, key=lambda story: resolve(story.when, press.today))
    placed: list[tuple[Any, Any]] = [(story, press.place_news(basics.news, story)) for story in stories]
    notices = sorted(NOTICES, key=lambda notice: resolve(notice.when, press.today))
    placed += [(notice, press.place_notice(basics.notices, notice)) for notice in notices]
    albums = sorted(ALBUMS, key=lambda album: resolve(album.when, press.today))
    placed += [(album, press.place_album(basics.albums, album)) for album in albums]
    medals = honours.register(press.today, keeper)
    profiles = sorted(PROFILES, key=lambda profile: resolve(profile.when, press.today))
    placed += [(profile, press.place_model(basics.models, profile, medals)) for profile in profiles]
    others = gathered.place(basics, press)
    for plain, page in standing:
        if not page.live or page.revisions.count() == 0:
            press.stand(page, plain)
    for piece, page in placed:
        press.issue(page, piece)
    gathered.issue(others, press)
    return [*standing, *placed, *others.campaigns]


def _standing(basics: Basics, plain: Plain, press: Press) -> StandardPage:
    """Return the standing page of that address, made when there is none."""
    page = StandardPage.objects.child_of(basics.home).filter(slug=plain.slug).first()
    if page is None:
        page = StandardPage(title=plain.title, slug=plain.slug, owner=press.by)
        basics.home.add_child(instance=page)
    press.pages[plain.slug] = page
    return page


def _all_drawings() -> list[Drawing]:
    pieces: Iterable[Any] = (
        *(*NEWS, *NOTICES, *ALBUMS, *PAGES, *PROFILES, *CAMPAIGNS),
        *(moderated.story for moderated in MODERATED),
    )
    return [drawing for piece in pieces for drawing in drawings(piece)]


def _lacks(piece: Piece, press: Press) -> bool:
    return any(drawing not in press.images for drawing in drawings(piece))


def _archive(today: date) -> tuple[Page, Press]:
    """Return the section of news and what its copies are made with."""
    story = NewsPage.objects.filter(slug__in=[story.slug for story in NEWS]).order_by("path")[0]
    press = Press(
        today=today,
        images=on_file(_all_drawings()),
        papers=shelved(),
        categories={category.slug: category for category in Category.objects.all()},
        pages={page.slug: page for page in Page.objects.filter(slug__in=[piece.slug for piece in NEWS])},
        by=get_user_model().objects.filter(staff_number=house.EDITOR).first(),
    )
    return story.get_parent(), press
