"""What the worker does for a roster; the import's status says which step is due."""

from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import enqueue, job, periodic
from extranet.members.models import RosterImport
from extranet.members.services import roster as taking_in
from extranet.members.services import roster_apply, roster_undo


@job(label=_("Check a roster"), atomic=False, priority=60)
def check_roster(pk: int) -> None:
    """Read the file and find every error and every change."""
    taking_in.check(pk)


@job(label=_("Enter a roster"), atomic=False, priority=60)
def enter_roster(pk: int) -> None:
    """Write what the preview showed, all or nothing."""
    roster_apply.enter(pk)


@job(label=_("Undo an import of the roster"), atomic=False, priority=60)
def undo_roster(pk: int) -> None:
    """Bring back what is still as the import left it."""
    roster_undo.take_back(pk)


@periodic(at=time(3, 45))
@job(label=_("Forget old rosters"), atomic=False)
def forget_rosters() -> None:
    """Delete files and rows of imports that can no longer be undone."""
    taking_in.forget_old()


STEPS: dict[str, Any] = {
    RosterImport.Status.CHECKING: check_roster,
    RosterImport.Status.APPLYING: enter_roster,
    RosterImport.Status.UNDOING: undo_roster,
}


def hand_over(roster: RosterImport) -> None:
    """Queue the step an import waits for, in the caller's transaction."""
    enqueue(STEPS[roster.status], key=roster.public_id, pk=roster.pk)
