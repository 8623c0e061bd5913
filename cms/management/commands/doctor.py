"""`manage.py doctor`: what is wrong and how to mend it."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.doctor import examine, report

MARKS = {"well": "✓", "notice": "!", "wrong": "✗"}


class Command(BaseCommand):
    """Examines the house; exit code 1 when something keeps it from working."""

    help = "Say what is wrong with this installation and how to mend it; exit code 1 when something is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the form for machines."""
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print every finding; the remedy stands below it."""
        findings = list(examine())
        wrong = [finding for finding in findings if finding.state == "wrong"]
        if options["json"]:
            self.stdout.write(
                json.dumps({"well": not wrong, "findings": report(findings)}, ensure_ascii=False)
            )
        else:
            for finding in findings:
                self.stdout.write(f"{MARKS[finding.state]} {finding.subject}: {finding.text}")
                if finding.remedy:
                    self.stdout.write(f"    → {finding.remedy}")
            if wrong:
                self.stdout.write(_("%(count)s things must be mended.") % {"count": len(wrong)})
            else:
                self.stdout.write(_("The house stands."))
        if wrong:
            sys.exit(1)
