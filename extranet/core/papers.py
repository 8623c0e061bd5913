"""A case on paper (PDF): its facts and its history under the union's letterhead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.kit import leaves, pdf
from cms.kit.delivery import disposition
from cms.kit.files import NEVER_KEPT
from cms.kit.frame import frame_of
from cms.kit.pdf import Block, Heading, Letter, Table
from cms.kit.templatetags.house import when

from .models import Case
from .telling import Entry


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The paper of a case: ``blocks`` (texts of the room) stand between the facts and the history."""

    case: Case
    title: str
    facts: Iterable[tuple[Any, Any]] = ()
    blocks: Sequence[Block] = ()
    history: Sequence[Entry] = ()
    signed: str = ""
    day: date | None = None

    def letter(self, union: str) -> Letter:
        """Return it under a union's letterhead."""
        return Letter(
            title=self.title,
            union=union,
            blocks=[*self._facts(), *self.blocks, *self._history()],
            facts=(*self._number(), (_("Printed"), when(timezone.now()))),
            signed=self.signed,
            day=self.day,
        )

    def _facts(self) -> list[Block]:
        rows = tuple((str(label), _in_words(value)) for label, value in self.facts)
        return [Table(rows)] if rows else []

    def _history(self) -> list[Block]:
        if not self.history:
            return []
        heads = (_("When"), _("Who"), _("What"), _("In their words"))
        rows = tuple((when(one.at), one.who, str(one.words), one.note) for one in reversed(self.history))
        return [Heading(_("History")), Table(rows, heads)]

    def _number(self) -> tuple[tuple[str, str], ...]:
        return ((_("case number"), self.case.number),) if self.case.number else ()


def union_of(request: HttpRequest) -> str:
    """Return whose letterhead it is."""
    identity = frame_of(request).identity
    return identity.union_name or identity.house_name


def answer(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Send a paper to a reader whom the view has let in; no cache keeps it."""
    try:
        content = pdf.for_reader(letter)
    except (pdf.Unset, leaves.Busy):
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "5"
        response["Cache-Control"] = NEVER_KEPT
        return response
    headers = {
        "Content-Disposition": disposition(f"{letter.title}.pdf", inline=False),
        "Cache-Control": NEVER_KEPT,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _in_words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return pgettext("list", ", ").join(str(one) for one in value)
    return "" if value is None else str(value)
