"""Officers let people back in (帮会员找回): a slip for a password, two officers for a second factor."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cms.kit.doors import door
from extranet.core import trail
from extranet.core.doors import only, reauthenticated
from extranet.core.permissions import may
from extranet.core.submissions import new_key, once
from extranet.core.workflow import StepTakenError
from extranet.members.forms.door import ResetForm, SlipForm
from extranet.members.models import FactorReset, User
from extranet.members.selectors.sign_in import account_state, second_factors, spelled
from extranet.members.services.activation import Slip, make_recovery_slip
from extranet.members.services.recovery import DECIDED, STEPS, decide_reset, request_reset

from .office_activation import page_of, sheet_of, typed_key

MAY = "members.recover"


@door("members")
@only(MAY)
@require_GET
def recovery(request: HttpRequest) -> HttpResponse:
    """Find the person by staff number; list the requests, those that wait first."""
    typed = request.GET.get("number", "")[:40]
    person = User.objects.filter(staff_number=spelled(typed)).first() if typed.strip() else None
    return _desk(request, person, typed=typed)


def _desk(
    request: HttpRequest, person: User | None, *, typed: str = "", status: int = 200, **forms: Any
) -> HttpResponse:
    cases = FactorReset.objects.select_related("person", "requested_by").order_by("-status", "-created_at")
    facts: dict[str, Any] = {"typed": typed, "person": person, "page": page_of(request, cases)}
    if person:
        facts |= {
            "typed": person.staff_number,
            "state": account_state(person),
            "has_factor": second_factors(person).exists(),
            "may": may(request.user, MAY, person),
            "slip_form": forms.get("slip") or SlipForm(auto_id="slip_%s"),
            "reset_form": forms.get("reset") or ResetForm(auto_id="reset_%s"),
            "key": new_key(),
        }
    return render(request, "members/recovery.html", facts, status=status)


def _person(request: HttpRequest) -> User:
    return get_object_or_404(User, staff_number=request.POST.get("person", ""))


@door("members")
@only(MAY)
@reauthenticated
@require_POST
def slip(request: HttpRequest) -> HttpResponse:
    """Make a recovery slip and show it, this once."""
    person, made = _person(request), list[Slip]()
    form = SlipForm(request.POST, auto_id="slip_%s")
    if not form.is_valid():
        return _desk(request, person, slip=form, status=422)

    def now() -> Any:
        batch, one = make_recovery_slip(
            actor=request.user, person=person, checked=form.cleaned_data["checked"]
        )
        made.append(one)
        return batch

    try:
        batch, is_new = once(request.user, typed_key(request), now)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        form.add_error(None, error)
        return _desk(request, person, slip=form, status=422)
    if not is_new:
        messages.info(request, _("This slip was shown when it was made. Lost it? Make a new one."))
        return redirect("members:recovery")
    return render(request, "members/slips.html", sheet_of(batch, made, recovery=True))


@door("members")
@only(MAY)
@reauthenticated
@require_POST
def reset(request: HttpRequest) -> HttpResponse:
    """Ask for a second factor to be removed."""
    person = _person(request)
    form = ResetForm(request.POST, auto_id="reset_%s")
    if not form.is_valid():
        return _desk(request, person, reset=form, status=422)
    said = form.cleaned_data
    try:
        case, _is_new = once(
            request.user,
            typed_key(request),
            lambda: request_reset(actor=request.user, person=person, **said),
        )
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        form.add_error(None, error)
        return _desk(request, person, reset=form, status=422)
    return redirect("members:reset", case.public_id)


def _case(public_id: str) -> FactorReset:
    cases = FactorReset.objects.select_related("person", "requested_by")
    return get_object_or_404(cases, public_id=public_id)


@door("members")
@only(MAY)
@require_GET
def reset_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a request, its history, and the buttons of whoever may decide it."""
    case = _case(public_id)
    open_steps = [step for step in STEPS.open_to(request.user, case) if step.verb in DECIDED]
    facts = {"case": case, "steps": open_steps, "events": trail.of(case).select_related("actor")}
    facts["words"] = {"request": _("Requested")} | {step.verb: step.done for step in STEPS}
    return render(request, "members/reset.html", facts)


@door("members")
@only(MAY)
@reauthenticated
@require_POST
def reset_step(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    """Approve or decline."""
    case = _case(public_id)
    if verb not in DECIDED:
        raise Http404
    try:
        decide_reset(case, verb=verb, actor=request.user, note=request.POST.get("note", "")[:500])
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except StepTakenError as error:
        name = error.event.actor.name if error.event and error.event.actor else ""
        messages.info(request, _("%(name)s was quicker: it is decided already.") % {"name": name})
    return redirect("members:reset", case.public_id)
