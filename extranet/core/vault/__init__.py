"""The vault (密存): what is sensitive lies sealed, in rows and in files; the keys lie elsewhere.

AES-256-GCM. Every sealed text and file names the key it was sealed with and is bound to its place (model,
field, row): copied into another row it does not open. Whoever has a copy of the database or of the files
alone reads nothing. **Whoever loses the keys loses what was sealed: nothing else opens it**, the SECRET_KEY
has nothing to do with it.

The keys come from VAULT_KEYS or lie in ``KEYS_DIR/vault-keys`` (0600, made when the first thing is sealed),
one a line; the first one seals, all of them open. ``manage.py backup`` packs the file with everything else,
so that an archive alone restores the site; whoever wants archives that open nothing by themselves sets
VAULT_KEYS and keeps the keys apart. ``manage.py rotate_vault`` brings everything under a new key.
"""

from .fields import EncryptedTextField, Secret
from .keys import KeyMissing, VaultError, keyring
from .sealing import seal, seal_chunks, unseal, unseal_chunks

__all__ = [
    "EncryptedTextField",
    "KeyMissing",
    "Secret",
    "VaultError",
    "keyring",
    "seal",
    "seal_chunks",
    "unseal",
    "unseal_chunks",
]
