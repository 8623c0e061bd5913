"""The inbox's door plate: what the register shows of it. Its addresses are the building's own."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.kit.rooms import Room, Tile

from . import demo
from .notices import unread_count


def tiles(user: Any) -> Iterable[Tile]:
    """The way in, for whoever has signed in (no query)."""
    if user.is_authenticated:
        hint = _("What happened with your matters, and what is new.")
        yield Tile(label=_("My messages"), hint=hint, icon="horn", url=reverse("core:inbox"))


INBOX = Room(
    slug="inbox", label=_("Messages"), weight=90, tiles=tiles, badge=unread_count, demo=demo.tell
)
