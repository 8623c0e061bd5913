"""The words of a notice: message ids and facts, put together for the record and for readers of English."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import Truncator

from cms.kit.templatetags.house import han_date, when
from extranet.core.models import Notice

DAY, INSTANT = "day", "instant"
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Words:
    """What is said: the record in the house's language, and what it was made of."""

    title: str
    body: str
    source: dict[str, Any]


def put(title: Any, body: Any, facts: Mapping[str, Any]) -> Words:
    """Put words together in the house's language.

    Raises KeyError for a fact that is missing, TypeError for one that is no text, whole number, day or
    instant: what is shown goes in as text, never as an object.
    """
    kept = {name: _kept(value) for name, value in facts.items()}
    source = {"title": str(title), "body": str(body), "facts": kept}
    with translation.override(settings.LANGUAGE_CODE):
        head = Truncator(_said(str(title), kept)).chars(LONGEST_TITLE)
        return Words(head, _said(str(body), kept), source)


def title_of(notice: Notice) -> str:
    """Return the title in the language of whoever reads."""
    return _read(notice, "title")


def body_of(notice: Notice) -> str:
    """Return the text in the language of whoever reads."""
    return _read(notice, "body")


def _read(notice: Notice, part: str) -> str:
    if translation.get_language() == settings.LANGUAGE_CODE or part not in notice.source:
        return str(getattr(notice, part))
    return _said(notice.source[part], notice.source["facts"])


def _kept(value: Any) -> Any:
    if isinstance(value, datetime):
        return {INSTANT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, bool | float | list | dict) or value is None:
        raise TypeError(f"{value!r} is no fact of a notice: write a text, a whole number or a day.")
    return value if isinstance(value, int) else str(value)


def _said(text: str, facts: Mapping[str, Any]) -> str:
    """Return a text in the active language with its facts; without facts a per cent sign is itself."""
    words = translation.gettext(text) if text else ""
    return words % {name: _shown(value) for name, value in facts.items()} if facts else words


def _shown(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if DAY in value:
        return han_date(date.fromisoformat(value[DAY]))
    return when(timezone.localtime(datetime.fromisoformat(value[INSTANT])))
