"""What the admin says beside an image about its being taken down."""

from typing import Any

from django import template

from cms.kit import takedown

register = template.Library()


@register.inclusion_tag("kit/takedown_panel.html", takes_context=True)
def takedown_panel(context: dict[str, Any], image: Any) -> dict[str, Any]:
    """Draw the button to take an image down or to show it again, and its history."""
    user = context["request"].user
    return {
        "image": image,
        "history": takedown.history(image),
        "allowed": takedown.may_take_down(user, image),
        "may_restore": takedown.may_restore(user, image),
    }
