"""`manage.py rotate_vault`: everything sealed is sealed anew with the first key of the vault."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from extranet.core.attachments import resealing
from extranet.core.vault import VaultError, keyring, rotation
from extranet.core.vault.keys import add_key


class Command(BaseCommand):
    """Goes through rows and files while the site runs; killed, it goes on where it was."""

    help = "Seal every encrypted field and file anew with the first key; the site may run meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to make the new key."""
        parser.add_argument("--new-key", action="store_true", help="first put a new key before the others")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Reseal, telling how far it is, then say which keys are used no more; raises CommandError."""
        try:
            if options["new_key"]:
                add_key()
            self.stdout.write(_("Sealing with the key %(key)s.") % {"key": keyring()[0].id})
            missing: set[str] = set()
            for model, field in rotation.fields():
                missing |= set(rotation.reseal(model, field, self._say))
            missing |= set(resealing.reseal(self._say))
        except VaultError as error:
            raise CommandError(str(error)) from error
        if missing:
            raise CommandError(
                _(
                    "Some of it was sealed with keys that are not here: %(keys)s. "
                    "Put them back from a backup, then run this again; what they sealed was left as it is."
                )
                % {"keys": ", ".join(sorted(missing))}
            )
        self._conclude()

    def _say(self, what: str, done: int, total: int) -> None:
        self.stdout.write(f"  {what}: {done}/{total}")
        self.stdout.flush()

    def _conclude(self) -> None:
        used = rotation.in_use() + resealing.in_use()
        idle = [key.id for key in keyring()[1:] if not used[key.id]]
        self.stdout.write(
            _("%(count)s fields and files are sealed with it.") % {"count": used[keyring()[0].id]}
        )
        if idle:
            self.stdout.write(
                _(
                    "Nothing here needs these keys any more: %(keys)s. "
                    "Older backups do; keep the keys as long as those."
                )
                % {"keys": ", ".join(idle)}
            )
