"""A form of several pages (分步填写): one matter a page, then everything once more before it is sent.

The pages live in the draft, so whoever goes on another day, or on another device, finds them. Nothing is
checked when somebody goes back; going on checks the page; a page is reached when those before it are right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.choices import flatten_choices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from . import drafting
from .filing import NewCase, key_of
from .submissions import earlier

CHECK = "check"


@dataclass(frozen=True)
class Sheet:
    """One page: its place in the address, its name in the line of pages, its form."""

    slug: str
    label: Any
    form_class: type[forms.BaseForm]


@dataclass(frozen=True)
class Turn:
    """A page in the line above the form."""

    label: Any
    url: str
    state: str


class Wizard(NewCase):
    """A form of several pages; ``make`` is given the forms of all pages by their slugs, all of them right."""

    sheets: ClassVar[tuple[Sheet, ...]]
    check_label: ClassVar[Any] = _("Check and hand in")
    template_name: ClassVar[str] = "extranet/wizard.html"

    def make(self, form: Mapping[str, Any]) -> Any:
        """Make the case from the pages' forms; a room says it."""
        raise NotImplementedError

    def form_arguments_of(self, slug: str) -> dict[str, Any]:  # noqa: ARG002
        """Return what the form of one page is made with; a room adds its own."""
        return {}

    @cached_property
    def draft(self) -> drafting.Kept:
        """What is kept of all pages, read once."""
        return self.kept()

    def get(self, _request: HttpRequest, **_place: Any) -> HttpResponse:
        """Show the page that is asked for, or the first one that is not right yet."""
        slug = self.request.GET.get("page", "")
        if slug and slug not in self._slugs:
            raise Http404
        reached = self._reached()
        if not slug or self._slugs.index(slug) > self._slugs.index(reached):
            slug = reached if slug or self.draft.pages else self._slugs[0]
        if slug == CHECK:
            return self._show_check()
        return self._show_sheet(slug, self._sheet_form(slug, typed=self.draft.pages.get(slug)))

    def post(self, request: HttpRequest, **_place: Any) -> HttpResponse:
        """Go on, go back, leave, throw away or send."""
        if "forget" in request.POST:
            return self.forget()
        slug = request.POST.get("page", "")
        if slug not in self._slugs:
            raise Http404
        if slug == CHECK:
            return self._send()
        form = self._sheet_form(slug, data=request.POST)
        if "leave" in request.POST:
            return self.leave(slug, form)
        kept = self.keep(slug, form)
        at = self._slugs.index(slug)
        if "back" in request.POST:
            return self._turn_to(self._slugs[max(at - 1, 0)])
        if form.is_valid():
            return self._turn_to(self._slugs[at + 1])
        return self._show_sheet(slug, form, kept)

    @property
    def _slugs(self) -> list[str]:
        return [*(sheet.slug for sheet in self.sheets), CHECK]

    def _sheet_form(self, slug: str, data: Any = None, typed: drafting.Typed | None = None) -> Any:
        sheet = next(sheet for sheet in self.sheets if sheet.slug == slug)
        form = sheet.form_class(data, **self.form_arguments_of(slug))
        if typed:
            form.initial = {**form.initial, **drafting.initial(form, typed)}
        return form

    @cached_property
    def _forms(self) -> dict[str, Any]:
        """The forms of all pages with what is kept of them, to be judged."""
        pages = self.draft.pages
        return {
            sheet.slug: self._sheet_form(sheet.slug, data=drafting.as_data(pages.get(sheet.slug, {})))
            for sheet in self.sheets
        }

    def _reached(self) -> str:
        """Return the first page that is not right yet."""
        return next((slug for slug, form in self._forms.items() if not form.is_valid()), CHECK)

    def _turn_to(self, slug: str) -> HttpResponse:
        return redirect(f"{self.request.path}?page={slug}")

    def _send(self) -> HttpResponse:
        key = key_of(self.request)
        reached = self._reached()
        if reached != CHECK and self.draft.at is not None:
            return self._turn_to(reached)
        gathered = _Gathered(self._forms)
        answer = self.send(gathered, key) if self.draft.at is not None else self._sent_before(key)
        if answer is not None:
            return answer
        wrong = next((slug for slug, form in self._forms.items() if form.errors), "")
        if wrong:
            return self._show_sheet(wrong, self._forms[wrong])
        return self._show_check(gathered.errors)

    def _sent_before(self, key: str) -> HttpResponse:
        """Lead a second click to what the first one made: its draft is gone by now."""
        return redirect(earlier(self.request.user, key) or self.request.path)

    def _show_sheet(self, slug: str, form: Any, kept: drafting.Kept | None = None) -> HttpResponse:
        kept = kept or self.draft
        more = {
            "page": slug,
            "is_first": slug == self._slugs[0],
            **self._line(slug),
        }
        return self.show(form, kept, **more)

    def _show_check(self, errors: Any = ()) -> HttpResponse:
        read = [
            (sheet, [(field.label, _said(form, field)) for field in form.visible_fields()])
            for sheet, form in zip(self.sheets, self._forms.values(), strict=True)
        ]
        back = f"?page={self._slugs[-2]}"
        more = {"page": CHECK, "read": read, "errors": errors, "back_url": back, **self._line(CHECK)}
        return self.show(forms.Form(), self.draft, **more)

    def _line(self, slug: str) -> dict[str, Any]:
        """Return the line of pages, and where in it we are."""
        at, reached = self._slugs.index(slug), self._slugs.index(self._reached())
        labels = [*(sheet.label for sheet in self.sheets), self.check_label]
        turns = []
        for place, (one, label) in enumerate(zip(self._slugs, labels, strict=True)):
            state = "now" if place == at else "done" if place < max(at, reached) else "next"
            turns.append(Turn(label, f"?page={one}" if place <= reached else "", state))
        return {
            "turns": turns,
            "number": at + 1,
            "next_turn": turns[at + 1] if at + 1 < len(turns) else None,
            "came_back": self.draft.at is not None and "page" not in {*self.request.GET, *self.request.POST},
        }


class _Gathered(dict[str, Any]):
    """The pages' forms, taking what a service refused to the page it belongs to."""

    def __init__(self, forms_of: Mapping[str, Any]) -> None:
        super().__init__(forms_of)
        self.errors: list[Any] = []
        self.fields = {name: form for form in forms_of.values() for name in form.fields}

    def add_error(self, name: str | None, wrong: Any) -> None:
        """Say it at its field, or beside the button."""
        if name is not None:
            self.fields[name].add_error(name, wrong)
        else:
            errors = wrong if isinstance(wrong, list) else [wrong]
            self.errors.extend(words for error in errors for words in error.messages)


def _said(form: forms.BaseForm, field: forms.BoundField) -> Any:
    """Return what somebody said in a field of a page that is right, in words."""
    value = form.cleaned_data.get(field.name)
    if isinstance(field.field, forms.BooleanField):
        return _("Yes") if value else _("No")
    pairs: Any = flatten_choices(getattr(field.field, "choices", ()))
    named = {str(key): label for key, label in pairs}
    if isinstance(value, list | tuple | QuerySet):
        return pgettext("list", ", ").join(str(named.get(str(one), one)) for one in value)
    return named.get(str(value), value)
