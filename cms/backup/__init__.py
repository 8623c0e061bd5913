"""Backup (备份): one archive with the database, every file and the keys, and what proves it complete.

``workers-home-….tar.gz`` holds, in this order: ``private/`` and ``public/`` (files), ``keys/``, the database
(``database.sqlite3`` or ``database.dump``) and, last, ``manifest.json`` with size and SHA-256 of each of
them, the rows of every table and the migrations that were applied. Without its last member an archive is
refused, so a broken copy is never taken for a whole one.
"""

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"
LAST_BACKUP = "last-backup.json"


class BackupError(Exception):
    """Nothing was written or overwritten; the text says why and what would work."""
