"""What tests of people share."""

import time
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from extranet.members.models import Branch, Department, Membership, OfficeKind, UnionGroup
from extranet.members.services.offices import Term, appoint
from extranet.members.services.standard import lay_out
from tests.members.proofs import PASSWORD

LONG_AGO = date(2026, 1, 1)
PLACE = {OfficeKind.Level.BRANCH: "branch", OfficeKind.Level.GROUP: "group"}
TERM = ("starts_on", "ends_on", "branch", "group", "ground")


@pytest.fixture
def connection_count(db):
    """Return how many queries something asks."""

    def count(ask):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ask()
        return len(asked)

    return count


@pytest.fixture
def english():
    """Say what is refused in the words of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def kinds(db):
    """The standard kinds of office, by key."""
    lay_out()
    return {kind.slug: kind for kind in OfficeKind.objects.all()}


@pytest.fixture
def branch(db):
    return Branch.objects.create(name="内科分工会")


@pytest.fixture
def group(branch):
    return UnionGroup.objects.create(branch=branch, name="心内小组")


@pytest.fixture
def department(branch, group):
    return Department.objects.create(name="心内科", branch=branch, group=group)


@pytest.fixture
def member(person):
    """Make a person with a membership; keywords are fields of the membership, ``named`` is the name."""

    def make(named="", **fields):
        somebody = person(**({"name": named} if named else {}))
        fields = {"status": Membership.Status.ACTIVE, "joined_on": LONG_AGO} | fields
        if (department := fields.get("department")) is not None:
            fields = {"branch": department.branch, "group": department.group} | fields
        return Membership.objects.create(person=somebody, **fields)

    return make


@pytest.fixture
def officer(person, kinds, request):
    """Make somebody who holds an office today; keywords are fields of the term, or of the person.

    An office of a branch or a group is for the one of the fixture unless another is named.
    """

    def make(slug="membership_officer", somebody=None, *, needs_second_factor=None, **fields):
        term = {name: fields.pop(name) for name in TERM if name in fields}
        somebody = somebody or person(**{"name": f"职务{slug}", **fields})
        kind = kinds.get(slug) or OfficeKind.objects.create(slug=slug, name=slug)
        if needs_second_factor is not None:
            OfficeKind.objects.filter(pk=kind.pk).update(needs_second_factor=needs_second_factor)
        if kind.level in PLACE and not {"branch", "group"} & term.keys():
            term[PLACE[kind.level]] = request.getfixturevalue(PLACE[kind.level])
        appoint(somebody, kind, Term(**({"starts_on": LONG_AGO} | term)), actor=None)
        somebody.__dict__.pop("_offices_held", None)
        return somebody

    return make


@pytest.fixture
def at_desk(client_of):
    """Return a client of somebody who has just shown their password."""

    def sign_in(somebody):
        client = client_of(somebody)
        session = client.session
        session["account_authentication_methods_user"] = str(somebody.pk)
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
        return client

    return sign_in


@pytest.fixture
def enter(client):
    """Sign in at the door with a name and a password; returns the answer."""

    def post(login, password=PASSWORD, **more):
        return client.post("/accounts/login/", {"login": login, "password": password, **more})

    return post


@pytest.fixture
def keeper_of_the_roster(person):
    """An officer who keeps the roster (会籍管理员), with a membership of their own."""
    from extranet.members.models import Office

    somebody = person(staff_number="800001", name="会籍员")
    Membership.objects.create(person=somebody, status="active", joined_on="2010-01-01")
    kind, _new = OfficeKind.objects.get_or_create(slug="membership_officer", defaults={"name": "会籍管理员"})
    Office.objects.create(person=somebody, kind=kind, starts_on=LONG_AGO)
    return somebody


from tests.members.applications import hall, private  # noqa: E402, F401 - fixtures of applications
