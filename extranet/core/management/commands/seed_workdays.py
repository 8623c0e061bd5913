"""`manage.py seed_workdays`: enter the holidays and make-up days of a year."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from extranet.core.models import SpecialDay
from extranet.core.seeding import Changes, UnknownYearError, compare, seed, seed_empty

FIRST, LAST = 2004, 2100


class Command(BaseCommand):
    """Shows every day it changes; rows that a person wrote are never touched."""

    help = "Enter holidays and make-up days of a year into the working-day calendar (default: this year)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the year and how to go about it."""
        parser.add_argument("year", nargs="?", type=int)
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="this year and the next, where nothing was entered and the package knows them",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Seed, or say why that is not possible."""
        year = options["year"] or timezone.localdate().year
        if not FIRST <= year <= LAST:
            raise CommandError(_("Write a year such as %(year)s.") % {"year": timezone.localdate().year})
        if options["if_empty"]:
            for changes in seed_empty((year, year + 1)):
                self.tell(changes, brief=True)
            return
        try:
            self.tell(compare(year) if options["dry_run"] else seed(year), brief=False)
        except UnknownYearError as error:
            raise CommandError(str(error)) from error
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written: this was a dry run."))

    def tell(self, changes: Changes, *, brief: bool) -> None:
        """Say what changes; ``brief`` says only how many days."""
        if brief:
            said = _("Working-day calendar %(year)s: %(number)s days entered.")
            self.stdout.write(said % {"year": changes.year, "number": len(changes.added)})
            return
        for sign, rows in (("+", changes.added), ("~", changes.changed), ("-", changes.removed)):
            for row in rows:
                self.stdout.write(f"{sign} {self.line(row)}")
        for row in changes.kept:
            self.stdout.write(f"= {self.line(row)}  {_('entered by hand, kept')}")
        if changes.is_nothing:
            self.stdout.write(_("%(year)s is as it should be.") % {"year": changes.year})

    @staticmethod
    def line(row: SpecialDay) -> str:
        """Return one day in a line."""
        kind = _("worked") if row.is_worked else _("off")
        return f"{row.day:%Y-%m-%d}  {kind}  {row.name}"
