"""Wagtail's content checker in the editor and on the page, with the rules that matter for stories."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class HouseCheckerItem(ContentCheckerItem):
    """Adds missing alt texts, contrast and tables; the search description is the lead's work here."""

    axe_run_only = [
        "alt-text-quality",
        "button-name",
        "color-contrast",
        "empty-heading",
        "empty-table-header",
        "frame-title",
        "heading-order",
        "image-alt",
        "input-button-name",
        "link-name",
        "p-as-heading",
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("Picture without alt text"),
            "help_text": _("Say in a few words what it shows"),
        },
        "alt-text-quality": {
            "error_name": _("The alt text looks like a file name"),
            "help_text": _("Say in a few words what the picture shows"),
        },
        "color-contrast": {
            "error_name": _("Text hard to read on its ground"),
            "help_text": _("Choose darker text or a lighter ground"),
        },
        "heading-order": {
            "error_name": _("Heading that skips a level"),
            "help_text": _("Begin with the larger heading"),
        },
        "empty-heading": {
            "error_name": _("Empty heading"),
            "help_text": _("Write it or turn it into a paragraph"),
        },
        "link-name": {
            "error_name": _("Link without words"),
            "help_text": _("Say where the link leads"),
        },
        "p-as-heading": {
            "error_name": _("Paragraph made up as a heading"),
            "help_text": _("Use a heading of the toolbar instead of bold letters"),
        },
    }


def use_house_checker(items: list[Any]) -> None:
    """Put our checker in the place of Wagtail's in the items of a userbar."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem) and not isinstance(item, HouseCheckerItem):
            items[place] = HouseCheckerItem(in_editor=item.in_editor)
