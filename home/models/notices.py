"""Notices (通知公告), urgent ones and public notices (公示), and their section."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.search import index

from cms.kit.models import HousePage

from .index import StoryIndex
from .story import RelatedLink, Story


@dataclass(frozen=True)
class Publicity:
    """A public notice (公示): its days, whom to object to, and how it stands on a day."""

    first: date
    last: date
    objections_to: str
    today: date

    @property
    def days(self) -> int:
        """How many days it stands, the first and the last one counted."""
        return (self.last - self.first).days + 1

    @property
    def runs(self) -> bool:
        """Whether objections are taken today."""
        return self.first <= self.today <= self.last

    @property
    def standing(self) -> str:
        """Say in words how it stands today."""
        if self.today < self.first:
            return gettext("Not begun yet")
        if self.today > self.last:
            return pgettext("how it stands", "Ended")
        left = (self.last - self.today).days
        if left == 0:
            return gettext("Today is the last day")
        return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}


class NoticePage(Story):
    """通知公告: a notice; an urgent one stands as a strip, a public one (公示) has its days."""

    urgent_until = models.DateField(
        _("urgent until"),
        null=True,
        blank=True,
        help_text=_("Stands as a strip on every page up to and on this day."),
    )
    publicity_from = models.DateField(
        _("public notice from"), null=True, blank=True, help_text=_("First day; only for public notices.")
    )
    publicity_until = models.DateField(
        _("public notice until"), null=True, blank=True, help_text=_("Last day, itself included.")
    )
    objections_to = models.CharField(
        _("objections to"),
        max_length=160,
        blank=True,
        help_text=_("Office, phone and place for objections."),
    )

    content_panels = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("dated_on"), FieldPanel("category"), FieldPanel("source"), FieldPanel("cover")],
            heading=_("Placing"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("publicity_from"), FieldPanel("publicity_until"), FieldPanel("objections_to")],
            heading=_("Public notice"),
        ),
        InlinePanel("related_links", heading=_("Related pages"), label=_("related page"), max_num=6),
    ]
    settings_panels = [PublishingPanel(), FieldPanel("pinned_until"), FieldPanel("urgent_until")]
    search_fields = [*Story.search_fields, index.SearchField("objections_to")]
    parent_page_types = ["home.NoticeIndexPage"]
    teased = False
    template = "home/notice_page.html"
    page_description = _("A short announcement; urgent ones and public notices too.")

    class Meta(Story.Meta):
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                name="home_notice_publicity_whole",
                condition=Q(publicity_from__isnull=True, publicity_until__isnull=True)
                # Without "is not null" a missing day would make the comparison unknown, which passes.
                | Q(publicity_from__isnull=False, publicity_until__isnull=False)
                & Q(publicity_until__gte=F("publicity_from"))
                & ~Q(objections_to=""),
                violation_error_message=_("A public notice needs both its days and whom to object to."),
            )
        ]

    @property
    def publicity(self) -> Publicity | None:
        """The public notice this page makes, or None."""
        if not (self.publicity_from and self.publicity_until):
            return None
        return Publicity(self.publicity_from, self.publicity_until, self.objections_to, timezone.localdate())

    @property
    def is_urgent(self) -> bool:
        """Whether it stands as a strip on every page today."""
        return self.urgent_until is not None and self.urgent_until >= timezone.localdate()

    def contradictions(self) -> dict[str, Any]:
        """Add what a public notice and an urgent one must keep to."""
        problems = super().contradictions()
        first, last = self.publicity_from, self.publicity_until
        if last and not first:
            problems["publicity_from"] = _("Write the first day as well.")
        if first and not last:
            problems["publicity_until"] = _("Write the last day as well.")
        if first and last and last < first:
            problems["publicity_until"] = _("Choose a day on or after the first day.")
        if (first or last) and not self.objections_to.strip():
            problems["objections_to"] = _("Write the office, phone and place where objections are taken.")
        if self.expire_at and last and last > self.last_day:
            problems["publicity_until"] = _("The page disappears before this day; let it stand longer.")
        if self.expire_at and self.urgent_until and self.urgent_until > self.last_day:
            problems["urgent_until"] = _("Choose a day on which the page is still there.")
        return problems

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the public notice."""
        return {**super().get_context(request, *args, **kwargs), "publicity": self.publicity}


class NoticeRelatedLink(RelatedLink):
    """A page to read after a notice."""

    page = ParentalKey(NoticePage, on_delete=models.CASCADE, related_name="related_links")


class NoticeIndexPage(StoryIndex):
    """通知公告: the section of notices."""

    subpage_types = ["home.NoticePage"]
    template = "home/notice_index_page.html"
    page_description = _("Lists notices by month and category.")
    story_model = NoticePage

    class Meta:
        verbose_name = _("notices section")
        verbose_name_plural = _("notices sections")
