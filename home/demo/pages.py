"""Stories, notices and standing pages into the page tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cms.kit.models import HouseImage
from home.demo.body import Setter
from home.demo.days import resolve, spoken
from home.demo.stories.shape import (
    Album,
    Announcement,
    Campaign,
    Drawing,
    Paper,
    Plain,
    Profile,
    Report,
    Story,
)
from home.models import (
    AlbumPage,
    AlbumPhoto,
    CampaignPage,
    Category,
    CommendationHonour,
    CommendationPage,
    Honour,
    NewsPage,
    NoticePage,
    ReportPage,
    StandardPage,
)

HOUR = 9  # of the clock: when the demo's pages were published


def at_hour(day: date, hour: int = HOUR) -> datetime:
    """Return that hour of the day in the site's own time."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass(kw_only=True)
class Press:
    """What pages are made with: today, library, papers, categories, and where pages are found."""

    today: date
    images: Mapping[Drawing, HouseImage]
    papers: Mapping[Paper, int]
    categories: Mapping[str, Category]
    pages: dict[str, Page]
    by: Any

    def setter(self, slug: str, day: date) -> Setter:
        """Return the setter of one page's body."""
        return Setter(
            slug=slug,
            day=day,
            images={drawing: image.pk for drawing, image in self.images.items()},
            papers=self.papers,
            page_id=lambda other: self.pages[other].pk if other in self.pages else None,
        )

    def place_news(self, index: Page, story: Story, *, live: bool = True) -> NewsPage:
        """Put a story into its section, its body still empty."""
        day = resolve(story.when, self.today)
        page = NewsPage(
            title=spoken(story.title, day),
            slug=story.slug,
            lead=spoken(story.lead, day),
            dated_on=day,
            category=self.categories.get(story.category),
            source=story.office,
            pinned_until=_after(self.today, story.pinned_days or None),
            owner=self.by,
            live=live,
            has_unpublished_changes=not live,
        )
        return self._into(index, page)

    def place_notice(self, index: Page, notice: Announcement) -> NoticePage:
        """Put a notice into its section with its days, its body still empty."""
        day = resolve(notice.when, self.today)
        first, last = notice.shown or (None, None)
        page = NoticePage(
            title=spoken(notice.title, day),
            slug=notice.slug,
            lead=spoken(notice.lead, day),
            dated_on=day,
            source=notice.office,
            pinned_until=_after(day, notice.pinned),
            urgent_until=_after(day, notice.strip),
            publicity_from=_after(day, first),
            publicity_until=_after(day, last),
            objections_to=notice.objections,
            expire_at=at_hour(day + timedelta(days=notice.expires), 23) if notice.expires else None,
            owner=self.by,
        )
        return self._into(index, page)

    def place_model(self, index: Page, profile: Profile, honours: Mapping[str, Honour]) -> CommendationPage:
        """Put a role model into the section with the honours, the body still empty."""
        day = resolve(profile.when, self.today)
        page = CommendationPage(
            title=profile.title,
            slug=profile.slug,
            who=profile.who,
            post=profile.post,
            lead=profile.lead,
            dated_on=day,
            source=profile.office,
            citation=profile.citation,
            citation_source=profile.source,
            owner=self.by,
        )
        page.honours = [
            CommendationHonour(honour=honours[key], sort_order=order)
            for order, key in enumerate(profile.medals)
        ]
        return self._into(index, page)

    def place_album(self, index: Page, album: Album) -> AlbumPage:
        """Put an album into its section, without photos yet."""
        day = resolve(album.when, self.today)
        page = AlbumPage(
            title=spoken(album.title, day),
            slug=album.slug,
            lead=spoken(album.lead, day),
            dated_on=day,
            place=album.place,
            author=album.author,
            category=self.categories.get(album.category),
            owner=self.by,
        )
        return self._into(index, page)

    def photos(self, album: Album) -> list[AlbumPhoto]:
        """Return the photos of an album that hang in the library."""
        there = [(self.images[drawing], words) for drawing, words in album.shots if drawing in self.images]
        return [
            AlbumPhoto(image=image, caption=words, sort_order=place)
            for place, (image, words) in enumerate(there)
        ]

    def _into(self, index: Page, page: Any) -> Any:
        index.add_child(instance=page)
        self.pages[page.slug] = page
        return page

    def fill(
        self, page: Any, piece: Story | Announcement | Plain | Album | Profile | Report | Campaign
    ) -> None:
        """Give a page its body, pictures and related pages, unsaved."""
        if isinstance(piece, Album):
            page.photos = self.photos(piece)
        else:
            day = getattr(page, "dated_on", None) or getattr(page, "starts_on", None) or self.today
            page.body = self.setter(piece.slug, day).body(piece.body)
        if isinstance(page, (NewsPage, NoticePage, AlbumPage, CommendationPage, CampaignPage)):
            cover = getattr(piece, "picture", None)
            page.cover = self.images.get(cover) if cover else None
        if isinstance(page, (NewsPage, NoticePage, AlbumPage, CommendationPage, ReportPage)):
            link = page.related_links.model
            page.related_links = [
                link(related_id=self.pages[slug].pk, sort_order=order)
                for order, slug in enumerate(getattr(piece, "related", ()))
                if slug in self.pages
            ]

    def issue(self, page: Any, piece: Story | Announcement | Album | Profile) -> None:
        """Fill and publish a page as of its day; a notice that has run out leaves the site again."""
        self.fill(page, piece)
        page.save_revision(user=self.by, log_action=False).publish(None, log_action=False)
        page.refresh_from_db()
        if page.expire_at and page.expire_at <= timezone.now():
            page.unpublish(set_expired=True, log_action=False)
        when = at_hour(min(page.dated_on, self.today))
        Page.objects.filter(pk=page.pk).update(first_published_at=when, last_published_at=when)

    def stand(self, page: StandardPage, plain: Plain) -> None:
        """Publish a standing page."""
        page.title, page.lead, page.revised_on = plain.title, plain.lead, self.today
        page.draft_title, page.show_in_menus = plain.title, True
        self.fill(page, plain)
        page.save_revision(user=self.by, log_action=False).publish(None, log_action=False)
        self.pages[page.slug] = page


def _after(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days=days)
