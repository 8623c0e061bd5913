"""Pages of one case and the steps on it: a room's views are these with its tables filled in.

::

    class TicketDetail(CaseDetail):
        model, steps, teller, step_name = Ticket, STEPS, TELLER, "tickets:step"
        template_name = "tickets/ticket_detail.html"

    class TicketStep(CaseStep, TicketDetail):
        pass

    path("<slug:public_id>/", door("members")(TicketDetail.as_view()), name="detail")
    path("<slug:public_id>/<slug:verb>/", door("members")(TicketStep.as_view()), name="step")

What somebody may not see is not there: 404. A step that was taken meanwhile leads back to the page and says
who took which one; missing words are asked for beside what was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from cms.kit.templatetags.house import when

from .filing import blame, key_of
from .models import Case, CaseEvent
from .progress import Standing
from .submissions import new_key, once
from .telling import Teller, events_of
from .workflow import Steps, StepTakenError, Transition

LONGEST_NOTE = 2000


class StepForm(forms.Form):
    """What a step asks for: its words. A step that asks for more has its own form, made from this one."""

    note = forms.CharField(
        label=gettext_lazy("In a sentence"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Say in a sentence why.")},
    )

    def __init__(self, step: Transition, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", step.verb)
        super().__init__(*args, **kwargs)
        if step.note == "none":
            del self.fields["note"]
        else:
            self.fields["note"].required = step.note == "required"


@dataclass(frozen=True)
class Offer:
    """A step as it is offered, ``opened`` where it is the first or was sent and lacks something."""

    step: Transition
    url: str
    form: forms.Form
    key: str
    opened: bool = False


class OfACase(View):
    """A view of one case that this person may see, found by its random address."""

    model: ClassVar[type[Case]]

    def rows(self) -> Any:
        """Return the cases this person may see, with what the page shows of them."""
        return self.model._default_manager.visible_to(self.request.user)  # type: ignore[attr-defined]  # noqa: SLF001

    def case(self) -> Any:
        """Return the case; raises Http404 for one that is not there, or not for this person."""
        return get_object_or_404(self.rows(), public_id=self.kwargs["public_id"])


class CaseDetail(OfACase):
    """The page of a case: where it stands, what may be done now, what was done so far."""

    steps: ClassVar[Steps]
    teller: ClassVar[Teller]
    step_name: ClassVar[str]
    template_name: ClassVar[str] = "extranet/case.html"
    forms: ClassVar[Mapping[str, type[StepForm]]] = {}

    def get(self, _request: HttpRequest, **_place: Any) -> HttpResponse:
        """Show the case."""
        return self.show(self.case())

    def standing(self, case: Any, events: list[CaseEvent]) -> Standing | None:  # noqa: ARG002
        """Return where the case stands; a room says it."""
        return None

    def facts(self, case: Any) -> list[tuple[Any, Any]]:  # noqa: ARG002
        """Return what the case says, as pairs of a word and its value; a room says it."""
        return []

    def context(self, case: Any) -> dict[str, Any]:  # noqa: ARG002
        """Return what else the room's template shows."""
        return {}

    def form_of(self, step: Transition, data: Any = None) -> StepForm:
        """Return the form of a step, empty or with what was sent."""
        return self.forms.get(step.verb, StepForm)(step, data)

    def show(self, case: Any, tried: Offer | None = None) -> HttpResponse:
        """Render the page; ``tried`` is the step that was sent and could not be taken."""
        events = events_of(case)
        context = {
            "case": case,
            "room_title": str(case),
            "standing": self.standing(case, events),
            "facts": self.facts(case),
            "offers": self._offers(case, tried),
            "history": self.teller.tell(events, self.request.user),
            **self.context(case),
        }
        return render(self.request, self.template_name, context)

    def step_url(self, case: Any, verb: str) -> str:
        """Return where a step is sent to."""
        return reverse(self.step_name, args=[case.public_id, verb])

    def open_steps(self, case: Any) -> list[Transition]:
        """Return the steps this person may take now on this page."""
        return self.steps.open_to(self.request.user, case)

    def _offers(self, case: Any, tried: Offer | None) -> list[Offer]:
        steps = self.open_steps(case)
        first = next((step for step in steps[:1] if not step.grave and tried is None), None)
        return [
            tried
            if tried is not None and tried.step is step
            else Offer(step, self.step_url(case, step.verb), self.form_of(step), new_key(), step is first)
            for step in steps
        ]


class CaseStep(CaseDetail):
    """Takes a step, once for each form that was shown."""

    def get(self, _request: HttpRequest, **_place: Any) -> HttpResponse:
        """Lead whoever reloads or follows an old link to the case."""
        return redirect(self.case())

    def post(self, request: HttpRequest, **_place: Any) -> HttpResponse:
        """Take the step and lead back to the case."""
        case, verb = self.case(), self.kwargs["verb"]
        if verb not in self.steps:
            raise Http404
        step, key = self.steps[verb], key_of(request)
        form = self.form_of(step, request.POST)
        if form.is_valid():
            try:
                _event, new = once(request.user, key, lambda: self.take(step, case, form))
            except StepTakenError as error:
                messages.warning(request, taken_words(self.teller, error, request.user))
                return redirect(case)
            except ValidationError as error:
                blame(form, error)
            else:
                if new:
                    messages.success(request, self.said(step, case))
                return self.after(case)
        return self.show(self.case(), Offer(step, self.step_url(case, verb), form, key, opened=True))

    def take(self, step: Transition, case: Any, form: StepForm) -> CaseEvent:
        """Take the step; a room whose steps are services of their own calls them here."""
        return step.apply(case, actor=self.request.user, note=form.cleaned_data.get("note", ""))

    def said(self, step: Transition, case: Any) -> str:
        """Return the sentence that says what happened."""
        return _("%(case)s: %(done)s.") % {"case": case, "done": step.done}

    def after(self, case: Any) -> HttpResponse:
        """Lead back to the case, or to the desk when it is out of this person's sight now."""
        seen = self.rows().filter(pk=case.pk).exists()
        return redirect(case if seen else "core:desk")


def taken_words(teller: Teller, error: StepTakenError, reader: Any) -> str:
    """Return the sentence for whoever came second: who did what, and when."""
    if error.event is None:
        return _("This step can no longer be taken: the case has moved on. Nothing of yours was changed.")
    words = _("This step can no longer be taken: %(who)s, %(done)s, %(when)s. Nothing of yours was changed.")
    return words % {
        "who": teller.who(error.event, reader),
        "done": teller.done(error.event),
        "when": when(error.event.happened_at),
    }
