"""Handing something in: one form, or a form of several pages; kept as it is typed, sent once.

::

    class NewTicket(NewCase):
        name, form_class = "tickets.new", TicketForm
        room_title = _("A new ticket")

        def make(self, form):
            return request_ticket(actor=self.request.user, **form.cleaned_data)

Works without a script; with one, ``draft.js`` keeps what is typed while it is typed. A form about something
sensitive sets ``keeps_draft = False``: nothing of it lies on the server before it is sent.
"""

import re
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from . import drafting
from .submissions import drop_draft, new_key, once

_KEY = re.compile(r"[A-Za-z0-9]{16,40}\Z")


def key_of(request: HttpRequest) -> str:
    """Return the key a sent form carries; a new one where it was left out or made up."""
    key = request.POST.get("key", "")
    return key if _KEY.match(key) else new_key()


def blame(form: forms.BaseForm, error: ValidationError) -> None:
    """Say at its field what a service refused; above the form what belongs to no field of it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, wrong in error.error_dict.items():
        known = name in form.fields and name != NON_FIELD_ERRORS
        form.add_error(name if known else None, wrong)


class NewCase(View):
    """A form that makes a case."""

    name: ClassVar[str]
    form_class: ClassVar[type[forms.BaseForm]]
    room_title: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    send_label: ClassVar[Any] = gettext_lazy("Hand in")
    template_name: ClassVar[str] = "extranet/new.html"
    keeps_draft: ClassVar[bool] = True

    def make(self, form: Any) -> Any:
        """Make the case by the room's service; ValidationError goes back to its fields. A room says it."""
        raise NotImplementedError

    def draft_name(self) -> str:
        """Return under which name the draft is kept; a room adds what the form is about."""
        return self.name

    def form(self, data: Any = None, typed: drafting.Typed | None = None) -> Any:
        """Return the form: sent, or shown with what had been typed."""
        form = self.form_class(data, **self.form_arguments())
        if typed:
            form.initial = {**form.initial, **drafting.initial(form, typed)}
        return form

    def form_arguments(self) -> dict[str, Any]:
        """Return what the form's class is made with; a room adds its own."""
        return {}

    def context(self) -> dict[str, Any]:
        """Return what else the template shows."""
        return {}

    def get(self, _request: HttpRequest, **_place: Any) -> HttpResponse:
        """Show the form, with the draft in it."""
        kept = self.kept()
        return self.show(self.form(typed=kept.pages.get("")), kept)

    def post(self, request: HttpRequest, **_place: Any) -> HttpResponse:
        """Keep, drop or send."""
        if "forget" in request.POST:
            return self.forget()
        form = self.form(request.POST)
        if "leave" in request.POST and self.keeps_draft:
            return self.leave("", form)
        if form.is_valid():
            answer = self.send(form, key_of(request))
            if answer is not None:
                return answer
        return self.show(form, self.keep("", form))

    def send(self, form: Any, key: str) -> HttpResponse | None:
        """Make the case and lead to it; None when the service refused, with the reasons in the form."""
        try:
            case, new = once(self.request.user, key, lambda: self.make(form))
        except ValidationError as error:
            blame(form, error)
            return None
        drop_draft(self.request.user, self.draft_name())
        if new:
            messages.success(self.request, self.said(case))
        return redirect(case)

    def said(self, case: Any) -> str:
        """Return the sentence that says what happened."""
        return _("Handed in: %(case)s.") % {"case": case}

    def kept(self) -> drafting.Kept:
        """Return the draft, empty where this form keeps none."""
        return drafting.kept(self.request.user, self.draft_name()) if self.keeps_draft else drafting.Kept()

    def keep(self, page: str, form: Any) -> drafting.Kept:
        """Keep what was sent of one page; what is too long for a draft stays in the browser alone."""
        if not self.keeps_draft:
            return drafting.Kept(key=key_of(self.request))
        typed = drafting.typed_in(self.request.POST, drafting.names_of(form))
        key = key_of(self.request)
        try:
            return drafting.keep(self.request.user, self.draft_name(), page, typed, key=key)
        except drafting.TooMuchError:
            return drafting.Kept(key=key)

    def leave(self, page: str, form: Any) -> HttpResponse:
        """Keep the draft and lead to the desk."""
        self.keep(page, form)
        messages.success(self.request, _("The draft is kept. It will be there when you come back."))
        return redirect("core:desk")

    def forget(self) -> HttpResponse:
        """Throw the draft away and begin anew."""
        drop_draft(self.request.user, self.draft_name())
        messages.success(self.request, _("The draft is thrown away."))
        return redirect(self.request.path)

    def show(self, form: Any, kept: drafting.Kept, page: str = "", **more: Any) -> HttpResponse:
        """Render the form."""
        ticket = ""
        if self.keeps_draft:
            names = drafting.names_of(form)
            ticket = drafting.ticket(self.request.user, self.draft_name(), page, names)
        context = {
            "form": form,
            "key": kept.key or new_key(),
            "kept_at": kept.at,
            "came_back": kept.at is not None and not form.is_bound,
            "ticket": ticket,
            "room_title": self.room_title,
            "lead": self.lead,
            "send_label": self.send_label,
            **self.context(),
            **more,
        }
        return render(self.request, self.template_name, context)
