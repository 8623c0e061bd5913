"""Lists: what may be seen, as the address asks; what cannot be asked is not there."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from extranet.core.models import CaseEvent
from tests.core.tickets.models import Status, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.tickets.house_urls")]


@pytest.fixture(autouse=True)
def only_the_house(stand):
    stand()


def tickets(holder, *amounts, **fields):
    made = []
    for number, amount in enumerate(amounts, 1):
        made.append(
            Ticket.objects.create(holder=holder, amount_yuan=amount, number=f"T-{amount:03d}", **fields)
        )
        Ticket.objects.filter(pk=made[-1].pk).update(created_at=timezone.now() + timedelta(seconds=number))
    return made


def listed(answer):
    """Return the numbers in the order of the rows."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', answer.content.decode())


def test_a_list_shows_only_what_its_reader_may_see(client_of, person, keeper):
    holder, other = person(), person()
    tickets(holder, 1)
    tickets(other, 2)
    assert listed(client_of(holder).get("/tickets/")) == ["T-001"]
    assert listed(client_of(keeper).get("/tickets/")) == ["T-002", "T-001"]


def test_an_empty_list_says_what_will_be_here(client_of, person):
    page = client_of(person()).get("/tickets/").content.decode()
    assert "No ticket yet: whoever hands one in finds it here." in page
    assert "<table" not in page


def test_pages_follow_each_other_and_none_is_beyond(client_of, keeper, person):
    tickets(person(), *range(1, 13))
    client = client_of(keeper)
    assert listed(client.get("/tickets/")) == ["T-012", "T-011", "T-010", "T-009", "T-008"]
    assert listed(client.get("/tickets/?p=3")) == ["T-002", "T-001"]
    for wrong in ("4", "0", "-1", "x", "1e3", "²", "9" * 30):
        assert client.get("/tickets/", {"p": wrong}).status_code == 404, wrong


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("number", ["T-001", "T-003", "T-007"]),
        ("-amount", ["T-007", "T-003", "T-001"]),
        ("", ["T-001", "T-007", "T-003"]),
    ],
)
def test_a_column_sorts_both_ways(sort, order, client_of, keeper, person):
    tickets(person(), 3, 7, 1)
    assert listed(client_of(keeper).get("/tickets/", {"sort": sort})) == order


def test_the_head_says_how_it_is_sorted_and_turns_it_round(client_of, keeper, person):
    tickets(person(), 3, 7)
    page = client_of(keeper).get("/tickets/?sort=number&state=handed_in").content.decode()
    assert page.count("aria-sort") == 1
    assert (
        '<th scope="col" aria-sort="ascending"><a href="?state=handed_in&amp;sort=-number">Number<span'
        in page
    )
    assert '<input type="hidden" name="sort" value="number">' in page


def test_filters_narrow_and_stay_in_every_link(client_of, keeper, person):
    holder = person()
    tickets(holder, *range(1, 8))
    tickets(holder, 20, status=Status.APPROVED)
    client = client_of(keeper)
    assert listed(client.get("/tickets/?state=approved")) == ["T-020"]
    assert listed(client.get("/tickets/?q=t-00&sort=number")) == ["T-001", "T-002", "T-003", "T-004", "T-005"]
    page = client.get("/tickets/?state=handed_in&sort=number").content.decode()
    assert '<a class="pager__link" href="?state=handed_in&amp;sort=number&amp;p=2" rel="next">' in page
    assert '<option value="handed_in" selected>' in page
    assert 'href="/tickets/">看全部</a>' in page


def test_days_are_both_included(client_of, keeper, person):
    (one,) = tickets(person(), 1)
    Ticket.objects.filter(pk=one.pk).update(created_at=timezone.make_aware(timezone.datetime(2026, 3, 5, 23)))
    client = client_of(keeper)
    assert listed(client.get("/tickets/?made_from=2026-03-05&made_to=2026-03-05")) == ["T-001"]
    assert listed(client.get("/tickets/?made_from=2026-03-06")) == []
    assert "没有符合这些条件的。" in client.get("/tickets/?made_from=2026-03-06").content.decode()


@pytest.mark.parametrize(
    "wrong", ["state=lost", "made_from=31.2.2026", "sort=holder__password", "sort=status", "q=" + "x" * 81]
)
def test_what_cannot_be_asked_is_not_there(wrong, client_of, keeper):
    assert client_of(keeper).get(f"/tickets/?{wrong}").status_code == 404


