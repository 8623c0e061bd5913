"""The keys: read from the environment or from their file, which is made at first use."""

import hashlib
import os
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.utils.translation import gettext as _

from cms.settings.environment import VAULT_KEY_BYTES, vault_key

FILE = "vault-keys"
HEAD = (
    "# Keys of the vault, one a line: the first seals, all of them open.\n"
    "# Without them what was sealed cannot be read by anybody any more. Remove none by hand.\n"
)


class VaultError(Exception):
    """Something sealed cannot be opened; the text says why."""


class KeyMissing(VaultError):  # noqa: N818 - says what is the matter
    """The key something was sealed with is not among ours."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            _(
                "The key %(key)s of the vault is missing: put it back into %(file)s from a backup, or into "
                "VAULT_KEYS. Without it, what it sealed cannot be read by anybody."
            )
            % {"key": key_id, "file": path()}
        )
        self.key_id = key_id


@dataclass(frozen=True)
class Key:
    """One key; its ``id`` is told, its secret never."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Eight characters that tell which key it is and nothing else about it."""
        return hashlib.sha256(b"vault key id" + self.secret).hexdigest()[:8]


def path() -> Path:
    """Return where the keys lie when the environment does not hold them."""
    return Path(settings.KEYS_DIR) / FILE


def keyring() -> tuple[Key, ...]:
    """Return the keys, the sealing one first; at the very first use one is made and kept.

    Raises VaultError for a file that cannot be used.
    """
    if settings.VAULT_KEYS:
        return tuple(map(Key, settings.VAULT_KEYS))
    file = path()
    if not file.exists():
        _write(file, [_fresh()], new=True)
    stat = file.stat()
    return _read(file, stat.st_mtime_ns, stat.st_size)


def key_of(key_id: str) -> Key:
    """Return the key of this id; raises KeyMissing."""
    for key in keyring():
        if key.id == key_id:
            return key
    raise KeyMissing(key_id)


def add_key() -> Key:
    """Put a new key before the others, for ``rotate_vault``; VaultError when the environment has them."""
    if settings.VAULT_KEYS:
        raise VaultError(
            _("The keys come from VAULT_KEYS: put a new one in front there, then run this without --new-key.")
        )
    written = [urlsafe_b64encode(key.secret).decode() for key in keyring()]
    _write(path(), [_fresh(), *written], new=False)
    return keyring()[0]


def _fresh() -> str:
    return urlsafe_b64encode(secrets.token_bytes(VAULT_KEY_BYTES)).decode()


def _write(file: Path, keys: list[str], *, new: bool) -> None:
    """Write the whole file at once; of two processes that make it together, one wins and both read it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=file.parent, prefix=f".{FILE}-", delete=False) as draft:  # 0600
        draft.write(HEAD + "\n".join(keys) + "\n")
        draft.flush()
        os.fsync(draft.fileno())
    try:
        if new:
            os.link(draft.name, file)
        else:
            Path(draft.name).replace(file)
    except FileExistsError:
        pass
    finally:
        Path(draft.name).unlink(missing_ok=True)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, _size: int) -> tuple[Key, ...]:
    lines = [line.strip() for line in file.read_text().splitlines()]
    try:
        keys = tuple(Key(vault_key(line)) for line in lines if line and not line.startswith("#"))
    except ValueError as error:
        raise VaultError(_("%(file)s is damaged: put it back from a backup.") % {"file": file}) from error
    if not keys:
        raise VaultError(_("%(file)s holds no key: put it back from a backup.") % {"file": file})
    return keys
