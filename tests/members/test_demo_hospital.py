"""The demo hospital: the same people every time, every role filled, nothing written twice."""

import time

import pytest
from django.core.management import call_command

from cms.kit.rooms import gather
from extranet.members import demo
from extranet.members.demo import cases, cast
from extranet.members.models import (
    Branch,
    Department,
    Membership,
    MembershipChange,
    Office,
    OfficeKind,
    UnionGroup,
    User,
)

pytestmark = pytest.mark.django_db


def counts():
    tables = (User, Membership, MembershipChange, Office, Department, Branch, UnionGroup, OfficeKind)
    return [table.objects.count() for table in tables]


@pytest.fixture
def website(person):
    """The website's accounts, as its own demo makes them."""
    return {
        player.staff_number: person(staff_number=player.staff_number, name=player.name)
        for player in cast.GUESTS
    }


def test_the_hospital_is_built_once_and_quickly(website, settings):
    said, began = [], time.process_time()
    demo.load(said.append, 600)
    assert time.process_time() - began < 8  # half of it is enough on a quiet machine
    assert (Branch.objects.count(), Department.objects.count(), UnionGroup.objects.count()) == (20, 62, 43)
    assert Membership.objects.count() == 600 + len(cast.GUESTS) + len(cast.PLAYERS)
    assert said == [f"示范医院：600 名会员，{Office.objects.count()} 个职务。"]
    before = counts()
    demo.load(said.append, 600)
    assert counts() == before
    assert said[-1] == "示范医院的人员已经在了。"
    somebody = User.objects.get(staff_number="100014")
    assert somebody.check_password(settings.DEMO_PASSWORD)
    assert not User.objects.get(staff_number="200001").has_usable_password()


def test_every_standard_office_is_held_and_everybody_has_their_place(website):
    demo.load(lambda line: None, 200)
    running = Office.objects.running()
    assert set(OfficeKind.objects.exclude(offices__in=running).values_list("slug", flat=True)) == set()
    assert running.filter(kind__slug="branch_chair").count() == 20
    assert running.filter(kind__slug="chair").count() == 1
    assert Office.objects.filter(kind__slug="chair").count() == 2  # and who held it before
    assert Membership.objects.filter(department=None).count() == 0
    leader = User.objects.get(staff_number="100007").offices.get()
    assert (leader.kind.slug, leader.place) == ("group_leader", "急诊小组")
    night = User.objects.get(staff_number="100006").membership
    assert (night.shift, night.department.name) == ("night", "急诊科")


def test_more_are_added_and_nobody_is_made_anew(website):
    demo.load(lambda line: None, 60)
    name = User.objects.get(staff_number="200001").name
    demo.load(lambda line: None, 90)
    assert User.objects.filter(staff_number__startswith="2").count() == 90
    assert User.objects.get(staff_number="200001").name == name


def test_nothing_an_officer_changed_is_undone(website):
    demo.load(lambda line: None, 60)
    office = User.objects.get(staff_number="100010").offices.get()
    from extranet.members.services.offices import end_office

    end_office(office, because="换届", actor=None)
    Department.objects.filter(name="儿科").update(name="儿童医学中心")
    demo.load(lambda line: None, 60)
    office.refresh_from_db()
    assert office.stopped_on is not None
    assert User.objects.get(staff_number="100010").offices.count() == 1
    assert Department.objects.filter(name="儿科").count() == 0


def test_without_the_website_the_hospital_stands_alone(db):
    demo.load(lambda line: None, 10)
    assert User.objects.filter(staff_number="100001").count() == 0
    assert User.objects.filter(staff_number="100012").exists()


def test_the_accounts_are_told_through_the_register():
    told = {account.staff_number: account.part for account in gather("accounts")}
    assert told["100006"] == "会员，急诊科夜班护士"
    assert len(cast.PLAYERS) == 10
    assert told.keys() == {player.staff_number for player in cast.PLAYERS} | {cases.NEWCOMER.staff_number}


def test_who_can_sign_in_is_told_when_the_site_opens(settings):
    from cms.management.commands.up import Command

    settings.DEMO = True
    lines = Command().who_can_sign_in()
    assert any("100001" in line for line in lines) and any("100015" in line for line in lines)


def test_the_command_takes_a_number_of_members(monkeypatch):
    from cms.management.commands import load_demo

    asked = []
    monkeypatch.setattr(load_demo, "load", lambda **_more: None)
    monkeypatch.setattr(load_demo, "all_rooms", list)
    monkeypatch.setattr(demo, "load", lambda say, members: asked.append(members))
    call_command("load_demo", members=900, verbosity=0)
    call_command("load_demo", verbosity=0)
    assert asked == [900]
