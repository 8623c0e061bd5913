"""Steps: taken once, by whom they belong to, with history; a refusal leaves nothing behind."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet

from extranet.core import trail
from extranet.core.models import CaseEvent
from extranet.core.models.cases import AppendOnlyError
from extranet.core.workflow import Steps, StepTakenError, case_recorded
from tests.core.conftest import STEPS, step
from tests.core.tickets.models import Status, Ticket

pytestmark = pytest.mark.django_db


def test_a_step_writes_status_fields_and_history_together(ticket, keeper):
    STEPS["approve"].apply(
        ticket,
        actor=keeper,
        note="  材料齐。 ",
        changes={"amount_yuan": Decimal("300.00")},
        facts={"yuan": "300.00"},
    )
    kept = Ticket.objects.get()
    assert (kept.status, kept.amount_yuan) == (Status.APPROVED, Decimal("300.00"))
    assert kept.changed_at > kept.created_at
    line = CaseEvent.objects.get()
    assert (line.sequence, line.verb, line.source, line.target) == (1, "approve", "handed_in", "approved")
    assert (line.actor, line.note, line.facts) == (keeper, "材料齐。", {"yuan": "300.00"})


def test_buttons_and_the_server_agree(ticket, keeper):
    assert [step.verb for step in STEPS.open_to(keeper, ticket)] == ["approve", "return"]
    assert STEPS.open_to(ticket.holder, ticket) == []
    STEPS["return"].apply(ticket, actor=keeper, note="缺一张发票。")
    assert [step.verb for step in STEPS.open_to(ticket.holder, ticket)] == ["resend"]
    assert STEPS.open_to(keeper, ticket) == []


@pytest.mark.parametrize("who", ["holder", "superuser"])
def test_a_stranger_to_the_step_is_refused(who, ticket, person):
    actor = ticket.holder if who == "holder" else person(is_superuser=True)
    with pytest.raises(PermissionDenied, match=r"tickets\.decide"):
        STEPS["approve"].apply(ticket, actor=actor)
    assert Ticket.objects.get().status == Status.HANDED_IN
    assert CaseEvent.objects.count() == 0


def test_a_step_that_asks_for_words_is_refused_without(ticket, keeper):
    with pytest.raises(ValidationError) as raised:
        STEPS["return"].apply(ticket, actor=keeper, note="  ")
    assert raised.value.message_dict == {"note": ["请用一句话说明原因。"]}
    assert Ticket.objects.get().status == Status.HANDED_IN
    assert CaseEvent.objects.count() == 0


def test_the_second_officer_is_told_who_was_first(ticket, keeper, person):
    same = Ticket.objects.get()
    STEPS["approve"].apply(ticket, actor=keeper)
    other = person(name="管理员甲")
    with pytest.raises(StepTakenError) as raised:
        STEPS["return"].apply(same, actor=other, note="缺一张发票。")
    assert (raised.value.event.actor, raised.value.event.verb) == (keeper, "approve")
    assert Ticket.objects.get().status == Status.APPROVED
    assert CaseEvent.objects.count() == 1


def test_search_hears_of_every_line(ticket, keeper):
    heard = []

    def listen(sender, case, event, **_signal):
        heard.append((sender, case.pk, event.verb))

    case_recorded.connect(listen)
    try:
        STEPS["approve"].apply(ticket, actor=keeper)
    finally:
        case_recorded.disconnect(listen)
    assert heard == [(Ticket, ticket.pk, "approve")]


def test_steps_know_their_dead_ends_and_refuse_a_verb_twice():
    assert STEPS.dead_ends(Status.values) == {Status.APPROVED}
    assert "approve" in STEPS
    assert "fly" not in STEPS
    assert [step.verb for step in STEPS] == ["approve", "return", "resend"]
    with pytest.raises(ValueError, match="same verb"):
        Steps((STEPS["approve"], STEPS["approve"]))


def walked(ticket, keeper):
    STEPS["return"].apply(ticket, actor=keeper, note="缺一张发票。")
    STEPS["resend"].apply(ticket, actor=ticket.holder)
    STEPS["approve"].apply(ticket, actor=keeper)
    return ticket


def test_an_untouched_trail_is_whole(ticket, keeper):
    assert trail.check(ticket) is None
    walked(ticket, keeper)
    assert trail.check(ticket) is None
    assert [event.sequence for event in trail.of(ticket)] == [1, 2, 3]


@pytest.mark.parametrize(("field", "value"), [("note", "齐了。"), ("actor_id", None), ("verb", "approve")])
def test_a_line_changed_in_the_database_is_found(field, value, ticket, keeper):
    walked(ticket, keeper)
    line = trail.of(ticket).filter(sequence=1)
    QuerySet.update(line, **{field: value})
    assert trail.check(ticket) == 1


@pytest.mark.parametrize(("gone", "found"), [(1, 1), (2, 2), (3, 3)])
def test_a_line_taken_away_is_found(gone, found, ticket, keeper):
    walked(ticket, keeper)
    trail.of(ticket).filter(sequence=gone)._raw_delete("default")
    assert trail.check(ticket) == found


def test_history_is_only_added_to(ticket, keeper):
    line = STEPS["approve"].apply(ticket, actor=keeper)
    line.note = "改过"
    for attempt in (
        line.save, line.delete, CaseEvent.objects.all().delete, lambda: CaseEvent.objects.update(note="改过"),
    ):  # fmt: skip
        with pytest.raises(AppendOnlyError):
            attempt()
    assert list(CaseEvent.objects.values_list("note", flat=True)) == [""]


@pytest.mark.django_db(transaction=True)
def test_a_line_without_its_change_cannot_be_written(ticket, keeper):
    with pytest.raises(RuntimeError, match="together with its change"):
        trail.add(ticket, trail.Line(verb="approve", actor=keeper))
    assert CaseEvent.objects.count() == 0


def test_a_look_at_something_sensitive_is_noted(ticket, keeper):
    trail.note_read(ticket, reader=keeper, what="诊断证明", why="初审")
    seen = trail.reads_of(ticket).get()
    assert (seen.reader, seen.what, seen.why) == (keeper, "诊断证明", "初审")


def test_only_a_step_of_the_house_is_taken_without_anybody(ticket):
    fall_due = step("fall_due", "decide", {Status.HANDED_IN}, Status.APPROVED, by_house=True)
    with pytest.raises(PermissionDenied):
        STEPS["approve"].apply(ticket, actor=None)
    line = fall_due.apply(ticket, actor=None)
    assert (line.actor, Ticket.objects.get().status) == (None, Status.APPROVED)
    assert fall_due.open_to(ticket.holder, ticket) is False
