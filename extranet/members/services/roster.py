"""Taking a roster in: receive the file, name its columns, check it, answer what it asks, drop it.

The slow part of each step is done by the worker; the status says which (``jobs.roster``).
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import done
from cms.kit.uploads import tidy_name
from extranet.core.permissions import may
from extranet.members.models import RosterHabit, RosterImport, RosterRow
from extranet.members.models.roster import UNDO_FOR
from extranet.members.roster import checking, reading
from extranet.members.roster.columns import BY_KEY, NEEDED, bare, guess
from extranet.members.roster.findings import DOUBTS
from extranet.members.roster.house import House
from extranet.members.roster.lines import Line

Status = RosterImport.Status
BATCH = 500
_MOVED_ON = _("This import has moved on meanwhile. Look at it again before you go on.")


def expect_keeper(officer: Any) -> None:
    """Raise PermissionDenied for whoever does not keep the roster."""
    if not may(officer, "members.roster"):
        raise PermissionDenied("members.roster")


def locked(roster: RosterImport, *statuses: str) -> RosterImport:
    """Return the import as it is now, locked for this transaction; raises ValidationError if it moved on."""
    now = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if now.status not in statuses:
        raise ValidationError(_MOVED_ON, code="moved_on")
    return now


def receive(*, officer: Any, file: File, name: str) -> RosterImport:
    """Keep an uploaded roster, privately; raises ValidationError for what cannot be read as one."""
    expect_keeper(officer)
    name = tidy_name(name)
    reading.check(file, name)
    sheet = reading.read(file, name)
    habits = dict(RosterHabit.objects.values_list("header", "field"))
    roster = RosterImport(officer=officer, file_name=name, sheet=sheet.name, header_row=sheet.header_row)
    roster.headers = [[place, words, sheet.examples(place)] for place, words in sheet.headers]
    roster.columns = {str(at): field for at, field in guess(sheet.headers, habits).items()}
    roster.counts = {"rows": len(sheet.rows)}
    roster.file.save(name, file, save=False)
    roster.save()
    return roster


def name_columns(
    roster: RosterImport, *, officer: Any, columns: dict[int, str], is_complete: bool
) -> RosterImport:
    """Say which column means which field, remember it for the next file, and have the rows checked.

    Raises ValidationError when a needed field is missing or a field is named twice.
    """
    expect_keeper(officer)
    chosen = {at: field for at, field in columns.items() if field}
    fields = list(chosen.values())
    if missing := [str(BY_KEY[key].label) for key in NEEDED if key not in fields]:
        raise ValidationError(
            _("Say which column is: %(missing)s."), code="missing", params={"missing": "、".join(missing)}
        )
    if twice := [str(BY_KEY[key].label) for key in dict.fromkeys(fields) if fields.count(key) > 1]:
        raise ValidationError(
            _("Only one column can be: %(twice)s."), code="twice", params={"twice": "、".join(twice)}
        )
    with transaction.atomic():
        now = locked(roster, Status.READ, Status.CHECKED)
        now.columns = {str(at): field for at, field in sorted(chosen.items())}
        now.is_complete = is_complete
        _start_check(now)
        _remember(now)
    return now


def _remember(roster: RosterImport) -> None:
    today = timezone.now()
    habits = {
        bare(words)[:60]: roster.columns.get(str(at), "")
        for at, words, _examples in roster.headers
        if bare(words)
    }
    RosterHabit.objects.bulk_create(
        [RosterHabit(header=header, field=field, used_at=today) for header, field in habits.items()],
        update_conflicts=True,
        unique_fields=["header"],
        update_fields=["field", "used_at"],
    )


def answer(roster: RosterImport, *, officer: Any, answers: dict[str, dict[str, str]]) -> RosterImport:
    """Say what becomes of names the house does not know (found it, or take another), and check again."""
    expect_keeper(officer)
    with transaction.atomic():
        now = locked(roster, Status.CHECKED)
        now.answers = {kind: {**now.answers.get(kind, {}), **given} for kind, given in answers.items()}
        _start_check(now)
    return now


def _start_check(roster: RosterImport) -> None:
    roster.status, roster.progress, roster.trouble = Status.CHECKING, 0, ""
    roster.begun_at = timezone.now()
    roster.save()


def again(roster: RosterImport, *, officer: Any) -> RosterImport:
    """Ask once more for work that has not ended for far too long."""
    expect_keeper(officer)
    with transaction.atomic():
        now = locked(roster, *RosterImport.BUSY)
        if not now.is_stale:
            raise ValidationError(_("The worker is still at it. Please wait a little longer."), code="busy")
        now.begun_at = timezone.now()
        now.save(update_fields=["begun_at"])
    return now


def drop(roster: RosterImport, *, officer: Any) -> RosterImport:
    """Give an import up before it was entered; its file and rows are deleted."""
    expect_keeper(officer)
    with transaction.atomic():
        now = locked(roster, *RosterImport.OPEN)
        now.status = Status.DROPPED
        now.save(update_fields=["status"])
        _forget(now)
    return now


def _forget(roster: RosterImport) -> None:
    """Delete what an import knows about people; who did it, when, and the counts stay."""
    name, storage = roster.file.name, roster.file.storage
    roster.rows.all().delete()
    roster.file, roster.headers, roster.unknown, roster.answers = "", [], {}, {}
    roster.save(update_fields=["file", "headers", "unknown", "answers"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def forget_old() -> int:
    """Forget files and rows of imports that can no longer be undone, drop those left lying; count them."""
    old = RosterImport.objects.exclude(file="").filter(uploaded_at__lt=timezone.now() - UNDO_FOR)
    forgotten = 0
    for roster in old:
        if roster.can_be_undone or roster.is_busy:
            continue
        with transaction.atomic():
            if roster.status in RosterImport.OPEN:
                RosterImport.objects.filter(pk=roster.pk).update(status=Status.DROPPED)
            _forget(roster)
        forgotten += 1
    return forgotten


def sheet_of(roster: RosterImport) -> reading.Sheet:
    """Read an import's file once more; raises ValidationError when it is gone."""
    try:
        with roster.file.open("rb") as file:
            return reading.read(file, roster.file_name)
    except (OSError, ValueError) as error:
        raise ValidationError(_("The file of this import is no longer there."), code="gone") from error


