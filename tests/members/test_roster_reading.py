"""Opening what the personnel office sends: every sound file is read, every other refused in a sentence."""

import datetime
import io
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from extranet.members.roster import reading
from extranet.members.roster.cells import Wrong, read, words_of
from extranet.members.roster.columns import BY_KEY, COLUMNS, bare, guess
from tests.members.rosters import csv_file, xlsx_file

PEOPLE = [["100001", "张小梅"], ["100002", "李大力"]]


def opened(content, name):
    file = ContentFile(content, name)
    reading.check(file, name)
    return reading.read(file, name)


def refused(content, name="a.xlsx"):
    with pytest.raises(ValidationError) as caught:
        opened(content, name)
    assert str(caught.value.messages[0])
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_every_encoding_and_separation_that_offices_use(encoding, delimiter):
    sheet = opened(csv_file(PEOPLE, encoding=encoding, delimiter=delimiter), "a.csv")
    assert sheet.headers == [(0, "工号"), (1, "姓名")]
    assert sheet.rows == [(2, ["100001", "张小梅"]), (3, ["100002", "李大力"])]


def test_a_rare_character_survives_gb18030():
    assert opened(csv_file([["100001", "王䶮𬱖"]], encoding="gb18030"), "a.csv").rows[0][1][1] == "王䶮𬱖"


def test_the_heading_row_is_found_below_a_title_and_blank_rows():
    before = [["某某医院职工花名册"], [], ["制表日期", 46027]]
    sheet = opened(xlsx_file([*PEOPLE, [], ["100003", "王"]], before=before), "a.xlsx")
    assert sheet.header_row == 4
    assert [number for number, _row in sheet.rows] == [5, 6, 8]


def test_the_sheet_that_is_a_roster_is_taken_whichever_place_it_has():
    notes = ("说明", [["请各科室认真填写"], ["工号", "每人唯一"]])
    assert opened(xlsx_file(PEOPLE, more_sheets=[notes]), "a.xlsx").name == "花名册"


def test_headings_repeated_on_every_printed_page_are_left_out():
    rows = [PEOPLE[0], ["工号", "姓名"], PEOPLE[1]]
    assert [number for number, _row in opened(xlsx_file(rows), "a.xlsx").rows] == [2, 4]


def test_merged_cells_and_days_of_excel_are_read():
    book = openpyxl.Workbook()
    book.active.append(["花名册"])
    book.active.merge_cells("A1:C1")
    book.active.append(["工号", "姓名", "入会日期"])
    book.active.append([100001.0, "张小梅", datetime.datetime(2018, 3, 12, 8, 30)])  # noqa: DTZ001
    file = io.BytesIO()
    book.save(file)
    assert opened(file.getvalue(), "a.xlsx").rows == [(3, [100001, "张小梅", "2018-03-12"])]


def test_an_old_xls_is_told_by_its_content_not_by_its_name():
    assert refused(xlsx_file(PEOPLE), "a.xls") == "disguised"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"%PDF-1.7", "a.pdf", "kind"),
        (b"no archive", "a.xlsx", "disguised"),
        (b"PK\x03\x04 but nothing more", "a.xlsx", "broken"),
        (b"\x00\x01\x02", "a.csv", "text"),
        (b"", "a.csv", "headings"),
        ("工号,姓名\r\n,\r\n".encode(), "a.csv", "empty"),
        (b"1,2\r\n3,4\r\n", "a.csv", "headings"),
    ],
)
def test_what_is_no_roster_is_refused_in_a_sentence(content, name, code):
    assert refused(content, name) == code


def test_a_bomb_is_refused_before_it_is_opened():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)
    assert refused(file.getvalue()) == "bomb"


def test_a_cell_at_the_far_corner_ends_the_reader_and_not_the_house():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "工号", "姓名"
    file = io.BytesIO()
    book.save(file)
    assert refused(file.getvalue()) == "broken"


def test_more_than_ten_thousand_rows_are_refused():
    rows = [[100000 + n, "张"] for n in range(10_001)]
    assert refused(csv_file(rows), "a.csv") == "rows"
    assert len(opened(csv_file(rows[:10_000]), "a.csv").rows) == 10_000


def test_more_than_sixty_columns_are_refused():
    assert refused(csv_file([], headers=["工号", "姓名", *map(str, range(59))]), "a.csv") == "columns"


def test_a_file_of_more_than_twenty_megabytes_is_refused():
    assert refused(b"x" * (20 * 1024 * 1024 + 1), "a.csv") == "size"


