"""The page of a case and its steps: exactly what may be done, once, with the words it needs."""

import re
from datetime import date

import pytest
from django.urls import reverse

from extranet.core.models import CaseEvent, SpecialDay
from extranet.core.stepping import taken_words
from extranet.core.workflow import StepTakenError
from tests.core.conftest import STEPS
from tests.core.tickets.models import Status, Ticket
from tests.core.tickets.views import TELLER

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.tickets.house_urls")]


@pytest.fixture(autouse=True)
def only_the_house(stand):
    stand()


def step(client, ticket, verb, *, follow=True, **fields):
    return client.post(f"/tickets/{ticket.public_id}/{verb}/", fields, follow=follow)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def statuses():
    return list(Ticket.objects.values_list("status", flat=True))


def test_the_page_shows_where_the_case_stands_and_why_then(client_of, ticket, on_day):
    on_day(date(2026, 11, 25))
    SpecialDay.objects.create(day=date(2026, 12, 31), name="除夕")
    Ticket.objects.update(created_at="2026-11-20T10:00+08:00")
    said = text(client_of(ticket.holder).get(ticket.get_absolute_url()))
    assert "hand in （已完成） 11月20日 decide （现在）" in said
    assert "现在在谁手里 the keeper" in said
    assert "到什么时候 11月27日（周五）" in said
    assert "从11月20日（周五）的第二天起，数 5 个工作日。 不算在内：周末 2 天。" in said
    assert "所以到11月27日（周五）为止。 依据：rule 18" in said


def test_the_page_offers_exactly_the_steps_its_reader_may_take(client_of, ticket, keeper):
    def offered(user):
        page = client_of(user).get(ticket.get_absolute_url()).content.decode()
        return re.findall(rf'action="/tickets/{ticket.public_id}/(\w+)/"', page)

    assert offered(keeper) == ["approve", "return"]
    assert offered(ticket.holder) == []
    STEPS["return"].apply(ticket, actor=keeper, note="缺一张发票。")
    assert offered(keeper) == []
    assert offered(ticket.holder) == ["resend"]


def test_a_step_is_taken_said_and_in_the_history(client_of, ticket, keeper):
    answer = step(client_of(keeper), ticket, "approve", **{"approve-note": "材料齐。"})
    assert answer.redirect_chain == [(ticket.get_absolute_url(), 302)]
    assert f"ticket {ticket.pk}：approve。" in text(answer)
    assert "您 approve 材料齐。" in text(answer)
    assert statuses() == [Status.APPROVED]
    assert "管理员甲 approve 材料齐。" in text(client_of(ticket.holder).get(ticket.get_absolute_url()))


def test_missing_words_are_asked_for_beside_what_was_typed(client_of, ticket, keeper):
    answer = step(client_of(keeper), ticket, "return", **{"return-until": "2026-12-01", "return-note": " "})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<a href="#id_return-note">用一句话说明</a>：请用一句话说明原因。' in page
    assert 'aria-describedby="id_return-note_error_1"' in page
    assert 'value="2026-12-01"' in page
    assert page.count("<details") - page.count('<details class="why') == 2
    assert page.count(" open>") == 1
    assert statuses() == [Status.HANDED_IN]
    assert CaseEvent.objects.count() == 0


def test_a_form_of_a_steps_own_gives_its_facts(client_of, ticket, keeper):
    fields = {"return-note": "缺一张发票。", "return-until": "2026-12-01"}
    step(client_of(keeper), ticket, "return", **fields)
    assert CaseEvent.objects.get().facts == {"until": "2026-12-01"}


def test_a_double_click_takes_a_step_once_and_says_no_wrong_word(client_of, ticket, keeper):
    client, fields = client_of(keeper), {"key": "k" * 32, "approve-note": "齐。"}
    step(client, ticket, "approve", follow=False, **fields)
    answer = step(client, ticket, "approve", **fields)
    assert answer.redirect_chain == [(ticket.get_absolute_url(), 302)]
    assert "办不了了" not in text(answer)
    assert CaseEvent.objects.count() == 1


