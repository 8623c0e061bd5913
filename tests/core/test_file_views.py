"""Files over HTTP: for whoever may not read one there is none; nothing is kept; looks are noted."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import transaction
from django.http import HttpResponseRedirect
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cms.kit import leaves
from extranet.core import attachments, trail
from extranet.core.attachments import intakes
from extranet.core.models import Attachment, ReadLog, Virus
from tests.core.tickets import papers_views as room
from tests.core.tickets.models import Ticket
from tests.kit import papers
from tests.kit import photographs as pictures

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.urls("tests.core.tickets.papers_urls")]
NEVER = "private, no-store"


@pytest.fixture
def holder(person):
    return person()


@pytest.fixture
def case(holder, drop):
    """A ticket with a photo, a sealed diagnosis and minutes for the keeper alone."""
    drop(holder)
    drop(holder, papers.pdf(2), "诊断证明.pdf", "diagnosis")
    drop(holder, papers.office("docx"), "会议记录.docx", "minutes")
    with transaction.atomic():
        ticket = Ticket.objects.create(holder=holder)
        attachments.adopt(holder, "tickets", ticket)
    return ticket


def address(slot, name="attachment", query=""):
    return reverse(f"core:{name}", args=[Attachment.objects.get(slot=slot).public_id]) + query


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_picture_shows_itself_and_comes_as_a_file_when_asked(case, holder, client_of):
    response = client_of(holder).get(address("proof"))
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Cache-Control"] == NEVER
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Content-Disposition"].startswith("inline; ")
    assert Image.open(BytesIO(body(response))).size == (60, 40)
    as_file = client_of(holder).get(address("proof", query="?download=1"))
    assert as_file["Content-Disposition"] == (
        "attachment; filename=\"file.jpg\"; filename*=UTF-8''%E8%AF%81%E6%98%8E.jpg"
    )
    assert as_file["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert body(as_file)


def test_a_sealed_file_opens_on_its_way_and_always_leaves_as_a_file(case, holder, client_of):
    response = client_of(holder).get(address("diagnosis"))
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", NEVER)
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(len(papers.pdf(2)))
    assert body(response) == papers.pdf(2)
    head = client_of(holder).head(address("diagnosis"))
    assert (head.status_code, head["Content-Length"], head.content) == (200, str(len(papers.pdf(2))), b"")


def test_the_web_server_may_send_what_lies_open_and_never_what_is_sealed(case, holder, client_of, settings):
    settings.ACCEL_REDIRECT = True
    response = client_of(holder).get(address("proof"))
    stored = Attachment.objects.get(slot="proof").file.name
    assert response["X-Accel-Redirect"] == f"/private-files/{stored}"
    sealed = client_of(holder).get(address("diagnosis"))
    assert "X-Accel-Redirect" not in sealed.headers
    assert body(sealed) == papers.pdf(2)


WAYS = [
    ("attachment", ""),
    ("attachment", "?download=1"),
    ("attachment_view", ""),
    ("attachment_view", "?page=1&picture=820"),
]


@pytest.fixture
def asking(who, case, person, client_of, monkeypatch):
    """The browser of somebody who may not read the diagnosis, or of the holder when nobody may."""
    if who == "nobody has registered it":
        monkeypatch.setattr(intakes, "_intakes", {})
    if who == "slot is gone":
        monkeypatch.delitem(room.INTAKE._by_slug, "diagnosis")
    if who in {"another member", "superuser"}:
        return client_of(person(is_superuser=who == "superuser", is_staff=who == "superuser"))
    return client_of(case.holder)


@pytest.mark.parametrize(("name", "query"), WAYS)
@pytest.mark.parametrize("who", ["another member", "superuser", "nobody has registered it", "slot is gone"])
def test_for_others_there_is_no_such_file(case, asking, name, query):
    theirs = asking.get(address("diagnosis", name, query))
    nowhere = asking.get(reverse(f"core:{name}", args=["a" * 12]) + query)
    assert (theirs.status_code, nowhere.status_code) == (404, 404)
    mask = re.compile(rb"value=\"[A-Za-z0-9]{64}\"|[0-9a-f]{8,32}|[a-z2-9]{12}")
    assert mask.sub(b"", theirs.content) == mask.sub(b"", nowhere.content)
    assert theirs["Cache-Control"] == nowhere["Cache-Control"]
    assert ReadLog.objects.count() == 0


@pytest.mark.parametrize(("name", "query"), WAYS)
def test_strangers_are_led_to_the_entrance_whether_there_is_a_file_or_not(case, name, query):
    theirs = Client().get(address("proof", name, query))
    nowhere = Client().get(reverse(f"core:{name}", args=["a" * 12]) + query)
    assert (theirs.status_code, nowhere.status_code) == (302, 302)
    assert theirs.url.startswith("/accounts/login/")


def test_a_paper_for_the_keeper_alone_is_the_keepers_alone(case, holder, keeper, client_of):
    assert body(client_of(keeper).get(address("minutes"))).startswith(b"PK")
    assert client_of(holder).get(address("minutes")).status_code == 404
    assert [paper.file.slot for paper in attachments.papers(holder, case)] == ["proof", "diagnosis"]
    assert len(attachments.papers(keeper, case)) == 3


@pytest.mark.parametrize(("name", "query"), WAYS)
@pytest.mark.usefixtures("case")
def test_before_a_sealed_file_one_shows_once_more_who_one_is(keeper, client_of, asker, name, query):
    asker.answer = HttpResponseRedirect("/who-are-you/")
    assert client_of(keeper).get(address("diagnosis", name, query)).url == "/who-are-you/"
    a_moment_more = timedelta(minutes=1) if "picture" in query else timedelta()
    assert asker.within == [timedelta(minutes=5) + a_moment_more]
    assert ReadLog.objects.count() == 0
    asker.answer = None
    assert client_of(keeper).get(address("diagnosis", name, query)).status_code == 200


def test_what_lies_open_asks_nobody_and_for_others_there_is_nothing_to_ask_about(
    case, keeper, person, client_of, asker
):
    asker.answer = HttpResponseRedirect("/who-are-you/")
    assert body(client_of(keeper).get(address("proof")))
    assert client_of(person()).get(address("diagnosis")).status_code == 404
    assert asker.within == []


def test_a_tray_is_its_owners_alone(holder, keeper, drop, client_of):
    drop(holder)
    assert body(client_of(holder).get(address("proof"))).startswith(b"\xff\xd8")
    assert client_of(keeper).get(address("proof")).status_code == 404


def test_an_account_that_is_switched_off_reads_nothing(case, holder, client_of):
    client = client_of(holder)
    holder.is_active = False
    holder.save()
    assert client.get(address("proof")).status_code == 302


def test_each_look_at_a_sealed_file_is_noted_once_a_sitting(case, keeper, client_of):
    client = client_of(keeper)
    for way in ("", "?page=2", "?page=1&picture=820"):
        assert client.get(address("diagnosis", "attachment_view", way)).status_code == 200
    assert client.get(address("diagnosis")).status_code == 200
    look = trail.reads_of(case).get()
    public_id = Attachment.objects.get(slot="diagnosis").public_id
    assert (look.reader, look.what) == (keeper, f"诊断书 ({public_id})")
    assert body(client.get(address("proof")))
    assert ReadLog.objects.count() == 1
    earlier = timezone.now() - attachments.access.SITTING - timedelta(seconds=1)
    ReadLog.objects.all()._raw_delete("default")
    ReadLog(
        content_type=look.content_type, object_id=case.pk, reader=keeper, what=look.what, read_at=earlier
    ).save()
    client.get(address("diagnosis"))
    assert ReadLog.objects.count() == 2


def test_the_picture_of_a_sealed_page_alone_is_noted_too(case, keeper, client_of):
    client_of(keeper).get(address("diagnosis", "attachment_view", "?page=1&picture=820"))
    assert ReadLog.objects.count() == 1


def test_a_sealed_pdf_is_drawn_from_memory_and_nothing_of_it_is_kept(case, holder, client_of, settings):
    client = client_of(holder)
    page = client.get(address("diagnosis", "attachment_view", "?page=2"))
    text = page.content.decode()
    assert page["Cache-Control"] == NEVER
    assert 'src="?page=2&amp;picture=820"' in text
    assert "在浏览器中打开" not in text
    assert f'href="/tickets/{case.public_id}/"' in text
    picture = client.get(address("diagnosis", "attachment_view", "?page=2&picture=820"))
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/webp", NEVER)
    assert Image.open(BytesIO(picture.content)).size == (820, 1230)
    kept = [
        path.name
        for path in leaves._folder().rglob("*")
        if path.is_file() and not path.name.startswith("place")
    ]
    assert kept == []
    assert client.get(address("diagnosis", "attachment_view", "?page=3")).status_code == 404
    assert client.get(address("diagnosis", "attachment_view", "?page=x")).status_code == 404


def test_an_open_pdf_is_drawn_once_and_forgotten_by_the_nightly_job(holder, drop, client_of):
    from cms.kit import files

    drop(holder, papers.pdf(1), "合同.pdf")
    client = client_of(holder)
    assert client.get(address("proof", "attachment_view")).status_code == 200
    assert len(list(leaves._folder().glob("*/*.webp"))) == 1
    assert files.tidy() == 1


def test_the_viewer_shows_a_picture_and_says_what_it_cannot_show(case, holder, keeper, client_of):
    text = client_of(holder).get(address("proof", "attachment_view")).content.decode()
    assert f'<img src="{address("proof")}"' in text
    other = client_of(keeper).get(address("minutes", "attachment_view")).content.decode()
    assert "picture=" not in other


def test_a_file_and_why_it_is_held_back_stand_in_the_members_frame(case, holder, client_of):
    client = client_of(holder)
    assert (
        '<html lang="zh-CN" data-side="members">'
        in client.get(address("diagnosis", "attachment_view")).content.decode()
    )
    Attachment.objects.update(virus=Virus.INFECTED)
    held = client.get(address("diagnosis", "attachment_view")).content.decode()
    assert '<html lang="zh-CN" data-side="members">' in held
    assert "<h1>诊断证明.pdf</h1>" in held


@pytest.mark.parametrize("name", ["attachment", "attachment_view"])
def test_a_file_with_a_virus_goes_to_nobody_and_its_sender_is_told_why(case, holder, client_of, name):
    Attachment.objects.update(virus=Virus.INFECTED)
    response = client_of(holder).get(address("proof", name))
    assert response.status_code == 409
    assert response["Cache-Control"] == NEVER
    assert "病毒" in response.content.decode()
    assert ReadLog.objects.count() == 0


def test_a_file_that_is_being_checked_comes_later(case, holder, client_of, settings):
    Attachment.objects.update(virus=Virus.PENDING)
    assert body(client_of(holder).get(address("proof")))  # there is no scanner any more
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    response = client_of(holder).get(address("proof"))
    assert response.status_code == 409
    assert "正在检查" in response.content.decode()


def test_a_sealed_file_whose_key_is_missing_says_so(case, holder, client_of, settings):
    settings.VAULT_KEYS = [bytes(32)]
    for name in ("attachment", "attachment_view"):
        response = client_of(holder).get(address("diagnosis", name))
        assert response.status_code == 503
        assert "密钥" in response.content.decode()
    assert ReadLog.objects.count() == 0


def test_a_file_that_is_gone_from_the_disk_is_not_there(case, holder, client_of, lying):
    for path in lying():
        path.unlink()
    for slot in ("proof", "diagnosis"):
        assert client_of(holder).get(address(slot)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_files_are_only_read(case, holder, client_of, method):
    assert getattr(client_of(holder), method)(address("proof")).status_code == 405


def test_a_page_of_a_case_costs_the_same_with_one_file_and_with_many(holder, keeper, lying, connection_count):
    ticket = Ticket.objects.create(holder=holder)

    def add(number):
        upload = pictures.upload(papers.pdf(), f"{number}.pdf")
        attachments.attach(ticket, actor=holder, slot="minutes" if number % 2 else "proof", upload=upload)

    upload = pictures.upload(b"x", "0.txt")
    attachments.attach(ticket, actor=holder, slot="minutes", upload=upload)
    one = connection_count(lambda: attachments.papers(keeper, ticket))
    for number in range(1, 8):
        attachments.attach(
            ticket, actor=holder, slot="minutes", upload=pictures.upload(b"x", f"{number}.txt")
        )
    assert connection_count(lambda: attachments.papers(keeper, ticket)) == one == 1
