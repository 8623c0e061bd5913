"""Filters of a list: what is asked in its address, and how rows are narrowed by it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_WORDS = 80
ALL = _("All")


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One question above a list. ``by`` is the lookup it narrows, or a function ``(rows, value)``."""

    name: str
    label: Any
    by: str | Callable[[Any, Any], Any]

    def fields(self, user: Any) -> dict[str, forms.Field]:
        """Return the fields of the question for this reader."""
        raise NotImplementedError

    def narrow(self, rows: Any, said: Mapping[str, Any]) -> Any:
        """Return the rows that answer what was said."""
        value = said.get(self.name)
        if value in (None, "", []):
            return rows
        return rows.filter(**{self.by: value}) if isinstance(self.by, str) else self.by(rows, value)


@dataclass(frozen=True, kw_only=True)
class Choice(Filter):
    """One of several: ``choices`` are pairs, or a function of the reader; anything else is not found."""

    choices: Iterable[tuple[Any, Any]] | Callable[[Any], Iterable[tuple[Any, Any]]]
    everything: Any = ALL

    def fields(self, user: Any) -> dict[str, forms.Field]:
        """Return a select with everything first."""
        choices = self.choices(user) if callable(self.choices) else self.choices
        offered = [("", self.everything), *((str(value), label) for value, label in choices)]
        return {self.name: forms.ChoiceField(label=self.label, required=False, choices=offered)}


@dataclass(frozen=True, kw_only=True)
class Words(Filter):
    """Words to look for; how is the room's own matter."""

    hint: Any = ""

    def fields(self, user: Any) -> dict[str, forms.Field]:  # noqa: ARG002
        """Return a search field."""
        box = forms.TextInput({"type": "search", "enterkeyhint": "search", "autocomplete": "off"})
        field = forms.CharField(label=self.label, required=False, max_length=LONGEST_WORDS, widget=box)
        field.help_text = self.hint
        return {self.name: field}


@dataclass(frozen=True, kw_only=True)
class Days(Filter):
    """From one day to another, both included; ``by`` is the lookup of a date: ``created_at__date``."""

    by: str

    def fields(self, user: Any) -> dict[str, forms.Field]:  # noqa: ARG002
        """Return the two days."""

        def day(label: Any) -> forms.Field:
            return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}))

        return {
            f"{self.name}_from": day(_("%(what)s from") % {"what": self.label}),
            f"{self.name}_to": day(_("%(what)s to") % {"what": self.label}),
        }

    def narrow(self, rows: Any, said: Mapping[str, Any]) -> Any:
        """Return the rows between the two days."""
        start, end = said.get(f"{self.name}_from"), said.get(f"{self.name}_to")
        rows = rows.filter(**{f"{self.by}__gte": start}) if start else rows
        return rows.filter(**{f"{self.by}__lte": end}) if end else rows


class Narrowing(forms.Form):
    """All filters of a list as one form, read from the address."""

    def __init__(self, filters: Iterable[Filter], user: Any, asked: Mapping[str, Any]) -> None:
        super().__init__(asked)
        self.use_required_attribute = False
        self.filters = tuple(filters)
        for one in self.filters:
            self.fields.update(one.fields(user))

    def narrow(self, rows: Any) -> Any:
        """Return the rows that answer every question."""
        for one in self.filters:
            rows = one.narrow(rows, self.cleaned_data)
        return rows

    @property
    def said(self) -> dict[str, str]:
        """What was asked, as it stands in the address."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}
