"""The roster's screens: only for whoever keeps it, every step in its place, nothing lost, never a crash."""

import re
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.kit.jobs import run_waiting
from extranet.core.models import Export
from extranet.members.models import RosterImport, User
from tests.members.rosters import ALL, checked, csv_file, entered, member, receive, undone, ward

pytestmark = pytest.mark.django_db
PLAIN = ("list", "new", "template", "export")
OF_ONE = ("detail", "columns", "progress", "errors", "answers", "apply", "undo", "again", "drop")
POSTED = {"answers", "apply", "again", "drop"}


@pytest.fixture
def desk(keeper_of_the_roster, client_of, homepage):
    """The browser of the keeper, who has just shown their password."""
    client = client_of(keeper_of_the_roster)
    session = client.session
    session["account_authentication_methods_user"] = str(keeper_of_the_roster.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


def at(name, roster=None):
    return reverse(f"roster:{name}", args=[roster.public_id] if roster else [])


def upload(desk, content, name="花名册.csv", key="k" * 32):
    return desk.post(at("new"), {"file": SimpleUploadedFile(name, content), "key": key})


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_roster_goes_from_the_file_to_the_house_and_back(desk, keeper_of_the_roster):
    ward()
    answer = upload(desk, csv_file([["100001", "张小梅", "消化内科"]], ("工号", "姓名", "部门")))
    roster = RosterImport.objects.get()
    assert answer["Location"] == at("columns", roster)
    page = desk.get(at("columns", roster))
    assert "张小梅" in text(page)
    chosen = {"column_0": "staff_number", "column_1": "name", "column_2": "department"}
    assert desk.post(at("columns", roster), chosen)["Location"] == at("detail", roster)
    assert "data-progress" in text(desk.get(at("detail", roster)))
    assert desk.get(at("progress", roster)).json() == {"percent": 0, "busy": True}
    run_waiting()
    page = desk.get(at("detail", roster))
    assert page.context["tab"] == "new" and page.context["can_enter"]
    assert "张小梅" in text(page) and "消化内科" in text(page)
    desk.post(at("apply", roster))
    run_waiting()
    assert User.objects.get(staff_number="100001").membership.department.name == "消化内科"
    assert desk.get(at("undo", roster)).context["tally"] == {"undone": 1, "kept": 0}
    desk.post(at("undo", roster))
    run_waiting()
    roster.refresh_from_db()
    assert (roster.status, User.objects.get(staff_number="100001").is_active) == ("undone", False)
    assert "花名册.csv" in text(desk.get(at("list")))


@pytest.fixture(params=["member", "superuser", "former officer"])
def stranger(request, keeper_of_the_roster, client_of, person, homepage):
    """The browser of somebody who does not keep the roster, beside an import that is checked."""
    checked(keeper_of_the_roster, [["100001", "张"]])
    if request.param == "former officer":
        keeper_of_the_roster.offices.update(starts_on="2020-01-01", ends_on="2020-12-31")
    return client_of(
        {"member": person(), "superuser": person(is_superuser=True)}.get(request.param, keeper_of_the_roster)
    )


@pytest.mark.parametrize("name", [*PLAIN, *OF_ONE])
def test_for_everybody_else_there_is_nothing_here(stranger, name):
    roster = RosterImport.objects.get()
    client = stranger
    for method in (client.get, client.post):
        missing = reverse(f"roster:{name}", args=["nosuchimport"]) if name in OF_ONE else at(name)
        here, there = method(at(name, roster if name in OF_ONE else None)), method(missing)
        assert (here.status_code, there.status_code) in {(404, 404), (405, 405)}
    roster.refresh_from_db()
    assert (roster.status, RosterImport.objects.count(), Export.objects.count()) == ("checked", 1, 0)


def test_entering_undoing_and_taking_home_ask_who_it_is_first(keeper_of_the_roster, client_of, homepage):
    client = client_of(keeper_of_the_roster)  # signed in long ago, as far as anybody knows
    roster = checked(keeper_of_the_roster, [["100001", "张"]])
    for answer in (client.post(at("apply", roster)), client.get(at("export"))):
        assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert client.get(at("undo", roster))["Location"].startswith("/accounts/reauthenticate/")
    roster.refresh_from_db()
    assert (roster.status, Export.objects.count()) == ("checked", 0)


@pytest.mark.parametrize("name", sorted(POSTED))
def test_what_changes_something_is_posted(desk, keeper_of_the_roster, name):
    roster = checked(keeper_of_the_roster, [["100001", "张"]])
    assert desk.get(at(name, roster)).status_code == 405


@pytest.mark.parametrize("name", [name for name in OF_ONE if name not in POSTED])
def test_an_import_there_is_not_is_not_found(desk, name):
    assert desk.get(reverse(f"roster:{name}", args=["nosuchimport"])).status_code == 404


def test_a_second_click_leads_to_the_first_ones_import(desk):
    content = csv_file([["100001", "张"]])
    assert upload(desk, content)["Location"] == upload(desk, content)["Location"]
    assert RosterImport.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF-1.7"), ("a.xlsx", b"PK\x03\x04"), ("a.csv", b"")]
)
def test_a_file_that_is_no_roster_is_refused_at_its_field_and_leaves_nothing(desk, name, content):
    page = upload(desk, content, name)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["file"])
    assert not RosterImport.objects.exists()


