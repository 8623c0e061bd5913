"""Reading one cell: what somebody typed or Excel made of it, into the one spelling the house keeps."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from extranet.core.export import FORMULA
from extranet.members.models import mobile_shape, staff_number_shape

from .columns import CHOICES, NOTHING, Column, allowed, bare

GUARD = "'"
CALCULATES = ("=", "@")
"""What no value of a roster begins with; + and - are fine before a number."""
EXCEL_FAULTS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}
EXCEL_BEGINS = date(1899, 12, 30)
SERIALS = range(3_000, 80_000)  # 1908 to 2119
EARLIEST = 1900

_NARROW = {
    ord(wide): narrow
    for wide, narrow in zip("０１２３４５６７８９＠．＋－＝", "0123456789@.+-=", strict=True)
}
_NARROW |= {0xFF21 + n: chr(0x41 + n) for n in range(26)} | {0xFF41 + n: chr(0x61 + n) for n in range(26)}
_HAN = re.compile(r"[\u3400-\u9fff]")
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*日?|\s*月)?(?:[ T]\d{1,2}:.*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")


class Wrong(Exception):  # noqa: N818
    """A cell cannot be taken; ``code`` says why, ``facts`` go into the sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def shown(cell: Any) -> str:
    """Return a cell's words for a list of errors."""
    words = str(cell if cell is not None else "")
    return words if len(words) <= 60 else f"{words[:60]}…"  # noqa: PLR2004


def words_of(cell: Any) -> str:
    """Return a cell as text: narrow letters and digits, nothing invisible, single blanks."""
    text = str(cell).translate(_NARROW)
    if not text.isprintable():
        kept = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
        text = "".join(kept)
    if " " not in text:
        return text
    text = " ".join(text.split())
    return text if not _HAN.search(text) else re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", text)


def read(column: Column, cell: Any) -> Any:
    """Return the value of a cell; None for an empty one, "" where it says there is nothing; raises Wrong."""
    if cell is None or cell == "":
        return None
    guarded = isinstance(cell, str) and cell[:1] == GUARD and cell[1:].startswith(FORMULA)
    words = words_of(cell[1:] if guarded else cell)
    if not words:
        return None
    if column.kind not in {"number", "name"} and bare(words) in NOTHING:
        return ""
    if words.upper() in EXCEL_FAULTS:
        raise Wrong("fault")
    if not guarded and words.startswith(CALCULATES):
        raise Wrong("formula")
    value = _READERS[column.kind](column, words)
    if len(value) > column.longest:
        raise Wrong("too_long", most=column.longest)
    return value


def _number(_column: Column, words: str) -> str:
    number = unicodedata.normalize("NFKC", words).replace(" ", "").lower()
    try:
        staff_number_shape(number)
    except ValidationError:
        raise Wrong("number_shape") from None
    return number


def _text(_column: Column, words: str) -> str:
    return words


def _word(column: Column, words: str) -> str:
    value = CHOICES[column.key].get(bare(words))
    if value is None:
        raise Wrong(f"{column.key}_unknown", allowed=allowed(column.key))
    return value


def _mobile(_column: Column, words: str) -> str:
    digits = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", words))
    digits = re.sub(r"^(?:\+86|0086|86(?=1\d{10}$))", "", digits)
    try:
        mobile_shape(digits)
    except ValidationError:
        raise Wrong("mobile_bad") from None
    if digits[0] == "1" and len(digits) != 11:  # noqa: PLR2004 - of the mainland
        raise Wrong("mobile_bad")
    return digits


def _email(_column: Column, words: str) -> str:
    address = unicodedata.normalize("NFKC", words).replace(" ", "").lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Wrong("email_bad") from None
    return address


def _day(_column: Column, words: str) -> str:
    return day_in(words, whole=True).isoformat()


def _month(_column: Column, words: str) -> str:
    return day_in(words, whole=False).replace(day=1).isoformat()


def day_in(words: str, *, whole: bool) -> date:
    """Return the day in 46027, 2026-01-05, 2026.1.5, 2026年1月5日, 20260105 or 202601; raises Wrong.

    A month alone stands for its first day, also where a ``whole`` day is asked for: personnel offices often
    know no more.
    """
    if words.isascii() and words.replace(".", "", 1).isdigit() and len(words.split(".", maxsplit=1)[0]) == 5:  # noqa: PLR2004
        serial = int(words.split(".", maxsplit=1)[0])
        if serial in SERIALS:
            return EXCEL_BEGINS + timedelta(days=serial)
    found = _DAY.fullmatch(words) or _COMPACT.fullmatch(words)
    try:
        year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
        return date(year if year >= EARLIEST else 0, month, day)
    except ValueError:
        raise Wrong("day_bad" if whole else "month_bad") from None


_READERS: dict[str, Callable[[Column, str], str]] = {
    "number": _number, "name": _text, "text": _text, "place": _text, "word": _word,
    "mobile": _mobile, "email": _email, "day": _day, "month": _month,
}  # fmt: skip
