"""Viruses: a real clamd finds one; while it is away files wait, then are marked; nobody gets a bad one."""

import socket
import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone, translation

from cms import doctor
from cms.kit import jobs
from extranet.core import attachments
from extranet.core.attachments import clamd, scanning, store
from extranet.core.models import Attachment, Notice, Virus
from tests.kit import papers
from tests.services import free_port, needed
from tests.services.clamav import clamav

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def daemon():
    with needed(lambda: clamav(largest="1M")) as url:
        yield url


@pytest.fixture
def nobody(settings):
    """An address at which nobody listens."""
    settings.CLAMD_URL = f"tcp://127.0.0.1:{free_port()}"
    return settings.CLAMD_URL


def states():
    return list(Attachment.objects.order_by("pk").values_list("virus", flat=True))


@pytest.mark.service
def test_a_real_scanner_knows_good_from_bad(daemon):
    assert clamd.scan(daemon, [b"good"]) == ""
    assert clamd.scan(daemon, []) == ""
    assert clamd.scan(daemon, [EICAR[:10], EICAR[10:]]).startswith("Eicar-Test-Signature")
    assert clamd.version(daemon).startswith("ClamAV 1.")


@pytest.mark.service
def test_a_file_the_scanner_finds_too_large_is_not_judged(daemon):
    with pytest.raises(clamd.Unable, match="size limit"):
        clamd.scan(daemon, (bytes(64 * 1024) for _piece in range(64)))


@pytest.mark.service
def test_files_are_scanned_after_the_commit_sealed_ones_too(daemon, settings, person, drop):
    settings.CLAMD_URL = daemon
    holder = person()
    drop(holder, b"good", "a.txt", "minutes")
    drop(holder, EICAR, "b.txt", "minutes")
    drop(holder, papers.pdf(), "诊断.pdf", "diagnosis")
    assert states() == [Virus.PENDING] * 3
    jobs.run_waiting()
    assert states() == [Virus.CLEAN, Virus.INFECTED, Virus.CLEAN]
    assert None not in Attachment.objects.values_list("scanned_at", flat=True)


@pytest.mark.service
def test_a_sealed_virus_is_found_as_well(daemon, settings, person, drop, lying):
    settings.CLAMD_URL = daemon
    kept = drop(person(), papers.pdf(), "诊断.pdf", "diagnosis")
    lying()[0].write_bytes(b"".join(attachments.scanning.store.vault.seal_chunks([EICAR], kept.seal_context)))
    assert scanning.scan(kept) == Virus.INFECTED


def test_whoever_sent_a_harmful_file_is_told_once(settings, person, drop, ticket, monkeypatch):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    monkeypatch.setattr(clamd, "scan", lambda url, chunks: b"".join(chunks) and "Eicar-Test-Signature")
    kept, holder = drop(ticket.holder, name="100%证明.jpg"), ticket.holder
    with transaction.atomic():
        attachments.adopt(holder, "tickets", ticket)
    kept.refresh_from_db()
    assert [scanning.scan(kept), scanning.scan(kept)] == [Virus.INFECTED] * 2
    told = Notice.objects.get()
    assert (told.recipient, told.topic, told.is_duty) == (holder, "files", True)
    assert (told.title, told.url) == (
        "病毒检查在您的文件“100%证明.jpg”里发现了有害内容",
        f"/tickets/{ticket.public_id}/",
    )
    assert told.body == "谁都打不开这个文件。请在干净的设备上重新保存，或把纸质材料拍成照片，再传一次。"


def test_a_harmful_file_in_a_tray_is_told_too_and_one_taken_back_is_not(settings, person, drop, monkeypatch):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    monkeypatch.setattr(clamd, "scan", lambda url, chunks: b"".join(chunks) and "Eicar-Test-Signature")
    holder = person()
    first, second = drop(holder), drop(holder)
    assert scanning.scan(first) == Virus.INFECTED

    def meanwhile(url, chunks):
        attachments.take_back(holder, second.public_id)
        return "Eicar-Test-Signature"

    monkeypatch.setattr(clamd, "scan", meanwhile)
    scanning.scan(second)
    assert Notice.objects.get().key == f"virus:{first.public_id}"
    assert Notice.objects.get().url == ""


def test_a_clean_file_is_not_worth_a_word(settings, person, drop, monkeypatch):
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    monkeypatch.setattr(clamd, "scan", lambda url, chunks: "")
    assert scanning.scan(drop(person())) == Virus.CLEAN
    assert Notice.objects.count() == 0