def test_the_second_officer_hears_who_was_first_and_what_was_done(client_of, person, ticket, keeper):
    STEPS["approve"].apply(ticket, actor=keeper)
    other = client_of(person(name="管理员甲"))
    answer = step(other, ticket, "return", **{"return-note": "缺", "return-until": "2026-12-01"})
    assert "这一步办不了了：管理员甲已在" in text(answer)
    assert "办过（approve）。您刚才的操作没有改动任何内容。" in text(answer)
    assert statuses() == [Status.APPROVED]
    assert CaseEvent.objects.count() == 1


def test_a_case_that_moved_on_without_a_line_says_so(keeper):
    said = taken_words(TELLER, StepTakenError(None), keeper)
    assert said == "这一步办不了了：事情已经往下走了。您刚才的操作没有改动任何内容。"


@pytest.mark.parametrize("verb", ["", "approve/", "return/", "paper/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_case_is_not_there(verb, method, client_of, person, ticket):
    mine = getattr(client_of(person()), method)(f"/tickets/{ticket.public_id}/{verb}")
    none = getattr(client_of(person()), method)(f"/tickets/{'z' * 12}/{verb}")
    assert (
        mine.status_code == none.status_code == (405 if method == "post" and verb in {"", "paper/"} else 404)
    )
    assert statuses() == [Status.HANDED_IN]


def test_a_step_that_is_not_ones_own_is_refused_and_leaves_nothing(client_of, ticket):
    assert step(client_of(ticket.holder), ticket, "approve").status_code == 403
    assert statuses() == [Status.HANDED_IN]
    assert CaseEvent.objects.count() == 0


def test_an_unknown_step_is_not_there_and_following_a_link_takes_none(client_of, ticket, keeper):
    client = client_of(keeper)
    assert step(client, ticket, "fly").status_code == 404
    answer = client.get(f"/tickets/{ticket.public_id}/approve/")
    assert (answer.status_code, answer.url) == (302, ticket.get_absolute_url())
    assert statuses() == [Status.HANDED_IN]


def test_posted_status_and_holder_change_nothing(client_of, ticket, keeper):
    fields = {"approve-note": "齐。", "status": "returned", "holder": keeper.pk, "amount_yuan": "9999"}
    step(client_of(keeper), ticket, "approve", **fields)
    kept = Ticket.objects.get()
    assert (kept.status, kept.holder, kept.amount_yuan) == (Status.APPROVED, ticket.holder, 0)


def test_whoever_loses_sight_by_a_step_is_led_to_the_desk(client_of, ticket, keeper, monkeypatch):
    from tests.core.tickets.models import TicketQuerySet

    monkeypatch.setattr(TicketQuerySet, "visible_to", lambda rows, user: rows.filter(status="handed_in"))
    answer = step(client_of(keeper), ticket, "approve", follow=False)
    assert answer.url == reverse("core:desk")
    assert statuses() == [Status.APPROVED]


def test_a_page_costs_the_same_for_a_long_history(client_of, ticket, keeper, django_assert_max_num_queries):
    client = client_of(ticket.holder)
    client.get(ticket.get_absolute_url())
    with django_assert_max_num_queries(15) as few:
        client.get(ticket.get_absolute_url())
    for _time in range(5):
        STEPS["return"].apply(ticket, actor=keeper, note="缺一张发票。")
        STEPS["resend"].apply(ticket, actor=ticket.holder)
    with django_assert_max_num_queries(15) as many:
        page = client.get(ticket.get_absolute_url())
    assert len(many) <= len(few)
    assert page.content.decode().count('class="trail__item"') == 10


@pytest.mark.parametrize("probe", ["<script>alert(1)</script>", '" onmouseover="x', "{{ 7|add:7 }}"])
def test_what_somebody_wrote_is_shown_as_they_wrote_it(probe, client_of, ticket, keeper):
    step(client_of(keeper), ticket, "approve", **{"approve-note": probe})
    page = client_of(ticket.holder).get(ticket.get_absolute_url()).content.decode()
    assert probe not in page or "{{" in probe
    assert "alert(1)" not in page or "&lt;script&gt;alert(1)" in page


def test_a_case_is_a_paper_with_its_history(client_of, ticket, keeper):
    import pypdfium2

    STEPS["approve"].apply(ticket, actor=keeper, note="材料齐。")
    answer = client_of(ticket.holder).get(f"/tickets/{ticket.public_id}/paper/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    read = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    assert "材料齐。" in read
    assert "管理员甲" in read
    assert "办理记录" in read
