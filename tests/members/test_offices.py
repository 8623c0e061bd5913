"""Offices with terms: rights come with the first day and are gone after the last, at the next request."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from extranet.core.permissions import may
from extranet.members.models import Office, OfficeKind, offices_of
from extranet.members.rules import holds, holds_for
from extranet.members.services.alignment import align, align_everybody, is_due
from extranet.members.services.offices import Term, appoint, change_term, end_office, hand_over
from extranet.members.services.standard import STANDARD, lay_out

today = timezone.localdate
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
LONG_AGO = date(2026, 1, 1)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def chair(officer):
    return officer("chair")


def held(person):
    """Return the keys of the offices a person holds, as their next request would see it."""
    person.__dict__.pop("_offices_held", None)
    return [office.kind.slug for office in offices_of(person)]


# --- Appointing -------------------------------------------------------------------------------


def test_an_appointment_gives_rights_from_its_first_day_to_its_last(chair, person, kinds):
    somebody = person()
    office = appoint(
        somebody,
        kinds["keeper"],
        Term(starts_on=today(), ends_on=today(), ground=" 院工〔2026〕3号 "),
        actor=chair,
    )
    assert held(somebody) == ["keeper"]
    assert (office.appointed_by, office.ground, office.place) == (chair, "院工〔2026〕3号", "")
    assert list(Office.objects.running(today() + ONE_DAY).filter(person=somebody)) == []
    assert [office.runs(today() + ONE_DAY * n) for n in (-1, 0, 1)] == [False, True, False]


@pytest.mark.parametrize("slug", ["vice_chair", "membership_officer", "committee_member"])
def test_only_chair_and_system_administrator_appoint(officer, person, kinds, slug):
    with pytest.raises(PermissionDenied):
        appoint(person(), kinds["keeper"], Term(starts_on=today()), actor=officer(slug))
    assert not Office.objects.filter(kind__slug="keeper").exists()


@pytest.mark.parametrize("who", ["the chair", "the system administrator", "a first administrator"])
def test_nobody_appoints_themselves(officer, admin, kinds, who):
    actor = {"the chair": lambda: officer("chair"), "a first administrator": lambda: admin}.get(
        who, lambda: officer("system_administrator")
    )()
    with pytest.raises(ValidationError) as refused:
        appoint(actor, kinds["aid_committee"], Term(starts_on=today()), actor=actor)
    assert list(refused.value.message_dict) == ["person"]
    assert not Office.objects.filter(kind__slug="aid_committee").exists()


def test_a_closed_account_gets_no_office(chair, person, kinds):
    with pytest.raises(ValidationError, match="may not sign in any more"):
        appoint(person(is_active=False), kinds["keeper"], Term(starts_on=today()), actor=chair)


def test_an_office_of_a_branch_asks_for_which_and_one_of_the_union_takes_none(
    chair, person, kinds, branch, group
):
    for slug, field in [("branch_chair", "branch"), ("group_leader", "group")]:
        with pytest.raises(ValidationError) as refused:
            appoint(person(), kinds[slug], Term(starts_on=today()), actor=chair)
        assert list(refused.value.message_dict) == [field]
    leader = appoint(person(), kinds["group_leader"], Term(starts_on=today(), group=group), actor=chair)
    assert (leader.branch, leader.group, leader.place) == (branch, group, "心内小组")
    keeper = appoint(person(), kinds["keeper"], Term(starts_on=today(), branch=branch), actor=chair)
    assert keeper.branch is None


@pytest.mark.parametrize(("first", "last"), [(0, None), (10, 20), (-10, None)])
def test_a_second_chair_at_the_same_time_is_refused(officer, person, kinds, first, last):
    officer("chair", starts_on=today() - ONE_DAY * 5)
    admin = officer("system_administrator")
    term = Term(starts_on=today() + ONE_DAY * first, ends_on=today() + ONE_DAY * last if last else None)
    with pytest.raises(ValidationError, match="since") as refused:
        appoint(person(), kinds["chair"], term, actor=admin)
    assert list(refused.value.message_dict) == ["starts_on"]
    assert Office.objects.filter(kind__slug="chair").count() == 1


def test_a_term_before_and_one_after_are_welcome(officer, person, kinds):
    officer("chair", starts_on=today(), ends_on=today() + ONE_DAY * 9)
    admin = officer("system_administrator")
    with pytest.raises(ValidationError, match=r"from .* to"):
        appoint(person(), kinds["chair"], Term(starts_on=today() + ONE_DAY * 9), actor=admin)
    appoint(person(), kinds["chair"], Term(starts_on=today() + ONE_DAY * 10), actor=admin)
    appoint(person(), kinds["chair"], Term(starts_on=LONG_AGO, ends_on=today() - ONE_DAY), actor=admin)
    assert Office.objects.filter(kind__slug="chair").count() == 3


def test_a_committee_has_many_members_but_each_once(officer, person, kinds):
    admin, somebody = officer("system_administrator"), person()
    appoint(person(), kinds["aid_committee"], Term(starts_on=today()), actor=admin)
    appoint(somebody, kinds["aid_committee"], Term(starts_on=today()), actor=admin)
    with pytest.raises(ValidationError):
        appoint(somebody, kinds["aid_committee"], Term(starts_on=today() + ONE_DAY), actor=admin)


def test_each_branch_has_its_own_chair(officer, person, kinds, group):
    admin = officer("system_administrator")
    officer("group_leader", group=group)
    other = type(group).objects.create(branch=group.branch, name="呼吸小组")
    assert appoint(person(), kinds["group_leader"], Term(starts_on=today(), group=other), actor=admin).pk


def test_the_database_keeps_an_office_from_being_written_twice(officer, kinds):
    somebody = officer("keeper")
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(person=somebody, kind=kinds["keeper"], starts_on=LONG_AGO)


# --- Changing, ending, handing over -----------------------------------------------------------


def test_a_term_is_lengthened_and_shortened_but_not_into_the_past(chair, officer):
    office = officer("keeper", ends_on=today() + ONE_DAY).offices.get()
    change_term(office, ends_on=None, ground="连任", actor=chair)
    assert (office.ends_on, office.ground) == (None, "连任")
    with pytest.raises(ValidationError) as refused:
        change_term(office, ends_on=today() - ONE_DAY, ground="", actor=chair)
    assert list(refused.value.message_dict) == ["ends_on"]


def test_a_term_is_not_lengthened_over_the_next_one(officer, person, kinds):
    old = officer("chair", ends_on=today()).offices.get()
    admin = officer("system_administrator")
    appoint(person(), kinds["chair"], Term(starts_on=today() + ONE_DAY), actor=admin)
    with pytest.raises(ValidationError, match="holds this office since"):
        change_term(old, ends_on=None, ground="", actor=admin)


def test_ended_now_is_over_at_once_and_says_why(chair, officer):
    somebody = officer("keeper")
    office = somebody.offices.get()
    end_office(office, because=" 调离 ", actor=chair)
    assert held(somebody) == []
    assert (office.ends_on, office.stopped_on, office.ended_because) == (today() - ONE_DAY, today(), "调离")


def test_an_office_that_began_today_is_taken_back_today_and_given_again(chair, officer, person, kinds):
    somebody = officer("keeper", starts_on=today())
    end_office(somebody.offices.get(), because="录错了", actor=chair)
    assert held(somebody) == []
    appoint(somebody, kinds["keeper"], Term(starts_on=today()), actor=chair)
    assert held(somebody) == ["keeper"]


def test_an_office_that_has_not_begun_is_called_off(chair, officer):
    somebody = officer("keeper", starts_on=today() + ONE_DAY * 5)
    office = somebody.offices.get()
    end_office(office, because="不再需要", actor=chair)
    assert office.stopped_on == office.starts_on
    assert not any(office.runs(today() + ONE_DAY * n) for n in range(9))


def test_ended_on_a_later_day_runs_until_then(chair, officer):
    somebody = officer("keeper", ends_on=today() + ONE_DAY * 9)
    office = somebody.offices.get()
    end_office(office, because="换届", actor=chair, last_day=today() + ONE_DAY * 2)
    assert held(somebody) == ["keeper"]
    assert (office.ends_on, office.stopped_on) == (today() + ONE_DAY * 2, None)


@pytest.mark.parametrize(
    ("because", "day", "field"), [("", None, "because"), ("换届", 99, "last_day"), ("换届", 3, "last_day")]
)
def test_an_early_end_without_sense_is_refused(chair, officer, because, day, field):
    start = today() + ONE_DAY * 5 if day == 3 else LONG_AGO
    office = officer("keeper", starts_on=start, ends_on=today() + ONE_DAY * 9).offices.get()
    with pytest.raises(ValidationError) as refused:
        end_office(office, because=because, actor=chair, last_day=today() + ONE_DAY * day if day else None)
    assert list(refused.value.message_dict) == [field]
    office.refresh_from_db()
    assert (office.ends_on, office.stopped_on) == (today() + ONE_DAY * 9, None)


def test_what_is_over_is_not_ended_again_nor_changed_nor_handed_over(chair, officer, person):
    office = officer("keeper", ends_on=today() - ONE_DAY).offices.get()
    for step in (
        lambda: end_office(office, because="换届", actor=chair),
        lambda: change_term(office, ends_on=None, ground="", actor=chair),
        lambda: hand_over(office, person(), Term(starts_on=today()), actor=chair),
    ):
        with pytest.raises(ValidationError, match="This office ended on"):
            step()


def test_only_who_may_appoint_ends_changes_and_hands_over(officer, person):
    office, somebody = officer("keeper").offices.get(), person()
    for step in (
        lambda: end_office(office, because="换届", actor=somebody),
        lambda: change_term(office, ends_on=None, ground="", actor=somebody),
        lambda: hand_over(office, person(), Term(starts_on=today()), actor=somebody),
    ):
        with pytest.raises(PermissionDenied):
            step()
    office.refresh_from_db()
    assert office.stopped_on is None


def test_handing_over_ends_one_term_and_begins_the_next(officer, person, group):
    old, new = officer("group_leader", group=group), person(name="新组长")
    admin = officer("system_administrator")
    made = hand_over(old.offices.get(), new, Term(starts_on=today(), ground="改选"), actor=admin)
    assert (held(old), held(new)) == ([], ["group_leader"])
    assert (made.group, made.branch, made.ground) == (group, group.branch, "改选")
    assert old.offices.get().ended_because == "Handed over to 新组长"


def test_handing_over_later_leaves_no_day_without(officer, person):
    old, new = officer("chair"), person()
    admin = officer("system_administrator")
    made = hand_over(old.offices.get(), new, Term(starts_on=today() + ONE_DAY * 3), actor=admin)
    assert (held(old), held(new)) == (["chair"], [])
    assert old.offices.get().ends_on + ONE_DAY == made.starts_on


def test_an_office_is_not_handed_to_its_holder_nor_before_it_began(chair, officer, person):
    somebody = officer("keeper", starts_on=today())
    for to, term, why in [
        (somebody, Term(starts_on=today() + ONE_DAY), "holds this office already"),
        (person(), Term(starts_on=today()), "Choose a day after"),
    ]:
        with pytest.raises(ValidationError, match=why):
            hand_over(somebody.offices.get(), to, term, actor=chair)


def test_the_last_system_administrator_is_not_ended_but_may_hand_over(officer, person):
    one = officer("system_administrator")
    chair = officer("chair")
    with pytest.raises(ValidationError, match="the last system administrator"):
        end_office(one.offices.get(), because="退休", actor=chair)
    assert held(one) == ["system_administrator"]
    officer("system_administrator", person(is_active=True), ends_on=today())
    end_office(one.offices.get(), because="退休", actor=chair)
    assert held(one) == []
    new = person()
    hand_over(Office.objects.get(kind__slug="system_administrator", stopped_on=None), new, Term(starts_on=today() + ONE_DAY), actor=chair)  # fmt: skip  # noqa: E501
    assert new.offices.count() == 1


# --- Rights in line with offices --------------------------------------------------------------


@pytest.fixture
def editors(kinds):
    made = Group.objects.create(name="编辑组")
    kinds["editor"].groups.add(made)
    return made


def test_groups_follow_the_office_and_others_are_left_alone(chair, officer, editors):
    choir = Group.objects.create(name="合唱团")
    somebody = officer("editor")
    somebody.groups.add(choir)
    assert set(somebody.groups.all()) == {editors, choir}
    end_office(somebody.offices.get(), because="换届", actor=chair)
    assert list(somebody.groups.all()) == [choir]


def test_who_was_put_into_a_mapped_group_by_hand_leaves_it(person, editors):
    somebody = person()
    somebody.groups.add(editors)
    assert align_everybody() == 1
    assert list(somebody.groups.all()) == []
    assert align(somebody) is False


def test_rights_that_were_asked_before_are_asked_anew(person, officer, editors):
    somebody = person()
    somebody.groups.add(editors)
    somebody.has_perm("wagtailadmin.access_admin")
    somebody.get_all_permissions()
    align(somebody)
    assert "_group_perm_cache" not in somebody.__dict__


def test_the_administrators_flag_follows_the_office_once_it_was_held(person, officer, chair):
    first = person(is_superuser=True)
    assert align(first) is False and first.is_superuser
    second, third = officer("system_administrator"), officer("system_administrator")
    second.refresh_from_db()
    assert second.is_superuser
    end_office(second.offices.get(), because="换届", actor=chair)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.is_superuser, third.is_superuser) == (False, True)


def test_alignment_asks_twice_when_nothing_changes(officer, editors, connection_count):
    somebody = officer("editor")
    align(somebody)
    assert connection_count(lambda: align(somebody)) == 2
    assert connection_count(lambda: offices_of(somebody)) == 0


def test_the_next_turn_is_known_and_due_on_its_day(officer, person, monkeypatch):
    somebody = officer("keeper", ends_on=today() + ONE_DAY * 2)
    officer("training_officer", somebody, starts_on=today() + ONE_DAY * 5)
    somebody.refresh_from_db()
    assert somebody.offices_change_on == today() + ONE_DAY * 3
    assert not is_due(somebody) and not is_due(person())
    later = today() + ONE_DAY * 3
    monkeypatch.setattr(timezone, "localdate", lambda *_at: later)
    assert is_due(somebody)
    assert align(somebody) is True
    assert somebody.offices_change_on == today() + ONE_DAY * 5


# --- Standard kinds ---------------------------------------------------------------------------


def test_the_standard_kinds_are_laid_out_once(db):
    assert len(lay_out()) == len(STANDARD) == 16
    assert OfficeKind.objects.get(slug="chair").name == "主席"
    OfficeKind.objects.filter(slug="chair").update(name="工会主席")
    assert lay_out() == []
    assert OfficeKind.objects.get(slug="chair").name == "工会主席"


def test_who_is_in_a_group_when_offices_come_keeps_it_by_office(person):
    editors = Group.objects.create(name="编辑")
    somebody, gone = person(), person(is_active=False)
    for one in (somebody, gone):
        one.groups.add(editors)
    lay_out()
    lay_out()
    assert held(somebody) == ["editor"]
    assert somebody.groups.get() == editors
    assert gone.offices.count() == 0


def test_a_kind_is_tied_to_its_group_as_soon_as_that_exists(kinds, person):
    assert list(kinds["editor"].groups.all()) == []
    editors = Group.objects.create(name="编辑")
    person().groups.add(editors)
    lay_out()
    assert list(kinds["editor"].groups.all()) == [editors]
    assert Office.objects.filter(kind=kinds["editor"]).count() == 1


# --- Predicates -------------------------------------------------------------------------------


def test_predicates_ask_for_kind_and_place(officer, member, group, department):
    inside, outside = member(department=department), member()
    leader, chair = officer("group_leader", group=group), officer("branch_chair", branch=group.branch)
    boss = officer("chair")
    here = holds_for("group_leader", "branch_chair", "chair")
    for somebody, elsewhere in [(leader, False), (chair, False), (boss, True)]:
        assert here.test(somebody, inside) is True
        assert here.test(somebody, outside) is elsewhere
        assert here.test(somebody, None) is True
    assert holds("chair").test(boss) and not holds("chair").test(leader)


def test_an_office_that_lacks_its_place_acts_for_nobody(person, kinds, member):
    somebody = person()
    for slug in ("branch_chair", "group_leader"):
        Office.objects.create(person=somebody, kind=kinds[slug], starts_on=LONG_AGO)
    assert held(somebody) == ["branch_chair", "group_leader"]
    assert not may(somebody, "members.directory", member())
