"""What tests of people share."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


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
def keeper_of_the_roster(person):
    """An officer who keeps the roster (会籍管理员), with a membership of their own."""
    from django.utils import timezone

    from extranet.members.models import Membership, Office, OfficeKind

    somebody = person(staff_number="800001", name="会籍员")
    Membership.objects.create(person=somebody, status="active", joined_on="2010-01-01")
    kind, _new = OfficeKind.objects.get_or_create(slug="membership_officer", defaults={"name": "会籍管理员"})
    Office.objects.create(person=somebody, kind=kind, starts_on=timezone.localdate())
    return somebody
