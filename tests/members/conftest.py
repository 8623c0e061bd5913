"""What tests of people share."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extranet.members.models import Office, OfficeKind
from tests.members.proofs import PASSWORD


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
def officer(person):
    """Make a person who holds an office of a kind from today on; keywords are fields of the person."""

    def make(slug="membership_officer", *, needs_second_factor=False, **fields):
        kind, _new = OfficeKind.objects.get_or_create(
            slug=slug, defaults={"name": slug, "needs_second_factor": needs_second_factor}
        )
        somebody = person(**fields)
        Office.objects.create(person=somebody, kind=kind, starts_on=timezone.localdate())
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
