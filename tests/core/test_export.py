"""Lists as files: whole, harmless, and with a trace of who took them."""

import io
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.http import HttpResponseRedirect
from django.utils import timezone
from python_calamine import CalamineWorkbook

from extranet.core import export
from extranet.core.models import Export
from extranet.core.models.cases import AppendOnlyError
from tests.core.tickets.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.tickets.house_urls")]


@pytest.fixture(autouse=True)
def only_the_house(stand):
    stand()


def workbook(heads, rows):
    with export.xlsx(heads, rows) as file:
        return sheet(file.read())


def sheet(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def body(answer):
    return b"".join(answer.streaming_content)


def fill(holder, number=7):
    for at in range(number):
        Ticket.objects.create(holder=holder, amount_yuan=Decimal(at) + Decimal("0.50"), number=f"T-{at}")


def test_a_workbook_has_all_rows_as_narrowed_and_sorted(client_of, keeper, person):
    fill(person(name="田禾", staff_number="20417"))
    Ticket.objects.filter(number="T-3").update(status="approved")
    answer = client_of(keeper).post("/tickets/?state=handed_in&sort=number", {"export": "xlsx"})
    rows = sheet(body(answer))
    assert rows[0] == ["Number", "Holder", "Amount", "State", "Handed in", "Staff number"]
    assert [row[0] for row in rows[1:]] == ["T-0", "T-1", "T-2", "T-4", "T-5", "T-6"]
    assert rows[1][1:4] == ["田禾", 0.5, "handed in"]
    assert rows[1][5] == "20417"
    assert isinstance(rows[1][4], datetime)


def test_a_csv_opens_in_excel(client_of, keeper, person):
    fill(person(name="田禾"), 1)
    answer = client_of(keeper).post("/tickets/", {"export": "csv"})
    lines = body(answer).decode().splitlines()
    assert lines[0] == "\ufeffNumber,Holder,Amount,State,Handed in,Staff number"
    assert lines[1].startswith("T-0,田禾,0.50,handed in,")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_is_called_by_its_list_and_kept_by_nobody(kind, client_of, keeper, person):
    fill(person(), 1)
    answer = client_of(keeper).post("/tickets/", {"export": kind})
    body(answer)
    name = f"票据-{timezone.localdate():%Y%m%d}.{kind}"
    assert answer["Content-Disposition"] == (
        f"attachment; filename=\"file.{kind}\"; filename*=UTF-8''{quote(name)}"
    )
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_what_would_calculate_is_made_harmless(start):
    words = f"{start}HYPERLINK(A1)"
    assert export.harmless(words) == f"'{words}"
    assert workbook(["a"], [[words]])[1][0].startswith("'")
    assert f"'{start}HYPERLINK" in b"".join(export.csv_lines(["a"], [[words]])).decode()


def test_numbers_and_days_stay_what_they_are():
    row = [-5, Decimal("-1.50"), date(2026, 3, 5), True, None, "普通"]
    (_heads, read) = workbook(list("abcdef"), [row])
    assert read == [-5.0, -1.5, date(2026, 3, 5), True, "", "普通"]
    assert b"".join(export.csv_lines(["a"], [row])).decode().splitlines()[1] == (
        "-5,-1.50,2026-03-05,True,,普通"
    )


def test_heads_are_harmless_too():
    assert workbook(["=1+1"], [["x"]])[0] == ["'=1+1"]


def test_who_took_what_is_written_down_and_never_changed(client_of, keeper, person):
    fill(person(), 3)
    body(client_of(keeper).post("/tickets/?state=handed_in", {"export": "csv"}))
    taken = Export.objects.get()
    assert (taken.taker, taken.what, taken.kind, taken.number) == (keeper, "票据", "csv", 3)
    assert taken.narrowed == {"state": "handed_in"}
    for attempt in (taken.save, taken.delete, Export.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            attempt()


def test_whoever_may_not_take_it_home_is_refused_and_offered_nothing(client_of, person):
    holder = person()
    fill(holder, 1)
    client = client_of(holder)
    assert 'name="export"' not in client.get("/tickets/").content.decode()
    assert client.post("/tickets/", {"export": "xlsx"}).status_code == 403
    assert Export.objects.count() == 0


def test_a_list_is_taken_home_only_after_a_recent_proof_and_as_it_was_narrowed(
    client_of, keeper, person, asker
):
    fill(person(), 3)
    client = client_of(keeper)
    asker.answer = HttpResponseRedirect("/who-are-you/")
    led = client.post("/tickets/?state=handed_in&sort=number", {"export": "csv"})
    assert (led.status_code, led.url) == (302, "/tickets/?state=handed_in&sort=number&prove=1")
    assert client.get(led.url).url == "/who-are-you/"
    assert Export.objects.count() == 0
    asker.answer = None
    back = client.get(led.url)
    assert back.url == "/tickets/?state=handed_in&sort=number"
    assert "现在可以导出了" in client.get(back.url).content.decode()
    assert body(client.post(back.url, {"export": "csv"}))
    assert Export.objects.get().number == 3


def test_nobody_is_asked_who_may_not_take_it_home(client_of, person, asker):
    asker.answer = HttpResponseRedirect("/who-are-you/")
    assert client_of(person()).post("/tickets/", {"export": "xlsx"}).status_code == 403
    assert client_of(person()).post("/tickets/", {"export": "exe"}).status_code == 404
    assert asker.within == []


def test_an_unknown_kind_of_file_is_not_there_and_reading_takes_nothing(client_of, keeper):
    client = client_of(keeper)
    assert client.post("/tickets/", {"export": "exe"}).status_code == 404
    assert client.get("/tickets/?export=xlsx").status_code == 200
    assert Export.objects.count() == 0


def test_ten_thousand_rows_are_written_without_holding_them():
    import tracemalloc

    rows = ([f"T-{at}", "田禾", at, date(2026, 3, 5)] for at in range(10_000))
    tracemalloc.start()
    export.xlsx(["a", "b", "c", "d"], rows).close()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000
