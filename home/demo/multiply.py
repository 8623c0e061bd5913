"""More of the same news, albums and reports, for benchmarks: older copies that reuse the pictures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.demo.days import resolve, spoken
from home.demo.gathered import report_fields
from home.demo.pages import Press, at_hour
from home.demo.stories import ALBUMS, NEWS, REPORTS
from home.demo.stories.shape import Album, Report, Story
from home.models import AlbumIndexPage, AlbumPage, AlbumPhoto, NewsPage, ReportIndexPage, ReportPage

STEP = timedelta(days=3)  # between one round of copies and the next
FIRST_YEAR = 1950
YEARS = 4  # between one round of reports and the next
BATCH = 200


def multiply(index: Page, press: Press, scale: int) -> int:
    """Bring the section to `scale` times the demo's news; return how many stories were added."""
    return _fill(index, NEWS, scale, lambda story, n: _copy(press, story, n))


def multiply_reports(press: Press, scale: int) -> int:
    """Bring the reports to `scale` times their number; return how many were added."""
    index = ReportIndexPage.objects.order_by("path").first()
    return _fill(index, REPORTS, scale, lambda report, n: _older(press, report, n)) if index else 0


def _fill(index: Page, pieces: tuple[Any, ...], scale: int, copy: Callable[[Any, int], Page]) -> int:
    there = set(index.get_children().values_list("slug", flat=True))
    rounds = ((n, piece) for n in range(2, scale + 1) for piece in pieces)
    wanted = [(n, piece) for n, piece in rounds if f"{piece.slug}-{n}" not in there]
    for start in range(0, len(wanted), BATCH):
        with transaction.atomic(), disable_reference_index_auto_update():
            index.refresh_from_db()
            for n, piece in wanted[start : start + BATCH]:
                index.add_child(instance=copy(piece, n))
    return len(wanted)


def _older(press: Press, report: Report, n: int) -> ReportPage:
    day = resolve(report.when, press.today)
    # However many rounds there are, a year of the calendar it stays.
    day = day.replace(year=max(FIRST_YEAR, day.year - YEARS * (n - 1)))
    slug = f"{report.slug}-{n}"
    return ReportPage(
        slug=slug,
        figures=press.setter(slug, day).stream("figure", report.figures),
        body=press.setter(slug, day).body(report.body),
        owner=press.by,
        first_published_at=at_hour(day),
        last_published_at=at_hour(day),
        **report_fields(report, day),
    )


def _copy(press: Press, story: Story, n: int) -> NewsPage:
    day = resolve(story.when, press.today) - STEP * (n - 1)
    cover = press.images.get(story.picture) if story.picture else None
    slug = f"{story.slug}-{n}"
    return NewsPage(
        title=f"{spoken(story.title, day)}（{n}）",
        slug=slug,
        lead=spoken(story.lead, day),
        dated_on=day,
        category=press.categories.get(story.category),
        cover=cover,
        source=story.office,
        body=press.setter(slug, day).body(story.body),
        owner=press.by,
        first_published_at=at_hour(day),
        last_published_at=at_hour(day),
    )


def multiply_albums(press: Press, scale: int) -> int:
    """Bring the albums to `scale` times their number, sharing photos; return how many were added."""
    index = AlbumIndexPage.objects.order_by("path").first()
    if index is None:
        return 0
    there = set(index.get_children().values_list("slug", flat=True))
    rounds = ((n, album) for n in range(2, scale + 1) for album in ALBUMS)
    wanted = [(n, album) for n, album in rounds if f"{album.slug}-{n}" not in there]
    for start in range(0, len(wanted), BATCH):
        with transaction.atomic(), disable_reference_index_auto_update():
            index.refresh_from_db()
            for n, album in wanted[start : start + BATCH]:
                _copy_album(index, press, album, n)
    return len(wanted)


def _copy_album(index: Page, press: Press, album: Album, n: int) -> None:
    day = resolve(album.when, press.today) - STEP * (n - 1)
    page = AlbumPage(
        title=f"{spoken(album.title, day)}（{n}）",
        slug=f"{album.slug}-{n}",
        lead=spoken(album.lead, day),
        dated_on=day,
        place=album.place,
        author=album.author,
        category=press.categories.get(album.category),
        cover=press.images.get(album.picture),
        owner=press.by,
        first_published_at=at_hour(day),
        last_published_at=at_hour(day),
    )
    index.add_child(instance=page)
    photos = press.photos(album)
    for photo in photos:
        photo.page = page
    AlbumPhoto.objects.bulk_create(photos)
