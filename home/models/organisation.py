"""组织机构: who stands for the union, read from the offices as they are today; nobody keeps a second list."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page
from wagtail.search import index

from cms.kit.models import HousePage
from cms.kit.organisation import bodies
from home import selectors


class OrganisationPage(HousePage):
    """The bodies of the union and its branches with who holds a public office in them."""

    lead = models.CharField(
        _("lead"), max_length=200, blank=True, help_text=_("One sentence: what the reader finds here.")
    )

    content_panels = [
        *HousePage.content_panels,
        FieldPanel("lead"),
        HelpPanel(
            content=_(
                "The names come from the offices held and change with them by themselves; an officer keeps "
                "these under Who is who."
            )
        ),
    ]
    search_fields = [*HousePage.search_fields, index.SearchField("lead")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "home/organisation_page.html"
    page_description = _("Who stands for the union, from the offices as they are today.")

    class Meta:
        verbose_name = _("organisation page")
        verbose_name_plural = _("organisation pages")

    @cached_property
    def trail(self) -> list[Page]:
        """The pages above this one (the route knows them already)."""
        return selectors.trail_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the bodies (one query)."""
        return {
            **super().get_context(request, *args, **kwargs),
            **selectors.frame_of_page(self, request),
            "bodies": bodies(),
        }
