"""Sending files, taking them back, handing them over with a case; nothing else writes attachments."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from extranet.core import trail, workflow
from extranet.core.models import Attachment, Case, Virus
from extranet.core.permissions import may

from . import quotas, scanning, store
from .inspection import inspect
from .intakes import Slot, intake_for, intake_of

ATTACHED = "attach"
"""The verb in the trail of a file that was added to a case handed in before."""
DONE = {ATTACHED: _("added a file")}
"""What the trail's verbs are called in a history."""

_NOT_KEPT = _(
    "The file could not be kept just now. What you typed is still here; try again in a few minutes."
)
_INFECTED = _("%(name)s carries a virus. Take it back, then send your form again.")
log = logging.getLogger("attachments")


def put(owner: Any, *, form: str, slot: str, upload: File[Any]) -> Attachment:
    """Put a file into somebody's own tray of a form, until the form is sent.

    Raises LookupError for a form or slot nobody has registered, ValidationError with a sentence for the file.
    """
    wanted = intake_of(form).slot(slot)

    def room() -> None:
        quotas.spend(owner, attachment.size)
        quotas.check_room(Attachment.objects.in_tray(owner, form), wanted, attachment.size)

    attachment = Attachment(uploader=owner, tray=form, slot=slot)
    return _keep(attachment, upload, wanted, room)


def attach(case: Case, *, actor: Any, slot: str, upload: File[Any]) -> Attachment:
    """Add a file to a case that was handed in, with a line in its history.

    Raises PermissionDenied without the intake's ``add`` permission, else as ``put`` does.
    """
    intake = intake_for(type(case))
    if intake is None:
        raise LookupError(type(case))
    if not (intake.add and may(actor, intake.add, case)):
        raise PermissionDenied(intake.add)
    wanted = intake.slot(slot)

    def room() -> None:
        quotas.lock(case)
        quotas.spend(actor, attachment.size)
        quotas.check_room(Attachment.objects.of(case), wanted, attachment.size)
        facts = {"file": attachment.public_id, "slot": slot}
        workflow.record(case, trail.Line(verb=ATTACHED, actor=actor, source=case.status, facts=facts))

    attachment = Attachment(uploader=actor, case=case, slot=slot)
    return _keep(attachment, upload, wanted, room)


def _keep(attachment: Attachment, upload: File[Any], slot: Slot, room: Callable[[], None]) -> Attachment:
    """Check and store a file, then write its row if there is ``room``; a refusal leaves nothing behind."""
    sound = inspect(upload, slot.kinds)
    attachment.name, attachment.kind = sound.name, sound.kind
    try:
        store.lay(attachment, sound.file, sealed=slot.sensitive)
    except OSError as error:
        log.exception("a file could not be written")
        raise ValidationError(_NOT_KEPT, code="not_kept") from error
    try:
        with transaction.atomic():
            room()
            attachment.virus = Virus.PENDING if scanning.is_on() else Virus.UNSCANNED
            attachment.save(force_insert=True)
            scanning.scan_later(attachment)
    except BaseException:
        store.erase(attachment.file.name or "")
        raise
    return attachment


def take_back(owner: Any, public_id: str) -> bool:
    """Take a file out of one's own tray; False when there is none of that name (any more)."""
    mine = Attachment.objects.filter(uploader=owner, public_id=public_id).exclude(tray="")
    return bool(expunge(mine))


def adopt(owner: Any, form: str, case: Case) -> list[Attachment]:
    """Hand the files in somebody's tray over to a case, in the transaction that sends the form.

    Returns them in their order. Raises RuntimeError outside a transaction, ValidationError for a file that
    carries a virus, or when the case would hold too much.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("files are handed over in the transaction that sends the form")
    quotas.lock(case)
    waiting = list(Attachment.objects.in_tray(owner, form).select_for_update())
    for attachment in waiting:
        if attachment.virus == Virus.INFECTED:
            raise ValidationError(_INFECTED, code="infected", params={"name": attachment.name})
    there = [*Attachment.objects.of(case), *waiting]
    quotas.check_case(len(there), sum(attachment.size for attachment in there))
    kind = ContentType.objects.get_for_model(case)
    Attachment.objects.filter(pk__in=[one.pk for one in waiting]).update(
        tray="", content_type=kind, object_id=case.pk
    )
    return list(Attachment.objects.filter(pk__in=[one.pk for one in waiting]).order_by("uploaded_at", "pk"))


def expunge(attachments: QuerySet[Attachment]) -> int:
    """Delete files for good, rows first, what lies on the disk with the commit; returns how many."""
    with transaction.atomic():
        rows = list(attachments.select_for_update(of=("self",)).order_by("pk"))
        names = [row.file.name or "" for row in rows]
        Attachment.objects.filter(pk__in=[row.pk for row in rows]).delete()
        transaction.on_commit(lambda: store.erase(*names))
    return len(rows)
