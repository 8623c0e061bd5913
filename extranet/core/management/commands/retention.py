"""`manage.py retention`: let go of what has had its time, or count what would go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from extranet.core import retention


class Command(BaseCommand):
    """Runs the rules the nightly job runs."""

    help = "Delete or blank what has been kept for its whole time; every night a job does so by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which rules, and whether only to count."""
        parser.add_argument("--dry-run", action="store_true", help="only count; nothing is changed")
        parser.add_argument("--rule", action="append", metavar="RULE", help="only this rule; may be repeated")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say of each rule how many went, or would; raises CommandError for a rule that does not exist."""
        now = timezone.now()
        wanted = self._wanted(options["rule"])
        for rule in wanted:
            before = timezone.localtime(rule.before(now)).strftime("%Y-%m-%d %H:%M")
            if options["dry_run"]:
                count = rule.find(rule.before(now)).count()
                text = _("%(rule)s: %(count)s would go (%(label)s, older than %(before)s)")
            else:
                count = retention.run(rule, now)
                text = _("%(rule)s: %(count)s gone (%(label)s, older than %(before)s)")
            facts = {"rule": rule.slug, "count": count, "label": rule.label, "before": before}
            self.stdout.write(text % facts)

    def _wanted(self, names: list[str] | None) -> list[retention.Rule]:
        known = {rule.slug: rule for rule in retention.rules()}
        unknown = sorted(set(names or []) - set(known))
        if unknown:
            raise CommandError(
                _("There is no rule %(name)s. These exist: %(known)s.")
                % {"name": unknown[0], "known": ", ".join(known)}
            )
        return [rule for slug, rule in known.items() if not names or slug in names]
