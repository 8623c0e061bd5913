"""Documents for the tests, made here: sound, broken, hostile."""

import zipfile
from functools import cache
from io import BytesIO

import pypdfium2 as pdfium

MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


@cache
def pdf(pages=1, width=200, height=300):
    """A PDF of empty pages."""
    document = pdfium.PdfDocument.new()
    for _page in range(pages):
        document.new_page(width, height)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def locked_pdf():
    """A PDF that asks for a password."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
        b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>endobj\n"
        b"trailer<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF\n"
    )


def packed(entries, method=zipfile.ZIP_DEFLATED):
    """A zip archive of ``{name: content}``."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(kind="docx", **more):
    """A minimal Office file; keywords are further parts, ``__`` for a slash."""
    parts = {"[Content_Types].xml": "<Types/>", MAIN_PARTS[kind]: "<document/>"}
    return packed(parts | {name.replace("__", "/"): content for name, content in more.items()})


def ole(stream="WordDocument"):
    """An old Office file: header and a directory with one stream."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[28:32] = b"\xfe\xff\x09\x00"
    directory = bytearray(512)
    for place, name in enumerate(("Root Entry", stream)):
        coded = name.encode("utf-16-le")
        directory[place * 128 : place * 128 + len(coded)] = coded
    return bytes(header) + bytes(directory) + bytes(512)


def box(kind, content=b""):
    """One box of an MP4 file."""
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def mp4(*, place=b""):
    """An MP4 file, with the place of its recording when given."""
    inside = box(b"mvhd", bytes(100)) + (box(b"udta", box(b"\xa9xyz", place)) if place else b"")
    return box(b"ftyp", b"isom" + bytes(12)) + box(b"moov", inside) + box(b"mdat", b"frames")
