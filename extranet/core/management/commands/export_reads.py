"""`manage.py export_reads`: who looked at what, as a table for auditors."""

import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from extranet.core import reads


class Command(BaseCommand):
    """Writes the notes of looks at sensitive things into a new file that only its owner reads."""

    help = "Write who looked at what into a CSV or XLSX file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write and which days."""
        parser.add_argument("target", type=Path, help="a new file; .csv or .xlsx")
        parser.add_argument("--first", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: all")
        parser.add_argument("--last", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: today")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file; raises CommandError for another type or a file that exists."""
        target: Path = options["target"].expanduser()
        if target.suffix.lower() not in {".csv", ".xlsx"}:
            raise CommandError(_("Name a file that ends in .csv or .xlsx."))
        wanted = reads.between(options["first"] or date(2000, 1, 1), options["last"] or timezone.localdate())
        try:
            place = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError as error:
            raise CommandError(
                _("%(path)s exists already: choose another name.") % {"path": target}
            ) from error
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be written: choose another folder.") % {"path": target}
            ) from error
        if target.suffix.lower() == ".csv":
            with os.fdopen(place, "w", encoding="utf-8", newline="") as out:
                count = reads.write_csv(wanted, out)
        else:
            with os.fdopen(place, "wb") as book:
                count = reads.write_xlsx(wanted, book)
        self.stdout.write(_("%(count)s looks written to %(path)s.") % {"count": count, "path": target})
