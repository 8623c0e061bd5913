"""Sealing and opening: a text in one piece, a file in chunks that cannot be cut, swapped or shortened."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from os import urandom
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext as _

from .keys import Key, VaultError, key_of, keyring

PREFIX = "vault1."
MAGIC = b"WHV1"
CHUNK = 64 * 1024
NONCE, TAG, SALT, ID = 12, 16, 16, 8
HEAD = len(MAGIC) + ID + SALT


def seal(text: str, context: str) -> str:
    """Return ``text`` sealed with the first key and bound to ``context``."""
    key, nonce = keyring()[0], urandom(NONCE)
    sealed = _cipher(key, b"text", b"").encrypt(nonce, text.encode(), context.encode())
    return f"{PREFIX}{key.id}.{urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(token: str, context: str) -> str:
    """Return what was sealed; raises KeyMissing, or VaultError for what was changed or stands elsewhere."""
    try:
        key_id, packed = token.removeprefix(PREFIX).split(".")
        raw = urlsafe_b64decode(packed)
    except ValueError as error:
        raise _changed() from error
    key = key_of(key_id)
    try:
        return _cipher(key, b"text", b"").decrypt(raw[:NONCE], raw[NONCE:], context.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise _changed() from error


def sealed_with(token: str) -> str:
    """Return the id of the key a text was sealed with."""
    return token.removeprefix(PREFIX).partition(".")[0]


def seal_chunks(chunks: Iterable[bytes], context: str) -> Iterator[bytes]:
    """Yield a file sealed with the first key; each file has a key of its own, drawn from that and a salt."""
    key, salt = keyring()[0], urandom(SALT)
    yield MAGIC + key.id.encode() + salt
    cipher = _cipher(key, b"file", salt)
    for number, (chunk, last) in enumerate(_pieces(chunks)):
        yield cipher.encrypt(_nonce(number, last=last), chunk, context.encode())


def unseal_chunks(file: BinaryIO, context: str) -> Iterator[bytes]:
    """Yield what was sealed, each piece checked before it leaves; raises as ``unseal`` does."""
    head = file.read(HEAD)
    if len(head) != HEAD or not head.startswith(MAGIC):
        raise _changed()
    key = key_of(head[len(MAGIC) : len(MAGIC) + ID].decode("ascii", "replace"))
    cipher = _cipher(key, b"file", head[-SALT:])
    number, piece = 0, file.read(CHUNK + TAG)
    while True:
        following = file.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, context.encode())
        except (InvalidTag, ValueError) as error:
            raise _changed() from error
        if not following:
            return
        number, piece = number + 1, following


def _pieces(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream into pieces of CHUNK bytes, and say of each whether it is the last."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > CHUNK:
            yield bytes(waiting[:CHUNK]), False
            del waiting[:CHUNK]
    yield bytes(waiting), True


def _nonce(number: int, *, last: bool) -> bytes:
    """Return the nonce of a piece: its number and whether it ends the file (the STREAM construction)."""
    return bytes(7) + number.to_bytes(4, "big") + bytes([last])


@lru_cache(maxsize=32)
def _cipher(key: Key, purpose: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"workers-home " + purpose).derive(key.secret))


def _changed() -> VaultError:
    return VaultError(_("This was changed after it was sealed, or was sealed for another place."))
