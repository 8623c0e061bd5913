"""The port to the union's offices (组织机构): who stands for it in public; the members' house fills it in."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody in an office; ``place`` is the branch or group it acts for."""

    office: str
    name: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Body:
    """A committee with its seats, or, ``by_place``, the branches with theirs."""

    title: str
    seats: tuple[Seat, ...]
    by_place: bool = False


_ask: Callable[[], list[Body]] | None = None


def provide_bodies(ask: Callable[[], list[Body]]) -> None:
    """Say who knows the offices; called once when that app is ready."""
    global _ask  # noqa: PLW0603 - a port has one other side
    _ask = ask


def bodies() -> list[Body]:
    """Return the bodies as they are today; none while nobody knows them."""
    return _ask() if _ask else []
