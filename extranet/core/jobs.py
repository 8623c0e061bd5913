"""What the worker does for the building."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import job, periodic

from .attachments import scanning, store
from .models import Attachment


@job(label=_("Check a file for viruses"), atomic=False, remember=False)
def scan_file(public_id: str) -> None:
    """Look at one file that has come in; one that was taken back meanwhile is passed over."""
    attachment = Attachment.objects.filter(public_id=public_id).first()
    if attachment is not None and scanning.is_on():
        scanning.scan(attachment)


@periodic(every=timedelta(minutes=5))
@job(label=_("Check files for viruses"), atomic=False, remember=False)
def scan_waiting() -> None:
    """Ask again about files the scanner has not judged yet."""
    scanning.scan_waiting()


@periodic(every=timedelta(hours=1))
@job(label=_("Tidy up members' files"), atomic=False, remember=False)
def tidy_files() -> None:
    """Erase files that a killed process left without a row."""
    store.sweep()