def test_names_that_messengers_add_are_passed_over(client_of, keeper, person):
    tickets(person(), *range(1, 8))
    page = client_of(keeper).get("/tickets/?from=singlemessage&isappinstalled=0")
    assert page.status_code == 200
    assert 'href="?sort=number"' in page.content.decode()


def test_a_list_costs_the_same_for_few_and_many(client_of, keeper, person, django_assert_max_num_queries):
    client = client_of(keeper)
    tickets(person(), 1, 2)
    client.get("/tickets/")
    with django_assert_max_num_queries(8) as few:
        client.get("/tickets/")
    for one in range(10):
        tickets(person(), *range(100 + 10 * one, 110 + 10 * one))
    with django_assert_max_num_queries(8) as many:
        client.get("/tickets/")
    assert len(many) == len(few)


def test_cells_are_shown_as_what_they_are_and_escaped(client_of, keeper, person):
    tickets(person(name="<b>甲</b>"), 1234)
    page = client_of(keeper).get("/tickets/").content.decode()
    assert '<td data-label="Holder">&lt;b&gt;甲&lt;/b&gt;</td>' in page
    assert '<td data-label="Amount" class="is-number">¥1,234.00</td>' in page
    assert "Staff number" not in page


def chosen(*cases, do="approve", **more):
    return {"case": [case.public_id for case in cases], "do": do, **more}


def test_several_are_approved_at_once_each_with_its_line(client_of, keeper, person):
    one, two, _three = tickets(person(), 1, 2, 3)
    answer = client_of(keeper).post("/tickets/?state=handed_in", chosen(one, two), follow=True)
    assert answer.redirect_chain == [("/tickets/?state=handed_in", 302)]
    assert "approve：2 件。" in answer.content.decode()
    statuses = dict(Ticket.objects.values_list("number", "status"))
    assert statuses == {"T-001": "approved", "T-002": "approved", "T-003": "handed_in"}
    assert CaseEvent.objects.count() == 2


def test_of_several_those_that_cannot_be_say_why_and_stay(client_of, keeper, person):
    own, other, gone = (*tickets(keeper, 1), *tickets(person(), 2, 3))
    client = client_of(keeper)
    client.post("/tickets/", chosen(gone))
    page = client.post("/tickets/", chosen(own, other, gone), follow=True).content.decode()
    assert "T-001：这一步不由您办。" in page
    assert "T-003：这一步办不了了：您已在" in page
    assert "approve：1 件。" in page
    assert Ticket.objects.get(pk=own.pk).status == Status.HANDED_IN
    assert CaseEvent.objects.count() == 2


def test_a_double_click_on_several_takes_each_step_once(client_of, keeper, person):
    one, two = tickets(person(), 1, 2)
    client, form = client_of(keeper), chosen(one, two, key="k" * 32)
    client.post("/tickets/", form)
    page = client.post("/tickets/", form, follow=True).content.decode()
    assert "approve：2 件。" in page
    assert CaseEvent.objects.count() == 2


@pytest.mark.parametrize("do", ["return", "fly", ""])
def test_a_step_that_needs_words_is_not_for_several(do, client_of, keeper, person):
    (one,) = tickets(person(), 1)
    assert client_of(keeper).post("/tickets/", chosen(one, do=do)).status_code == 404
    assert Ticket.objects.get().status == Status.HANDED_IN


def test_nothing_chosen_and_others_cases_change_nothing(client_of, person):
    (other,) = tickets(person(), 1)
    client = client_of(person())
    page = client.post("/tickets/", chosen(other, do="resend"), follow=True).content.decode()
    assert "还没有选。请先勾选要办的几件，再点按钮。" in page
    assert CaseEvent.objects.count() == 0


def test_boxes_stand_only_where_something_can_be_done(client_of, keeper, person):
    free, own = (*tickets(person(), 2), *tickets(keeper, 1))
    page = client_of(keeper).get("/tickets/").content.decode()
    assert page.count('class="pick"') == 1
    assert f'value="{free.public_id}"' in page
    assert f'value="{own.public_id}"' not in page
    assert '<button class="button button--primary" type="submit" name="do" value="approve">' in page
    assert 'value="resend"' not in page
    assert 'class="pick"' not in client_of(free.holder).get("/tickets/").content.decode()
