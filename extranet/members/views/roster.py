"""The roster's screens: imports, upload, columns, preview, entering, undoing, taking it home."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.kit.delivery import disposition, type_of
from cms.kit.files import NEVER_KEPT
from extranet.core.doors import only, reauthenticated
from extranet.core.submissions import new_key, once
from extranet.members.forms.roster import AnswersForm, ColumnsForm, ExportForm, UploadForm
from extranet.members.jobs import hand_over
from extranet.members.models import RosterImport
from extranet.members.roster import papers
from extranet.members.roster.findings import Finding
from extranet.members.roster.house import House
from extranet.members.services import roster as taking_in
from extranet.members.services import roster_apply, roster_export, roster_undo

from . import roster_shown as show

Status = RosterImport.Status
PER_LIST = 20
keepers = only("members.roster")


def _import(public_id: str) -> RosterImport:
    return get_object_or_404(
        RosterImport.objects.select_related("officer", "applied_by", "undone_by"), public_id=public_id
    )


def _tell(request: HttpRequest, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)


@require_GET
@keepers
def index(request: HttpRequest) -> HttpResponseBase:
    """List the imports, newest first."""
    found = RosterImport.objects.select_related("officer")
    return render(request, "members/roster/list.html", {"page": show.page_of(request, found, PER_LIST)})


@require_http_methods(["GET", "POST"])
@keepers
def upload(request: HttpRequest) -> HttpResponseBase:
    """Take a file in; a second click leads to the first one's import."""
    form = UploadForm(request.POST or None, request.FILES or None, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster, _made = once(
                request.user,
                form.cleaned_data["key"],
                lambda: taking_in.receive(officer=request.user, file=file, name=file.name),
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("roster:columns", roster.public_id)
    return render(request, "members/roster/upload.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@keepers
def columns(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Ask which column means what, and start the check."""
    roster = _import(public_id)
    if roster.status not in {Status.READ, Status.CHECKED}:
        return redirect("roster:detail", public_id)
    form = ColumnsForm(roster, request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen, complete = form.columns(), form.cleaned_data["is_complete"]
        try:
            with transaction.atomic():
                hand_over(
                    taking_in.name_columns(roster, officer=request.user, columns=chosen, is_complete=complete)
                )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("roster:detail", public_id)
    left_out = [words for at, words, _examples in roster.headers if str(at) not in roster.columns]
    context = {"form": form, "roster": roster, "left_out": left_out}
    return render(request, "members/roster/columns.html", context, status=422 if form.errors else 200)


@require_GET
@keepers
def detail(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Show an import where it stands: at work, its preview, what became of it."""
    roster = _import(public_id)
    if roster.is_busy:
        return render(request, "members/roster/busy.html", {"roster": roster})
    if roster.status == Status.READ:
        return redirect("roster:columns", public_id)
    return render(request, "members/roster/detail.html", _preview(request, roster))


def _preview(request: HttpRequest, roster: RosterImport) -> dict[str, Any]:
    tab = request.GET.get("show") or show.first_tab(roster)
    kind = request.GET.get("kind", "")
    page = show.page_of(request, show.rows(roster, tab, kind))
    can_enter = roster.status == Status.CHECKED and not roster.counts.get("wrong")
    return {
        "roster": roster,
        "tab": tab,
        "tabs": show.tabs(roster, tab),
        "kinds": show.kinds_of_errors(roster, kind) if tab == "wrong" else [],
        "kind": kind,
        "page": page,
        "rows": [show.shown(row) for row in page.object_list],
        "answers": AnswersForm(roster)
        if roster.status == Status.CHECKED and any(roster.unknown.values())
        else None,
        "ticks": roster_apply.asked_before(roster) if can_enter else [],
        "can_enter": can_enter and any(roster.counts.get(one) for one in roster_apply.CHANGES),
    }


@require_GET
@keepers
def progress(request: HttpRequest, public_id: str) -> HttpResponseBase:  # noqa: ARG001
    """Tell the page how far the work is."""
    roster = get_object_or_404(RosterImport, public_id=public_id)
    return JsonResponse({"percent": roster.progress, "busy": roster.is_busy and not roster.is_stale})


@require_POST
@keepers
def answer(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Take the answers about unknown names, and check again."""
    roster = _import(public_id)
    form = AnswersForm(roster, request.POST)
    if form.is_valid():
        return _step(
            request, roster, lambda: taking_in.answer(roster, officer=request.user, answers=form.answers())
        )
    messages.error(request, _("Choose one of the offered answers for each name."))
    return redirect("roster:detail", public_id)


@require_POST
@keepers
@reauthenticated
def apply(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Enter a checked roster."""
    roster, ticked = _import(public_id), request.POST.getlist("tick")
    return _step(request, roster, lambda: roster_apply.apply(roster, officer=request.user, ticked=ticked))


@require_http_methods(["GET", "POST"])
@keepers
@reauthenticated
def undo(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Show what an undo would bring back and what it would leave; do it."""
    roster = _import(public_id)
    if request.method == "POST":
        return _step(request, roster, lambda: roster_undo.undo(roster, officer=request.user))
    if not roster.can_be_undone:
        return redirect("roster:detail", public_id)
    found = list(roster_undo.returns(roster, House.read()))
    kept = [(show.shown(one.row), [show.label(name) for name in one.kept]) for one in found if one.kept]
    page = show.page_of(request, kept)
    context = {"roster": roster, "tally": roster_undo.tally(found), "page": page}
    return render(request, "members/roster/undo.html", context)


@require_POST
@keepers
def again(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Ask once more for work that does not end."""
    roster = _import(public_id)
    return _step(request, roster, lambda: taking_in.again(roster, officer=request.user))


def _step(request: HttpRequest, roster: RosterImport, take: Callable[[], RosterImport]) -> HttpResponse:
    """Take a step, give the worker its part, and show the import; a refusal is told above it."""
    try:
        with transaction.atomic():
            hand_over(take())
    except ValidationError as error:
        _tell(request, error)
    return redirect("roster:detail", roster.public_id)


@require_POST
@keepers
def drop(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Give an import up."""
    roster = _import(public_id)
    try:
        taking_in.drop(roster, officer=request.user)
    except ValidationError as error:
        _tell(request, error)
        return redirect("roster:detail", public_id)
    messages.info(request, _("%(file)s was dropped. Nothing of it was entered.") % {"file": roster.file_name})
    return redirect("roster:list")


@require_GET
@keepers
@reauthenticated
def errors(request: HttpRequest, public_id: str) -> HttpResponseBase:  # noqa: ARG001
    """Send the file's own rows with what is wrong beside them."""
    roster = _import(public_id)
    if not roster.file or roster.status != Status.CHECKED:
        raise Http404
    found = {
        number: [Finding(*one) for one in findings]
        for number, findings in roster.rows.exclude(findings=[]).values_list("number", "findings")
        if number is not None
    }
    chosen = {int(at): field for at, field in roster.columns.items()}
    try:
        content = papers.with_findings(taking_in.sheet_of(roster), chosen, found)
    except ValidationError:
        raise Http404 from None
    return _send(content, f"{roster.file_name.rpartition('.')[0]}-{papers.TEMPLATE['mended']}.xlsx")


@require_GET
@keepers
def template(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """Send the template."""
    return _send(papers.template(), f"{papers.TEMPLATE['sheet']}-{papers.TEMPLATE['empty']}.xlsx")


@require_http_methods(["GET", "POST"])
@keepers
@reauthenticated
def export(request: HttpRequest) -> HttpResponseBase:
    """Ask whom to take home; send the file and write down who took it."""
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, content = roster_export.export(officer=request.user, **form.cleaned_data)
        return _send(content, name)
    return render(request, "members/roster/export.html", {"form": form}, status=422 if form.errors else 200)


def _send(content: Any, name: str) -> FileResponse:
    headers = {
        "Content-Disposition": disposition(name, inline=False),
        "Cache-Control": NEVER_KEPT,
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(content, content_type=type_of(name), headers=headers)
