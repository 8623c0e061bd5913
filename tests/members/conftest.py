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
