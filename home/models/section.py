"""What every section of the website shares: one sentence under its title, its place, the way back."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.kit.models import HousePage
from cms.kit.models.pages import reader_of
from home import selectors


class SectionPage(HousePage):
    """Abstract: a page under the home page that lists others."""

    intro = models.CharField(
        _("introduction"),
        max_length=160,
        blank=True,
        help_text=_("One sentence under the title: what stands here."),
    )

    content_panels = [*HousePage.content_panels, FieldPanel("intro")]
    search_fields = [*HousePage.search_fields, index.SearchField("intro")]
    parent_page_types = ["home.HomePage"]
    show_in_menus_default = True

    class Meta:
        abstract = True

    @cached_property
    def trail(self) -> list[Page]:
        """The pages above this one (the route knows them already)."""
        return selectors.trail_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add whether the section is closed to visitors: its head says so."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "closed": bool(reader_of(request).on(self.path))}
