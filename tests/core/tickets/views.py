"""The ticket room's pages, made of the building's parts alone: what every room does."""

from django import forms
from django.core.exceptions import ValidationError

from extranet.core import papers
from extranet.core.filing import NewCase
from extranet.core.listed import RoomList
from extranet.core.listing import Choice, Column, Days, Listing, Words
from extranet.core.numbering import next_number
from extranet.core.progress import Mark, Standing, Way
from extranet.core.stepping import CaseDetail, CaseStep, OfACase, StepForm
from extranet.core.telling import Teller, events_of
from extranet.core.trail import Line
from extranet.core.wizard import Sheet, Wizard
from extranet.core.workdays import deadline
from extranet.core.workflow import record
from tests.core.conftest import STEPS
from tests.core.tickets.models import Status, Ticket

TELLER = Teller(
    steps=STEPS,
    words={"hand_in": "handed in"},
    facts_of=lambda event: [(name, value) for name, value in event.facts.items() if name == "yuan"],
    shown_to=lambda reader, event: event.verb != "secret",
)
WAY = Way(
    (
        Mark("hand in", frozenset({Status.HANDED_IN, Status.RETURNED})),
        Mark("decide", frozenset({Status.APPROVED})),
    )
)


def hand_in(*, actor, amount_yuan, reason=""):
    """The room's service: refuses thirteen, which only a service can know."""
    if amount_yuan == 13:
        raise ValidationError({"amount_yuan": "Thirteen is never granted. Ask for fourteen."})
    if amount_yuan == 14:
        raise ValidationError("No more today. Come back tomorrow.")
    ticket = Ticket.objects.create(holder=actor, amount_yuan=amount_yuan, number=next_number("T"))
    record(ticket, Line(verb="hand_in", actor=actor, note=reason))
    return ticket


class Amount(forms.Form):
    amount_yuan = forms.DecimalField(label="Amount", min_value=1, max_digits=8, decimal_places=2)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "Apples"), ("p", "Pears")], widget=forms.RadioSelect
    )


class Reason(forms.Form):
    reason = forms.CharField(label="Reason", max_length=200, widget=forms.Textarea({"rows": 3}))
    sure = forms.BooleanField(label="Sure", required=False)


class TicketForm(Amount, Reason):
    proof = forms.FileField(label="Proof", required=False)
    field_order = ["amount_yuan", "kind", "reason", "sure"]


class Tickets(Listing):
    what = "票据"
    columns = (
        Column(
            name="number",
            label="Number",
            value=str,
            sort="number",
            url=lambda ticket: ticket.get_absolute_url(),
        ),
        Column(name="holder", label="Holder", value="holder.name", sort="holder__name"),
        Column(name="amount", label="Amount", value="amount_yuan", sort="amount_yuan", kind="money"),
        Column(
            name="status",
            label="State",
            value="get_status_display",
            kind="tag",
            tone=lambda ticket: "jade" if ticket.status == Status.APPROVED else "",
        ),
        Column(name="made", label="Handed in", value="created_at", sort="created_at", kind="when"),
        Column(name="staff", label="Staff number", value="holder.staff_number", only="file"),
    )
    filters = (
        Words(name="q", label="Find", by="number__istartswith"),
        Choice(name="state", label="State", by="status", choices=Status.choices),
        Days(name="made", label="Handed in", by="created_at__date"),
    )
    order = "-made"
    per_page = 5
    empty = "No ticket yet: whoever hands one in finds it here."


class TicketList(RoomList):
    listing, model, room_title = Tickets, Ticket, "Tickets"
    exports, bulk = "tickets.export", ("approve", "return", "resend")
    steps, teller = STEPS, TELLER

    def rows(self):
        return super().rows().select_related("holder")


class ReturnForm(StepForm):
    """The returning asks for a day, too."""

    until = forms.DateField(label="Until", widget=forms.DateInput({"type": "date"}))


class TicketDetail(CaseDetail):
    model, steps, teller, step_name = Ticket, STEPS, TELLER, "tickets:step"
    forms = {"return": ReturnForm}

    def standing(self, case, events):
        term = deadline(case.created_at.date(), 5) if case.status == Status.HANDED_IN else None
        return Standing(
            stops=WAY.stops(case, events),
            holder="the keeper",
            mine=case.status == Status.RETURNED,
            deadline=term,
            basis="rule 18",
        )

    def facts(self, case):
        return [("Amount", case.amount_yuan), ("Holder", case.holder.name)]


class TicketStep(CaseStep, TicketDetail):
    def take(self, step, case, form):
        until = form.cleaned_data.get("until")
        facts = {"until": str(until)} if until else {}
        return step.apply(case, actor=self.request.user, note=form.cleaned_data.get("note", ""), facts=facts)


class TicketPaper(OfACase):
    model = Ticket

    def get(self, request, **_place):
        case = self.case()
        paper = papers.Paper(
            case=case,
            title=f"Ticket {case}",
            facts=[("Amount", case.amount_yuan)],
            history=TELLER.tell(events_of(case), request.user),
        )
        return papers.answer(request, paper.letter(papers.union_of(request)))


class NewTicket(NewCase):
    name, form_class, room_title = "tickets.new", TicketForm, "A new ticket"

    def make(self, form):
        said = form.cleaned_data
        return hand_in(
            actor=self.request.user, amount_yuan=said["amount_yuan"], reason=said.get("reason", "")
        )


class SecretTicket(NewTicket):
    keeps_draft = False


class TicketWizard(Wizard):
    name, room_title = "tickets.wizard", "A ticket, page by page"
    sheets = (Sheet("amount", "Amount", Amount), Sheet("reason", "Reason", Reason))

    def make(self, form):
        return hand_in(
            actor=self.request.user,
            amount_yuan=form["amount"].cleaned_data["amount_yuan"],
            reason=form["reason"].cleaned_data["reason"],
        )
