"""`manage.py backup`: everything of the site in one archive, while it runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cms.backup import BackupError, pack, unpack


class Command(BaseCommand):
    """Writes one archive with database, files and keys."""

    help = "Write one archive with the database, every file and the keys; the site may run meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write and how many to keep."""
        parser.add_argument("target", type=Path, help="a new file (.tar.gz), or a folder for a dated name")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="keep only the newest N archives of the folder"
        )
        parser.add_argument(
            "--check", action="store_true", help="read the archive again and compare every hash"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, check where asked, rotate; raises CommandError with the remedy."""
        keep = options["keep"]
        if keep is not None and (keep < 1 or not options["target"].expanduser().is_dir()):
            raise CommandError(_("--keep takes a number of at least 1 and needs a folder to write into."))
        try:
            path, manifest = pack.backup(options["target"])
            if options["check"]:
                unpack.check(path)
        except BackupError as error:
            raise CommandError(str(error)) from error
        facts = {
            "path": path,
            "size": filesizeformat(path.stat().st_size).replace("\xa0", " "),
            "files": len(manifest["files"]) - 1,
            "rows": sum(manifest["rows"].values()),
        }
        self.stdout.write(_("Saved: %(path)s (%(size)s; %(files)s files, %(rows)s rows).") % facts)
        self.stdout.write(
            _("The archive holds keys and personal data: keep it where nobody else can read it.")
        )
        for old in pack.rotate(path.parent, keep) if keep else []:
            self.stdout.write(_("Removed: %(path)s") % {"path": old})
