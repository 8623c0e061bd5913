"""Papers with the letterhead: what went in comes out, in the fonts of the house, whatever was typed."""

import ctypes
from datetime import date

import pypdfium2 as pdfium
import pytest
from django.core.cache import caches
from django.utils import translation
from pypdfium2 import raw

from cms.kit import leaves, pdf, typesetting
from cms.kit.pdf import (
    Box,
    Figures,
    Heading,
    Items,
    Letter,
    Note,
    Paragraph,
    Quote,
    Run,
    Table,
    compose,
    text,
)

HOSTILE = "#x $y$ *b* _i_ @z \\ ```raw``` <script>alert(1)</script> // /* #import \"a\" = a [b] 'q' ~"


def letter(*blocks, **fields):
    return Letter(title="上半年工作总结", union="示范医院工会", blocks=blocks, **fields)


def pages(content):
    """Return the text of each page, lines joined."""
    document = pdfium.PdfDocument(content)
    found = [
        document[at].get_textpage().get_text_bounded().replace("\r\n", "\n") for at in range(len(document))
    ]
    document.close()
    return found


def faces(content):
    """Return the names of the fonts in a PDF and whether each is embedded."""
    document, found = pdfium.PdfDocument(content), set()
    for page in document:
        for thing in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(thing)
            name = ctypes.create_string_buffer(raw.FPDFFont_GetBaseFontName(font, None, 0))
            raw.FPDFFont_GetBaseFontName(font, name, len(name))
            found.add((name.value.decode().split("+")[-1], bool(raw.FPDFFont_GetIsEmbedded(font))))
    document.close()
    return found


def test_everything_that_went_in_comes_out_in_its_order():
    content = compose(
        letter(
            Figures((Box("98", "验收", "分", "省总工会"),), "关键数字", "来源：台账"),
            Heading("一、开好职代会"),
            Paragraph((Run("正式代表", bold=True), Run("一百九十四人到会。"))),
            Items((text("第一件"), text("第二件")), ordered=True),
            Table((("后勤", "14"),), ("类别", "立案"), (False, True), "提案办理"),
            Quote("看懂了才好提意见。", "一位会员"),
            Note("记得", (Paragraph(text("带工牌")),)),
            lead="一次职代会。",
            facts=[("时期", "1月至6月")],
            signed="工会委员会",
            day=date(2026, 7, 10),
        )
    )
    with translation.override("zh-hans"):
        lines = pages(content)[0].split("\n")
    assert lines == [
        "示范医院工会", "上半年工作总结", "一次职代会。", "时期：1月至6月",
        "关键数字", "98 分", "验收", "省总工会", "来源：台账",
        "一、开好职代会", "正式代表一百九十四人到会。", "1. 第一件", "2. 第二件",
        "提案办理", "类别 立案", "后勤 14", "看懂了才好提意见。", "—— 一位会员", "记得", "带工牌",
        "工会委员会", "2026年7月10日", "第 1 页 共 1 页",
    ]  # fmt: skip


def test_the_fonts_of_the_house_are_inside_and_no_other():
    content = compose(letter(Heading("标题"), Paragraph(text("正文"))))
    assert faces(content) == {("NotoSansSC-Regular", True), ("NotoSerifSC-Regular", True)}


def test_it_is_an_a4_sheet_for_the_archive_and_for_screen_readers():
    content = compose(letter(Paragraph(text("正文"))))
    document = pdfium.PdfDocument(content)
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    assert document.get_metadata_dict()["Title"] == "上半年工作总结"
    assert document.is_tagged()
    document.close()
    assert b"pdfaid" in content
    assert b"pdfuaid" in content


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(text(HOSTILE)),
        Heading(HOSTILE),
        Items((text(HOSTILE),)),
        Quote(HOSTILE, HOSTILE),
        Table(((HOSTILE, HOSTILE),), (HOSTILE, HOSTILE), caption=HOSTILE),
        Figures((Box("1", HOSTILE, "件", HOSTILE),), HOSTILE, HOSTILE),
        Note(HOSTILE, (Paragraph(text(HOSTILE)),)),
    ],
    ids=lambda block: block.kind,
)
def test_what_was_typed_is_text_and_never_markup(block):
    squeezed = "".join("".join(pages(compose(letter(block)))).split())
    assert "".join(HOSTILE.split()) in squeezed


def test_the_letters_own_fields_are_text_as_well():
    content = compose(
        Letter(title=HOSTILE, union=HOSTILE, lead=HOSTILE, facts=[(HOSTILE, "")], signed=HOSTILE, blocks=[])
    )
    assert "".join(pages(content)[0].split()).count("".join(HOSTILE.split())) == 5


def test_a_table_may_be_empty_or_ragged():
    assert "空\n" in pages(compose(letter(Table((), ("空",)))))[0]
    assert pages(compose(letter(Table(()))))[0].count("\n") == 2
    ragged = pages(compose(letter(Table((("一",), ("二", "三", "四")), ("头",)))))[0]
    assert all(word in ragged for word in "头一二三四")


def test_fifty_pages_count_themselves_and_a_long_table_repeats_its_head():
    rows = tuple((f"第{number}行", "做完了") for number in range(1600))
    found = pages(compose(letter(Table(rows, ("事项", "结果")))))
    assert len(found) >= 50
    assert found[-1].endswith(f"第 {len(found)} 页 共 {len(found)} 页")
    assert all("事项 结果" in page for page in found[:-1])


def test_the_same_letter_is_the_same_file():
    one = letter(Paragraph(text("正文")), day=date(2026, 7, 10))
    assert compose(one) == compose(one)


def test_a_reader_gets_the_same_file_set_apart_and_only_once(monkeypatch):
    one = letter(Paragraph(text("正文")), day=date(2026, 7, 10))
    assert pdf.for_reader(one) == compose(one)
    monkeypatch.setattr(pdf, "_set_apart", lambda written: b"again")
    assert pdf.for_reader(one) == compose(one)
    assert pdf.for_reader(letter(Paragraph(text("改了")), day=date(2026, 7, 10))) == b"again"


def test_a_letter_that_takes_too_long_is_given_up_and_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(leaves, "PATIENCE", 0.01)
    with pytest.raises(pdf.Unset):
        pdf.for_reader(letter(Paragraph(text("正文"))))
    assert not [key for key in caches["pages"]._cache if "letter:" in key]


def test_what_breaks_the_setting_is_said(monkeypatch, tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit(3)")
    monkeypatch.setattr(typesetting, "__file__", str(broken))
    with pytest.raises(pdf.Unset):
        pdf.for_reader(letter(Paragraph(text("正文"))))
