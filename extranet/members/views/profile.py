"""My file (我的档案): what the union knows about me, from where, who looked; to correct and to take along."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cms.kit import leaves, pdf
from cms.kit.delivery import disposition
from cms.kit.doors import door
from cms.kit.frame import frame_of
from extranet.members.forms.membership import MobileForm
from extranet.members.selectors import file, own
from extranet.members.services.contact import change_mobile

MOST_LOOKS = 50


@door("members")
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Show everything that is kept about whoever is signed in."""
    membership = own.membership_of(request.user)
    lines = file.lines_of(membership) if membership else []
    keepers = own.keepers_of_the_roster(request.user)
    context: dict[str, Any] = {
        "membership": membership,
        "person": request.user,
        "known": file.known_about(membership, lines) if membership else [],
        "offices": file.offices_ever(request.user),
        "turns": file.turns(lines),
        "looks": file.looks_at(membership)[:MOST_LOOKS] if membership else [],
        "keepers": keepers,
        "keepers_named": "、".join(keeper.name for keeper in keepers),
    }
    return render(request, "members/me.html", context)


@door("members")
@require_http_methods(["GET", "POST"])
def mobile(request: HttpRequest) -> HttpResponse:
    """Change one's own mobile number."""
    person: Any = request.user
    form = MobileForm(request.POST or None, initial={"mobile": person.mobile})
    if request.method == "POST" and form.is_valid():
        changed = change_mobile(person, form.cleaned_data["mobile"], actor=person)
        said = _("Your mobile number is saved.") if changed else _("Nothing was changed.")
        messages.success(request, said)
        return redirect("members:me")
    return render(request, "members/mobile.html", {"form": form})


@door("members")
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Hand out everything as JSON, for machines."""
    person: Any = request.user
    words = json.dumps(own.everything_about(person), ensure_ascii=False, indent=2)
    return _file(words.encode(), "json", "application/json; charset=utf-8")


@door("members")
@require_GET
def my_paper(request: HttpRequest) -> HttpResponse:
    """Hand out everything as a paper with the union's letterhead, for people."""
    person: Any = request.user
    union = frame_of(request).identity.union_name
    try:
        content = pdf.for_reader(own.paper_about(person, union))
    except (pdf.Unset, leaves.Busy):
        messages.error(request, _("The paper could not be set just now. Please try again in a minute."))
        return redirect("members:me")
    return _file(content, "pdf", "application/pdf")


def _file(content: bytes, ending: str, content_type: str) -> HttpResponse:
    name = f"{_('My data')}-{timezone.localdate():%Y%m%d}.{ending}"
    headers = {
        "Content-Disposition": disposition(name, inline=False),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
