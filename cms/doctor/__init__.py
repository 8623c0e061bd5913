"""The doctor's questions (体检): each looks at one thing and says what is wrong and how to mend it."""

import json
import os
import shutil
import smtplib
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.mail import get_connection
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.backup import LAST_BACKUP

from .finding import Finding, well, wrong
from .papers import attachments, scanner, vault_keys
from .pictures import closed_pictures
from .workdays import workday_calendar

LEAST_FREE = 2 * 1024**3
OLDEST_BACKUP = timedelta(days=2)
WORKER_SILENCE = timedelta(minutes=3)
WORST_CLOCK = 60
OLDEST_PYTHON = (3, 11)
SYNC_FULL = 2


def python() -> Finding:
    """Python is one the house is tested with."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return wrong("Python", version, _("Install Python 3.11 or newer."))
    return well("Python", version)


def database() -> Finding:
    """The database answers, all migrations are applied, SQLite stands as it must."""
    subject = _("Database")
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        said = _sqlite() if connection.vendor == "sqlite" else connection.display_name
    except Error:
        return wrong(subject, _("It cannot be reached."), _("Check DATABASE_URL and that the server runs."))
    if waiting:
        text = _("%(count)s changes of the tables are not applied.") % {"count": len(waiting)}
        return wrong(subject, text, _("Run: manage.py prepare"))
    if not said:
        return wrong(
            subject,
            _("SQLite does not stand as it must (WAL, FULL)."),
            _("Put DATA_DIR on a local disk; network folders cannot hold a SQLite database."),
        )
    return well(subject, said)


def _sqlite() -> str:
    """Return what SQLite says of itself, nothing when its pragmas are not ours."""
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        sync = cursor.execute("PRAGMA synchronous").fetchone()[0]
    in_memory = mode == "memory"
    return (
        f"SQLite {sqlite3.sqlite_version}, {mode}"
        if (mode == "wal" and sync == SYNC_FULL) or in_memory
        else ""
    )


def disk() -> Finding:
    """There is room for what people send."""
    subject, free = _("Disk"), shutil.disk_usage(settings.PRIVATE_ROOT).free
    text = _("%(free)s GB free") % {"free": f"{free / 1024**3:.1f}"}
    if free < LEAST_FREE:
        return wrong(subject, text, _("Free at least 2 GB on the disk of DATA_DIR."))
    return well(subject, text)


def folders() -> Finding:
    """The folders are ours to write."""
    subject = _("Folders")
    places = (settings.PRIVATE_ROOT, settings.MEDIA_ROOT, settings.KEYS_DIR)
    closed = [str(path) for path in places if not os.access(path, os.R_OK | os.W_OK | os.X_OK)]
    if closed:
        remedy = _("Give them to the user the site runs as (chown).")
        return wrong(subject, _("Cannot be written: %(paths)s") % {"paths": ", ".join(closed)}, remedy)
    return well(subject, str(settings.DATA_DIR))


def catalogue() -> Finding:
    """The Chinese words are compiled from what is written now."""
    subject = _("Catalogue")
    for source in [
        path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")
    ]:
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            return wrong(subject, _("It is not compiled."), _("Run: manage.py catalogue --compile"))
    return well(subject, _("compiled"))


def static() -> Finding:
    """Styles and scripts are collected."""
    subject, list_of_names = _("Styles and scripts"), Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not settings.DEBUG and not list_of_names.exists():
        remedy = _("Run: manage.py collectstatic --noinput")
        return wrong(subject, _("They are not collected."), remedy)
    return well(subject, str(settings.STATIC_ROOT))


def worker() -> Finding:
    """A worker is alive and the queue moves."""
    from cms.kit.jobs import pulse  # noqa: PLC0415 - asks for tables that may be missing

    subject = _("Worker")
    try:
        now = pulse()
    except Error:
        return wrong(subject, _("Its tables are missing."), _("Run: manage.py prepare"))
    if now.last_seen is None or timezone.now() - now.last_seen > WORKER_SILENCE:
        text = _("No worker is alive; %(count)s jobs wait.") % {"count": now.waiting}
        return wrong(subject, text, _("Start manage.py worker (systemd: workers-home-worker)."))
    if now.failed:
        text = _("%(count)s jobs have failed.") % {"count": now.failed}
        return wrong(subject, text, _("Look at them in the admin under background jobs."), state="notice")
    return well(subject, _("alive; %(count)s jobs wait") % {"count": now.waiting})


def mail() -> Finding:
    """A mail server is named and takes our word."""
    subject, backend = _("Mail server"), settings.MAIL_BACKEND
    if not backend.endswith("smtp.EmailBackend"):
        text = _("No mail server is set: forgotten passwords cannot be mailed.")
        return wrong(subject, text, _("Set EMAIL_URL and MAIL_FROM."), state="notice")
    server = get_connection(backend, timeout=5)
    try:
        server.open()
    except (OSError, smtplib.SMTPException):
        text = _("The mail server refuses or does not answer.")
        return wrong(subject, text, _("Check EMAIL_URL: host, port, user and password."))
    server.close()
    return well(subject, _("The mail server answers."))


ASK_CACHE = """
import django; django.setup()
from django.core.cache import caches
import sys
for name in ("default", "pages"):
    cache = caches[name]
    if cache.get("doctor") != sys.argv[1]:
        sys.exit(1)
    cache.set("doctor", "heard", 60)
