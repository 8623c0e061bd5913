"""Pages of the inbox. Nothing is marked by a GET: mail programs and browsers fetch links ahead."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.kit.doors import door
from extranet.core.models import Notice
from extranet.core.notices import choices as wishes
from extranet.core.notices import reading

from .forms import ChoicesForm
from .page import DUTY, UNREAD, chips, groups_of, line_of

PER_PAGE = 20
MARKED = "marked"
"""The parameter that carries the moment at which everything was marked, for taking it back."""


class _Counted(Paginator):  # type: ignore[type-arg]
    """A paginator that knows how many there are: the chips have counted them already."""

    def __init__(self, rows: Any, number: int) -> None:
        super().__init__(rows, PER_PAGE)
        self.count = number


@door("members")
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show somebody's notices, unread ones first; by topic, only unread, only duties."""
    topic, show = request.GET.get("topic", ""), request.GET.get("show", "")
    if show not in {"", UNREAD, DUTY}:
        raise Http404
    counted = reading.count_by_topic(request.user)
    rows = reading.of_person(request.user)
    number = sum(row.number for row in counted)
    if topic:
        rows = rows.filter(topic=topic)
        number = sum(row.number for row in counted if row.topic == topic)
    elif show == UNREAD:
        rows, number = rows.unread(), sum(row.unread for row in counted)
    elif show == DUTY:
        rows, number = rows.filter(is_duty=True), sum(row.duties for row in counted)
    try:
        page = _Counted(rows, number).page(request.GET.get("p", 1))
    except InvalidPage as error:
        raise Http404 from error
    facts = {
        "page": page,
        "groups": groups_of(page.object_list),
        "chips": list(chips(counted, topic=topic, show=show)),
        "unread": sum(row.unread for row in counted),
        "has_any": bool(counted),
        **_just_marked(request),
    }
    return render(request, "extranet/inbox/inbox.html", facts)


def _just_marked(request: HttpRequest) -> dict[str, Any]:
    """Return how many notices were marked at the moment in the address, and the moment."""
    moment = _moment(request.GET.get(MARKED, ""))
    number = Notice.objects.visible_to(request.user).filter(read_at=moment).count() if moment else 0
    said = ngettext("%(number)s notice marked as read.", "%(number)s notices marked as read.", number)
    return (
        {"marked": moment.isoformat() if moment else "", "said": said % {"number": number}} if number else {}
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


@door("members")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read; the answer can take it back."""
    number, moment = reading.mark_all_read(request.user)
    address = reverse("core:inbox")
    return redirect(f"{address}?{MARKED}={moment.strftime('%Y-%m-%dT%H:%M:%S.%fZ')}" if number else address)


@door("members")
@require_POST
def unread_again(request: HttpRequest) -> HttpResponse:
    """Take back what was marked at one moment."""
    moment = _moment(request.POST.get(MARKED, ""))
    number = reading.undo_mark_all(request.user, moment) if moment else 0
    if number:
        said = ngettext("%(number)s notice is unread again.", "%(number)s notices are unread again.", number)
        messages.success(request, said % {"number": number})
    return redirect("core:inbox")


@door("members")
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one notice; opening it (POST) marks it as read and leads to what it is about."""
    found = get_object_or_404(Notice.objects.visible_to(request.user), public_id=public_id)
    if request.method != "POST":
        return render(request, "extranet/inbox/notice.html", {"line": line_of(found, timezone.localtime())})
    if "later" in request.POST:
        reading.mark_unread(found)
        messages.success(request, _("Kept for later: it counts as unread again."))
        return redirect("core:inbox")
    reading.open_notice(found)
    return redirect(found.url or reverse("core:notice", args=[found.public_id]))


@door("members")
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Let somebody choose what comes by mail and when."""
    form = ChoicesForm(
        request.POST if request.method == "POST" else None, wish=wishes.wishes_of(request.user)
    )
    if form.is_valid():
        wishes.save_wishes(request.user, form.wish())
        messages.success(request, _("Your choices are kept."))
        return redirect("core:choices")
    address = getattr(request.user, "email", "")
    return render(request, "extranet/inbox/choices.html", {"form": form, "address": address})
