"""The public organisation page: public offices as they are today; names and offices, nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.kit import organisation
from cms.kit.models import Change
from extranet.members.models import OfficeKind, User
from extranet.members.selectors.organisation import public_bodies
from extranet.members.services.offices import Term, end_office, hand_over
from home.models import OrganisationPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(homepage):
    made = homepage.add_child(
        instance=OrganisationPage(title="组织机构", slug="organisation", lead="谁管什么")
    )
    made.save_revision().publish()
    return made


def shown(client):
    response = client.get("/organisation/")
    assert response.status_code == 200
    return response.content.decode()


def test_bodies_and_branches_are_shown_with_names_only(page, client, officer, person, group):
    chair = officer("chair", person(name="秦远山", mobile="13800001111", email="q@example.org"))
    officer("branch_chair", person(name="贺临川"), branch=group.branch)
    officer("audit_member", person(name="邵清和"))
    officer("group_leader", person(name="顾小舟"), group=group)
    officer("membership_officer", person(name="温禾"))
    text = shown(client)
    for said in (
        "工会委员会",
        "主席",
        "秦远山",
        "经费审查委员会",
        "邵清和",
        "分工会",
        "内科分工会",
        "贺临川",
        "谁管什么",
    ):
        assert said in text
    for hidden in ("顾小舟", "温禾", "13800001111", "q@example.org", chair.staff_number):
        assert hidden not in text


def test_bodies_come_in_the_order_of_their_kinds_branches_last(officer, person, group):
    officer("branch_chair", person(name="贺临川"), branch=group.branch)
    officer("audit_member", person(name="邵清和"))
    officer("vice_chair", person(name="罗长青"))
    officer("chair", person(name="秦远山"))
    told = [
        (body.title, [(seat.office, seat.name, seat.place) for seat in body.seats])
        for body in public_bodies()
    ]
    assert told == [
        ("工会委员会", [("主席", "秦远山", ""), ("副主席", "罗长青", "")]),
        ("经费审查委员会", [("经审委员", "邵清和", "")]),
        ("分工会", [("分工会主席", "贺临川", "内科分工会")]),
    ]


def test_an_office_that_ended_or_is_not_public_any_more_is_gone(page, client, officer, person):
    somebody = officer("keeper", person(name="丁屹川"))
    assert "丁屹川" not in shown(client)
    OfficeKind.objects.filter(slug="keeper").update(is_public=True)
    assert "丁屹川" in shown(client)
    end_office(somebody.offices.get(), because="换届", actor=None)
    assert "丁屹川" not in shown(client)


def test_a_term_over_by_its_date_is_gone_on_the_next_day(page, client, officer, person, monkeypatch):
    today = timezone.localdate()
    officer("chair", person(name="秦远山"), ends_on=today)
    assert "秦远山" in shown(client)
    monkeypatch.setattr(timezone, "localdate", lambda *_at: today + timedelta(days=1))
    assert public_bodies() == []


def test_whoever_left_stands_for_nobody(officer, person):
    somebody = officer("chair", person(name="秦远山"))
    User.objects.filter(pk=somebody.pk).update(is_active=False)
    assert public_bodies() == []


def test_visitors_see_a_change_at_once(officer, person):
    old = officer("chair")
    before = Change.objects.count()
    hand_over(old.offices.get(), person(), Term(starts_on=timezone.localdate()), actor=None)
    assert Change.objects.count() > before


def test_a_page_without_offices_says_where_to_ask(page, client):
    assert "工会办公室" in shown(client)


def test_the_page_costs_the_same_with_many_offices(page, client, officer, connection_count):
    officer("chair")
    shown(client)
    few = connection_count(lambda: shown(client))
    for _ in range(12):
        officer("committee_member")
    assert connection_count(lambda: shown(client)) == few <= 12


def test_the_port_is_quiet_while_nobody_answers(monkeypatch):
    monkeypatch.setattr(organisation, "_ask", None)
    assert organisation.bodies() == []
