"""Handing in: what is typed is kept, what is wrong is said at its place, what is sent is sent once."""

import json
import re

import pytest

from extranet.core import drafting
from extranet.core.models import CaseEvent, Draft, Submission
from tests.core.tickets.models import Ticket
from tests.core.tickets.views import TicketForm

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.tickets.house_urls")]
KEY = "k" * 32
WHOLE = {"amount_yuan": "50", "kind": "a", "reason": "夜班", "key": KEY}


@pytest.fixture(autouse=True)
def only_the_house(stand):
    stand()


def hidden(answer, name):
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


def ticket_of(answer):
    return re.search(r'data-ticket="([^"]*)"', answer.content.decode())[1]


def test_a_whole_form_makes_a_case_and_leads_to_it(client_of, person):
    holder = person()
    answer = client_of(holder).post("/tickets/new/", WHOLE, follow=True)
    made = Ticket.objects.get()
    assert (made.holder, made.amount_yuan) == (holder, 50)
    assert answer.redirect_chain == [(made.get_absolute_url(), 302)]
    assert f"已提交：{made.number}。" in answer.content.decode()
    assert CaseEvent.objects.get().note == "夜班"


def test_a_double_click_makes_one_case_and_leads_to_it(client_of, person):
    client = client_of(person())
    first = client.post("/tickets/new/", WHOLE)
    second = client.post("/tickets/new/", WHOLE)
    assert first.url == second.url == Ticket.objects.get().get_absolute_url()


def test_each_form_that_is_shown_has_a_key_of_its_own(client_of, person):
    client = client_of(person())
    keys = {hidden(client.get("/tickets/new/"), "key") for _time in range(2)}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 2


def test_what_is_wrong_is_said_above_and_at_its_field_and_all_typed_stays(client_of, person):
    page = client_of(person()).post("/tickets/new/", {**WHOLE, "amount_yuan": "0"}).content.decode()
    assert '<a href="#id_amount_yuan">Amount</a>：' in page
    assert 'aria-describedby="id_amount_yuan_error_1"' in page
    assert 'id="id_amount_yuan_error_1"' in page
    assert 'value="0"' in page
    assert "夜班</textarea>" in page
    assert f'name="key" value="{KEY}"' in page
    assert Ticket.objects.count() == Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("13", '<p class="field__error" id="id_amount_yuan_error_1">Thirteen is never granted.'),
        ("14", "<p>No more today. Come back tomorrow.</p>"),
    ],
)
def test_what_only_the_service_knows_is_said_in_the_form(amount, words, client_of, person):
    page = client_of(person()).post("/tickets/new/", {**WHOLE, "amount_yuan": amount}).content.decode()
    assert words in page
    assert Ticket.objects.count() == Submission.objects.count() == 0


def test_a_refused_form_may_be_mended_and_sent_with_the_same_key(client_of, person):
    client = client_of(person())
    client.post("/tickets/new/", {**WHOLE, "amount_yuan": "13"})
    client.post("/tickets/new/", WHOLE)
    assert Ticket.objects.get().amount_yuan == 50


def test_what_is_typed_is_kept_and_comes_back_until_it_is_sent(client_of, person):
    client = client_of(person())
    form = {"ticket": ticket_of(client.get("/tickets/new/")), "key": KEY}
    answer = client.post("/extranet/draft/", {**form, "reason": "下夜班", "kind": "p", "status": "approved"})
    assert re.fullmatch(r"草稿已存 \d\d:\d\d", json.loads(answer.content)["said"])
    assert Draft.objects.get().typed == {
        "pages": {"": {"reason": ["下夜班"], "kind": ["p"]}},
        "key": KEY,
    }
    back = client.get("/tickets/new/")
    assert "下夜班</textarea>" in back.content.decode()
    assert 'value="p" id="id_kind_1" required checked' in back.content.decode()
    assert "写到的地方，还没有提交。" in back.content.decode()
    assert "aria-invalid" not in back.content.decode()
    assert hidden(back, "key") == KEY
    client.post("/tickets/new/", WHOLE)
    assert Draft.objects.count() == 0
    assert "夜班" not in client.get("/tickets/new/").content.decode()


def test_a_draft_is_thrown_away_or_left_by_a_button(client_of, person):
    client = client_of(person())
    answer = client.post("/tickets/new/", {**WHOLE, "amount_yuan": "", "leave": "1"})
    assert answer.url == "/extranet/"
    assert Draft.objects.get().typed["pages"][""]["reason"] == ["夜班"]
    assert client.post("/tickets/new/", {"forget": "1"}).url == "/tickets/new/"
    assert Draft.objects.count() == 0
    assert Ticket.objects.count() == 0


def test_an_emptied_form_keeps_nothing(client_of, person):
    client = client_of(person())
    form = {"ticket": ticket_of(client.get("/tickets/new/")), "key": KEY}
    client.post("/extranet/draft/", {**form, "reason": "下夜班"})
    answer = client.post("/extranet/draft/", {**form, "reason": ""})
    assert json.loads(answer.content) == {"said": ""}
    assert Draft.objects.count() == 0


