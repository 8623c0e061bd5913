"""Tags of the admin's own templates."""

from django import template
from wagtail.models import Page

from cms.editing.checks import findings

register = template.Library()


@register.simple_tag
def content_findings(page: object) -> list[str] | None:
    """Return what the content checks say about a saved page; None about a new one or a snippet."""
    return findings(page) if isinstance(page, Page) and page.pk else None
