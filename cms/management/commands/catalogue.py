"""`manage.py catalogue`: keep the Chinese catalogue in step with the code, check it, compile it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.kit import catalogue


class Command(BaseCommand):
    """Collects the texts of our code; `--check` judges the catalogue, `--compile` makes the .mo files."""

    help = "Update the Chinese catalogue from the code; --check judges it, --compile makes the .mo files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the two modes; without one the .po file is updated."""
        modes = parser.add_mutually_exclusive_group()
        modes.add_argument(
            "--check",
            action="store_true",
            help="fail with a list of untranslated or faulty messages",
        )
        modes.add_argument("--compile", action="store_true", help="write the .mo files (needs no database)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the chosen mode; raises CommandError with one line per faulty message."""
        folder = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"
        if options["compile"]:
            for path in sorted(folder.glob("*.po")):
                self.stdout.write(f"{catalogue.compile_catalogue(path).name} written")
            return
        found = catalogue.collect(Path(settings.ROOT))
        if options["check"]:
            self.check_catalogues(folder, found)
            return
        ours = catalogue.open_catalogue(folder / "django.po")
        came, gone = catalogue.refresh(ours, found)
        folder.mkdir(parents=True, exist_ok=True)
        ours.save(str(folder / "django.po"))
        self.stdout.write(f"{len(found)} messages of our own, {came} new, {gone} removed, {len(ours)} in all")

    def check_catalogues(self, folder: Path, found: dict[catalogue.Key, catalogue.Found]) -> None:
        """Raise CommandError listing every fault of every domain."""
        lines = []
        for path in sorted(folder.glob("*.po")):
            wanted = found if path.stem == "django" else {}
            lines += [
                f"{path.name}: {line}" for line in catalogue.faults(catalogue.open_catalogue(path), wanted)
            ]
        if lines:
            raise CommandError("\n".join([f"{len(lines)} messages need a translator:", *lines]))
        self.stdout.write(f"The catalogue is complete: {len(found)} messages of our own.")
