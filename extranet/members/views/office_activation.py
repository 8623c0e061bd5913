"""Officers hand out codes (发激活码): choose people, make codes, print slips or mail them, look back."""

from itertools import groupby
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cms.kit.doors import door
from extranet.core.doors import only, reauthenticated
from extranet.core.submissions import new_key, once
from extranet.members.forms.door import WaitingFilter
from extranet.members.models import CodeBatch, User
from extranet.members.models.activation import grouped
from extranet.members.selectors import activation
from extranet.members.services.activation import Slip, make_codes

EACH = 50
SLIPS_A_PAGE = 8


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """Return the page asked for; raises Http404 beyond the last and for nonsense."""
    try:
        return Paginator(rows, EACH).page(request.GET.get("p", "1"))
    except InvalidPage as error:
        raise Http404 from error


def typed_key(request: HttpRequest) -> str:
    """Return the form's key; a form without one counts as new."""
    return request.POST.get("key", "")[:40] or new_key()


@door("members")
@only("members.activate")
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """List people whose account waits for its first password."""
    chosen = WaitingFilter(request.GET)
    people = activation.waiting_people(**chosen.asked())
    page = page_of(request, people)
    facts = {"filter": chosen, "page": page, "key": new_key(), "filtered": any(chosen.asked().values())}
    return render(request, "members/activation.html", facts)


@door("members")
@only("members.activate")
@reauthenticated
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make the codes and show them, this once; the second click is led to what the first one made."""
    slips: list[Slip] = []

    def now() -> CodeBatch:
        by_mail = request.POST.get("by_mail") == "on"
        batch, made = make_codes(actor=request.user, people=_chosen(request), by_mail=by_mail)
        slips.extend(made)
        return batch

    try:
        batch, is_new = once(request.user, typed_key(request), now)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("members:activation")
    except PermissionDenied as error:
        raise Http404 from error
    if not is_new:
        messages.info(
            request, _("These codes were shown when they were made. Lost the paper? Make new ones.")
        )
        return redirect("members:batch", batch.public_id)
    return render(request, "members/slips.html", sheet_of(batch, slips))


def _chosen(request: HttpRequest) -> Any:
    """Return the people ticked in the list, or everybody the list has found."""
    chosen = WaitingFilter(request.POST)
    if request.POST.get("everybody") == "1":
        return activation.waiting_people(**chosen.asked())
    ticked = {int(raw) for raw in request.POST.getlist("person") if raw.isdecimal() and len(raw) < 19}  # noqa: PLR2004
    return User.objects.filter(pk__in=ticked)


def sheet_of(batch: CodeBatch, slips: list[Slip], *, recovery: bool = False) -> dict[str, Any]:
    """Return what the print page shows: slips by department, eight a page; and who was told by mail."""
    printed = [slip for slip in slips if not slip.mailed]
    places = _departments(printed)
    ordered = sorted(printed, key=lambda slip: (places[slip.person.pk], slip.person.staff_number))
    sheets: list[dict[str, Any]] = []
    for place, group in groupby(ordered, key=lambda slip: places[slip.person.pk]):
        drawn = [_drawn(slip) for slip in group]
        starts = range(0, len(drawn), SLIPS_A_PAGE)
        sheets += [{"place": place, "slips": drawn[at : at + SLIPS_A_PAGE]} for at in starts]
    mailed = len(slips) - len(printed)
    address = settings.BASE_URL + reverse("account_activate")
    return {
        "batch": batch, "sheets": sheets, "mailed": mailed, "printed": len(printed),
        "address": address.partition("://")[2], "recovery": recovery,
    }  # fmt: skip


def _departments(slips: list[Slip]) -> dict[int, str]:
    keys = [slip.person.pk for slip in slips]
    found = User.objects.filter(pk__in=keys).values_list("pk", "membership__department__name")
    return {pk: name or "" for pk, name in found}


def _drawn(slip: Slip) -> dict[str, Any]:
    address = f"{settings.BASE_URL}{reverse('account_activate')}#{slip.code}"
    drawing = segno.make(address, error="m").svg_inline(border=2, dark="#000", light="#fff", omitsize=True)
    return {
        "person": slip.person,
        "code": grouped(slip.code),
        "until": slip.expires_at,
        "qr": mark_safe(drawing),  # noqa: S308 - drawn from our own address and a code of ours
    }


@door("members")
@only("members.activate")
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """List what was made, by whom."""
    return render(request, "members/batches.html", {"page": page_of(request, activation.batches())})


@door("members")
@only("members.activate")
@require_GET
def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show for whom codes were made in one go, and what became of them."""
    one = get_object_or_404(activation.batches(), public_id=public_id)
    return render(
        request, "members/batch.html", {"batch": one, "page": page_of(request, activation.codes_of(one))}
    )
