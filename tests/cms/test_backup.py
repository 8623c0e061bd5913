"""Archives: what goes in, and that nothing but a whole one comes out."""

import gzip
import io
import json
import sqlite3
import tarfile
from contextlib import closing

import pytest
from django.utils import translation

from cms.backup import BackupError, pack, tables, unpack


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def house(tmp_path, settings, monkeypatch):
    """A site of a few files and a small SQLite database, whatever database the suite runs on."""
    settings.PRIVATE_ROOT = tmp_path / "data" / "private"
    settings.MEDIA_ROOT = tmp_path / "data" / "public"
    settings.KEYS_DIR = settings.PRIVATE_ROOT / "keys"
    for path, text in {
        settings.KEYS_DIR / "secret-key": "k" * 60,
        settings.PRIVATE_ROOT / "documents" / "章程.pdf": "private",
        settings.PRIVATE_ROOT / "cache" / "pages" / "x.djcache": "made anew",
        settings.MEDIA_ROOT / "images" / "a.webp": "public",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(tables, "on_sqlite", lambda: True)
    monkeypatch.setattr(tables, "database_path", lambda: settings.PRIVATE_ROOT / "database.sqlite3")
    with closing(sqlite3.connect(tables.database_path())) as database:
        database.execute("CREATE TABLE django_migrations (app text, name text)")
        database.execute("CREATE TABLE people (name text)")
        database.execute("INSERT INTO django_migrations VALUES ('kit', '0001_initial')")
        database.executemany("INSERT INTO people VALUES (?)", [("a",), ("b",)])
        database.commit()
    return tmp_path


@pytest.fixture
def archive(house):
    path, _manifest = pack.backup(house / "a.tar.gz")
    return path


@pytest.fixture
def empty_site(tmp_path, settings):
    """A fresh site: nothing but the key of the first start."""

    def make():
        settings.PRIVATE_ROOT = tmp_path / "fresh" / "private"
        settings.MEDIA_ROOT = tmp_path / "fresh" / "public"
        settings.KEYS_DIR = settings.PRIVATE_ROOT / "keys"
        settings.KEYS_DIR.mkdir(parents=True)
        settings.MEDIA_ROOT.mkdir(parents=True)
        (settings.KEYS_DIR / "secret-key").write_text("fresh")
        return tmp_path / "fresh"

    return make


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def rebuilt(archive, change):
    """Write the archive again, each member as ``change(name, content)`` gives it; None leaves it out."""
    target = archive.with_name("changed.tar.gz")
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            changed = change(member.name, old.extractfile(member).read())
            for name, content in [changed] if isinstance(changed, tuple) else changed or []:
                header = tarfile.TarInfo(name)
                header.size = len(content)
                new.addfile(header, io.BytesIO(content))
    return target


def with_manifest(archive, **facts):
    def change(name, content):
        return name, json.dumps(
            {**json.loads(content), **facts}
        ).encode() if name == "manifest.json" else content

    return rebuilt(archive, change)


def test_an_archive_holds_files_keys_and_database_and_no_cache(archive):
    with tarfile.open(archive) as opened:
        names = opened.getnames()
    assert names == [
        "keys/secret-key",
        "private/documents/章程.pdf",
        "public/images/a.webp",
        "database.sqlite3",
        "manifest.json",
    ]


def test_an_archive_is_for_its_owner_alone(archive):
    assert archive.stat().st_mode & 0o777 == 0o600


def test_the_manifest_counts_rows_and_bytes(archive):
    manifest = unpack.check(archive)
    assert manifest["rows"] == {"django_migrations": 1, "people": 2}
    assert manifest["files"]["public/images/a.webp"]["bytes"] == 6


def test_a_backup_leaves_nothing_beside_its_archive(house, archive, settings):
    assert not list(settings.PRIVATE_ROOT.glob(".backup-*"))
    assert not list(house.glob("*.part"))


def test_everything_comes_back_into_an_empty_site(archive, house, empty_site):
    before = contents(house / "data" / "public")
    fresh = empty_site()
    unpack.restore(archive, force=False)
    assert contents(fresh / "public") == before
    assert (fresh / "private" / "keys" / "secret-key").read_text() == "k" * 60
    assert (fresh / "private" / "documents" / "章程.pdf").read_text() == "private"
    with closing(sqlite3.connect(fresh / "private" / "database.sqlite3")) as database:
        assert database.execute("SELECT name FROM people").fetchall() == [("a",), ("b",)]


def test_a_site_with_content_is_not_overwritten(archive, house):
    before = contents(house / "data")
    with pytest.raises(BackupError, match="--force"):
        unpack.restore(archive, force=False)
    assert contents(house / "data") == before


def test_what_force_replaces_is_kept_aside(archive, settings):
    (settings.MEDIA_ROOT / "later.webp").write_text("later")
    _manifest, aside = unpack.restore(archive, force=True)
    assert (aside / "public" / "later.webp").read_text() == "later"
    assert (aside / "database.sqlite3").exists()
    assert not (settings.MEDIA_ROOT / "later.webp").exists()
    assert (settings.MEDIA_ROOT / "images" / "a.webp").read_text() == "public"


def truncated(archive):
    path = archive.with_name("truncated.tar.gz")
    path.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    return path


def one_bit_off(archive):
    path = archive.with_name("flipped.tar.gz")
    content = bytearray(gzip.decompress(archive.read_bytes()))
    place = content.index(b"public", content.index(b"images/a.webp") + 200)
    content[place] ^= 1
    path.write_bytes(gzip.compress(bytes(content)))
    return path


def noise(archive):
    path = archive.with_name("noise.tar.gz")
    path.write_bytes(b"\x00\x01" * 5000)
    return path


def without(name):
    return lambda archive: rebuilt(archive, lambda n, content: None if n == name else (n, content))


def with_extra(name):
    def change(archive):
        return rebuilt(archive, lambda n, c: [(name, b"x"), (n, c)] if n == "database.sqlite3" else (n, c))

    return change


def with_link(archive):
    path = archive.with_name("link.tar.gz")
    with tarfile.open(path, "w:gz") as new:
        header = tarfile.TarInfo("private/link")
        header.type, header.linkname = tarfile.SYMTYPE, "/etc"
        new.addfile(header)
    return path


BROKEN = {
    "truncated": (truncated, "not copied to its end|end is missing"),
    "one bit off": (one_bit_off, "not those it promises"),
    "no archive at all": (noise, "damaged"),
    "a file missing": (without("public/images/a.webp"), "not those it promises"),
    "no manifest": (without("manifest.json"), "end is missing"),
    "a path upwards": (with_extra("public/../../evil"), "leads elsewhere"),
    "an absolute path": (with_extra("/etc/evil"), "leads elsewhere"),
    "a foreign folder": (with_extra("home/evil.py"), "leads elsewhere"),
    "a file twice": (with_extra("public/images/a.webp"), "twice"),
    "a link": (with_link, "other than files"),
    "another format": (lambda archive: with_manifest(archive, format=2), "another version"),
    "another database": (lambda archive: with_manifest(archive, database="database.dump"), "PostgreSQL"),
    "other rows": (
        lambda archive: with_manifest(archive, rows={"people": 3}),
        "does not hold what it promises",
    ),
    "a manifest that is none": (
        lambda archive: rebuilt(archive, lambda n, c: (n, b"[" if n == "manifest.json" else c)),
        "cannot be read",
    ),
}


@pytest.mark.parametrize("force", [False, True], ids=["empty", "force"])
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_archive_is_refused_and_changes_nothing(archive, house, empty_site, kind, force):
    damage, reason = BROKEN[kind]
    broken = damage(archive)
    site = house / "data" if force else empty_site()
    before = contents(site)
    with pytest.raises(BackupError, match=reason):
        unpack.restore(broken, force=force)
    assert contents(site) == before


def test_an_archive_of_a_newer_program_is_refused(house, empty_site):
    with closing(sqlite3.connect(tables.database_path())) as database:
        database.execute("INSERT INTO django_migrations VALUES ('kit', '9999_from_tomorrow')")
        database.commit()
    path, _manifest = pack.backup(house / "new.tar.gz")
    empty_site()
    with pytest.raises(BackupError, match="newer version"):
        unpack.restore(path, force=False)


@pytest.mark.parametrize("place", ["data/public/b.tar.gz", "data/private/b.tar.gz", "nowhere/b.tar.gz"])
def test_an_archive_is_not_written_where_it_must_not_lie(house, place):
    with pytest.raises(BackupError):
        pack.backup(house / place)
    assert not list(house.rglob("b.tar.gz*"))


def test_an_archive_is_never_overwritten(archive):
    before = archive.read_bytes()
    with pytest.raises(BackupError, match="exists already"):
        pack.backup(archive)
    assert archive.read_bytes() == before


def test_only_the_newest_archives_of_a_folder_are_kept(tmp_path):
    names = [f"workers-home-2026010{day}-030000.tar.gz" for day in range(1, 6)]
    for name in [*names, "other.tar.gz"]:
        (tmp_path / name).touch()
    assert [path.name for path in pack.rotate(tmp_path, 2)] == names[:3]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.tar.gz", *names[3:]]
