"""Members' files: the keys that seal them, the scanner that looks at them, whether they are there."""

import os
from collections import Counter

from django.conf import settings
from django.db import Error
from django.utils.translation import gettext as _

from .finding import Finding, well, wrong


def vault_keys() -> Finding:
    """Every key that sealed something is here, and its file is its owner's alone."""
    from extranet.core.attachments import resealing  # noqa: PLC0415 - asks for tables that may be missing
    from extranet.core.vault import rotation  # noqa: PLC0415
    from extranet.core.vault.keys import path  # noqa: PLC0415

    subject, file = _("Keys of the vault"), path()
    remedy = _("Put %(file)s (or VAULT_KEYS) back from a backup: nothing else opens what was sealed.") % {
        "file": file
    }
    try:
        used = rotation.in_use() + resealing.in_use()
    except Error:
        return wrong(subject, _("Its tables are missing."), _("Run: manage.py prepare"))
    in_file = not settings.VAULT_KEYS
    if in_file and not file.exists():
        if used:
            return wrong(subject, _("They are gone, and something is sealed with them."), remedy)
        return well(subject, _("None is needed yet; one is made when the first thing is sealed."))
    if in_file and (file.stat().st_mode & 0o077 or file.stat().st_uid != os.getuid()):
        return wrong(subject, _("Others on this machine can read it."), f"chmod 600 {file}")
    return _all_there(subject, used, remedy)


def _all_there(subject: str, used: Counter[str], remedy: str) -> Finding:
    """Hold the keys that are here against those that sealed something."""
    from extranet.core.vault import VaultError, keyring  # noqa: PLC0415

    try:
        known = {key.id for key in keyring()}
    except VaultError as error:
        return wrong(subject, str(error), remedy)
    if missing := sorted(set(used) - known):
        text = _("Keys are missing that sealed something: %(keys)s.") % {"keys": ", ".join(missing)}
        return wrong(subject, text, remedy)
    text = _("%(keys)s; %(count)s fields and files are sealed")
    return well(subject, text % {"keys": ", ".join(sorted(known)), "count": used.total()})


def scanner() -> Finding:
    """The virus scanner answers; infected and unscanned files are counted."""
    from extranet.core.attachments import clamd  # noqa: PLC0415
    from extranet.core.models import Attachment, Virus  # noqa: PLC0415 - asks for tables that may be missing

    subject = _("Virus scanner")
    try:
        infected = Attachment.objects.filter(virus=Virus.INFECTED).count()
        waiting = Attachment.objects.filter(virus__in=[Virus.PENDING, Virus.UNSCANNED]).count()
    except Error:
        return wrong(subject, _("Its tables are missing."), _("Run: manage.py prepare"))
    counts = _("%(infected)s files with a virus (nobody gets them), %(waiting)s not checked") % {
        "infected": infected,
        "waiting": waiting,
    }
    if not settings.CLAMD_URL:
        remedy = _("Install clamav-daemon and set CLAMD_URL, such as unix:///run/clamav/clamd.ctl.")
        return wrong(subject, _("None is set; %(counts)s.") % {"counts": counts}, remedy, state="notice")
    try:
        version = clamd.version(settings.CLAMD_URL)
    except clamd.Away:
        text = _("It does not answer; %(counts)s.") % {"counts": counts}
        return wrong(subject, text, _("Start clamav-daemon, or check CLAMD_URL."))
    if infected:
        remedy = _("Tell whoever sent them; they go by themselves after 30 days.")
        return wrong(subject, f"{version}; {counts}", remedy, state="notice")
    return well(subject, f"{version}; {counts}")


def attachments() -> Finding:
    """Every file of a case is on the disk."""
    from extranet.core.attachments import store  # noqa: PLC0415 - asks for tables that may be missing

    subject = _("Members' files")
    try:
        missing = store.missing()
    except Error:
        return wrong(subject, _("Its tables are missing."), _("Run: manage.py prepare"))
    if missing:
        text = _("%(count)s files are not where they should lie.") % {"count": missing}
        return wrong(subject, text, _("Put the folder private/attachments back from a backup."))
    return well(subject, _("all of them are there"))
