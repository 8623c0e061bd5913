"""Log lines: one JSON object a line, with the request's id, without anything a person typed or is known by.

A traceback keeps files, lines and functions; the text of an error is left out, as databases and forms repeat
in it what somebody wrote. The kinds of errors whose text speaks of the program alone keep theirs.
"""

import logging
import traceback
from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from django.conf import settings
from django.db import OperationalError
from django.template import TemplateDoesNotExist, TemplateSyntaxError

OF_THE_PROGRAM = (
    AttributeError,
    ImportError,
    NameError,
    OperationalError,
    OSError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)
LONGEST_TEXT = 300
DEEPEST = 40
Event = Mapping[str, Any]


def failure(error: BaseException) -> str:
    """Return the traceback of ``error`` and of what led to it, without values."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        parts.append(f"{_frames(current.__traceback__)}{_name(current)}")
        hidden = current.__suppress_context__ and current.__cause__ is None
        current = None if hidden else current.__cause__ or current.__context__
    return "\n-- after:\n".join(parts)


def _name(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if not isinstance(error, OF_THE_PROGRAM) or isinstance(error, FileNotFoundError | UnicodeError):
        return kind
    text = (error.strerror or "") if isinstance(error, OSError) else " ".join(str(error).split())
    return f"{kind}: {text[:LONGEST_TEXT]}" if text else kind


def _frames(trace: TracebackType | None) -> str:
    lines = []
    for frame in traceback.extract_tb(trace)[-DEEPEST:]:
        path = Path(frame.filename)
        short = (
            path.relative_to(settings.ROOT) if path.is_relative_to(settings.ROOT) else Path(*path.parts[-3:])
        )
        lines.append(f"{short}:{frame.lineno} {frame.name}\n")
    return "".join(lines)


def _put_failure(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Event:
    """Replace what a logger was given as exc_info by its traceback without values."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["failure"] = failure(error)
    return event


def _drop_double(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Event:
    """Leave out what another handler has written into the record: the event says it already."""
    event.pop("message", None)
    return event


def _put_time(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Event:
    """Say when the record was made, in UTC."""
    record: logging.LogRecord = event["_record"]
    made = datetime.fromtimestamp(record.created, UTC)
    event["time"] = made.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return event


def formatter(style: str) -> logging.Formatter:
    """Return the formatter of every handler: ``json`` for machines, ``plain`` for people at a terminal."""
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        _drop_double,
    ]
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=False, timestamp_key="time")
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            _put_failure,
            _put_time,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            last,
        ],
    )
