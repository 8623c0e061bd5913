"""Files in a form: one by one with the script, all together without; kept over mistakes, handed over once."""

import pytest
from django.urls import reverse

from extranet.core.attachments import limits
from extranet.core.attachments.forms import Uploads
from extranet.core.models import Attachment, Submission, Virus
from tests.core.tickets.models import Ticket
from tests.kit import papers
from tests.kit import photographs as pictures

pytestmark = [pytest.mark.usefixtures("site", "lying"), pytest.mark.urls("tests.core.tickets.urls")]
NEW = "/tickets/new/"


@pytest.fixture
def holder(person):
    return person()


@pytest.fixture
def client(holder, client_of):
    return client_of(holder)


def photo(name="证明.jpg"):
    return pictures.upload(pictures.camera_jpeg(60, 40), name)


def paper(name="诊断.pdf", content=None):
    return pictures.upload(content or papers.pdf(), name)


def send(client, **form):
    return client.post(NEW, {"reason": "家里漏水了", "key": "k" * 32, **form})


def by_script(client, file, slot="proof", form="tickets"):
    return client.post(reverse("core:upload"), {"form": form, "slot": slot, "file": file})


def names():
    return list(Attachment.objects.order_by("pk").values_list("name", flat=True))


def test_without_a_script_files_and_words_go_together(client, holder):
    answer = send(
        client, **{"files-proof": [photo("一.jpg"), photo("二.jpg")], "photo-proof": photo("三.jpg")}
    )
    ticket = Ticket.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/tickets/{ticket.public_id}/")
    assert [file.name for file in Attachment.objects.of(ticket)] == ["一.jpg", "二.jpg", "三.jpg"]
    page = client.get(answer.url).content.decode()
    assert "一.jpg" in page
    assert "家里" not in page  # the reason is sealed, and masked


def test_a_mistake_in_the_words_loses_no_file(client):
    page = send(client, reason="短", **{"files-proof": photo()}).content.decode()
    assert "请写得更清楚些。" in page
    assert 'value="短"' in page
    assert "证明.jpg" in page
    assert Ticket.objects.count() == 0
    assert names() == ["证明.jpg"]
    send(client)
    assert Attachment.objects.get().case == Ticket.objects.get()


def test_a_bad_file_is_refused_by_name_and_the_good_ones_stay(client):
    files = [photo("好.jpg"), paper("坏.pages", b"x"), paper("<b>坏</b>.svg", b"<svg/>")]
    page = send(client, **{"files-proof": files}).content.decode()
    assert page.count("upload--bad") == 2
    assert "坏.pages" in page
    assert "&lt;b&gt;" not in page.replace("&lt;b&gt;", "") and "<b>坏</b>" not in page
    assert "这种格式" in page
    assert 'value="家里漏水了"' in page
    assert (names(), Ticket.objects.count()) == (["好.jpg"], 0)


def test_a_missing_paper_is_asked_for_at_its_place(client):
    page = send(client).content.decode()
    assert 'id="files-proof-error"' in page
    assert "请在这里至少添加一个文件" in page
    assert Ticket.objects.count() == 0


def test_a_button_takes_one_back_and_sends_nothing(client):
    send(client, reason="短", **{"files-proof": [photo("一.jpg"), photo("二.jpg")]})
    first = Attachment.objects.order_by("pk").first()
    page = send(client, take_back=first.public_id).content.decode()
    assert names() == ["二.jpg"]
    assert 'value="家里漏水了"' in page
    assert Ticket.objects.count() == 0


def test_a_button_keeps_the_chosen_files_and_sends_nothing(client):
    send(client, keep_files="1", **{"files-proof": photo()})
    assert (names(), Ticket.objects.count()) == (["证明.jpg"], 0)


def test_more_than_ten_at_once_are_told_by_name(client, monkeypatch):
    monkeypatch.setattr("extranet.core.attachments.forms.MOST_AT_ONCE", 2)
    page = send(client, **{"files-proof": [photo(f"{n}.jpg") for n in range(3)]}).content.decode()
    assert names() == ["0.jpg", "1.jpg"]
    assert "2.jpg" in page
    assert Ticket.objects.count() == 0


def test_a_double_click_hands_the_files_over_once(client):
    by_script(client, photo())
    first, second = send(client), send(client)
    assert first.url == second.url if second.status_code == 302 else True
    assert Ticket.objects.count() == Submission.objects.count() == 1
    assert Attachment.objects.get().case == Ticket.objects.get()


