"""Documents that editors hand in: name, first bytes and content agree, or a sentence says what would work."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Collection, UploadedFile

from cms.kit import uploads
from cms.kit.models import HouseDocument
from tests.kit import papers
from tests.kit import photographs as pictures


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "public"


@pytest.fixture
def desk(admin, client_of, site):
    """The browser of somebody who may add pictures and documents."""
    return client_of(admin)


def private_files(folder):
    place = Path(settings.PRIVATE_ROOT) / folder
    return {path.name for path in place.iterdir()} if place.is_dir() else set()


def sound_documents():
    yield "a.pdf", papers.pdf()
    yield "章程.DOCX", papers.office("docx")
    yield "a.xlsx", papers.office("xlsx", word__embeddings__x="x")
    yield "a.pptx", papers.office("pptx")
    yield "chart.docx", papers.office("docx", **{"word__embeddings__Sheet1.xlsx": papers.office("xlsx")})
    yield "a.doc", papers.ole("WordDocument")
    yield "a.xls", papers.ole("Workbook")
    yield "a.ppt", papers.ole("PowerPoint Document")
    yield "a.txt", "通知".encode()
    yield "a.csv", "工号,姓名".encode("gb18030")
    yield "b.csv", "工号\t姓名".encode("utf-16")
    yield "forms.zip", papers.packed({"表格/申请表.docx": papers.office("docx"), "读我.txt": "一"})


@pytest.mark.parametrize(("name", "content"), [pytest.param(*case, id=case[0]) for case in sound_documents()])
def test_a_sound_document_passes(name, content):
    uploads.check_document(pictures.upload(content, name))


def bad_documents():
    """Name, bytes and the code of the refusal."""
    zeros = bytes(30 * 1024 * 1024)
    yield "a.exe", b"MZ", "kind"
    yield "a.svg", b"<svg/>", "kind"
    yield "a.html", b"<html>", "kind"
    yield "a.docm", papers.office("docx"), "kind"
    yield "a.pdf", papers.office("docx"), "disguised"
    yield "b.pdf", b"GIF89a%PDF-1.4", "disguised"
    yield "c.pdf", papers.pdf()[:200], "broken"
    yield "d.pdf", b"%PDF-1.7\n" + b"x" * 500, "broken"
    yield "e.pdf", papers.locked_pdf(), "locked"
    yield "a.docx", papers.pdf(), "disguised"
    yield "b.docx", papers.office("xlsx"), "disguised"
    yield "c.docx", papers.office("docx")[:-30], "broken"
    yield (
        "d.docx",
        papers.office("docx", word__vbaProject_bin="x").replace(b"Project_bin", b"Project.bin"),
        "macros",
    )
    yield "e.docx", papers.office("docx", word__x_xml="x").replace(b"x_xml", b"x.zip"), "nested"
    yield "f.docx", papers.ole("EncryptedPackage"), "disguised"
    entity = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    yield "g.docx", papers.packed({"[Content_Types].xml": "<T/>", "word/document.xml": entity}), "entities"
    wide = {"[Content_Types].xml": "<T/>", "word/document.xml": entity.encode("utf-16")}
    yield "h.docx", papers.packed(wide), "entities"
    yield "bomb.docx", papers.office("docx", word__media__a=zeros), "bomb"
    yield "bomb.zip", papers.packed({"a.txt": zeros}), "bomb"
    yield "sum.zip", papers.packed({f"{n}.bin": zeros for n in range(7)}), "bomb"
    yield "many.zip", papers.packed(dict.fromkeys(map(str, range(5001)), "")), "bomb"
    yield "nested.zip", papers.packed({"inner.zip": papers.packed({"a": "b"})}), "nested"
    yield "hidden.zip", papers.packed({"inner.txt": papers.packed({"a": "b"})}), "nested"
    yield "slip.zip", papers.packed({"../../etc/cron.d/x": "x"}), "broken"
    yield "virus.zip", papers.packed({"年终奖.exe": "MZ"}), "program"
    yield "a.doc", papers.ole("Workbook"), "disguised"
    yield "b.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "broken"
    yield "c.doc", papers.office("docx"), "disguised"
    yield "a.txt", b"\x7fELF\x00\x01", "text"
    yield "b.txt", b"\xff\xfe\x00\xd8", "broken"


@pytest.mark.parametrize(
    ("name", "content", "code"), [pytest.param(*case, id=case[0]) for case in bad_documents()]
)
def test_a_bad_document_is_refused(name, content, code):
    with pytest.raises(ValidationError) as refused:
        uploads.check_document(pictures.upload(content, name))
    assert refused.value.code == code


def test_a_listing_of_absurd_size_is_refused_before_it_is_read(monkeypatch):
    content = bytearray(papers.packed({"a": "b"}))
    content[-12:-10] = (60_000).to_bytes(2, "little")
    monkeypatch.setattr("cms.kit.archives.zipfile.ZipFile", None)
    with pytest.raises(ValidationError) as refused:
        uploads.check_document(pictures.upload(bytes(content), "a.zip"))
    assert refused.value.code == "bomb"


def test_an_archive_with_a_password_is_refused():
    content = bytearray(papers.packed({"a": "b"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ValidationError) as refused:
        uploads.check_document(pictures.upload(bytes(content), "a.zip"))
    assert refused.value.code == "locked"


def test_a_document_above_fifty_megabytes_is_refused():
    large = pictures.upload(b"%PDF-", "a.pdf")
    large.size = uploads.LARGEST_DOCUMENT + 1
    with pytest.raises(ValidationError) as refused:
        uploads.check_document(large)
    assert (refused.value.code, refused.value.params) == ("size", {"most": 50})


def test_the_admin_refuses_a_bad_document_at_the_field(desk):
    before = private_files("documents")
    answer = desk.post(
        reverse("wagtaildocs:add_multiple"),
        {
            "title": "章程",
            "collection": Collection.get_first_root_node().pk,
            "files[]": pictures.upload(papers.pdf()[:200], "章程.pdf"),
        },
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.json() == {
        "success": False,
        "error_message": str(uploads._BROKEN),
    }
    assert HouseDocument.objects.count() == UploadedFile.objects.count() == 0
    assert private_files("documents") == before


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("章程（2026 年）.pdf", "章程（2026 年）.pdf"),
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("/etc/passwd", "passwd"),
        ('<img src=x onerror="a">.pdf', "img src=x onerror=a.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("gpj.\u202efdp.exe", "gpj.fdp.exe"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
        ("...", "file"),
        (None, "file"),
    ],
)
def test_a_hostile_name_is_tidied(name, tidy):
    assert uploads.tidy_name(name) == tidy
