"""Read the environment: every choice has an embedded default; a wrong value names its key and the remedy."""

import binascii
import os
import re
import secrets
from base64 import urlsafe_b64decode
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
DATABASES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
SHORTEST_KEY = 50
VAULT_KEY_BYTES = 32
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_HOST = re.compile(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9a-fA-F:]+\]")


def read(key: str, default: str, cast: Callable[[str], Any], remedy: str) -> Any:
    """Return ``cast`` of the environment's ``key`` (empty counts as unset).

    Raises ImproperlyConfigured with the key and ``remedy`` when the value cannot be used.
    """
    raw = os.environ.get(key, "").strip() or default
    try:
        return cast(raw)
    except Exception as error:
        raise ImproperlyConfigured(f"{key}: {remedy}") from error


def switch(key: str, *, default: bool) -> bool:
    """Return an on/off choice: 1/0, true/false, yes/no, on/off."""
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    return read(key, "1" if default else "0", lambda raw: words[raw.lower()], "write 1 or 0.")


def required_but_in_a_demo(key: str, *, demo: bool) -> bool:
    """Return a switch that is on, and that only a demo may leave off (there it is off by default)."""
    chosen = switch(key, default=not demo)
    if not chosen and not demo:
        raise ImproperlyConfigured(f"{key}: take it out; only a demo (DEMO=1) may go without.")
    return chosen


