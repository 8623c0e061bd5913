"""Hostile files: each is refused in a sentence, leaves nothing behind, and takes neither time nor memory."""

import resource
import time

import pytest
from django.core.exceptions import ValidationError

from extranet.core.attachments import intakes
from extranet.core.attachments.inspection import inspect
from extranet.core.models import Attachment
from tests.kit import papers
from tests.kit import photographs as pictures

pytestmark = pytest.mark.django_db
ZEROS = bytes(30 * 1024 * 1024)
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


def zip_after(content):
    """A file that a zip reader takes for an archive, too: the directory's comment reaches to the end."""
    packed = bytearray(papers.packed({"run.js": "alert(1)"}))
    tail = b"\n%%EOF\n"
    packed[-2:] = len(tail).to_bytes(2, "little")
    return content + bytes(packed) + tail


def hostile():
    """Name, bytes, code of the refusal."""
    yield "图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"
    yield "页.html", b"<script>alert(1)</script>", "kind"
    yield "年终奖.exe", b"MZ", "kind"
    yield "年终奖.pdf.exe", b"MZ", "kind"
    yield "包.zip", papers.packed({"a": "b"}), "kind"
    yield "片.mp4", papers.mp4(), "kind"
    yield "宏.docm", papers.office(), "kind"
    yield "无名", b"x", "kind"
    yield "空.pdf", b"", "empty"
    yield "伪.jpg", b"MZ" + bytes(300), "unknown"
    yield "伪图.jpg", b"<svg/>" + bytes(300), "unknown"
    yield "伪.png", pictures.encoded(pictures.scene(40, 30)), "disguised"
    yield "伪.pdf", papers.office(), "disguised"
    yield "伪.docx", papers.pdf(), "disguised"
    yield "炸弹.png", pictures.png_of(20_000, 20_000), "pixels"
    yield "断.jpg", pictures.encoded(pictures.scene(400, 300))[:900], "broken"
    yield "断.pdf", papers.pdf()[:200], "broken"
    yield "锁.pdf", papers.locked_pdf(), "locked"
    yield "炸弹.docx", papers.office("docx", word__media__a=ZEROS), "bomb"
    yield "炸弹.xlsx", papers.office("xlsx", xl__media__a=ZEROS), "bomb"
    yield "多.pptx", papers.office("pptx", **{f"x__{number}": "" for number in range(5001)}), "bomb"
    yield "套.docx", papers.office("docx", word__x_xml="x").replace(b"x_xml", b"x.zip"), "nested"
    yield "实体.docx", papers.packed({"[Content_Types].xml": "<T/>", "word/document.xml": ENTITY}), "entities"
    yield "两样.pdf", zip_after(papers.pdf()), "polyglot"
    yield "两样.txt", b"%PDF-1.4 and more", "polyglot"
    yield "页.txt", b"\xef\xbb\xbf <!DOCTYPE html><script>alert(1)</script>", "polyglot"
    yield "两样.doc", papers.ole()[:100] + b"%PDF-1.4" + papers.ole()[108:], "polyglot"
    yield "二进制.txt", b"\x7fELF\x00\x01", "text"


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0]) for case in hostile()])
def test_a_hostile_file_is_refused_in_a_sentence_and_leaves_nothing(case, person, drop, lying):
    name, content, code = case
    slot = intakes.Slot(slug="any", label="材料")
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ValidationError) as refused:
        inspect(pictures.upload(content, name), slot.kinds)
    assert time.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 512 * 1024
    assert refused.value.code == code
    (said,) = refused.value.messages
    assert said.endswith(("。", "."))
    with pytest.raises(ValidationError):
        drop(person(), content, name)
    assert (Attachment.objects.count(), lying()) == (0, [])


def test_a_file_above_the_limit_is_refused_unread():
    large = pictures.upload(b"%PDF-", "a.pdf")
    large.size = 20 * 1024 * 1024 + 1
    with pytest.raises(ValidationError) as refused:
        inspect(large, intakes.EVERYTHING)
    assert (refused.value.code, refused.value.params) == ("size", {"most": 20})


def test_a_picture_that_is_something_else_as_well_is_a_picture_alone_afterwards(person, drop, lying):
    drop(person(), pictures.camera_jpeg(60, 40) + papers.packed({"run.js": "alert(1)"}))
    stored = lying()[0].read_bytes()
    assert stored.startswith(b"\xff\xd8")
    assert b"PK" not in stored[-200:]
    assert b"run.js" not in stored


def sound():
    yield "照片.heic", None
    yield "a.PDF", papers.pdf(2)
    yield "a.docx", papers.office("docx")
    yield "a.xlsx", papers.office("xlsx")
    yield "a.pptx", papers.office("pptx")
    yield "a.doc", papers.ole("WordDocument")
    yield "a.xls", papers.ole("Workbook")
    yield "a.txt", "说明：见附件".encode("gb18030")
    yield "a.webp", pictures.encoded(pictures.scene(40, 30), "WEBP")
    yield "a.png", pictures.encoded(pictures.scene(40, 30, "RGBA"), "PNG")


@pytest.mark.parametrize(("name", "content"), [pytest.param(*case, id=case[0]) for case in sound()])
def test_sound_files_come_in(name, content):
    if content is None:
        import pillow_heif

        pillow_heif.register_heif_opener()
        content = pictures.encoded(pictures.scene(64, 48), "HEIF")
    kept = inspect(pictures.upload(content, name), intakes.EVERYTHING)
    assert kept.kind == {"heic": "jpg", "PDF": "pdf"}.get(name.rpartition(".")[2], name.rpartition(".")[2])


NAMES = [
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ('<img src=x onerror="alert(1)">.pdf', "img src=x onerror=alert(1).pdf"),
    ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
    ("工资\u202efdp.exe.pdf", "工资fdp.exe.pdf"),
    ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ("\0.pdf", "pdf"),
]


@pytest.mark.parametrize(("name", "shown"), NAMES[:-1])
def test_a_hostile_name_becomes_no_path_and_no_markup(name, shown, person, drop, lying):
    kept = drop(person(), papers.pdf(), name)
    assert kept.name == shown
    assert lying()[0].name.removesuffix(".pdf").isalnum()
