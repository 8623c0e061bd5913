"""Drafts of forms (草稿): what was typed, page by page, under the key the form will be sent with.

The page carries a signed ticket that names the form and its fields; a script posts to ``core:draft`` with it.
So only forms this house has shown to this person are kept, and nothing but their fields.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict

from .models import Draft
from .submissions import drop_draft, keep_draft

LARGEST = 64 * 1024
"""Characters a draft may have: twenty pages of text."""

Typed = dict[str, list[str]]


class TooMuchError(Exception):
    """More was typed than a draft may hold."""


@dataclass(frozen=True)
class Kept:
    """A draft: what was typed on each page (the only page of a form is ``""``), the key, when it was kept."""

    pages: dict[str, Typed] = field(default_factory=dict)
    key: str = ""
    at: datetime | None = None


def kept(owner: Any, form: str) -> Kept:
    """Return the draft of a form, empty when there is none."""
    row = Draft.objects.filter(owner=owner, form=form).first()
    if row is None:
        return Kept()
    return Kept(row.typed.get("pages", {}), row.typed.get("key", ""), row.kept_at)


def keep(owner: Any, form: str, page: str, typed: Typed, *, key: str) -> Kept:
    """Keep what stands on one page now, beside what stands on the others; raises TooMuchError.

    The key of the first time stays: every tab that shows this draft sends the same one.
    """
    before = kept(owner, form)
    pages = {**before.pages, page: {name: said for name, said in typed.items() if any(said)}}
    if sum(len(line) for page in pages.values() for said in page.values() for line in said) > LARGEST:
        raise TooMuchError
    if any(pages.values()):
        keep_draft(owner, form, {"pages": pages, "key": before.key or key})
    else:
        drop_draft(owner, form)
    return kept(owner, form)


def typed_in(data: Mapping[str, Any], names: Iterable[str]) -> Typed:
    """Return what a request has of these fields; a field of several boxes has names of its own."""
    wanted = tuple(names)
    keys = [key for key in data if key in wanted or key.startswith(tuple(f"{name}_" for name in wanted))]
    return {key: list(data.getlist(key)) for key in keys if isinstance(data, QueryDict)}


def as_data(typed: Typed) -> QueryDict:
    """Return what was typed as a form takes it."""
    data = QueryDict(mutable=True)
    for name, said in typed.items():
        data.setlist(name, said)
    return data


def initial(form: forms.BaseForm, typed: Typed) -> dict[str, Any]:
    """Return what was typed as first values of the fields: shown again, and not yet judged."""
    data = as_data(typed)
    return {
        name: one.widget.value_from_datadict(data, data, form.add_prefix(name))  # type: ignore[arg-type]
        for name, one in form.fields.items()
        if not isinstance(one, forms.FileField)
    }


def names_of(form: forms.BaseForm) -> list[str]:
    """Return the fields of a form that a draft may keep: no files and nothing secret."""
    secret = (forms.FileField, forms.PasswordInput)
    return [
        form.add_prefix(name)
        for name, one in form.fields.items()
        if not isinstance(one, secret) and not isinstance(one.widget, secret)
    ]


def ticket(owner: Any, form: str, page: str, names: Iterable[str]) -> str:
    """Return the signed permission to keep these fields of this form for this person."""
    return signing.dumps([form, page, list(names)], salt=f"draft:{owner.pk}", compress=True)


def opened(owner: Any, signed: str) -> tuple[str, str, list[str]]:
    """Return form, page and fields of a ticket; raises signing.BadSignature for one of somebody else."""
    form, page, names = signing.loads(signed, salt=f"draft:{owner.pk}")
    return form, page, names
