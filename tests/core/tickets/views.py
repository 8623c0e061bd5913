"""A form with papers, and the page of what came of it."""

import rules
from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cms.kit.doors import door
from extranet.core import permissions
from extranet.core.attachments import Intake, Slot, adopt, papers
from extranet.core.attachments.forms import Uploads
from extranet.core.submissions import new_key, once
from tests.core.tickets.models import Ticket


@rules.predicate
def is_keeper(user, ticket):
    return user.name == "管理员甲"


@rules.predicate
def is_holder(user, ticket):
    return ticket.holder_id == user.pk


INTAKE = Intake(
    slug="tickets",
    model=Ticket,
    view="tickets.view",
    add="tickets.own",
    slots=(
        Slot(slug="proof", label="证明", hint="工作证明或合同的照片。", most=3, required=True),
        Slot(slug="diagnosis", label="诊断书", sensitive=True, most=2, kinds=("pdf", "jpg", "jpeg")),
        Slot(slug="minutes", label="会议记录", view="tickets.decide", kinds=("docx", "txt")),
    ),
)


def grant():
    permissions.grant("tickets.decide", is_keeper & ~is_holder)
    permissions.grant("tickets.own", is_holder)
    permissions.grant("tickets.view", is_holder | is_keeper)


class TicketForm(forms.Form):
    reason = forms.CharField(min_length=4, error_messages={"min_length": "请写得更清楚些。"})


def send(holder, reason):
    def make():
        ticket = Ticket.objects.create(holder=holder, reason=reason)
        adopt(holder, INTAKE.form(), ticket)
        return ticket

    return make


@door("members")
def new(request):
    uploads = Uploads(request.user, INTAKE.form())
    form = TicketForm(request.POST or None)
    if request.method == "POST":
        uploads.receive(request.POST, request.FILES)
        if uploads.stays:
            form = TicketForm(initial=request.POST)
        elif all([form.is_valid(), uploads.is_valid()]):
            try:
                ticket, _new = once(
                    request.user, request.POST["key"], send(request.user, form.cleaned_data["reason"])
                )
                return redirect("tickets:detail", ticket.public_id)
            except ValidationError as error:
                form.add_error(None, error)
    return render(request, "tickets/new.html", {"form": form, "uploads": uploads, "key": new_key()})


@door("members")
def detail(request, public_id):
    ticket = get_object_or_404(Ticket, public_id=public_id)
    if not permissions.may(request.user, "tickets.view", ticket):
        raise Http404
    return render(request, "tickets/detail.html", {"ticket": ticket, "papers": papers(request.user, ticket)})
