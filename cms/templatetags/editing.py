"""Tags of the admin's own templates."""

from django import template
from django.conf import settings
from wagtail.models import Page

from cms.editing.checks import findings

register = template.Library()


@register.simple_tag
def content_findings(page: object) -> list[str] | None:
    """Return what the content checks say about a saved page; None about a new one or a snippet."""
    return findings(page) if isinstance(page, Page) and page.pk else None


@register.simple_tag
def second_factor_is_relaxed() -> bool:
    """Tell whether this is a demo that lets officers in by a password alone."""
    return bool(settings.DEMO and not settings.MFA_REQUIRED)
