"""`manage.py worker`: run the background jobs until told to stop."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.kit.jobs.worker import Worker


class Command(BaseCommand):
    """Runs background jobs; several may run side by side."""

    help = (
        "Run background jobs. SIGTERM or Ctrl-C ends it after the job in hand. Several may run side by side."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the two ways of ending by itself."""
        ends = parser.add_mutually_exclusive_group()
        ends.add_argument("--once", action="store_true", help="run one job that is due, if any, and end")
        ends.add_argument("--until-empty", action="store_true", help="end when no job is due any more")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work; the count is said at the end of a bounded run."""
        worker = Worker()
        worker.listen()
        done = worker.work(once=options["once"], until_empty=options["until_empty"])
        if options["once"] or options["until_empty"]:
            self.stdout.write(f"{done} jobs run")
