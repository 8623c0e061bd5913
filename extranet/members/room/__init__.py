"""The door plate of the members' house: my file for everybody, the directory for its officers."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.kit.organisation import provide_bodies
from cms.kit.rooms import Room, Tile, register
from cms.kit.watching import watch
from extranet.core.permissions import may
from extranet.members.models import Branch, Office, OfficeKind, UnionGroup
from extranet.members.selectors.organisation import public_bodies


def tiles(user: Any) -> Iterable[Tile]:
    """Yield the ways in: the directory only for who may look people up."""
    if not user.is_authenticated:
        return
    if may(user, "members.directory"):
        yield Tile(
            label=_("Directory"),
            hint=_("Find members by name, pinyin or staff number"),
            icon="card",
            url=reverse("members:directory"),
        )
    yield Tile(
        label=_("My file"),
        hint=_("What the union knows about me"),
        icon="person",
        url=reverse("members:me"),
    )


def open_up(demo: Any, accounts: Any) -> None:
    """Enter the room; let the website know who stands for the union, and when that changes."""
    register(
        Room(
            slug="members",
            label=_("Members"),
            weight=80,
            tiles=tiles,
            demo=demo,
            accounts=accounts,
        )
    )
    provide_bodies(public_bodies)
    watch(Office, OfficeKind, Branch, UnionGroup)
