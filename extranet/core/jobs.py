"""What the worker does for the building; importing it makes the periodic jobs known."""

from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import job, periodic

from . import retention
from .attachments import scanning, store
from .models import Attachment
from .notices.copies import carry_copies, mail_copy
from .notices.digest import daily_mails
from .notices.robots import say_to_group

__all__ = [
    "carry_copies",
    "daily_mails",
    "let_go",
    "mail_copy",
    "say_to_group",
    "scan_file",
    "scan_waiting",
    "tidy_files",
]


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


@periodic(at=time(2, 40))
@job(label=_("Let go of what has had its time"), atomic=False)
def let_go() -> None:
    """Run every retention rule; what went is written down."""
    retention.run_all()
