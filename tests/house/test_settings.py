"""Settings: a wrong value is named with its remedy, production is silent under --deploy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from cms.settings import environment as env
from tests.services import needed
from tests.services.postgresql import postgresql
from tests.services.redis import redis

ROOT = Path(__file__).resolve().parents[2]
CHOICES = {
    "DJANGO_ALLOW_ASYNC_UNSAFE",  # the journeys on this process set it
    "DATABASE_URL",
    "DATA_DIR",
    "PRIVATE_ROOT",
    "MEDIA_ROOT",
    "REDIS_URL",
    "BASE_URL",
    "EMAIL_URL",
    "DEMO",
}

READERS = {
    "DATABASE_URL": lambda: env.database("DATABASE_URL", "sqlite:////tmp/x"),
    "REDIS_URL": lambda: env.redis("REDIS_URL"),
    "EMAIL_URL": lambda: env.email("EMAIL_URL", "dummymail://"),
    "BASE_URL": lambda: env.web_address("BASE_URL", "http://127.0.0.1:8000"),
    "ALLOWED_HOSTS": lambda: env.hosts("ALLOWED_HOSTS"),
    "BEHIND_PROXY": lambda: env.switch("BEHIND_PROXY", default=False),
    "PORT": lambda: env.number("PORT", 8000, least=1, most=65535),
    "LOG_FORMAT": lambda: env.one_of("LOG_FORMAT", ("json", "plain")),
    "MAIL_FROM": lambda: env.read("MAIL_FROM", "a@b.c", env.mail_address, "write an address."),
    "TIME_ZONE": lambda: env.read("TIME_ZONE", "Asia/Shanghai", env.zone, "write a zone name."),
    "DATA_DIR": lambda: env.folder("DATA_DIR", ROOT / "media"),
    "SECRET_KEY": lambda: env.secret("SECRET_KEY", ROOT / "media"),
    "CLAMD_URL": lambda: env.scanner("CLAMD_URL"),
    "VAULT_KEYS": lambda: env.vault_keys("VAULT_KEYS"),
}
WRONG = [
    ("DATABASE_URL", "mysql://user:Lamp-7@host/name"),
    ("DATABASE_URL", "postgres://host"),
    ("DATABASE_URL", "nonsense"),
    ("REDIS_URL", "http://host"),
    ("REDIS_URL", "redis"),
    ("EMAIL_URL", "http://user:Lamp-7@host"),
    ("EMAIL_URL", "union@example.org"),
    ("BASE_URL", "union.example.org"),
    ("BASE_URL", "ftp://union.example.org"),
    ("BASE_URL", "https://union.example.org/sub/"),
    ("ALLOWED_HOSTS", "https://union.example.org"),
    ("ALLOWED_HOSTS", "union.example.org:8000"),
    ("BEHIND_PROXY", "perhaps"),
    ("PORT", "0"),
    ("PORT", "70000"),
    ("PORT", "http"),
    ("LOG_FORMAT", "xml"),
    ("MAIL_FROM", "union"),
    ("MAIL_FROM", "a@b.c\nBcc: x@y.z"),
    ("TIME_ZONE", "Beijing"),
    ("DATA_DIR", "/proc/nowhere"),
    ("SECRET_KEY", "too-short"),
    ("CLAMD_URL", "127.0.0.1:3310"),
    ("CLAMD_URL", "tcp://127.0.0.1"),
    ("CLAMD_URL", "unix://clamd.ctl"),
    ("VAULT_KEYS", "Lamp-7"),
    ("VAULT_KEYS", "TGFtcC03" * 5),
]
RIGHT = [
    ("DATABASE_URL", "postgres://u:p@db.example.org:5432/house", "NAME", "house"),
    ("EMAIL_URL", "smtp+tls://u:p@mail.example.org:587", "EMAIL_PORT", 587),
    ("BASE_URL", "https://union.example.org/", None, "https://union.example.org"),
    ("ALLOWED_HOSTS", "a.example.org, .b.example.org", None, ["a.example.org", ".b.example.org"]),
    ("BEHIND_PROXY", "Yes", None, True),
    ("MAIL_FROM", "职工之家 <union@example.org>", None, "职工之家 <union@example.org>"),
    ("REDIS_URL", "", None, ""),
    ("CLAMD_URL", "unix:///run/clamav/clamd.ctl", None, "unix:///run/clamav/clamd.ctl"),
    ("CLAMD_URL", "tcp://[::1]:3310", None, "tcp://[::1]:3310"),
    ("VAULT_KEYS", "x" * 42 + "w, " + "A" * 43, None, [b"\xc7\x1cq" * 10 + b"\xc7\x1c", bytes(32)]),
    ("VAULT_KEYS", "", None, []),
]


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_a_wrong_value_names_its_key_and_the_remedy_and_repeats_no_secret(monkeypatch, key, value):
    monkeypatch.setenv(key, value)
    with pytest.raises(ImproperlyConfigured) as raised:
        READERS[key]()
    text = str(raised.value)
    assert text.startswith(f"{key}: ")
    assert "write" in text or "name a folder" in text
    assert "Lamp-7" not in text


@pytest.mark.parametrize(("key", "value", "part", "meaning"), RIGHT)
def test_a_right_value_is_taken(monkeypatch, key, value, part, meaning):
    monkeypatch.setenv(key, value)
    given = READERS[key]()
    assert (given[part] if part else given) == meaning


def test_a_secret_key_is_made_once_and_kept_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    made = env.secret("SECRET_KEY", tmp_path)
    assert len(made) >= 50
    assert env.secret("SECRET_KEY", tmp_path) == made
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def manage(tmp_path, *arguments, **environment):
    kept = {key: value for key, value in os.environ.items() if key not in CHOICES}
    kept |= {"DJANGO_SETTINGS_MODULE": "cms.settings.base", "DATA_DIR": str(tmp_path), **environment}
    command = [sys.executable, "-W", "error::DeprecationWarning:cms", "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)


def test_production_passes_its_own_inspection_in_silence(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "INFO", BASE_URL="https://union.example.org")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "no issues (0 silenced)" in done.stdout or "no issues (1 silenced)" in done.stdout


def test_a_wrong_value_ends_a_command_with_one_sentence(tmp_path):
    done = manage(tmp_path, "check", PORT="many")
    assert done.returncode != 0
    assert "PORT: write a whole number from 1 to 65535." in done.stderr


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="speaks of SQLite; the suite runs on PostgreSQL now"
)
def test_sqlite_keeps_every_commit_and_lets_writers_wait(settings, tmp_path):
    code = (
        "from django.db import connection as c\n"
        "k = c.cursor()\n"
        "names = ('journal_mode', 'synchronous', 'busy_timeout')\n"
        "print(*[k.execute(f'PRAGMA {n}').fetchone()[0] for n in names])\n"
        "print(c.transaction_mode)"
    )
    done = manage(tmp_path, "shell", "--no-imports", "-c", code)
    assert done.stdout.split() == ["wal", "2", "20000", "IMMEDIATE"], done.stderr


@pytest.mark.service
def test_postgresql_works_by_its_address_alone(tmp_path):
    with needed(postgresql) as url:
        code = "from django.db import connection as c; c.cursor().execute('SELECT 1'); print(c.vendor)"
        done = manage(tmp_path, "shell", "--no-imports", "-c", code, DATABASE_URL=url)
    assert done.stdout.strip() == "postgresql", done.stderr


@pytest.mark.service
def test_redis_replaces_both_caches_for_every_process(tmp_path):
    with needed(redis) as url:
        write = "from django.core.cache import caches as c\nfor n in ('default', 'pages'): c[n].set('k', n)"
        read = (
            "from django.core.cache import caches as c\n"
            "print(*[c[n].get('k') for n in ('default', 'pages')])\n"
            "print(c['default'].add('k', 1), c.settings['pages']['BACKEND'].split('.')[-1])"
        )
        assert manage(tmp_path, "shell", "--no-imports", "-c", write, REDIS_URL=url).returncode == 0
        done = manage(tmp_path, "shell", "--no-imports", "-c", read, REDIS_URL=url)
    assert done.stdout.split() == ["default", "pages", "False", "RedisCache"], done.stderr


def test_the_throttles_cache_is_not_wiped_by_filling_it(db):
    cache = caches["default"]
    cache.set("throttle", 5, 600)
    for number in range(400):  # Django's own limit is 300
        cache.set(f"noise-{number}", 1, 600)
    assert cache.get("throttle") == 5


@pytest.mark.django_db
def test_five_wrong_passwords_lock_even_the_right_one(client, site, person):
    member = person()

    def sign_in(password, address="192.0.2.1"):
        form = {"login": member.staff_number, "password": password}
        return client.post("/accounts/login/", form, REMOTE_ADDR=address)

    for _ in range(5):
        assert sign_in("wrong-password").status_code == 200
    answer = sign_in("Corridor-lamp-7")
    assert answer.status_code in {200, 429}
    assert "_auth_user_id" not in client.session
    # Another address does not help: the account itself is locked for a while.
    sign_in("Corridor-lamp-7", "198.51.100.1")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_forged_address_is_not_believed_without_a_proxy(client, site, person):
    member = person()
    for number in range(5):
        client.post(
            "/accounts/login/",
            {"login": member.staff_number, "password": "wrong-password"},
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        )
    client.post("/accounts/login/", {"login": member.staff_number, "password": "Corridor-lamp-7"})
    assert "_auth_user_id" not in client.session
