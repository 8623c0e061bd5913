"""Files to take away, made at load time: DOCX by hand, PDF with the union's letterhead.

Lines of a paper: `# ` heads it, `## ` a chapter, `| a | b |` is a row of a table, all else a paragraph. A
table without an empty cell has its heads in the first row; any other is a form.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from cms.kit.pdf import Block, Heading, Letter, Paragraph, Table, compose, text
from home.demo.stories import house
from home.demo.stories.shape import Paper

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
STAMP = (2020, 1, 1, 0, 0, 0)  # of the entries in the archive: the same paper is the same file


def make(paper: Paper) -> bytes:
    """Return the file's bytes."""
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
    head, chapter = line.startswith("# "), line.startswith("## ")
    look = '<w:pPr><w:jc w:val="center"/></w:pPr>' if head else '<w:pPr><w:spacing w:after="160"/></w:pPr>'
    weight = "<w:b/>" if head or chapter else ""
    size = f'<w:rPr>{weight}<w:sz w:val="{36 if head else 28 if chapter else 24}"/></w:rPr>'
    words = escape(line.removeprefix("## ").removeprefix("# "))
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


def pdf(lines: Sequence[str]) -> bytes:
    """Return a paper with the union's letterhead."""
    return compose(letter(lines))


def letter(lines: Sequence[str]) -> Letter:
    """Return a paper's lines as a letter; the first `# ` is its title."""
    title = next((line.removeprefix("# ") for line in lines if line.startswith("# ")), "")
    rest = [line for line in lines if not line.startswith("# ")]
    blocks: list[Block] = []
    for is_row, group in groupby(rest, lambda line: line.startswith("|")):
        if is_row:
            rows = [tuple(_cells(row)) for row in group]
            headed = all(cell for row in rows for cell in row)
            blocks.append(Table(rows=tuple(rows[headed:]), heads=rows[0] if headed else ()))
        else:
            blocks += [_block(line) for line in group]
    return Letter(title=title, union=house.IDENTITY["union_name"], blocks=blocks)


def _block(line: str) -> Block:
    if line.startswith("## "):
        return Heading(line.removeprefix("## "))
    return Paragraph(text(line))
