"""System checks fail for what would hurt, and say nothing otherwise."""

import pytest
from django.core.checks import run_checks

from cms import checks


def ids(found):
    return [message.id for message in found]


def test_this_house_passes_its_checks(db):
    assert [message for message in run_checks() if message.id.startswith("cms.")] == []


@pytest.mark.parametrize(
    ("private", "public"), [("data/public/private", "data/public"), ("data", "data/public"), ("data", "data")]
)
def test_private_files_never_lie_where_files_are_served(settings, tmp_path, private, public):
    settings.PRIVATE_ROOT = tmp_path / private
    settings.KEYS_DIR = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / public
    settings.STATIC_ROOT = tmp_path / "static"
    assert ids(checks.private_files_stay_private()) == ["cms.E001"]


def test_keys_never_lie_where_files_are_served(settings, tmp_path):
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "private", tmp_path / "public"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.KEYS_DIR = tmp_path / "static" / "keys"
    assert ids(checks.private_files_stay_private()) == ["cms.E001"]


def test_a_short_key_fails(settings):
    settings.SECRET_KEY = "short"
    assert "cms.E002" in ids(checks.key_is_secret())


def test_a_key_that_others_can_read_fails(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    (tmp_path / "secret-key").write_text("k")
    (tmp_path / "secret-key").chmod(0o640)
    assert ids(checks.key_is_secret()) == ["cms.E003"]
    (tmp_path / "secret-key").chmod(0o600)
    assert checks.key_is_secret() == []


def test_a_missing_folder_fails(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "missing"
    assert ids(checks.folders_can_be_written()) == ["cms.E004"]


def sqlite_with(options):
    return {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}


def test_sqlite_without_immediate_transactions_fails(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES, "default", sqlite_with({}))
    assert ids(checks.sqlite_is_recent()) == ["cms.E006"]


def test_an_old_sqlite_fails(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES, "default", sqlite_with({"transaction_mode": "IMMEDIATE"}))
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 30, 0))
    assert ids(checks.sqlite_is_recent()) == ["cms.E005"]


def test_a_catalogue_that_is_not_compiled_is_told(settings, tmp_path):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").touch()
    settings.LOCALE_PATHS = [tmp_path]
    assert ids(checks.catalogue_is_compiled()) == ["cms.W001"]


def test_shared_passwords_fail(settings):
    settings.WAGTAIL_PRIVATE_PAGE_OPTIONS = {}
    assert ids(checks.shared_words_open_nothing()) == ["cms.E009"]


def test_throttles_of_one_process_fail(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert ids(checks.throttles_are_shared()) == ["cms.E010"]
