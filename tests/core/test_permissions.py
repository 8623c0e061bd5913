"""Permissions: granted once, asked by everyone, no way round."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured

from extranet.core.permissions import grant, granted, may

pytestmark = pytest.mark.django_db


def test_a_superuser_passes_no_predicate(ticket, person):
    assert may(person(name="管理员甲"), "tickets.decide", ticket) is True
    assert may(person(is_superuser=True), "tickets.decide", ticket) is False


def test_nobody_decides_on_their_own_case(ticket):
    ticket.holder.name = "管理员甲"
    assert may(ticket.holder, "tickets.decide", ticket) is False


@pytest.mark.parametrize("who", ["stranger", "switched off"])
def test_whoever_cannot_sign_in_may_nothing(who, ticket, keeper):
    keeper.is_active = False
    asking = AnonymousUser() if who == "stranger" else keeper
    assert may(asking, "tickets.decide", ticket) is False


def test_a_permission_is_granted_once():
    with pytest.raises(ImproperlyConfigured, match=r"tickets\.own is granted twice"):
        grant("tickets.own", rules.always_allow)
    ours = [permission for permission in granted() if permission.startswith("tickets.")]
    assert ours == ["tickets.decide", "tickets.export", "tickets.own", "tickets.view"]


def test_an_unknown_permission_is_a_mistake_not_a_no(keeper):
    with pytest.raises(LookupError, match=r"tickets\.fly"):
        may(keeper, "tickets.fly")
