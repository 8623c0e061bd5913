"""Backup under twenty writers in other processes; restore on a fresh folder by the commands of the README."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from tests.services import needed, tables
from tests.services.postgresql import postgresql

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.drill, pytest.mark.own_database]

WRITERS = """
import os, sys, time
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from cms.kit.storage import private_storage

stop = Path(sys.argv[1])

def write(number):
    written, kept = 0, []
    while not stop.exists():
        # As uploads do it: the file first, then its row; an older pair goes again, the row first.
        name = private_storage().save(f"drill/{number}-{written}.bin", ContentFile(os.urandom(2000)))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO drill (file) VALUES (%s)", [name])
        kept.append(name)
        if len(kept) > 50:
            old = kept.pop(0)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("DELETE FROM drill WHERE file = %s", [old])
            private_storage().delete(old)
        written += 1
        time.sleep(0.1)  # twenty people, not twenty machines
        if written == 1:
            Path(f"{stop}.{number}").touch()
    return 0

connection.close()
children = []
for number in range(20):
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = write(number)
        finally:
            os._exit(code)
    children.append(pid)
codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
sys.exit(max(codes))
"""


class Site:
    """A data folder and the commands that a README names."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        kept = {
            k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "PRIVATE_ROOT", "MEDIA_ROOT"}
        }
        self.environment = {
            **kept,
            "DATA_DIR": str(folder),
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "LANG": "C.UTF-8",
        }

    def manage(self, *arguments: str, succeeds: bool = True) -> str:
        """Run a command and return what it said."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode == 0) is succeeds, done.stdout + done.stderr
        return done.stdout + done.stderr

    def sql(self, *statements: str) -> list:
        """Run statements and return the rows of the last."""
        code = "from django.db import connection; import json; c = connection.cursor()\n"
        code += "\n".join(f"c.execute({statement!r})" for statement in statements)
        code += "\nprint('rows', json.dumps(c.fetchall() if c.description else []))"
        said = self.manage("shell", "--no-imports", "-c", code)
        return json.loads(re.search(r"^rows (.*)$", said, re.MULTILINE)[1])

    def writing(self, stop: Path) -> subprocess.Popen:
        """Start twenty processes that write until the file ``stop`` appears."""
        command = [sys.executable, "-c", WRITERS, str(stop)]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment)


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request, tmp_path):
    """Two database addresses: of the living site and of the fresh one."""
    if request.param == "sqlite":
        yield "", ""
        return
    with needed(postgresql) as url:
        server, _slash, _name = url.rpartition("/")
        for name in ("drill_living", "drill_fresh"):
            subprocess.run(["psql", url, "-qc", f"DROP DATABASE IF EXISTS {name}"], check=True)
            subprocess.run(["psql", url, "-qc", f"CREATE DATABASE {name}"], check=True)
        yield f"{server}/drill_living", f"{server}/drill_fresh"
        for name in ("drill_living", "drill_fresh"):
            subprocess.run(["psql", url, "-qc", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"], check=True)


def wait_for_all_writers(stop, process):
    while len(list(stop.parent.glob(f"{stop.name}.*"))) < 20:
        assert process.poll() is None, "a writer gave up"
        time.sleep(0.05)


def test_a_backup_under_twenty_writers_comes_back_whole(tmp_path, databases):
    living, fresh = Site(tmp_path / "living", databases[0]), Site(tmp_path / "fresh", databases[1])
    tables.lay(living.environment)
    living.manage("prepare")
    living.sql("CREATE TABLE drill (file varchar(200))")
    (tmp_path / "backups").mkdir()
    stop = tmp_path / "stop"
    writers = living.writing(stop)
    try:
        wait_for_all_writers(stop, writers)
        living.manage("backup", str(tmp_path / "backups"), "--keep", "7", "--check")
    finally:
        stop.touch()
        assert writers.wait() == 0
    (archive,) = (tmp_path / "backups").glob("*.tar.gz")

    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(archive.read_bytes()[:-3000])
    fresh.manage("restore", str(damaged), succeeds=False)
    assert not [path for path in fresh.folder.rglob("*") if path.is_file() and path.name != "secret-key"]

    fresh.manage("restore", str(archive))
    with tarfile.open(archive) as opened:
        manifest = json.load(opened.extractfile("manifest.json"))
    rows = fresh.sql("SELECT file FROM drill ORDER BY file")
    assert len(rows) == manifest["rows"]["drill"] >= 20
    assert [name for (name,) in rows if not (fresh.folder / "private" / name).is_file()] == []
    for name, promised in manifest["files"].items():
        if name.startswith("database"):
            continue
        content = (fresh.folder / name.replace("keys/", "private/keys/", 1)).read_bytes()
        assert hashlib.sha256(content).hexdigest() == promised["sha256"], name
    assert (fresh.folder / "private/keys/secret-key").read_text() == (
        living.folder / "private/keys/secret-key"
    ).read_text()
    fresh.manage("migrate", "--check")
    fresh.manage("restore", str(archive), succeeds=False)  # it has content now
    fresh.manage("restore", str(archive), "--force")
    assert fresh.sql("SELECT file FROM drill ORDER BY file") == rows
