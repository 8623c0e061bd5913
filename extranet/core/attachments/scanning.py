"""Looking for viruses: after the commit, in the background; a scanner that is away is asked again and again.

pending → clean | infected, and then whoever sent the file is told. While the scanner is away a file stays
pending, and nobody gets it; after PATIENCE it is handed out as unscanned (the doctor counts those) and still
asked about once in AGAIN. Without CLAMD_URL everything is unscanned from the start, and scanned once there
is one.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from cms.kit.jobs import enqueue
from extranet.core.models import Attachment, Virus
from extranet.core.notices import notify

from . import clamd, store

PATIENCE = timedelta(hours=1)
AGAIN = timedelta(hours=6)
MOST_AT_ONCE = 200
"""Files looked at in one go of the periodic job."""
FOUND = gettext_noop("The virus scanner found something harmful in your file “%(name)s”")
SEND_ANEW = gettext_noop(
    "Nobody gets this file. Save it anew on a clean device, or take a photo of the paper, and send that."
)
log = logging.getLogger("attachments")


def is_on() -> bool:
    """Tell whether a scanner is configured."""
    return bool(settings.CLAMD_URL)


def scan_later(attachment: Attachment) -> None:
    """Queue the look at one file; it runs only if the caller's transaction commits."""
    from extranet.core.jobs import scan_file  # noqa: PLC0415 - jobs stand above services

    if is_on():
        enqueue(scan_file, key=attachment.public_id, public_id=attachment.public_id)


def scan(attachment: Attachment) -> Virus:
    """Let the scanner look at one file and write down what it says; returns the state it is in then.

    Only the row that was read is written: a file that was taken back meanwhile stays gone.
    """
    found = attachment.virus
    if not attachment.file.storage.exists(attachment.file.name or ""):
        return Virus(found)  # taken back this moment, or lost: the doctor counts those
    try:
        virus = clamd.scan(settings.CLAMD_URL, store.chunks_of(attachment))
        found = Virus.INFECTED if virus else Virus.CLEAN
    except clamd.Away:
        if attachment.virus == Virus.PENDING and timezone.now() - attachment.uploaded_at > PATIENCE:
            found = Virus.UNSCANNED
    except clamd.Unable as error:
        log.warning("the scanner cannot judge a file: %s", error)
        found = Virus.UNSCANNED
    except Exception:
        # One that does not open any more: the others go on.
        log.exception("a file could not be scanned")
        found = Virus.UNSCANNED
    with transaction.atomic():
        there = Attachment.objects.filter(pk=attachment.pk).update(virus=found, scanned_at=timezone.now())
        if there and found == Virus.INFECTED:
            _tell_sender(attachment)
    return Virus(found)


def _tell_sender(attachment: Attachment) -> None:
    address = getattr(attachment.case, "get_absolute_url", None)
    notify(
        attachment.uploader,
        topic="files",
        title=FOUND,
        body=SEND_ANEW,
        facts={"name": attachment.name},
        url=address() if address else "",
        key=f"virus:{attachment.public_id}",
    )


def waiting() -> list[Attachment]:
    """Return the files to be looked at now: pending ones first, then unscanned ones whose time has come."""
    now = timezone.now()
    unscanned = Q(virus=Virus.UNSCANNED) & (Q(scanned_at=None) | Q(scanned_at__lt=now - AGAIN))
    wanted = Attachment.objects.filter(Q(virus=Virus.PENDING) | unscanned)
    return list(wanted.order_by("virus", "scanned_at", "pk")[:MOST_AT_ONCE])


def scan_waiting() -> int:
    """Look at whatever waits; returns how many have an answer. The first silence of the scanner ends it."""
    if not is_on():
        return 0
    try:
        clamd.version(settings.CLAMD_URL)
    except clamd.Away:
        late = timezone.now() - PATIENCE
        Attachment.objects.filter(virus=Virus.PENDING, uploaded_at__lt=late).update(virus=Virus.UNSCANNED)
        return 0
    return sum(scan(attachment) in {Virus.CLEAN, Virus.INFECTED} for attachment in waiting())
