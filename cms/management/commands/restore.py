"""`manage.py restore`: the site as it was when an archive was made."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.backup import BackupError, unpack


class Command(BaseCommand):
    """Verifies an archive, then puts database, files and keys in place."""

    help = "Verify an archive and put database, files and keys in place; stop the site and its worker first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the archive, and whether it may replace anything."""
        parser.add_argument("archive", type=Path)
        parser.add_argument("--check", action="store_true", help="only verify the archive; change nothing")
        parser.add_argument(
            "--force", action="store_true", help="replace what the site has now; it is kept aside"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore, then bring the tables up to date; raises CommandError with the remedy."""
        try:
            if options["check"]:
                manifest, aside = unpack.check(options["archive"]), None
            else:
                manifest, aside = unpack.restore(options["archive"], force=options["force"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        facts = {
            "made_at": manifest["made_at"],
            "files": len(manifest["files"]) - 1,
            "rows": sum(manifest["rows"].values()),
        }
        if options["check"]:
            text = _(
                "The archive of %(made_at)s is whole: %(files)s files, %(rows)s rows. Nothing was changed."
            )
            self.stdout.write(text % facts)
            return
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        self.stdout.write(_("Restored the state of %(made_at)s: %(files)s files, %(rows)s rows.") % facts)
        if aside is not None:
            self.stdout.write(_("What was here before lies in %(path)s.") % {"path": aside})
