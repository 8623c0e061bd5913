"""The directory of officers and the page of a person; others' eyes find nothing here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.kit.doors import door
from extranet.core import export
from extranet.core.doors import asked_again, only
from extranet.core.permissions import may
from extranet.members.forms.directory import FindForm
from extranet.members.forms.membership import LEAVING, ChangeForm, LeaveForm, ShiftForm
from extranet.members.forms.refusals import tell
from extranet.members.models import Membership
from extranet.members.selectors import directory as people
from extranet.members.selectors import file
from extranet.members.services import directory_export
from extranet.members.services.looking import uncover
from extranet.members.services.membership import change, confirm_shift

PER_PAGE = 20
MOST_LOOKS = 20


@door("members")
@only("members.directory")
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """Show whom an officer may look up, as searched and narrowed."""
    form = _asked(request)
    rows = people.narrowed(people.directory_of(request.user), form.cleaned_data)
    try:
        page = Paginator(rows, PER_PAGE).page(request.GET.get("p", 1))
    except InvalidPage as error:
        raise Http404 from error
    context = {"form": form, "page": page, "asked": any(form.cleaned_data.values())}
    return render(request, "members/directory.html", context)


def _asked(request: HttpRequest) -> FindForm:
    """Return the questions an address puts; raises Http404 for those that make no sense."""
    form = FindForm(request.GET, people.parts_for(request.user))
    if not form.is_valid():
        raise Http404
    return form


@door("members")
@only("members.directory")
@require_http_methods(["GET", "POST"])
def take_home(request: HttpRequest) -> HttpResponseBase:
    """Send everybody the address asks for as a file; ask once more who it is, then lead back to the list."""
    proof = asked_again(request)
    if request.method == "GET":
        if proof is None:
            messages.info(request, _("Thank you. You can take the list home now."))
        return proof or redirect(f"{reverse('members:directory')}?{request.GET.urlencode()}")
    if proof:  # a file must not come in answer to somebody's password
        return redirect(request.get_full_path())
    kind = request.POST.get("export")
    if kind not in export.KINDS:
        raise Http404
    heads, rows = directory_export.export(officer=request.user, kind=kind, asked=_asked(request).cleaned_data)
    return export.sent(_("Directory"), kind, heads, rows)


def _of_officer(request: HttpRequest, public_id: str) -> Membership:
    """Return the membership an officer opens; raises Http404 for anybody out of their sight."""
    rows = Membership.objects.visible_to(request.user).select_related(
        "person", "department", "branch", "group", "shift_confirmed_by"
    )
    membership: Membership = get_object_or_404(rows, public_id=public_id)
    if not may(request.user, "members.directory", membership):
        raise Http404
    return membership


def _page(request: HttpRequest, membership: Membership, **more: Any) -> HttpResponse:
    lines = file.lines_of(membership)
    user = request.user
    context = {
        "membership": membership,
        "person": membership.person,
        "known": [one for one in file.known_about(membership, lines) if one.field != "born_in"],
        "born": file.known_about(membership, ())[-2].value,
        "offices": file.offices_ever(membership.person),
        "turns": file.turns(lines),
        "looks": file.looks_at(membership)[:MOST_LOOKS],
        "may_keep": may(user, "members.keep", membership),
        "shift_form": ShiftForm(initial={"shift": membership.shift})
        if may(user, "members.confirm_shift", membership)
        else None,
        **more,
    }
    return render(request, "members/person.html", context)


@door("members")
@require_GET
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the union knows about somebody; mobile number and month of birth stay covered."""
    return _page(request, _of_officer(request, public_id))


@door("members")
@require_POST
def contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Uncover mobile number and month of birth; the person can see who looked."""
    membership = _of_officer(request, public_id)
    uncover(membership, reader=request.user)
    return _page(request, membership, is_open=True)


@door("members")
@require_POST
def shift(request: HttpRequest, public_id: str) -> HttpResponse:
    """Confirm which shifts somebody works."""
    membership = _of_officer(request, public_id)
    form = ShiftForm(request.POST)
    if form.is_valid():
        try:
            confirm_shift(membership, form.cleaned_data["shift"], actor=request.user)
        except PermissionDenied as error:
            raise Http404 from error
        messages.success(request, _("The shift pattern is confirmed."))
        return redirect("members:person", membership.public_id)
    return _page(request, membership, shift_form=form)


def _of_keeper(request: HttpRequest, public_id: str) -> Membership:
    membership = _of_officer(request, public_id)
    if not may(request.user, "members.keep", membership):
        raise Http404
    return membership


@door("members")
@require_http_methods(["GET", "POST"])
def change_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change where somebody belongs, on record."""
    membership = _of_keeper(request, public_id)
    form = ChangeForm(request.POST or None, instance=membership)
    if request.method == "POST" and form.is_valid():
        try:
            lines = change(membership, form.values(), form.ground(request.user))
        except ValidationError as refused:
            tell(form, refused)
        else:
            said = _("Saved, with its history.") if lines else _("Nothing was changed.")
            messages.success(request, said)
            return redirect("members:person", membership.public_id)
    return render(request, "members/change.html", {"membership": membership, "form": form})


@door("members")
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down that somebody retires, is transferred out or leaves; says first what that does."""
    membership = _of_keeper(request, public_id)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = LEAVING[form.cleaned_data["how"]][1]
        try:
            verb(membership, form.ground(request.user))
        except ValidationError as refused:
            tell(form, refused)
        else:
            facts = {"person": membership.person, "status": membership.get_status_display()}
            messages.success(request, _("%(person)s: %(status)s.") % facts)
            return redirect("members:person", membership.public_id)
    running = [office for office in file.offices_ever(membership.person) if office.is_running]
    context = {"membership": membership, "form": form, "offices": running}
    return render(request, "members/leave.html", context)
