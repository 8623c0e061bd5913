"""The port to search: the porter fills it in when it is ready; until then nothing of it shows."""

from typing import Protocol


class Finder(Protocol):
    """What a search must offer to the floors below it."""

    url: str
    """Address of the search page; takes the words as ``q``."""


_finder: Finder | None = None


def install(finder: Finder) -> None:
    """Make search known to the house (called from its ``apps.ready``)."""
    global _finder  # noqa: PLW0603
    _finder = finder


def finder() -> Finder | None:
    """Return the search, or None while there is none."""
    return _finder