def test_the_script_sends_one_by_one_and_gets_each_ones_line(client):
    answer = by_script(client, photo('<i>"证".jpg'))
    kept = Attachment.objects.get()
    told = answer.json()
    assert (answer.status_code, told["id"], told["name"]) == (201, kept.public_id, kept.name)
    assert f'data-file="{kept.public_id}"' in told["line"]
    assert "<i>" not in told["line"]
    assert "已传好" in told["line"]
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("file", "slot", "said"),
    [
        (lambda: paper("床位报价.pages", b"x"), "proof", "这种格式"),
        (lambda: photo("x.png"), "proof", ".png"),
        (lambda: paper("a.docx", papers.office()), "diagnosis", "PDF, JPG"),
        (lambda: paper("空.pdf", b" "), "proof", "pdf"),
    ],
)
def test_the_script_gets_the_sentence_of_a_refusal(client, file, slot, said):
    answer = by_script(client, file(), slot)
    assert answer.status_code == 422
    assert said in answer.json()["error"]
    assert names() == []


@pytest.mark.parametrize(
    "form",
    [
        {"form": "unknown", "slot": "proof"},
        {"form": "tickets", "slot": "unknown"},
        {"slot": "proof"},
        {"form": "tickets:'--", "slot": "proof"},
    ],
)
def test_a_form_nobody_knows_is_not_there(client, form):
    assert client.post(reverse("core:upload"), {**form, "file": photo()}).status_code == 404
    assert client.post(reverse("core:upload"), form).status_code == 404
    assert names() == []


def test_the_script_takes_back_ones_own_alone(client, person, client_of):
    by_script(client, photo())
    where = reverse("core:attachment_take_back", args=[Attachment.objects.get().public_id])
    assert client_of(person()).post(where).status_code == 404
    assert client.get(where).status_code == 405
    assert client.post(where).status_code == 204
    assert client.post(where).status_code == 404
    assert names() == []


def test_a_form_sent_from_elsewhere_uploads_nothing(holder):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(holder, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert by_script(client, photo()).status_code == 403
    assert names() == []


def test_quotas_are_told_over_the_script_too(client, monkeypatch):
    monkeypatch.setattr(limits, "MOST_OF_A_DAY", 1)
    assert by_script(client, photo()).status_code == 201
    refused = by_script(client, photo())
    assert refused.status_code == 422
    assert "明天" in refused.json()["error"]


def test_a_virus_found_while_the_form_is_open_is_told_at_the_file_and_stops_it(client):
    by_script(client, photo())
    Attachment.objects.update(virus=Virus.INFECTED)
    page = send(client).content.decode()
    assert "证明.jpg" in page
    assert "病毒" in page
    assert Ticket.objects.count() == 0
    assert "upload--bad" in client.get(NEW).content.decode()


def test_what_is_posted_beside_the_form_changes_nothing(client, holder, person):
    other = person()
    client.post(
        reverse("core:upload"),
        {
            "form": "tickets", "slot": "diagnosis", "file": paper(), "uploader": other.pk, "virus": "clean",
            "sealed_with": "", "object_id": 7, "public_id": "a" * 12,
        },
    )  # fmt: skip
    kept = Attachment.objects.get()
    assert (kept.uploader, kept.virus, kept.object_id) == (holder, Virus.UNSCANNED, None)
    assert kept.sealed_with
    assert kept.public_id != "a" * 12


def test_the_form_asks_the_same_number_of_questions_with_many_files(client, holder, drop, connection_count):
    def look():
        list(Uploads(holder, "tickets").slots)

    empty = connection_count(look)
    for number in range(5):
        drop(holder, b"x", f"{number}.txt", "minutes")
    assert connection_count(look) == empty == 1


def test_a_slot_says_when_it_is_full_and_what_it_takes(holder, drop):
    drop(holder, papers.pdf(), "诊断.pdf", "diagnosis")
    drop(holder, papers.pdf(), "诊断.pdf", "diagnosis")
    proof, diagnosis, minutes = Uploads(holder, "tickets").slots
    assert (proof.is_full, diagnosis.is_full) == (False, True)
    assert diagnosis.slot.accept == "image/*,.pdf,.jpg,.jpeg"
    assert (minutes.slot.accept, minutes.slot.takes_pictures) == (".docx,.txt", False)
    assert "20 MB" in proof.help
    assert "DOCX, TXT" in minutes.help
