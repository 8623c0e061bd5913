"""What every section of the website shares: one sentence under its title, its place, the way back."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.kit.models import HousePage
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
