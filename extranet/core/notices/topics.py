"""Topics (消息类别): what notices are about; each room registers its own."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

_SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")


@dataclass(frozen=True)
class Topic:
    """One kind of notice; all ``duty`` topics matter enough that nobody may mute them.

    ``robots``: announcements of it may go to group chats. ``discreet``: not even its name stands in a mail,
    because the name alone tells something (帮扶). ``icon`` is one of the house's drawings.
    """

    slug: str
    label: Any
    duty: bool = False
    robots: bool = False
    discreet: bool = False
    icon: str = "inform"


_topics: dict[str, Topic] = {}


def register(topic: Topic) -> None:
    """Enter a topic; raises ImproperlyConfigured for a slug in use, a bad one, or duties told to a group."""
    if not _SLUG.fullmatch(topic.slug):
        raise ImproperlyConfigured(f"A topic cannot be called {topic.slug!r}: write a-z, 0-9 and hyphens.")
    if topic.robots and (topic.duty or topic.discreet):
        raise ImproperlyConfigured(f"{topic.slug}: duties and discreet matters are not told to groups.")
    if _topics.setdefault(topic.slug, topic) != topic:
        raise ImproperlyConfigured(f"Two topics are called {topic.slug}.")


def topic_of(slug: str) -> Topic:
    """Return a topic; one whose room has left the house is called by its slug."""
    return _topics.get(slug) or Topic(slug, slug)


def known(slug: str) -> Topic:
    """Return a registered topic; raises LookupError for any other."""
    if slug not in _topics:
        raise LookupError(f"Nobody has registered the topic {slug}.")
    return _topics[slug]


def all_topics() -> list[Topic]:
    """Return the topics, duties first, each group in the order of registration."""
    return sorted(_topics.values(), key=lambda topic: not topic.duty)


OF_THE_HOUSE = (
    Topic("account", _("Account and security"), duty=True, icon="lock"),
    Topic("files", _("Files I sent"), duty=True, icon="document"),
    Topic("union", _("From the union office"), robots=True, icon="horn"),
)
"""What the building itself speaks of; rooms add their own."""
