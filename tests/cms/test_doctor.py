"""The doctor names what is wrong and how to mend it."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from cms import doctor
from cms.backup import LAST_BACKUP
from cms.kit.models.jobs import WorkerPulse


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    return tmp_path


def test_a_worker_that_is_not_alive_is_told_with_the_command_to_start_it(db):
    found = doctor.worker()
    assert (found.state, found.remedy) == ("wrong", "Start manage.py worker (systemd: workers-home-worker).")
    WorkerPulse.objects.create(name="one", seen_at=timezone.now())
    assert doctor.worker().state == "well"


def test_a_worker_silent_for_long_counts_as_dead(db):
    WorkerPulse.objects.create(name="one", seen_at=timezone.now() - timedelta(minutes=4))
    assert doctor.worker().state == "wrong"


def test_tables_that_are_up_to_date_are_well(db):
    assert doctor.database().state == "well"


def test_a_change_of_tables_that_waits_is_counted(db, monkeypatch):
    monkeypatch.setattr(doctor.MigrationExecutor, "migration_plan", lambda self, targets: [1, 2, 3])
    found = doctor.database()
    assert found.text == "3 changes of the tables are not applied."
    assert found.remedy == "Run: manage.py prepare"


def test_a_full_disk_is_wrong(private, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 1024**3})())
    assert (doctor.disk().state, doctor.disk().text) == ("wrong", "1.0 GB free")


def test_a_folder_that_cannot_be_written_is_named(private, settings):
    settings.MEDIA_ROOT = private / "missing"
    found = doctor.folders()
    assert found.state == "wrong"
    assert str(private / "missing") in found.text


def test_a_catalogue_changed_since_it_was_compiled_is_wrong(settings, tmp_path):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").touch()
    settings.LOCALE_PATHS = [tmp_path]  # this forgets the language, too
    translation.activate("en")
    assert doctor.catalogue().remedy == "Run: manage.py catalogue --compile"
    (folder / "django.mo").touch()
    assert doctor.catalogue().state == "well"


def test_styles_that_are_not_collected_are_wrong(settings, tmp_path):
    settings.STATIC_ROOT, settings.DEBUG = tmp_path, False
    assert doctor.static().remedy == "Run: manage.py collectstatic --noinput"
    (tmp_path / "staticfiles.json").touch()
    assert doctor.static().state == "well"


def test_a_mail_server_that_is_away_is_wrong(settings):
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert doctor.mail().state == "wrong"


def test_no_mail_server_is_only_a_notice(settings):
    settings.MAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert doctor.mail().state == "notice"


def test_a_key_that_others_can_read_is_wrong(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    (tmp_path / "secret-key").write_text("k")
    (tmp_path / "secret-key").chmod(0o644)
    found = doctor.keys()
    assert (found.state, found.remedy) == ("wrong", f"chmod 600 {tmp_path / 'secret-key'}")


def test_caches_of_one_process_are_wrong(settings, db):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {"default": memory, "pages": memory}
    assert doctor.cache().state == "wrong"


def test_an_address_without_https_is_a_notice(settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert doctor.address().state == "notice"
    settings.BASE_URL = "https://union.example.org"
    assert doctor.address().state == "well"


def test_a_site_of_another_name_is_told(site, settings):
    settings.BASE_URL = "https://union.example.org"
    assert doctor.site().text == "It is called testserver, visitors come to union.example.org."
    settings.BASE_URL = "https://testserver"
    assert doctor.site().state == "well"


@pytest.mark.parametrize(("days", "state"), [(0, "well"), (3, "notice")])
def test_an_old_backup_is_told(private, days, state):
    made_at = timezone.now() - timedelta(days=days)
    (private / LAST_BACKUP).write_text(json.dumps({"made_at": made_at.isoformat()}))
    assert doctor.last_backup().state == state


@pytest.mark.parametrize("note", [None, "", "{}", '{"made_at": "yesterday"}'])
def test_without_a_backup_the_remedy_is_the_command(private, note):
    if note is not None:
        (private / LAST_BACKUP).write_text(note)
    found = doctor.last_backup()
    assert found.state == "notice"
    assert found.remedy.startswith("Run manage.py backup FOLDER")


FINDINGS = {
    "well": doctor.well("Disk", "9 GB free"),
    "notice": doctor.wrong("Backup", "none", "make one", state="notice"),
    "wrong": doctor.wrong("Worker", "dead", "start it"),
}


@pytest.mark.parametrize(("states", "code"), [(["well", "notice"], 0), (["well", "wrong"], 1)])
@pytest.mark.parametrize("as_json", [False, True])
def test_the_exit_code_tells_whether_something_is_wrong(monkeypatch, states, code, as_json):
    monkeypatch.setattr(
        "cms.management.commands.doctor.examine", lambda: [FINDINGS[state] for state in states]
    )
    said = StringIO()
    ended = 0
    try:
        call_command("doctor", json=as_json, stdout=said)
    except SystemExit as ending:
        ended = ending.code
    assert ended == code
    if as_json:
        heard = json.loads(said.getvalue())
        assert heard["well"] is (code == 0)
        assert [finding["state"] for finding in heard["findings"]] == states
    else:
        assert said.getvalue().startswith("✓ Disk: 9 GB free\n")
        assert ("→ start it" in said.getvalue()) is (code == 1)
