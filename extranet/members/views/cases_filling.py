"""Filling in an application about one's membership, and completing one that was returned."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extranet.core import attachments, drafting
from extranet.core.filing import NewCase, key_of
from extranet.core.models import Attachment, Submission
from extranet.core.stepping import taken_words
from extranet.core.workflow import StepTakenError
from extranet.members.forms.cases import FORMS
from extranet.members.models import Membership, MembershipCase
from extranet.members.services import cases
from extranet.members.services.cases import fields

from .cases import TELLER
from .papers import Papers

Kind, Status = MembershipCase.Kind, MembershipCase.Status


class NewApplication(NewCase):
    """Fill in an application of one kind, with its papers."""

    template_name = "members/cases/new.html"
    send_label = gettext_lazy("Hand in")

    @cached_property
    def sort(self) -> cases.Sort:
        """The kind; raises Http404 for one there is not."""
        try:
            return cases.SORTS[self.kwargs["kind"]]
        except KeyError:
            raise Http404 from None

    @cached_property
    def membership(self) -> Membership:
        """Whose it is; raises Http404 for whoever is on no roster."""
        rows = Membership.objects.select_related("person", "department", "branch", "group")
        return get_object_or_404(rows, person=self.request.user.pk)

    @cached_property
    def uploads(self) -> Papers:
        """The files that wait to be handed over."""
        return Papers(self.request.user, self.sort, self.sort.tray)

    @cached_property
    def field(self) -> str:
        """What is corrected; empty while it is not chosen."""
        asked = self.request.GET.get("field", "")
        if self.sort.kind != Kind.CORRECT or not asked:
            return ""
        if asked not in MembershipCase.Field.values:
            raise Http404
        return asked

    def get(self, _request: HttpRequest, **_place: Any) -> HttpResponse:
        """Show the form; a correction begins with what is wrong, a kind that is not open with why."""
        opening = next(one for one in cases.openings(self.request.user) if one.sort is self.sort)
        if opening.closed or opening.running:
            return redirect(opening.running or "membership:start")
        if self.sort.kind == Kind.CORRECT and not self.field:
            return self._choose_field()
        return super().get(self.request)

    def post(self, request: HttpRequest, **_place: Any) -> HttpResponse:
        """Keep what was typed and chosen, tend the files, send."""
        if self.sort.kind == Kind.CORRECT and not self.field:
            raise Http404
        if (made := self._sent_before()) is not None:
            return made
        if "forget" in request.POST:
            attachments.expunge(Attachment.objects.in_tray(request.user, self.draft_name()))
            return self.forget()
        self.uploads.receive(request.POST, cast("Any", request.FILES))
        form = self.form(request.POST)
        if "leave" in request.POST:
            return self.leave("", form)
        if self.uploads.stays:
            typed = drafting.typed_in(request.POST, drafting.names_of(form))
            return self.show(self.form(typed=typed), self.keep("", form))
        if all([form.is_valid(), self.uploads.is_valid()]):
            answer = self.send(form, key_of(request)) or self._sent_before()
            if answer is not None:
                return answer
        return self.show(form, self.keep("", form))

    def make(self, form: Any) -> MembershipCase:
        """Hand it in."""
        return cases.hand_in(actor=self.request.user, kind=self.sort.kind, asked=form.asked)

    def form(self, data: Any = None, typed: drafting.Typed | None = None) -> Any:
        """Return the form of this kind, with what was typed about the same field."""
        form = FORMS[self.sort.kind](data, **self.form_arguments())
        if typed:
            form.initial = {**form.initial, **drafting.initial(form, typed)}
        return form

    def form_arguments(self) -> dict[str, Any]:
        """Return what the form is made for."""
        return {"membership": self.membership, "field": self.field}

    def draft_name(self) -> str:
        """Return the tray's name: files wait as long as the draft does."""
        return self.uploads.form

    def kept(self) -> drafting.Kept:
        """Return the draft; one about another field of the roster is none of this."""
        kept = super().kept()
        if self.field and kept.pages and kept.pages.get("", {}).get("about") != [self.field]:
            return drafting.Kept(key=kept.key)
        return kept

    def context(self) -> dict[str, Any]:
        """Return what else the page shows."""
        return {
            "sort": self.sort,
            "uploads": self.uploads,
            "membership": self.membership,
            "room_title": self.sort.label,
            "lead": self.sort.hint,
        }

    def _sent_before(self) -> HttpResponse | None:
        """Lead a second click to what the first one made: its files have gone there."""
        row = Submission.objects.filter(owner=self.request.user.pk, key=key_of(self.request)).first()
        return redirect(row.made) if row and row.made else None

    def _choose_field(self) -> HttpResponse:
        rows = [
            (
                f"{self.request.path}?field={one.value}",
                one.label,
                fields.in_words(one.value, fields.present(self.membership, one.value)),
            )
            for one in MembershipCase.Field
            if one != MembershipCase.Field.JOINED_ON or self.membership.joined_on
        ]
        context = {"rows": rows, "sort": self.sort, "room_title": self.sort.label}
        return render(self.request, "members/cases/choose_field.html", context)


class CompleteApplication(NewApplication):
    """Add what was missing to an application that was returned, and hand it in again."""

    send_label = gettext_lazy("Hand in again")

    @cached_property
    def case(self) -> MembershipCase:
        """The application; raises Http404 for one that is not there, or not one's own."""
        mine = MembershipCase.objects.filter(person_id=self.request.user.pk)
        return get_object_or_404(mine, public_id=self.kwargs["public_id"])

    @cached_property
    def sort(self) -> cases.Sort:
        """Its kind."""
        return cases.sort_of(self.case)

    @cached_property
    def field(self) -> str:
        """What it corrects."""
        return self.case.field

    @cached_property
    def uploads(self) -> Papers:
        """The files that wait to be handed over, beside those that are there."""
        return Papers(self.request.user, self.sort, cases.tray_of(self.case), self.case)

    def get(self, _request: HttpRequest, **_place: Any) -> HttpResponse:
        """Show the form with what was said; lead away from an application that was not returned."""
        if self.case.status != Status.RETURNED:
            return redirect(self.case)
        return NewCase.get(self, self.request)

    def form(self, data: Any = None, typed: drafting.Typed | None = None) -> Any:
        """Return the form, beginning with what was said."""
        form = super().form(data, typed)
        form.initial = {**cases.as_said(self.case), "willing": True, **form.initial}
        return form

    def make(self, form: Any) -> MembershipCase:
        """Hand it in again."""
        cases.hand_in_again(self.case, actor=self.request.user, asked=form.asked)
        return self.case

    def send(self, form: Any, key: str) -> HttpResponse | None:
        """Hand it in again; whoever comes too late is told what happened meanwhile."""
        try:
            return super().send(form, key)
        except StepTakenError as error:
            messages.warning(self.request, taken_words(TELLER, error, self.request.user))
            return redirect(self.case)

    def said(self, case: MembershipCase) -> str:
        """Say what happened."""
        return _("Handed in again: %(case)s.") % {"case": case}

    def context(self) -> dict[str, Any]:
        """Return what else the page shows: the words with which it came back."""
        more = {"case": self.case, "room_title": _("Complete %(case)s") % {"case": self.case}, "lead": ""}
        return super().context() | more | {"papers": attachments.papers(self.request.user, self.case)}
