"""The register of what may come in and who may read it: a room enters its kind of case once.

What is not registered nobody sends and nobody reads.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from extranet.core.models import Case
from extranet.core.models.attachments import PICTURES

PHOTOS = ("jpg", "jpeg", "png", "webp", "heic", "heif")
DOCUMENTS = ("pdf", "docx", "xlsx", "pptx", "doc", "xls", "txt")
EVERYTHING = (*PHOTOS, *DOCUMENTS)
ACCEPTED_TYPES = ("image/*",)
LONGEST_FORM = 60


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One kind of paper a case asks for (材料): what it is, how many, whether it lies encrypted.

    ``sensitive`` ones are sealed by the vault and each look at them is noted. ``view`` names a permission
    narrower than the case's own, for papers that not everybody who reads the case may see.
    """

    slug: str
    label: Any
    hint: Any = ""
    most: int = 10
    required: bool = False
    sensitive: bool = False
    kinds: tuple[str, ...] = EVERYTHING
    view: str = ""

    @property
    def takes_pictures(self) -> bool:
        """Whether a camera is of use."""
        return bool(PICTURES & set(self.kinds))

    @property
    def accept(self) -> str:
        """What the file dialog offers."""
        endings = [f".{kind}" for kind in self.kinds]
        return ",".join([*ACCEPTED_TYPES, *endings] if self.takes_pictures else endings)


@dataclass(frozen=True, kw_only=True)
class Intake:
    """The papers of one kind of case.

    ``view`` is the permission to read them, ``add`` the one to attach a file to a case that was handed in.
    """

    slug: str
    model: type[Case]
    view: str
    slots: tuple[Slot, ...]
    add: str = ""
    _by_slug: dict[str, Slot] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_slug.update({slot.slug: slot for slot in self.slots})

    def slot(self, slug: str) -> Slot:
        """Return a slot; raises LookupError."""
        return self._by_slug[slug]

    def form(self, case: Case | None = None) -> str:
        """Return the name of the form for a new case, or of the one that adds to ``case``.

        Keep its draft under the same name: files wait in the tray as long as the draft does.
        """
        return f"{self.slug}:{case.public_id}" if case else self.slug


_intakes: dict[str, Intake] = {}


def register(intake: Intake) -> None:
    """Enter an intake; raises ImproperlyConfigured when its slug or its model has one already."""
    for known in _intakes.values():
        if known is not intake and (known.slug == intake.slug or known.model is intake.model):
            raise ImproperlyConfigured(f"Files of {known.slug} are registered twice.")
    _intakes[intake.slug] = intake


def intake_of(form: str) -> Intake:
    """Return the intake a form belongs to; raises LookupError."""
    slug, _colon, about = form.partition(":")
    if len(form) > LONGEST_FORM or (about and not about.isalnum()):
        raise LookupError(form)
    return _intakes[slug]


def intake_for(model: type[Any]) -> Intake | None:
    """Return the intake of a kind of case, or None."""
    return next((intake for intake in _intakes.values() if intake.model is model), None)
