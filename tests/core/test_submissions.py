"""A form sent twice makes one record; what was typed is kept until it is sent."""

import pytest

from extranet.core.models import Draft, Submission
from extranet.core.submissions import draft, drop_draft, keep_draft, new_key, once
from tests.core.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def hand_in(holder):
    return lambda: Ticket.objects.create(holder=holder)


def test_the_second_click_is_led_to_the_first_ones_record(person):
    holder, key = person(), new_key()
    first, new = once(holder, key, hand_in(holder))
    again, again_new = once(holder, key, hand_in(holder))
    assert (new, again_new) == (True, False)
    assert again == first
    assert Ticket.objects.count() == 1


def test_another_form_and_another_person_are_not_held_up(person):
    one, other, key = person(), person(), new_key()
    made = {
        once(one, key, hand_in(one)),
        once(other, key, hand_in(other)),
        once(one, new_key(), hand_in(one)),
    }
    assert len(made) == 3
    assert all(new for _ticket, new in made)


def test_two_in_the_same_instant_leave_one_record(person, monkeypatch):
    holder, key = person(), new_key()
    first, _new = once(holder, key, hand_in(holder))
    looks = iter([None, first])  # the second one looked before the first had committed
    monkeypatch.setattr("extranet.core.submissions._made", lambda owner, key: next(looks))
    assert once(holder, key, hand_in(holder)) == (first, False)
    assert Ticket.objects.count() == 1


def test_a_failing_form_leaves_nothing_and_may_be_sent_again(person):
    holder, key = person(), new_key()
    with pytest.raises(ZeroDivisionError):
        once(holder, key, lambda: 1 / 0)
    assert Submission.objects.count() == 0
    assert once(holder, key, hand_in(holder))[1] is True


def test_keys_are_long_and_never_the_same():
    assert len({new_key() for _time in range(100)}) == 100
    assert {len(new_key())} == {32}


def test_a_draft_is_kept_replaced_and_dropped(person):
    holder = person()
    assert draft(holder, "aid.start") == {}
    keep_draft(holder, "aid.start", {"reason": "家里"})
    keep_draft(holder, "aid.start", {"reason": "家里漏水", "yuan": ""})
    assert draft(holder, "aid.start") == {"reason": "家里漏水", "yuan": ""}
    assert draft(person(), "aid.start") == {}
    drop_draft(holder, "aid.start")
    assert Draft.objects.count() == 0


def test_an_emptied_form_keeps_no_draft(person):
    holder = person()
    keep_draft(holder, "aid.start", {"reason": "家里"})
    keep_draft(holder, "aid.start", {"reason": "", "files": []})
    assert Draft.objects.count() == 0
