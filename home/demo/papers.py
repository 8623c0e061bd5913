"""Files to take away, made at load time: DOCX by hand, PDF as a page drawn with a Chinese font.

Lines of a paper: `# ` heads, `| a | b |` is a row of a table, all else a paragraph.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from home.demo.stories.shape import Paper

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
STAMP = (2020, 1, 1, 0, 0, 0)  # of the entries in the archive: the same paper is the same file
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
FONTS = ("NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "wqy-zenhei.ttc", "PingFang.ttc", "msyh.ttc")
A4 = (1240, 1754)  # pixels, 150 to the inch
MARGIN, BODY_SIZE, HEAD_SIZE, LEADING = 130, 30, 46, 1.75
INK, SOFT = 30, 150


def make(paper: Paper) -> bytes | None:
    """Return the file's bytes, or None where a PDF cannot be set for want of a Chinese font."""
    return docx(paper.lines) if paper.kind == "docx" else pdf(paper.lines)


def docx(lines: Sequence[str]) -> bytes:
    """Return a Word file that every office program opens."""
    body = "".join(
        _table(list(rows)) if is_row else "".join(_paragraph(line) for line in rows)
        for is_row, rows in groupby(lines, lambda line: line.startswith("|"))
    )
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{OFFICE}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{XML}<w:document xmlns:w="{WORD}"><w:body>{body}{page}</w:body></w:document>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _paragraph(line: str) -> str:
    head = line.startswith("# ")
    look = '<w:pPr><w:jc w:val="center"/></w:pPr>' if head else '<w:pPr><w:spacing w:after="160"/></w:pPr>'
    size = '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr>' if head else '<w:rPr><w:sz w:val="24"/></w:rPr>'
    words = escape(line.removeprefix("# "))
    return f'<w:p>{look}<w:r>{size}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def _table(rows: list[str]) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    width = 9000 // len(_cells(rows[0]))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _ in _cells(rows[0]))
    height = '<w:trPr><w:trHeight w:val="560"/></w:trPr>'

    def row_of(cells: list[str]) -> str:
        boxed = (f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell)}' for cell in cells)
        return f"<w:tr>{height}{''.join(f'<w:tc>{box}</w:tc>' for box in boxed)}</w:tr>"

    look = f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl>{look}{''.join(row_of(_cells(row)) for row in rows)}</w:tbl><w:p/>"


def chinese_font() -> Path | None:
    """Return a font file of this machine that holds Chinese, or None."""
    for folder in map(Path, FOLDERS):
        for name in FONTS:
            found = next(folder.rglob(name), None) if folder.is_dir() else None
            if found:
                return found
    return None


def pdf(lines: Sequence[str]) -> bytes | None:
    """Return one page drawn as a picture, so that it shows alike everywhere; None without a font."""
    path = chinese_font()
    if path is None:
        return None
    page = Image.new("L", A4, 255)
    pen, y = ImageDraw.Draw(page), MARGIN
    for line in lines:
        head = line.startswith("# ")
        font = ImageFont.truetype(path, HEAD_SIZE if head else BODY_SIZE)
        for words in _wrapped(line.removeprefix("# "), font):
            x = (A4[0] - font.getlength(words)) / 2 if head else MARGIN
            pen.text((x, y), words, INK, font)
            y += round(font.size * LEADING)
        if head:
            pen.line((MARGIN, y, A4[0] - MARGIN, y), SOFT, 2)
        y += BODY_SIZE
    file = io.BytesIO()
    page.save(file, "PDF", resolution=150, quality=70)
    return file.getvalue()


def _wrapped(line: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break a line at the margin; a closing mark may hang over it."""
    out, room = [""], A4[0] - 2 * MARGIN
    for char in line:
        if font.getlength(out[-1] + char) > room and char not in "，。；：、）”":
            out.append("")
        out[-1] += char
    return out
