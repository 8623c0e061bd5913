"""The officers' queue of applications: filters, tallies, several at once, taken home; desk; query counts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from extranet.core.models import Export
from extranet.members.models import MembershipCase
from extranet.members.services import cases
from tests.members.applications import KEY, Kind, Status, approved, handed_in, page, words
from tests.members.proofs import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def test_the_queue_filters_sorts_and_counts(hall, client_of, member):
    for _round in range(3):
        handed_in(hall, by=member("王小明", department=hall.department).person)
    approved(hall)
    late = handed_in(hall, Kind.JOIN)
    MembershipCase.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    client = client_of(hall.officer)
    queue = reverse("membership:queue")
    for query, numbers in (
        ("", 5), ("?state=open", 5), ("?state=late", 1), ("?state=approved", 1), ("?kind=join", 1),
        (f"?branch={hall.branch.pk}", 5), (f"?branch={hall.surgery.pk}", 0), ("?q=王小", 3), ("?q=wxm", 3),
        ("?q=RH-", 1), ("?sort=-number", 5),
    ):  # fmt: skip
        listing = client.get(queue + query).context["listing"]
        assert len(listing.lines) == numbers, query
    assert [tally[1] for tally in client.get(queue).context["tallies"]] == [1, 1, 5, 0]
    for bad in ("?state=fly", "?kind=fly", "?branch=x", "?p=0", "?p=999999999", "?sort=fly"):
        assert client.get(queue + bad).status_code == 404, bad


def test_what_waits_is_a_page_of_its_own(hall, client_of):
    case = handed_in(hall)
    mine = reverse("membership:queue_mine")
    assert [line.row for line in client_of(hall.chair).get(mine).context["listing"].lines] == [case]
    assert client_of(hall.officer).get(mine).context["listing"].lines == []


def test_several_are_approved_at_once_and_the_rest_is_named(hall, client_of, member):
    made = [handed_in(hall, by=member(department=hall.department).person) for _round in range(3)]
    cases.approve(made[0], actor=hall.chair)
    data = {"key": KEY, "do": "approve", "case": [case.public_id for case in made]}
    queue = reverse("membership:queue")
    client = client_of(hall.chair)
    client.post(queue, data)
    shown = words(client.get(queue))
    assert set(MembershipCase.objects.values_list("status", flat=True)) == {Status.APPROVED}
    assert "2 件" in shown
    assert "这一步办不了了" in shown


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_office_takes_the_list_home_and_leaves_a_trace(kind, hall, client_of):
    handed_in(hall)
    queue = reverse("membership:queue")
    client = client_of(hall.officer)
    led = client.get(client.post(queue, {"export": kind}).url)
    assert led.url.startswith("/accounts/reauthenticate/?next=")
    back = client.post(led.url, {"password": PASSWORD}, follow=True)
    assert back.redirect_chain[-1] == (queue, 302)
    assert Export.objects.count() == 0
    response = client.post(queue, {"export": kind})
    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    assert Export.objects.get().taker == hall.officer
    assert client_of(hall.chair).post(queue, {"export": kind}).status_code == 403


def test_desk_shows_what_waits_and_ones_own_with_its_way(hall, client_of):
    case = handed_in(hall)
    desk = words(client_of(hall.chair).get(reverse("core:desk")))
    assert page(case) in desk
    assert "会籍申请" in desk
    own = words(client_of(hall.member).get(reverse("core:desk")))
    assert "分工会间转会" in own
    assert "内科分工会" in own
    cases.return_for_completion(case, actor=hall.chair, note="缺说明。")
    own = words(client_of(hall.member).get(reverse("core:desk")))
    assert "去补正" in own


@pytest.mark.parametrize("address", ["queue", "queue_mine", "case", "start", "desk"])
def test_pages_cost_the_same_for_few_and_many(address, hall, client_of, member, connection_count):
    made = [handed_in(hall, by=member(department=hall.department).person) for _round in range(7)]
    client = client_of(hall.chair)
    where = {
        "case": page(made[0]), "desk": reverse("core:desk"),
    }.get(address) or reverse(f"membership:{address}")  # fmt: skip
    client.get(where)
    few = connection_count(lambda: client.get(where))
    for _round in range(6):
        handed_in(hall, by=member(department=hall.department).person)
    many = connection_count(lambda: client.get(where))
    assert many <= few
    assert many <= 15