def test_columns_that_are_left_out_are_named(desk, keeper_of_the_roster):
    roster = receive(keeper_of_the_roster, csv_file([["100001", "张", "x"]], ("工号", "姓名", "备注")))
    page = desk.get(at("columns", roster))
    assert page.context["left_out"] == ["备注"]
    wrong = desk.post(at("columns", roster), {"column_0": "staff_number"})
    assert wrong.status_code == 422 and wrong.context["form"].non_field_errors()
    roster.refresh_from_db()
    assert roster.status == "read"


def test_errors_are_shown_by_kind_and_downloaded(desk, keeper_of_the_roster):
    rows = [["1!", "张", ""], ["100002", "", "中"], ["100003", "王", "中"]]
    roster = checked(keeper_of_the_roster, rows, ("工号", "姓名", "性别"))
    page = desk.get(at("detail", roster))
    assert (page.context["tab"], len(page.context["rows"])) == ("wrong", 3)
    assert not page.context["can_enter"]
    page = desk.get(at("detail", roster), {"show": "wrong", "kind": "sex_unknown"})
    assert [one.row.staff_number for one in page.context["rows"]] == ["100002", "100003"]
    paper = desk.get(at("errors", roster))
    assert paper["Cache-Control"] == "private, no-store"
    assert b"".join(paper.streaming_content).startswith(b"PK")


def test_nothing_is_entered_without_the_ticks(desk, keeper_of_the_roster, person):
    member(person, staff_number="200001", name="走")
    roster = checked(keeper_of_the_roster, [["100001", "张"]], complete=True)
    page = desk.post(at("apply", roster), follow=True)
    assert [str(one) for one in page.context["messages"]] != []
    roster.refresh_from_db()
    assert roster.status == "checked"
    desk.post(at("apply", roster), {"tick": ["leaving"]})
    roster.refresh_from_db()
    assert roster.status == "applying"


def test_unknown_names_are_answered(desk, keeper_of_the_roster):
    roster = checked(keeper_of_the_roster, [["100001", "张", "新科室"]], ("工号", "姓名", "部门"))
    page = desk.get(at("detail", roster))
    assert "新科室" in text(page) and page.context["answers"] is not None
    desk.post(at("answers", roster), {"found_all": "on"})
    run_waiting()
    roster.refresh_from_db()
    assert (roster.answers, roster.counts["wrong"]) == ({"department": {"新科室": "create"}}, 0)


def test_an_answer_that_was_not_offered_is_refused(desk, keeper_of_the_roster):
    roster = checked(keeper_of_the_roster, [["100001", "张", "新科室"]], ("工号", "姓名", "部门"))
    desk.post(at("answers", roster), {"name_0": "999999"})
    roster.refresh_from_db()
    assert (roster.status, roster.answers) == ("checked", {})


@pytest.mark.parametrize(
    "asked",
    [{"p": "0"}, {"p": "x"}, {"p": "9" * 30}, {"show": "secrets"}, {"show": "wrong", "kind": "x' OR 1=1"}],
)
def test_a_filter_or_page_there_is_not_is_not_found(desk, keeper_of_the_roster, asked):
    roster = checked(keeper_of_the_roster, [["100001", ""]])
    assert desk.get(at("detail", roster), asked).status_code == 404