def question_of(roster: RosterImport) -> checking.Question:
    """Return what is asked of the file."""
    return checking.Question(
        columns={int(at): field for at, field in roster.columns.items()},
        is_complete=roster.is_complete,
        officer=roster.officer_id,
        answers=roster.answers,
    )


def teller(pk: int, share: float = 1.0) -> Callable[[int], None]:
    """Return what tells the page how far the work is: ``share`` of the percentage given."""

    def tell(percent: int) -> None:
        RosterImport.objects.filter(pk=pk).update(progress=int(percent * share))

    return tell


def check(pk: int) -> None:
    """Check a roster and keep what was found (in the worker); does nothing when it is not to be checked."""
    roster = RosterImport.objects.get(pk=pk)
    if roster.status != Status.CHECKING:
        return
    tell = teller(pk)
    try:
        sheet = sheet_of(roster)
    except ValidationError:
        RosterImport.objects.filter(pk=pk, status=Status.CHECKING).update(
            status=Status.READ, trouble="unreadable"
        )
        return
    tell(10)
    findings = checking.check(sheet, House.read(), question_of(roster), tell)
    rows = [row_of(roster, line) for line in findings.lines]
    tell(80)
    with done():
        keep(roster, findings, rows, expected=Status.CHECKING)


def keep(
    roster: RosterImport,
    findings: checking.Findings,
    rows: Iterable[RosterRow],
    *,
    expected: str,
    trouble: str = "",
) -> None:
    """Write down what a check found, in the caller's transaction."""
    now = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if now.status != expected:
        return
    now.rows.all().delete()
    RosterRow.objects.bulk_create(rows, batch_size=BATCH)
    now.status, now.progress, now.trouble = Status.CHECKED, 100, trouble
    now.counts, now.unknown, now.digest = findings.counts, findings.unknown, findings.digest
    now.save()


def row_of(roster: RosterImport, line: Line) -> RosterRow:
    """Return a judged line as it is kept."""
    codes = list(dict.fromkeys(found.code for found in line.findings if found.code not in DOUBTS))
    person = line.person
    return RosterRow(
        roster=roster,
        number=line.number,
        kind=line.kind,
        staff_number=line.staff_number[:60],
        name=str(line.values.get("name") or (person.name if person else line.words.get("name", "")))[:60],
        codes=f" {' '.join(codes)} "[:300] if codes else "",
        is_doubtful=any(found.code in DOUBTS for found in line.findings),
        is_protected=any(name.startswith("office:") for name in line.change),
        findings=[list(found) for found in line.findings],
        change={} if line.is_wrong else line.change,
    )
