"""Who may read a file, when it is held back, and the line each look at a sensitive one leaves."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from extranet.core import trail
from extranet.core.models import Attachment, Case, Virus
from extranet.core.permissions import may

from . import scanning
from .intakes import Slot, intake_for, intake_of

SITTING = timedelta(minutes=10)
"""Looks of one reader at one file within this time are one look: turning pages is no new one."""
LONGEST_WHAT = 60


def slot_of(attachment: Attachment) -> Slot | None:
    """Return what a file is to its case, None when nobody has registered it (any more)."""
    try:
        if attachment.tray:
            return intake_of(attachment.tray).slot(attachment.slot)
        model = attachment.content_type.model_class() if attachment.content_type else None
        intake = intake_for(model) if model else None
        return intake.slot(attachment.slot) if intake else None
    except LookupError:
        return None


def may_read(user: Any, attachment: Attachment) -> bool:
    """Tell whether somebody may read a file: one's own in a tray, else as the room has registered.

    What nobody has registered nobody reads.
    """
    if attachment.tray:
        return bool(user.is_active and user.pk == attachment.uploader_id)
    slot, case = slot_of(attachment), attachment.case
    if slot is None or case is None:
        return False
    intake = intake_for(type(case))
    return intake is not None and may(user, slot.view or intake.view, case)


@dataclass(frozen=True)
class Paper:
    """A file of a case as its page shows it: what it is, and why it is held back, if it is."""

    file: Attachment
    label: Any
    held_back: str


def papers(user: Any, case: Case) -> list[Paper]:
    """Return the files of a case that somebody may read, in the order they came (one query)."""
    intake = intake_for(type(case))
    if intake is None:
        return []
    open_ones = {slot.slug: slot for slot in intake.slots if may(user, slot.view or intake.view, case)}
    files = Attachment.objects.of(case).filter(slot__in=open_ones)
    return [Paper(file, open_ones[file.slot].label, held_back(file)) for file in files]


def held_back(attachment: Attachment) -> str:
    """Return why a file is not handed out now, or nothing."""
    if attachment.virus == Virus.INFECTED:
        return _(
            "The virus scanner found something harmful in this file, so nobody gets it. "
            "If you sent it: save it anew on a clean device, or take a photo of the paper, and send that."
        )
    if attachment.virus == Virus.PENDING and scanning.is_on():
        return _("This file is being checked for viruses. That takes a minute; please come back then.")
    return ""


def note_look(reader: Any, attachment: Attachment) -> None:
    """Write down that somebody looked at a sensitive file of a case, once a SITTING."""
    if attachment.tray or not attachment.is_sealed:
        return
    case: Any = attachment.case
    with translation.override(settings.LANGUAGE_CODE):  # one word for it, whatever language the reader has
        slot = slot_of(attachment)
        label = str(slot.label) if slot else attachment.slot
    what = f"{label[: LONGEST_WHAT - 15]} ({attachment.public_id})"
    since = timezone.now() - SITTING
    if not trail.reads_of(case).filter(reader=reader, what=what, read_at__gt=since).exists():
        trail.note_read(case, reader=reader, what=what)