def test_hostile_words_are_shown_as_words(desk, keeper_of_the_roster):
    probe = "<script>alert(1)</script>"
    roster = checked(keeper_of_the_roster, [["100001", probe], [probe, "张"]])
    assert probe not in text(desk.get(at("detail", roster), {"show": "new"}))
    assert probe not in text(desk.get(at("detail", roster), {"show": "wrong"}))
    upload(desk, csv_file([["100001", "张", probe]], ("工号", "姓名", probe)), f"{probe}.csv")
    for name in ("columns", "detail"):
        assert probe not in text(desk.get(at(name, RosterImport.objects.first()), follow=True))
    assert probe not in text(desk.get(at("list")))


def test_many_rows_and_imports_cost_no_more_queries(desk, keeper_of_the_roster, connection_count):
    few = checked(keeper_of_the_roster, [["100001", "张"]])
    desk.get(at("list"))
    one = connection_count(lambda: desk.get(at("detail", few)))
    listed = connection_count(lambda: desk.get(at("list")))
    many = checked(keeper_of_the_roster, [[str(100_002 + n), "张"] for n in range(60)])
    assert connection_count(lambda: desk.get(at("detail", many))) <= one
    assert connection_count(lambda: desk.get(at("list"))) <= listed
    assert max(one, listed) <= 15


def test_every_answer_is_kept_by_nobody(desk, keeper_of_the_roster):
    roster = checked(keeper_of_the_roster, [["100001", "张"]])
    for address in (at("list"), at("new"), at("export"), at("detail", roster), at("progress", roster)):
        assert desk.get(address)["Cache-Control"] == "private, no-store"


def test_work_that_hangs_can_be_asked_for_again(desk, keeper_of_the_roster):
    roster = checked(keeper_of_the_roster, [["100001", "张"]])
    desk.post(at("apply", roster))
    assert desk.post(at("again", roster), follow=True).status_code == 200
    RosterImport.objects.update(begun_at=timezone.now() - timezone.timedelta(minutes=6))
    assert at("again", roster) in text(desk.get(at("detail", roster)))
    assert desk.get(at("progress", roster)).json()["busy"] is False
    desk.post(at("again", roster))
    run_waiting()
    roster.refresh_from_db()
    assert roster.status == "applied"


def test_a_dropped_and_an_undone_import_are_still_told(desk, keeper_of_the_roster):
    gone = checked(keeper_of_the_roster, [["100001", "张"]])
    assert desk.post(at("drop", gone))["Location"] == at("list")
    assert desk.get(at("detail", gone)).status_code == 200
    back = undone(entered(keeper_of_the_roster, [["100002", "李"]]), keeper_of_the_roster)
    assert "会籍员" in text(desk.get(at("detail", back)))
    assert desk.get(at("errors", back)).status_code == 404
    assert desk.post(at("drop", back))["Location"] == at("detail", back)


def test_template_and_export_are_sent(desk):
    for answer in (desk.get(at("template")), desk.post(at("export"), {"scope": "here", "form": "xlsx"})):
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"".join(answer.streaming_content).startswith(b"PK")
    assert desk.post(at("export"), {"scope": "secret", "form": "xlsx"}).status_code == 422
    assert Export.objects.count() == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(max_size=30), max_size=len(ALL)), max_size=6))
def test_whatever_stands_in_a_file_leads_to_a_page(desk, keeper_of_the_roster, rows):
    answer = upload(desk, csv_file(rows, ALL, encoding="utf-8-sig").replace(b"\x00", b""), key="")
    assert answer.status_code in {302, 422}
    content = csv_file([["100001", "张", *row[2:]] for row in rows] or [["100001", "张"]], ALL)
    try:
        content.decode()
        roster = checked_content(keeper_of_the_roster, content)
    except (UnicodeError, ValidationError):
        return
    for tab in ("wrong", "new", "doubtful", "same"):
        assert desk.get(at("detail", roster), {"show": tab}).status_code == 200


def checked_content(officer, content):
    from extranet.members.services import roster as taking_in

    roster = receive(officer, content)
    columns = {int(place): field for place, field in roster.columns.items()}
    taking_in.name_columns(roster, officer=officer, columns=columns, is_complete=False)
    taking_in.check(roster.pk)
    roster.refresh_from_db()
    return roster