"""


def cache() -> Finding:
    """What one process writes into the caches another one reads."""
    subject = _("Caches")
    word = f"{os.getpid()}-{timezone.now().timestamp()}"
    try:
        for name in ("default", "pages"):
            caches[name].set("doctor", word, 60)
        other = subprocess.run(  # noqa: S603 - our own question, asked by this very Python
            [sys.executable, "-c", ASK_CACHE, word],
            cwd=settings.ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]},
            capture_output=True,
            check=False,
        )
        shared = other.returncode == 0 and all(
            caches[n].get("doctor") == "heard" for n in ("default", "pages")
        )
    except Exception:  # noqa: BLE001 - each cache has errors of its own kind; the finding is the same
        shared = False
    if not shared:
        text = _("Processes do not see each other's entries: throttles would not hold.")
        return wrong(subject, text, _("Run manage.py prepare; with REDIS_URL, check that Redis runs."))
    return well(subject, "Redis" if settings.REDIS_URL else _("database and files"))


def keys() -> Finding:
    """The secret key is long and its file is its owner's alone."""
    subject, file = _("Secret key"), settings.KEYS_DIR / "secret-key"
    if file.exists() and file.stat().st_mode & 0o077:
        return wrong(subject, _("Others on this machine can read it."), f"chmod 600 {file}")
    return well(subject, _("from the environment") if os.environ.get("SECRET_KEY") else str(file))


def address() -> Finding:
    """Visitors come by https, and Wagtail's site knows its own name."""
    subject = "BASE_URL"
    if not settings.BASE_URL.startswith("https://"):
        remedy = _("For real use set BASE_URL=https://… and put a proxy with a certificate in front.")
        return wrong(subject, settings.BASE_URL, remedy, state="notice")
    return well(subject, settings.BASE_URL)


def site() -> Finding:
    """Wagtail's site has the host name of BASE_URL."""
    from urllib.parse import urlsplit  # noqa: PLC0415

    from wagtail.models import Site  # noqa: PLC0415

    subject, host = _("Site"), urlsplit(settings.BASE_URL).hostname
    try:
        names = list(Site.objects.values_list("hostname", flat=True))
    except Error:
        return wrong(subject, _("Its tables are missing."), _("Run: manage.py prepare"))
    if not names:
        return wrong(subject, _("There is no site yet."), _("Run: manage.py prepare, then open /admin/."))
    if host not in names:
        text = _("It is called %(names)s, visitors come to %(host)s.") % {
            "names": ", ".join(names),
            "host": host,
        }
        remedy = _("Set the host name in the admin: Settings, Sites.")
        return wrong(subject, text, remedy, state="notice")
    return well(subject, str(host))


def clock() -> Finding:
    """The clocks of this machine and of the database agree."""
    subject, here = _("Clock"), timezone.localtime().strftime("%Y-%m-%d %H:%M %Z")
    if connection.vendor != "postgresql":
        return well(subject, here)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
    except Error:
        return wrong(
            subject, _("The database could not be asked."), _("Check DATABASE_URL and that the server runs.")
        )
    if apart > WORST_CLOCK:
        text = _("This machine and the database are %(seconds)s s apart.") % {"seconds": round(apart)}
        return wrong(subject, text, _("Switch on time synchronisation (NTP) on both."))
    return well(subject, here)


def last_backup() -> Finding:
    """The newest backup is of these days."""
    subject, note = _("Backup"), settings.PRIVATE_ROOT / LAST_BACKUP
    remedy = _("Run manage.py backup FOLDER --keep 14 every night (systemd: workers-home-backup.timer).")
    try:
        made_at = datetime.fromisoformat(json.loads(note.read_text())["made_at"])
    except (OSError, ValueError, KeyError):
        return wrong(subject, _("There is none yet."), remedy, state="notice")
    text = timezone.localtime(made_at).strftime("%Y-%m-%d %H:%M")
    if timezone.now() - made_at > OLDEST_BACKUP:
        return wrong(subject, _("The last is of %(when)s.") % {"when": text}, remedy, state="notice")
    return well(subject, text)


QUESTIONS: tuple[Callable[[], Finding], ...] = (
    python, database, disk, folders, catalogue, static, worker,
    mail, cache, keys, address, site, clock, last_backup, closed_pictures,
    vault_keys, scanner, attachments,
    workday_calendar,
)  # fmt: skip


def examine() -> Iterator[Finding]:
    """Ask every question; none of them raises."""
    for question in QUESTIONS:
        yield question()


def report(findings: list[Finding]) -> list[dict[str, Any]]:
    """Return the findings as plain data."""
    return [{"subject": f.subject, "state": f.state, "text": f.text, "remedy": f.remedy} for f in findings]