def test_only_a_form_that_was_shown_to_this_person_is_kept(client_of, person):
    one, other = client_of(person()), client_of(person())
    shown = ticket_of(one.get("/tickets/new/"))
    for forged in ("", "x", shown[:-1] + "A"):
        assert one.post("/extranet/draft/", {"ticket": forged, "reason": "x"}).status_code == 404
    assert other.post("/extranet/draft/", {"ticket": shown, "reason": "x"}).status_code == 404
    assert one.get("/extranet/draft/").status_code == 405
    assert Draft.objects.count() == 0


def test_a_draft_has_an_end(client_of, person):
    client = client_of(person())
    form = {"ticket": ticket_of(client.get("/tickets/new/")), "reason": "字" * (drafting.LARGEST + 1)}
    answer = client.post("/extranet/draft/", form)
    assert answer.status_code == 413
    assert json.loads(answer.content)["said"] == "内容太长，草稿存不下。请直接提交，或者写短一些。"
    assert Draft.objects.count() == 0


def test_files_are_no_part_of_a_draft_and_a_secret_form_keeps_none(client_of, person):
    client = client_of(person())
    shown = drafting.names_of(TicketForm())
    assert shown == ["amount_yuan", "kind", "reason", "sure"]
    page = client.get("/tickets/secret/").content.decode()
    assert "data-draft" not in page
    assert 'name="leave"' not in page
    client.post("/tickets/secret/", {**WHOLE, "amount_yuan": ""})
    assert Draft.objects.count() == 0


def go(client, page, **fields):
    return client.post("/tickets/pages/", {"page": page, "key": KEY, **fields})


def test_a_form_of_pages_is_filled_checked_and_sent_once(client_of, person):
    holder = person()
    client = client_of(holder)
    assert go(client, "amount", amount_yuan="70", kind="p").url == "/tickets/pages/?page=reason"
    assert go(client, "reason", reason="夜班", sure="on").url == "/tickets/pages/?page=check"
    page = client.get("/tickets/pages/?page=check").content.decode()
    for said in ("<dd>70</dd>", "<dd>Pears</dd>", "<dd>夜班</dd>", "<dd>是</dd>"):
        assert said in page
    first = go(client, "check")
    made = Ticket.objects.get()
    assert (made.holder, made.amount_yuan) == (holder, 70)
    assert first.url == go(client, "check").url == made.get_absolute_url()
    assert Ticket.objects.count() == 1
    assert Draft.objects.count() == 0


def test_a_page_that_is_not_right_is_not_left_forward_but_backward(client_of, person):
    client = client_of(person())
    go(client, "amount", amount_yuan="70", kind="p")
    page = go(client, "reason", reason="")
    assert page.status_code == 200
    assert 'id="id_reason_error_1"' in page.content.decode()
    assert go(client, "reason", reason="半句", back="1").url == "/tickets/pages/?page=amount"
    page = client.get("/tickets/pages/?page=amount").content.decode()
    assert 'value="70"' in page
    assert "半句" in client.get("/tickets/pages/?page=reason").content.decode()


def test_pages_are_reached_in_their_order_and_left_off_where_one_stopped(client_of, person):
    client = client_of(person())
    assert "第 1 步，共 3 步" in client.get("/tickets/pages/?page=check").content.decode()
    go(client, "amount", amount_yuan="70", kind="p")
    assert "第 2 步，共 3 步" in client.get("/tickets/pages/").content.decode()
    assert "第 2 步，共 3 步" in client.get("/tickets/pages/?page=check").content.decode()
    assert go(client, "check").url == "/tickets/pages/?page=reason"
    assert client.get("/tickets/pages/?page=fly").status_code == 404
    assert go(client, "fly").status_code == 404
    assert Ticket.objects.count() == 0


def test_each_page_is_kept_beside_the_others_as_it_is_typed(client_of, person):
    client = client_of(person())
    go(client, "amount", amount_yuan="70", kind="p")
    shown = ticket_of(client.get("/tickets/pages/?page=reason"))
    client.post("/extranet/draft/", {"ticket": shown, "reason": "写到一半", "key": "z" * 32})
    kept = Draft.objects.get().typed
    assert kept["pages"] == {
        "amount": {"amount_yuan": ["70"], "kind": ["p"]},
        "reason": {"reason": ["写到一半"]},
    }
    assert kept["key"] == KEY


@pytest.mark.parametrize(("amount", "step", "words"), [("13", "1", "Thirteen"), ("14", "3", "No more today")])
def test_what_the_service_refuses_is_said_on_the_page_it_belongs_to(amount, step, words, client_of, person):
    client = client_of(person())
    go(client, "amount", amount_yuan=amount, kind="p")
    go(client, "reason", reason="夜班")
    page = go(client, "check").content.decode()
    assert f"第 {step} 步，共 3 步" in page
    assert words in page
    assert Ticket.objects.count() == 0
    assert Draft.objects.count() == 1


def test_sending_without_anything_begins_anew(client_of, person):
    assert go(client_of(person()), "check").url == "/tickets/pages/"
    assert Ticket.objects.count() == 0


def test_leaving_a_page_keeps_it(client_of, person):
    client = client_of(person())
    assert go(client, "amount", amount_yuan="70", leave="1").url == "/extranet/"
    assert Draft.objects.get().typed["pages"] == {"amount": {"amount_yuan": ["70"]}}
    assert go(client, "amount", forget="1").url == "/tickets/pages/"
    assert Draft.objects.count() == 0
