"""The columns of a roster and the words people write over and into them (``words.toml``)."""

import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
Kind = Literal["number", "name", "word", "month", "day", "text", "mobile", "email", "place"]


@dataclass(frozen=True)
class Column:
    """One column: the field it fills, what it is called, how its cells are read, how long they may be."""

    key: str
    label: Any
    kind: Kind
    longest: int
    is_needed: bool = False

    @property
    def header(self) -> str:
        """Return what the column is called in files we write."""
        return str(WORDS["headers"][self.key][0])


COLUMNS = (
    Column("staff_number", _("staff number"), "number", 20, is_needed=True),
    Column("name", pgettext_lazy("person", "name"), "name", 60, is_needed=True),
    Column("sex", _("sex"), "word", 20),
    Column("born_in", _("born in"), "month", 40),
    Column("department", _("department"), "place", 40),
    Column("post", _("post"), "text", 40),
    Column("title", _("professional title"), "text", 40),
    Column("employment", _("kind of employment"), "text", 20),
    Column("mobile", _("mobile"), "mobile", 20),
    Column("email", _("email"), "email", 254),
    Column("joined_on", _("joined on"), "day", 40),
    Column("branch", _("branch union"), "place", 40),
    Column("group", _("union group"), "place", 40),
    Column("shift", _("shift pattern"), "word", 20),
    Column("status", _("membership"), "word", 20),
)
BY_KEY = {column.key: column for column in COLUMNS}
NEEDED = tuple(column.key for column in COLUMNS if column.is_needed)
LABELS: dict[str, Any] = {
    **{column.key: column.label for column in COLUMNS},
    "is_active": _("account"),
    "left_on": _("left on"),
    "office": _("office"),
}
PLACES = ("department", "branch", "group")


@lru_cache(maxsize=20_000)
def bare(words: str) -> str:
    """Return words as they are compared: narrow, lower case, without blanks."""
    narrow = unicodedata.normalize("NFKC", words).casefold()
    return "".join(narrow.split()).strip("*:")


def _by_bare(table: dict[str, list[str]]) -> dict[str, str]:
    return {bare(word): key for key, words in table.items() for word in words}


HEADERS = _by_bare(WORDS["headers"])
CHOICES = {field: _by_bare(WORDS[field]) for field in ("sex", "shift", "status")}
NOTHING = {bare(word) for word in WORDS["other"]["nothing"]}


def written(field: str, value: str) -> str:
    """Return the word for a choice in files we write, empty for none."""
    return str(WORDS[field][value][0]) if value else ""


def allowed(field: str) -> str:
    """Return the words a choice is written with, for a sentence."""
    return "、".join(words[0] for words in WORDS[field].values())


def guess(headers: Iterable[tuple[int, str]], habits: dict[str, str]) -> dict[int, str]:
    """Return which field each header (position, words) means, by habit or by its words; each field once."""
    found: dict[int, str] = {}
    for position, words in headers:
        key = bare(words)
        field = habits[key] if key in habits else HEADERS.get(key, "")
        if field in BY_KEY and field not in found.values():
            found[position] = field
    return found
