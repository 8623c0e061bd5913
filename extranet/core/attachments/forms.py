"""Files in a form (附件): what it shows of them, and what it takes when no script has sent them before."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from extranet.core.models import Attachment

from . import services
from .intakes import Intake, Slot, intake_of
from .limits import LARGEST, MB, MOST_AT_ONCE

TAKE_BACK, KEEP_FILES = "take_back", "keep_files"
"""Names of the buttons that only tend the files: the form is not sent then."""


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why."""

    name: str
    why: str


@dataclass
class SlotFiles:
    """One slot with the files that wait in it and those that were refused just now."""

    slot: Slot
    files: list[Attachment] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    error: str = ""

    @property
    def is_full(self) -> bool:
        """Whether no other file fits."""
        return len(self.files) >= self.slot.most

    @property
    def is_in_error(self) -> bool:
        """Whether somebody must do something here."""
        return bool(self.error or self.refused)

    @property
    def help(self) -> str:
        """What may be chosen, in a sentence."""
        text = _(
            "Photos, PDF, Word, Excel; each up to %(size)s MB. Place and device are removed from photos."
        )
        if not self.slot.takes_pictures:
            kinds = ", ".join(kind.upper() for kind in self.slot.kinds)
            return _("%(kinds)s; each up to %(size)s MB.") % {"kinds": kinds, "size": LARGEST // MB}
        return text % {"size": LARGEST // MB}


class Uploads:
    """The files of somebody's form in progress, slot by slot.

    ``receive`` puts what a form posted into the tray, whether or not the rest of it is in order: nobody
    chooses a file twice. The service that sends the form calls ``adopt(owner, uploads.form, case)``.
    """

    def __init__(self, owner: Any, form: str) -> None:
        """Raise LookupError for a form nobody has registered."""
        self.owner, self.form = owner, form
        self.intake: Intake = intake_of(form)
        self.stays = False
        """Whether a button for the files alone was pressed: show the form again, send nothing."""
        self._refused: dict[str, list[Refused]] = {}
        self._errors: dict[str, str] = {}

    @cached_property
    def slots(self) -> list[SlotFiles]:
        """Every slot in its order (one query)."""
        found = {slot.slug: SlotFiles(slot) for slot in self.intake.slots}
        for attachment in Attachment.objects.in_tray(self.owner, self.form):
            if attachment.slot in found:
                found[attachment.slot].files.append(attachment)
        for slug, mine in found.items():
            mine.refused, mine.error = self._refused.get(slug, []), self._errors.get(slug, "")
        return list(found.values())

    def receive(self, data: QueryDict, files: "MultiValueDict[str, File[Any]]") -> None:
        """Take back the file whose button was pressed, and put what was chosen into the tray."""
        if public_id := data.get(TAKE_BACK):
            services.take_back(self.owner, public_id)
            self.stays = True
        self.stays = self.stays or KEEP_FILES in data
        left = MOST_AT_ONCE
        for slot in self.intake.slots:
            chosen = [*files.getlist(f"files-{slot.slug}"), *files.getlist(f"photo-{slot.slug}")]
            for upload in chosen[: max(left, 0)]:
                self._take(slot, upload)
            for upload in chosen[max(left, 0) :]:
                why = _("At most %(most)s files at once; choose this one again now.") % {"most": MOST_AT_ONCE}
                self._refuse(slot, upload, why)
            left -= len(chosen)
        self.__dict__.pop("slots", None)

    def _take(self, slot: Slot, upload: "File[Any]") -> None:
        try:
            services.put(self.owner, form=self.form, slot=slot.slug, upload=upload)
        except ValidationError as error:
            self._refuse(slot, upload, " ".join(error.messages))

    def _refuse(self, slot: Slot, upload: "File[Any]", why: str) -> None:
        self._refused.setdefault(slot.slug, []).append(Refused(upload.name or "", why))

    def is_valid(self) -> bool:
        """Tell whether the files are in order: none refused just now, none missing."""
        for mine in self.slots:
            if mine.slot.required and not mine.files and not mine.refused:
                self._errors[mine.slot.slug] = mine.error = _("Add at least one file here.")
        return not any(mine.is_in_error for mine in self.slots)

    @property
    def in_error(self) -> list[SlotFiles]:
        """The slots where somebody must do something: the list above the form leads to them."""
        return [mine for mine in self.slots if mine.is_in_error]

    @property
    def most_bytes(self) -> int:
        """The largest file, for the script."""
        return LARGEST

    @property
    def words(self) -> dict[str, str]:
        """What the script says."""
        return {
            "waiting": _("waiting"),
            "sending": _("{percent}%, about {seconds} more seconds"),
            "checking": _("arrived, being looked at"),
            "stop": _("Stop"),
            "again": _("Send again"),
            "away": _("Take away {name}"),
            "progress": _("Progress of {name}"),
            "stopping": _("stopping"),
            "stopped": _("Stopped."),
            "lost": _("The connection was lost. What has arrived is kept; send this one again."),
            "broken": _("It could not be taken just now. Send it again in a moment."),
            "signed_out": _("You are signed out. Sign in in another window, then send this one again."),
            "too_large": _("This file is larger than %(most)s. Make it smaller, then choose it again.")
            % {"most": filesizeformat(LARGEST)},
            "full": _("No other file fits here. Take one back first."),
            "hold": _("Your form is sent as soon as the files have arrived."),
            "failed": _(
                "Some files have not arrived. Send them again or take them away, then send the form."
            ),
            "arrived": _("{name} has arrived."),
            "gone": _("{name} was taken back."),
        }