@pytest.mark.service
def test_the_doctor_counts_what_the_scanner_found(daemon, settings, person, drop):
    settings.CLAMD_URL = daemon
    with translation.override("en"):
        assert doctor.scanner().state == "well"
        drop(person(), EICAR, "b.txt", "minutes")
        jobs.run_waiting()
        found = doctor.scanner()
    assert found.state == "notice"
    assert "1 files with a virus (nobody gets them), 0 not checked" in found.text
    assert doctor.scanner in doctor.QUESTIONS


def test_while_the_scanner_is_away_a_file_waits_and_then_is_marked(nobody, person, drop):
    drop(person(), b"good", "a.txt", "minutes")
    jobs.run_waiting()
    assert states() == [Virus.PENDING]
    assert attachments.held_back(Attachment.objects.get())
    scanning.scan_waiting()
    assert states() == [Virus.PENDING]
    Attachment.objects.update(uploaded_at=timezone.now() - scanning.PATIENCE - timedelta(minutes=1))
    scanning.scan_waiting()
    assert states() == [Virus.UNSCANNED]
    assert attachments.held_back(Attachment.objects.get()) == ""
    with translation.override("en"):
        found = doctor.scanner()
    assert (found.state, found.remedy) == ("wrong", "Start clamav-daemon, or check CLAMD_URL.")
    assert "1 not checked" in found.text


def test_unscanned_files_are_asked_about_again_in_time(nobody, person, drop):
    one = drop(person(), b"good", "a.txt", "minutes")
    now = timezone.now()
    for virus, scanned_at, wanted in (
        (Virus.PENDING, None, True),
        (Virus.UNSCANNED, None, True),
        (Virus.UNSCANNED, now, False),
        (Virus.UNSCANNED, now - scanning.AGAIN - timedelta(minutes=1), True),
        (Virus.CLEAN, None, False),
        (Virus.INFECTED, None, False),
    ):
        Attachment.objects.update(virus=virus, scanned_at=scanned_at)
        assert scanning.waiting() == ([one] if wanted else []), virus


def test_without_a_scanner_nothing_waits(settings, person, drop):
    assert settings.CLAMD_URL == ""
    drop(person(), b"good", "a.txt", "minutes")
    assert states() == [Virus.UNSCANNED]
    assert scanning.scan_waiting() == 0
    with translation.override("en"):
        assert doctor.scanner().state == "notice"


@pytest.mark.usefixtures("nobody")
def test_a_file_that_is_gone_or_does_not_open_holds_no_other_up(person, drop, lying, monkeypatch, caplog):
    holder = person()
    gone, broken = drop(holder), drop(holder, papers.pdf(), "诊断.pdf", "diagnosis")
    monkeypatch.setattr(clamd, "scan", lambda url, chunks: b"".join(chunks) and "")
    for path in lying():
        path.unlink() if path.suffix == ".jpg" else path.write_bytes(b"x")
    assert [scanning.scan(one) for one in (gone, broken)] == [Virus.PENDING, Virus.UNSCANNED]
    assert "could not be scanned" in caplog.text


class Office(threading.Thread):
    """Says one thing to whoever calls, on a unix socket."""

    def __init__(self, path, says):
        super().__init__(daemon=True)
        self.says, self.heard = says, b""
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(path))
        self.socket.listen()
        self.start()

    def run(self):
        caller, _who = self.socket.accept()
        with caller:
            self.heard = caller.recv(1000)
            caller.sendall(self.says)
        self.socket.close()


def test_a_unix_socket_will_do(tmp_path):
    office = Office(tmp_path / "ctl", b"ClamAV 1.4.3\0")
    assert clamd.version(f"unix://{tmp_path / 'ctl'}") == "ClamAV 1.4.3"
    office.join(5)
    assert office.heard == b"zVERSION\0"


@pytest.mark.parametrize("says", [b"", b"half an answ"])
def test_a_scanner_that_falls_silent_counts_as_away(says, tmp_path):
    Office(tmp_path / "ctl", says)
    with pytest.raises(clamd.Away):
        clamd.version(f"unix://{tmp_path / 'ctl'}")


def test_nobody_at_the_address_counts_as_away(nobody, tmp_path):
    for url in (nobody, f"unix://{tmp_path / 'nowhere'}"):
        with pytest.raises(clamd.Away):
            clamd.scan(url, [b"x"])


def test_the_doctor_misses_what_is_gone(person, drop, lying):
    with translation.override("en"):
        assert doctor.attachments().state == "well"
        drop(person())
        lying()[0].unlink()
        assert doctor.attachments().text == "1 files are not where they should lie."
    assert store.missing() == 1
