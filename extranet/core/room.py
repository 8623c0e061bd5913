"""The inbox's door plate: what the register shows of it. Its addresses are the building's own."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.kit.rooms import News, Room, Some, Tile, first

from . import demo
from .models import Notice
from .notices import unread_count
from .notices.topics import topic_of
from .notices.words import title_of


def tiles(user: Any) -> Iterable[Tile]:
    """The way in, for whoever has signed in (no query)."""
    if user.is_authenticated:
        hint = _("What happened with your matters, and what is new.")
        yield Tile(label=_("My messages"), hint=hint, icon="horn", url=reverse("core:inbox"))


def news(user: Any, limit: int) -> Some[News]:
    """What somebody has not read yet, newest first."""
    unread = Notice.objects.visible_to(user).unread().order_by("-told_at", "-pk")
    return first(unread, limit, _news)


def _news(notice: Notice) -> News:
    url = reverse("core:notice", args=[notice.public_id])
    about = topic_of(notice.topic).label
    return News(title=title_of(notice), url=url, sent_at=notice.told_at, about=about)


INBOX = Room(
    slug="inbox",
    label=_("Messages"),
    weight=90,
    icon="bell",
    main=True,
    tiles=tiles,
    badge=unread_count,
    news=news,
    demo=demo.tell,
)
