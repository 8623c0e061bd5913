"""The working-day calendar: seeded, kept by hand, shown by year, watched over; terms say how they count."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone, translation

from cms.doctor.workdays import workday_calendar
from extranet.core import seeding
from extranet.core.models import SpecialDay
from extranet.core.seeding import UnknownYearError, compare, seed, seed_empty
from extranet.core.workdays import deadline, is_working_day, known_until, years
from tests.house.english import leftovers

pytestmark = pytest.mark.django_db
ADD, LIST = "calendar:add", "calendar:index"


@pytest.fixture
def today(monkeypatch):
    """Let it be another day."""

    def set_to(year, month, day):
        monkeypatch.setattr(timezone, "localdate", lambda *_: date(year, month, day))

    return set_to


def seeded(*arguments, **options):
    out = StringIO()
    call_command("seed_workdays", *arguments, stdout=out, **options)
    return out.getvalue()


def test_2026_is_as_the_state_council_announced_it():
    changes = seed(2026)
    assert (len(changes.added), SpecialDay.objects.filter(is_worked=True).count()) == (39, 6)
    national = SpecialDay.objects.get(day=date(2026, 10, 1))
    assert (national.name, national.is_worked, national.is_seeded) == ("国庆节", False, True)
    assert SpecialDay.objects.get(day=date(2026, 10, 10)).name == "国庆节调休上班"
    assert is_working_day(date(2026, 2, 14)) and not is_working_day(date(2026, 2, 16))


def test_seeding_again_changes_nothing_and_puts_right_what_it_wrote_itself():
    seed(2026)
    assert seed(2026).is_nothing
    SpecialDay.objects.filter(day=date(2026, 10, 1)).update(name="错了")
    SpecialDay.objects.create(day=date(2026, 3, 3), name="不在表里", is_seeded=True)
    changes = seed(2026)
    assert [row.name for row in changes.changed] == ["国庆节"]
    assert [row.name for row in changes.removed] == ["不在表里"]
    assert compare(2026).is_nothing


def test_what_a_person_wrote_is_kept():
    SpecialDay.objects.create(day=date(2026, 10, 8), name="院庆")
    SpecialDay.objects.create(day=date(2026, 10, 1), name="国庆（照常门诊）", is_worked=True)
    changes = seed(2026)
    assert sorted(row.name for row in changes.kept) == ["国庆（照常门诊）", "院庆"]
    assert SpecialDay.objects.get(day=date(2026, 10, 1)).is_worked is True


def test_a_dry_run_shows_everything_and_writes_nothing():
    said = seeded("2026", dry_run=True)
    assert "+ 2026-10-01  放假  国庆节" in said and "试运行" in said
    assert said.count("\n+ ") + said.startswith("+ ") == 39
    assert SpecialDay.objects.count() == 0


def test_a_year_the_package_lacks_is_refused_with_the_way_out():
    for options in ({}, {"dry_run": True}):
        with pytest.raises(CommandError, match="2027 年"):
            seeded("2027", **options)
    assert SpecialDay.objects.count() == 0


@pytest.mark.parametrize("year", ["1900", "99999"])
def test_an_absurd_year_is_refused(year):
    with pytest.raises(CommandError, match="请写年份"):
        seeded(year)


def test_the_set_up_seeds_this_year_and_lets_be_what_was_begun(today):
    today(2026, 11, 25)
    assert seeded(if_empty=True) == "工作日历 2026 年：录入 39 天。\n"
    SpecialDay.objects.filter(day=date(2026, 10, 1)).delete()  # taken out by hand
    assert seeded(if_empty=True) == ""
    assert not SpecialDay.objects.filter(day=date(2026, 10, 1)).exists()


def test_the_next_year_comes_along_as_soon_as_the_package_knows_it():
    assert [changes.year for changes in seed_empty((2025, 2026, 2027))] == [2025, 2026]


def test_the_package_is_imported_only_while_seeding():
    import ast
    import inspect

    tree = ast.parse(inspect.getsource(seeding))
    at_the_top = [node for node in tree.body if isinstance(node, ast.ImportFrom | ast.Import)]
    assert not any("chinese_calendar" in ast.dump(node) for node in at_the_top)
    with pytest.raises(UnknownYearError):
        compare(2031)


def test_the_calendar_is_known_for_years_in_a_row():
    assert known_until(date(2026, 11, 25)) is None
    SpecialDay.objects.create(day=date(2026, 1, 1), name="元旦")
    SpecialDay.objects.create(day=date(2028, 1, 1), name="元旦")
    assert known_until(date(2026, 11, 25)) == date(2026, 12, 31)
    assert known_until(date(2027, 1, 4)) is None
    assert deadline(date(2026, 12, 28), 5).is_certain is False


def test_years_are_listed_with_their_gaps():
    SpecialDay.objects.create(day=date(2024, 1, 1), name="元旦")
    SpecialDay.objects.create(day=date(2024, 2, 4), name="春节调休", is_worked=True)
    listed = [(year.number, year.holidays, year.worked, year.is_entered) for year in years(date(2026, 5, 5))]
    assert listed == [(2027, 0, 0, False), (2026, 0, 0, False), (2025, 0, 0, False), (2024, 1, 1, True)]


# --- doctor -----------------------------------------------------------------------------------


def test_the_doctor_asks_for_the_next_year_sixty_days_ahead(today):
    seed(2026)
    today(2026, 11, 25)
    with translation.override("en"):
        found = workday_calendar()
    assert (found.state, found.text) == ("notice", "known until 2026-12-31")
    assert "seed_workdays 2027" in found.remedy
    today(2026, 10, 1)
    assert workday_calendar().state == "well"


def test_the_doctor_finds_an_empty_calendar(today):
    today(2026, 11, 25)
    with translation.override("en"):
        found = workday_calendar()
    assert (found.state, found.text) == (
        "notice",
        "2026 has not been entered: holidays are counted as working days.",
    )


# --- the sentence -----------------------------------------------------------------------------


def drawn(start, days):
    page = Template("{% load workdays %}{% deadline_line term %}")
    return page.render(Context({"term": deadline(start, days)})).strip()


def test_a_term_says_how_it_is_counted(today):
    today(2026, 11, 25)
    seed(2026)
    assert drawn(date(2026, 11, 24), 5) == (
        '<p class="deadline">自 11月24日起 5 个工作日，跳过周末 2 天，最后一天 12月1日。</p>'
    )
    assert "，跳过国庆节 7 天，最后一天 10月10日。" in drawn(date(2026, 9, 30), 3)  # a Saturday made up for


def test_a_term_without_anything_left_out_says_nothing_of_it(today):
    today(2026, 11, 25)
    seed(2026)
    assert drawn(date(2026, 11, 23), 1) == (
        '<p class="deadline">自 11月23日起 1 个工作日，最后一天 11月24日。</p>'
    )


def test_a_term_beyond_the_calendar_says_that_it_may_move(today):
    today(2026, 11, 25)
    seed(2026)
    said = drawn(date(2026, 12, 30), 5)
    assert "最后一天 2027年1月6日" in said and "2027 年的放假安排还没有录入，到时可能顺延。" in said


# --- the admin --------------------------------------------------------------------------------


@pytest.fixture
def office(person, client_of):
    """Somebody of an office that keeps the calendar."""
    group = Group.objects.create(name="office")
    codes = ["access_admin", "add_specialday", "change_specialday", "delete_specialday", "view_specialday"]
    group.permissions.set(Permission.objects.filter(codename__in=codes))
    somebody = person()
    somebody.groups.add(group)
    return client_of(somebody)


def test_the_list_shows_years_gaps_and_days_in_chinese(client_of, admin, today):
    seed(2026)
    desk = client_of(admin)
    page = desk.get(reverse(LIST)).content.decode()
    assert "2027 年还没有录入" in page and "放假 33 天，周末上班 6 天" in page
    assert leftovers(page) == []
    filtered = desk.get(reverse(LIST), {"year": "2026"}).content.decode()
    assert "2026年10月7日（周三）" in filtered
    day = SpecialDay.objects.first()
    for name in ("edit", "delete", "history", "usage"):
        assert leftovers(desk.get(reverse(f"calendar:{name}", args=[day.pk])).content.decode()) == [], name
    assert leftovers(desk.get(reverse(ADD)).content.decode()) == []


def test_an_office_enters_a_whole_holiday_at_once(office):
    words = {"day": "2027-10-01", "until": "2027-10-07", "name": "国庆节"}
    assert office.post(reverse(ADD), words).status_code == 302
    rows = SpecialDay.objects.filter(name="国庆节", is_seeded=False, is_worked=False)
    assert [row.day.day for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert office.post(reverse(ADD), {"day": "2027-01-01", "name": "元旦"}).status_code == 302
    assert SpecialDay.objects.count() == 8


@pytest.mark.parametrize(
    ("words", "field", "said"),
    [
        ({"day": "2027-10-07", "until": "2027-10-01"}, "until", "不早于第一天"),
        ({"day": "2027-10-01", "until": "2027-12-01"}, "until", "一个月以内"),
        ({"day": "2026-12-31", "until": "2027-01-02"}, "until", "日历里已经有了：2027年1月1日"),
        ({"day": "2027-01-01"}, "day", "日历里已有这一天"),
        ({"day": "2027-10-06", "is_worked": "on"}, "day", "这天不是周末"),
        ({"day": "2027-10-09", "until": "2027-10-11", "is_worked": "on"}, "until", "其中有的不是周末"),
        ({"day": "soon"}, "day", ""),
        ({"day": "2027-10-01", "name": "长" * 21}, "name", ""),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_entered(office, words, field, said):
    SpecialDay.objects.create(day=date(2027, 1, 1), name="元旦")
    answer = office.post(reverse(ADD), {"name": "国庆节", **words})
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert said in errors[field][0]
    assert SpecialDay.objects.count() == 1


def test_what_is_edited_is_no_longer_the_seeds(office):
    seed(2026)
    day = SpecialDay.objects.get(day=date(2026, 10, 7))
    office.post(reverse("calendar:edit", args=[day.pk]), {"day": "2026-10-07", "name": "国庆节（门诊照常）"})
    assert seed(2026).kept[0].name == "国庆节（门诊照常）"
    office.post(reverse("calendar:delete", args=[day.pk]))
    assert not SpecialDay.objects.filter(day=date(2026, 10, 7)).exists()


def test_editors_do_not_reach_the_calendar_nor_the_copies(person, client_of):
    editor = person()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = client_of(editor)
    for name in (LIST, ADD, "deliveries", "deliveries_results"):
        assert client.get(reverse(name)).status_code in {302, 403}
    client.post(reverse(ADD), {"day": "2027-10-01", "name": "国庆节"})
    assert SpecialDay.objects.count() == 0