def test_a_huge_cell_is_cut_and_told():
    sheet = opened(csv_file([["100001", "张" * 5000]]), "a.csv")
    with pytest.raises(Wrong, match="too_long"):
        read(BY_KEY["name"], sheet.rows[0][1][1])


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("staff_number", 100001.0, "100001.0"),
        ("staff_number", "ＡＢ００１２ ", "ab0012"),
        ("name", "李 四", "李四"),
        ("name", "张　小　梅", "张小梅"),
        ("name", " John   Smith ", "John Smith"),
        ("name", "阿依古丽·买买提", "阿依古丽·买买提"),
        ("sex", "女 ", "female"),
        ("sex", "Ｍ", "male"),
        ("shift", "三班倒", "rotating"),
        ("status", "是", "active"),
        ("mobile", "+86 138-0000-0000", "13800000000"),
        ("mobile", 13800000000, "13800000000"),
        ("mobile", "１３８００００００００", "13800000000"),
        ("mobile", "0512-65223637", "051265223637"),
        ("email", "Zhang＠Example.org", "zhang@example.org"),
        ("born_in", "1990年5月", "1990-05-01"),
        ("born_in", 199005, "1990-05-01"),
        ("born_in", "1990.5", "1990-05-01"),
        ("born_in", "1990-05-23", "1990-05-01"),
        ("joined_on", 46027, "2026-01-05"),
        ("joined_on", "2026-01-05", "2026-01-05"),
        ("joined_on", "2026.1.5", "2026-01-05"),
        ("joined_on", "2026/1/5", "2026-01-05"),
        ("joined_on", "2026年1月5日", "2026-01-05"),
        ("joined_on", "20260105", "2026-01-05"),
        ("joined_on", "202601", "2026-01-01"),
        ("joined_on", "2026-01-05 00:00:00", "2026-01-05"),
        ("title", "无", ""),
        ("title", "-", ""),
        ("post", "", None),
        ("post", "  ", None),
        ("department", "急诊科（东院）", "急诊科（东院）"),
        ("post", "'=护士", "=护士"),
    ],
)
def test_a_cell_is_read_into_the_one_spelling(field, cell, value):
    if field == "staff_number" and isinstance(cell, float):
        with pytest.raises(Wrong, match="number_shape"):  # the reader program has made it whole before
            read(BY_KEY[field], cell)
        assert read(BY_KEY[field], 100001) == "100001"
    else:
        assert read(BY_KEY[field], cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("staff_number", "12", "number_shape"),
        ("staff_number", "工号一", "number_shape"),
        ("sex", "中", "sex_unknown"),
        ("shift", "早班", "shift_unknown"),
        ("status", "大概", "status_unknown"),
        ("joined_on", "2026-02-30", "day_bad"),
        ("joined_on", "去年", "day_bad"),
        ("joined_on", "0018-03-12", "day_bad"),
        ("born_in", "199013", "month_bad"),
        ("mobile", "1380000", "mobile_bad"),
        ("mobile", "call me", "mobile_bad"),
        ("email", "nobody", "email_bad"),
        ("name", "=1+1", "formula"),
        ("post", "＝HYPERLINK(1)", "formula"),
        ("post", "@SUM(A1)", "formula"),
        ("title", "#REF!", "fault"),
        ("employment", "字" * 21, "too_long"),
    ],
)
def test_a_cell_that_cannot_be_taken_says_why(field, cell, code):
    with pytest.raises(Wrong) as caught:
        read(BY_KEY[field], cell)
    assert caught.value.code == code


@given(
    cell=st.one_of(st.text(max_size=80), st.integers(), st.floats(allow_nan=True)),
    column=st.sampled_from(COLUMNS),
)
def test_whatever_stands_in_a_cell_is_a_value_or_a_reason(cell, column):
    with suppress(Wrong):
        value = read(column, cell)
        assert value is None or len(value) <= column.longest


@given(st.text(max_size=40))
def test_words_are_in_one_spelling_for_good(text):
    assert words_of(words_of(text)) == words_of(text)


def test_headings_are_known_by_their_usual_words_and_by_habit():
    headers = [(0, "职工编号*"), (1, "姓 名"), (2, "科室"), (3, "备注"), (4, "联系电话")]
    assert guess(headers, {}) == {0: "staff_number", 1: "name", 2: "department", 4: "mobile"}
    assert guess(headers, {bare("备注"): "post", bare("联系电话"): ""})[3] == "post"
    assert 4 not in guess(headers, {bare("联系电话"): ""})
