"""Applications about one's membership: choosing, filling in, completing, the page of one, its paper."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.kit.doors import door
from extranet.core import attachments
from extranet.core import papers as paper_kit
from extranet.core.models import CaseEvent
from extranet.core.permissions import may
from extranet.core.progress import Standing
from extranet.core.stepping import CaseDetail, CaseStep, StepForm
from extranet.core.telling import Teller, events_of
from extranet.core.workflow import Transition
from extranet.members.forms.cases import DeclineForm, ReturnForm
from extranet.members.models import MembershipCase
from extranet.members.room.cases import ACTS, AWAITS, WAY, holder
from extranet.members.selectors import cases as told
from extranet.members.services import cases

Kind, Status = MembershipCase.Kind, MembershipCase.Status
TELLER = Teller(steps=cases.STEPS, words={cases.HAND_IN: cases.HANDED_IN})


@door("members")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Offer every kind of application: what it needs, how long it takes, why one is not open."""
    openings = cases.openings(request.user)
    context = {
        "openings": openings,
        "shut": [opening for opening in openings if opening.closed],
        "own": MembershipCase.objects.filter(person_id=request.user.pk)[:5],
        "works_here": may(request.user, "members.cases"),
        "room_title": _("Membership"),
    }
    return render(request, "members/cases/start.html", context)


class ApplicationPage(CaseDetail):
    """The page of an application."""

    model = MembershipCase
    steps, teller, step_name = cases.STEPS, TELLER, "membership:step"
    template_name = "members/cases/case.html"
    forms: ClassVar[dict[str, type[StepForm]]] = {
        "return": ReturnForm,
        "send_back": ReturnForm,
        "decline": DeclineForm,
        "refuse": DeclineForm,
    }

    def rows(self) -> Any:
        """Return the applications this person may see, with what the page shows."""
        return told.with_all(MembershipCase.objects.visible_to(self.request.user))

    def standing(self, case: MembershipCase, events: list[CaseEvent]) -> Standing:
        """Return who holds it, until when, and how that day was found."""
        mine = self.request.user.pk in {person.pk for person in cases.holders(case)}
        return Standing(
            stops=WAY.stops(case, events),
            holder=holder(case),
            awaits=(ACTS if mine else AWAITS)[Status(case.status)] if case.is_open else "",
            mine=mine,
            due_on=case.due_on,
            deadline=cases.reckoned(case),
            basis=cases.RULE,
        )

    def facts(self, case: MembershipCase) -> list[tuple[Any, Any]]:
        """Return what it says."""
        return cases.facts(case)

    def context(self, case: MembershipCase) -> dict[str, Any]:
        """Return the papers, and whether it is for this person to complete."""
        mine = case.person_id == self.request.user.pk
        return {
            "papers": attachments.papers(self.request.user, case),
            "completes": mine and case.status == Status.RETURNED,
            "may_object": mine and case.status == Status.DECLINED,
            "mine": mine,
        }

    def open_steps(self, case: MembershipCase) -> list[Transition]:
        """Return the steps of the page; what was returned is completed on a page of its own."""
        return [step for step in super().open_steps(case) if step.verb != "hand_in_again"]


class ApplicationStep(CaseStep, ApplicationPage):
    """Takes a step on an application, each by its service."""

    def take(self, step: Transition, case: MembershipCase, form: StepForm) -> CaseEvent:
        """Take the step."""
        return take(step, case, self.request.user, form.cleaned_data)


def take(step: Transition, case: MembershipCase, actor: Any, said: dict[str, Any]) -> CaseEvent:
    """Take a step by its service; raises PermissionDenied for one that nobody takes by hand."""
    words = {"actor": actor, "note": said.get("note", "")}
    if step.verb in {"return", "send_back"}:
        return cases.return_for_completion(case, until=said.get("until"), verb=step.verb, **words)
    if step.verb in {"decline", "refuse"}:
        return cases.decline(case, verb=step.verb, **words)
    if step.verb == "urge":
        return cases.urge(case, actor=actor)
    if step.verb not in _PLAIN:
        raise PermissionDenied(step.permission)
    return _PLAIN[step.verb](case, **words)


_PLAIN: dict[str, Any] = {
    "approve": cases.approve,
    "enter": cases.enter,
    "schedule": cases.schedule,
    "hand_in_again": cases.hand_in_again,
    "withdraw": cases.withdraw,
}


class ApplicationPaper(ApplicationPage):
    """An application on paper, under the union's letterhead."""

    def get(self, _request: HttpRequest, **_place: Any) -> HttpResponse:
        """Send the PDF."""
        case = self.case()
        paper = paper_kit.Paper(
            case=case,
            title=str(case),
            facts=[(_("State"), case.get_status_display()), *cases.facts(case)],
            history=TELLER.tell(events_of(case), self.request.user),
        )
        return paper_kit.answer(self.request, paper.letter(paper_kit.union_of(self.request)))
