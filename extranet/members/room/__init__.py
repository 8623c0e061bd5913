"""The door plate of the members' house: my file for everybody, the directory for its officers."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from cms.kit.organisation import provide_bodies
from cms.kit.rooms import Room, Tile, register
from cms.kit.watching import watch
from extranet.core.permissions import may
from extranet.members.models import Branch, Office, OfficeKind, UnionGroup
from extranet.members.selectors.organisation import public_bodies

OFFICES = (
    (
        "members.directory",
        Tile(
            label=_("Directory"),
            hint=_("Find members by name, pinyin or staff number"),
            icon="people",
            url=reverse_lazy("members:directory"),
        ),
    ),
    (
        "members.roster",
        Tile(
            label=_("Roster"),
            hint=_("Take in what the personnel office sends, or take it home"),
            icon="list",
            url=reverse_lazy("roster:list"),
        ),
    ),
    (
        "members.activate",
        Tile(
            label=_("Activation codes"),
            hint=_("Let people set their first password"),
            icon="qr",
            url=reverse_lazy("members:activation"),
        ),
    ),
    (
        "members.recover",
        Tile(
            label=_("Let somebody back in"),
            hint=_("For who lost password or telephone"),
            icon="key",
            url=reverse_lazy("members:recovery"),
        ),
    ),
)
"""What stands open to offices, by the permission it takes."""
MY_FILE = Tile(
    label=_("My file"),
    hint=_("What the union knows about me"),
    icon="person",
    url=reverse_lazy("members:me"),
)
MY_ACCOUNT = Tile(
    label=_("Account and security"),
    hint=_("Password, second factor, devices"),
    icon="shield",
    url=reverse_lazy("account_overview"),
)


def tiles(user: Any) -> Iterable[Tile]:
    """Yield the ways in: what is for offices only to whoever holds one of them."""
    if user.is_authenticated:
        yield from (tile for permission, tile in OFFICES if may(user, permission))
        yield MY_FILE


def mine(user: Any) -> Iterable[Tile]:
    """Yield the ways to what is about the person alone (no query)."""
    if user.is_authenticated:
        yield from (MY_FILE, MY_ACCOUNT)


def open_up(demo: Any, accounts: Any) -> None:
    """Enter the room; let the website know who stands for the union, and when that changes."""
    register(
        Room(
            slug="members",
            label=_("Members"),
            weight=80,
            tiles=tiles,
            mine=mine,
            demo=demo,
            accounts=accounts,
        )
    )
    provide_bodies(public_bodies)
    watch(Office, OfficeKind, Branch, UnionGroup)
