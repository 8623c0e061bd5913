"""Letting go in time (保存期限): what is kept how long, and the record of what went.

A room registers its rules from ``apps.ready``::

    register(Rule(
        slug="aid-papers", label=_("Papers of aid cases closed"), after=Months(24),
        find=lambda before: Attachment.objects.filter(…, closed_at__lt=before),
        act=expunge,
    ))

The nightly job goes through them in batches; each batch and its line in ``RetentionRun`` are one transaction,
so the record never says more or less than what happened, whenever a worker dies. ``manage.py retention
--dry-run`` counts what would go.
"""

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from . import trail
from .attachments import expunge
from .models import Allowance, Attachment, Draft, ReadLog, RetentionRun, Submission, Virus

BATCH = 200


@dataclass(frozen=True)
class Months:
    """A time in calendar months, for what laws and by-laws count so."""

    count: int

    def before(self, moment: datetime) -> datetime:
        """Return the same day so many months earlier, the last day of a month that has no such day."""
        local = timezone.localtime(moment)
        year, month = divmod(local.year * 12 + local.month - 1 - self.count, 12)
        day = min(local.day, calendar.monthrange(year, month + 1)[1])
        return local.replace(year=year, month=month + 1, day=day)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What goes, and when: ``find`` returns what is older than a moment, ``act`` deletes or blanks it.

    ``act`` gets a part of what was found and returns how many it has done; ``find`` must not return those
    again.
    """

    slug: str
    label: Any
    after: timedelta | Months
    find: Callable[[datetime], QuerySet[Any]]
    act: Callable[[QuerySet[Any]], int]

    def before(self, now: datetime) -> datetime:
        """Return the moment: what is older has had its time."""
        return self.after.before(now) if isinstance(self.after, Months) else now - self.after


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    """Enter a rule; raises ImproperlyConfigured when another has its slug."""
    if _rules.setdefault(rule.slug, rule) is not rule:
        raise ImproperlyConfigured(f"Two retention rules are called {rule.slug}.")


def rules() -> list[Rule]:
    """Return all rules by their slug."""
    return [_rules[slug] for slug in sorted(_rules)]


def due(now: datetime | None = None) -> Iterator[tuple[Rule, int]]:
    """Yield each rule with how many things it would let go of now; nothing is changed."""
    now = now or timezone.now()
    for rule in rules():
        yield rule, rule.find(rule.before(now)).count()


def run(rule: Rule, now: datetime | None = None) -> int:
    """Let go of everything whose time is over by one rule; returns how many."""
    before = rule.before(now or timezone.now())
    with translation.override(settings.LANGUAGE_CODE):  # the record is in the language of the house
        label = str(rule.label)
    gone = 0
    while keys := list(rule.find(before).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            count = rule.act(rule.find(before).filter(pk__in=keys))
            if count:
                RetentionRun(rule=rule.slug, label=label, before=before, count=count).save()
        if not count:
            raise RuntimeError(f"{rule.slug} finds what it does not let go of")
        gone += count
    return gone


def run_all(now: datetime | None = None) -> dict[str, int]:
    """Run every rule and return how many things went by each; raises ExceptionGroup after the last one."""
    done: dict[str, int] = {}
    failed: list[Exception] = []
    for rule in rules():
        try:
            done[rule.slug] = run(rule, now)
        except Exception as error:  # noqa: BLE001 - one rule that fails holds no other up
            failed.append(error)
    if failed:
        raise ExceptionGroup("retention rules failed", failed)
    return done


# --- the building's own rules ------------------------------------------------------------------------------

TRAYS_KEPT = timedelta(days=30)
"""Files in the tray of a form nobody goes on with."""
DRAFTS_KEPT = timedelta(days=30)
"""After the last word typed: a form that was left for a month has been forgotten."""
SUBMISSIONS_KEPT = timedelta(days=90)
"""Keys of forms that were sent: no browser sends one again after so long."""
ALLOWANCES_KEPT = timedelta(days=60)
INFECTED_KEPT = timedelta(days=30)
"""Files with a virus, for a second opinion; nobody gets them meanwhile."""
READS_KEPT = Months(36)
"""Who looked at what: GB/T 22239 asks for six months, a member may ask about any of three years."""


def _delete(rows: QuerySet[Any]) -> int:
    return rows.delete()[0]


def _forgotten_files(before: datetime) -> QuerySet[Any]:
    """Return files in trays older than ``before`` whose draft was not touched since."""
    alive = Draft.objects.filter(owner=OuterRef("uploader"), form=OuterRef("tray"), kept_at__gte=before)
    return Attachment.objects.exclude(tray="").filter(~Exists(alive), uploaded_at__lt=before)


def _register_own() -> None:
    for rule in (
        Rule(
            slug="trays",
            label=_("Files of forms nobody went on with"),
            after=TRAYS_KEPT,
            find=_forgotten_files,
            act=expunge,
        ),
        Rule(
            slug="drafts",
            label=_("Drafts nobody went on with"),
            after=DRAFTS_KEPT,
            find=lambda before: Draft.objects.filter(kept_at__lt=before),
            act=_delete,
        ),
        Rule(
            slug="submissions",
            label=_("Keys of forms that were sent"),
            after=SUBMISSIONS_KEPT,
            find=lambda before: Submission.objects.filter(sent_at__lt=before),
            act=_delete,
        ),
        Rule(
            slug="allowances",
            label=_("Counts of files sent on one day"),
            after=ALLOWANCES_KEPT,
            find=lambda before: Allowance.objects.filter(day__lt=timezone.localdate(before)),
            act=_delete,
        ),
        Rule(
            slug="infected",
            label=_("Files with a virus"),
            after=INFECTED_KEPT,
            find=lambda before: Attachment.objects.filter(virus=Virus.INFECTED, scanned_at__lt=before),
            act=expunge,
        ),
        Rule(
            slug="reads",
            label=_("Notes of who looked at what"),
            after=READS_KEPT,
            find=lambda before: ReadLog.objects.filter(read_at__lt=before),
            act=trail.forget_reads,
        ),
    ):
        register(rule)


_register_own()
