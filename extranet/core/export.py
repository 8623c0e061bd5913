"""Lists that leave the house as a file (导出): who took them is written down; nothing in them calculates."""

from typing import Any

from .models import Export

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With the wide ones: a Chinese spreadsheet takes them for the narrow."""


def on_export(user: Any, what: str, number: int, *, kind: str, narrowed: dict[str, str]) -> Export:
    """Write down that somebody takes a list of so many rows home; other exports call this too."""
    taken = Export(taker=user, what=what[:60], number=number, kind=kind, narrowed=narrowed)
    taken.save()
    return taken


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet calculates."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