def number(key: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
    """Return a whole number from ``least`` to ``most``."""

    def cast(raw: str) -> int:
        value = int(raw)
        if not least <= value <= most:
            raise ValueError(raw)
        return value

    return read(key, str(default), cast, f"write a whole number from {least} to {most}.")


def one_of(key: str, words: tuple[str, ...]) -> str:
    """Return one of ``words``, the first of them by default."""

    def cast(raw: str) -> str:
        return words[words.index(raw)]

    return read(key, words[0], cast, f"write {' or '.join(words)}.")


def names(key: str, default: str = "") -> list[str]:
    """Return a comma-separated list without blanks."""
    return [part.strip() for part in os.environ.get(key, default).split(",") if part.strip()]


def hosts(key: str) -> list[str]:
    """Return host names, comma-separated, no scheme, port or path; ``.example.org`` is all below it."""

    def cast(raw: str) -> list[str]:
        found = [part.strip() for part in raw.split(",") if part.strip()]
        if any(not _HOST.fullmatch(host) for host in found):
            raise ValueError(raw)
        return found

    return read(key, "", cast, "write host names with commas between them, such as union.example.org.")


def redis(key: str) -> str:
    """Return the address of a Redis server, empty for none."""

    def cast(raw: str) -> str:
        parts = urlsplit(raw)
        if raw and not (parts.scheme in {"redis", "rediss"} and parts.hostname) and parts.scheme != "unix":
            raise ValueError(raw)
        return raw

    return read(key, "", cast, "write redis://host:6379/0 or leave it empty.")


def scanner(key: str) -> str:
    """Return the address of a virus scanner (clamd), empty for none."""

    def cast(raw: str) -> str:
        parts = urlsplit(raw)
        by_network = parts.scheme == "tcp" and parts.hostname and parts.port
        if raw and not by_network and not (parts.scheme == "unix" and parts.path.startswith("/")):
            raise ValueError(raw)
        return raw

    return read(
        key, "", cast, "write tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl, or leave it empty."
    )


def vault_key(raw: str) -> bytes:
    """Return a key of the vault written as base64; ValueError for anything but 32 bytes."""
    try:
        found = urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(found) != VAULT_KEY_BYTES:
        raise ValueError("not 32 bytes")
    return found


def vault_keys(key: str) -> list[bytes]:
    """Return the keys that seal sensitive data, the first one seals; empty: the file in KEYS_DIR has them."""

    def cast(raw: str) -> list[bytes]:
        return [vault_key(part.strip()) for part in raw.split(",") if part.strip()]

    return read(key, "", cast, "write keys of 32 random bytes in base64, with commas between them.")


def mail_address(raw: str) -> str:
    """Return a mail address, bare or as ``Name <address>``; ValueError for anything else."""
    local, _at, domain = parseaddr(raw)[1].rpartition("@")
    if not local or not domain or any(sign in raw for sign in "\r\n"):
        raise ValueError(raw)
    return raw


def zone(raw: str) -> str:
    """Return the name of a time zone this machine knows; raises an error for others."""
    return ZoneInfo(raw).key


def folder(key: str, default: Path) -> Path:
    """Return an absolute folder, made when it is missing."""

    def cast(raw: str) -> Path:
        path = Path(raw).expanduser()
        path = path if path.is_absolute() else ROOT / path
        path.mkdir(parents=True, exist_ok=True)
        return path

    return read(key, str(default), cast, "name a folder that this user may create and write.")


def database(key: str, default: str) -> dict[str, Any]:
    """Return Django's DATABASES entry for a database URL."""

    def cast(raw: str) -> dict[str, Any]:
        config = environ.Env.db_url_config(raw)
        if config.get("ENGINE") not in DATABASES or not config.get("NAME"):
            raise ValueError(raw)
        return dict(config)

    return read(
        key,
        default,
        cast,
        "write postgres://user:password@host:5432/name or leave it empty for SQLite.",
    )


def email(key: str, default: str) -> dict[str, Any]:
    """Return Django's EMAIL_* settings for a mail URL."""

    def cast(raw: str) -> dict[str, Any]:
        if urlsplit(raw).scheme not in environ.Env.EMAIL_SCHEMES:
            raise ValueError(raw)
        config = environ.Env.email_url_config(raw)
        return {name: value for name, value in config.items() if name.startswith("EMAIL_")}

    return read(key, default, cast, "write smtp+tls://user:password@host:587 or leave it empty for none.")


def web_address(key: str, default: str) -> str:
    """Return the site's own address, scheme and host, without a slash at the end."""

    def cast(raw: str) -> str:
        parts = urlsplit(raw)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise ValueError(raw)
        return f"{parts.scheme}://{parts.netloc}"

    return read(key, default, cast, "write the address people type, such as https://union.example.org.")


def robots() -> dict[str, str]:
    """Return the addresses of the group robots and DingTalk's signing secret; what is empty is off."""
    return {
        "wecom": robot("WECOM_ROBOT_URL", "qyapi.weixin.qq.com", "key"),
        "dingtalk": robot("DINGTALK_ROBOT_URL", "oapi.dingtalk.com", "access_token"),
        "dingtalk_secret": os.environ.get("DINGTALK_ROBOT_SECRET", "").strip(),
    }


def robot(key: str, host: str, needs: str) -> str:
    """Return the address of a group robot at ``host`` with the parameter ``needs``, empty for none.

    Only https and only that host, so that a slip sends nobody's words elsewhere; this machine itself may
    stand in for it.
    """

    def cast(raw: str) -> str:
        parts = urlsplit(raw)
        ours = parts.hostname in LOOPBACK
        named = parts.scheme == "https" and parts.hostname == host and parts.port in {None, 443}
        if raw and not (named or (ours and parts.scheme in {"http", "https"})):
            raise ValueError(raw)
        if raw and (not parse_qs(parts.query).get(needs) or parts.username or parts.fragment):
            raise ValueError(raw)
        return raw

    return read(key, "", cast, f"write the robot's address, https://{host}/…?{needs}=…, or leave it empty.")


def secret(key: str, keys_dir: Path) -> str:
    """Return the secret key: from the environment, or kept in ``keys_dir`` and made on first use."""
    given = os.environ.get(key, "").strip()
    if given:
        if len(given) < SHORTEST_KEY:
            raise ImproperlyConfigured(f"{key}: write at least {SHORTEST_KEY} random characters.")
        return given
    kept = keys_dir / "secret-key"
    try:
        # Exclusive creation: of two processes starting together, one writes and both read the same.
        with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(f"{key}: set it, or let this user write {kept.parent}.") from error
    return kept.read_text().strip()
