"""The shell of every page of the members' area: ways to the rooms, what is new in them, who is here."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from cms.kit.rooms import Room, ask

IN_THE_BAR = 2
"""Rooms with a place in the bar of a phone, beside the home page, the desk and one's own things."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A way in the rail: ``current`` says ``page`` or ``true`` where the reader is there or inside."""

    label: Any
    url: str
    icon: str
    badge: int = 0
    current: str = ""


class Shell:
    """One page's view of the house. Costs no query of its own; badges and ``about`` cost what rooms ask."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def desk(self) -> Place:
        """The desk."""
        return self._place(reverse("core:desk"), "", "tasks")

    @cached_property
    def bar(self) -> list[Place]:
        """The rooms that have a place in the bar."""
        return [self._of_room(room, tile, first=True) for room, tile in self._main]

    @cached_property
    def more(self) -> list[Place]:
        """All other ways in, each by its own name; neither the inbox nor what is among one's own things."""
        kept = {(room.slug, tile.url) for room, tile in self._main}
        mine = {tile.url for tile in self._mine}
        inbox = self._inbox[0] if self._inbox else None
        firsts = {room.slug: tile for room, tile in reversed(self._ways)}
        return [
            self._of_room(room, tile, first=firsts[room.slug] is tile, label=tile.label)
            for room, tile in self._ways
            if (room.slug, tile.url) not in kept and room is not inbox and tile.url not in mine
        ]

    @cached_property
    def inbox(self) -> Place | None:
        """The way to the notices, with the number not read yet; None while there is no such room."""
        return self._of_room(*self._inbox, first=True) if self._inbox else None

    @cached_property
    def mine(self) -> list[Place]:
        """Ways to what is about the person alone: data, sign-in, choices."""
        return [self._place(str(tile.url), tile.label, tile.icon) for tile in self._mine]

    @cached_property
    def about(self) -> str:
        """Who this person is here, in a line; empty when nobody knows."""
        told = (answer.said for answer in ask("about", self.request.user))
        return next((line for line in told if line), "")

    @cached_property
    def more_is_here(self) -> bool:
        """Whether the reader is in a room without a place in the bar."""
        return any(place.current for place in self.more)

    @cached_property
    def me_is_here(self) -> bool:
        """Whether the reader is at something of their own."""
        return any(place.current for place in self.mine) or bool(self.inbox and self.inbox.current)

    @cached_property
    def _ways(self) -> list[tuple[Room, Any]]:
        """Every way in, with its room; asked once."""
        return [
            (answer.room, tile) for answer in ask("tiles", self.request.user) for tile in answer.said or ()
        ]

    @cached_property
    def _mine(self) -> list[Any]:
        return [tile for answer in ask("mine", self.request.user) for tile in answer.said or ()]

    @cached_property
    def _main(self) -> list[tuple[Room, Any]]:
        firsts = {room.slug: (room, tile) for room, tile in reversed(self._ways) if room.main}
        return sorted(firsts.values(), key=lambda way: (way[0].weight, way[0].slug))[:IN_THE_BAR]

    @cached_property
    def _inbox(self) -> tuple[Room, Any] | None:
        return next(((room, tile) for room, tile in self._ways if room.news is not None), None)

    @cached_property
    def _badges(self) -> dict[str, int]:
        return {answer.room.slug: answer.said or 0 for answer in ask("badge", self.request.user)}

    @cached_property
    def _nearest(self) -> str:
        """The longest address of a way that this page lies under."""
        urls = [str(tile.url) for tile in [*(tile for _room, tile in self._ways), *self._mine]]
        inside = [url for url in [reverse("core:desk"), *urls] if self.request.path.startswith(url)]
        return max(inside, key=len, default="")

    def _of_room(self, room: Room, tile: Any, *, first: bool, label: Any = None) -> Place:
        label = label or room.label
        icon = room.icon if first and room.icon else tile.icon
        return self._place(str(tile.url), label, icon, self._badges.get(room.slug, 0) if first else 0)

    def _place(self, url: str, label: Any, icon: str, badge: int = 0) -> Place:
        here = self.request.path
        current = ("page" if url == here else "true") if url == self._nearest else ""
        return Place(label=label, url=url, icon=icon, badge=badge, current=current)
