"""Taking a picture down (撤下照片): consent withdrawn, and nobody sees it any more, anywhere, at once.

The image keeps its place in albums and stories, so that undoing brings it back where it stood; its files for
visitors are deleted with the commit, what visitors share is made anew, and who did it, when and why is noted.
Whoever may change an image may take it down; so may others whom an upper floor vouches for (``vouch``): an
editor for the photos of the albums in their care. Bringing back is for those who may change it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry
from wagtail.permissions import policy_registry

from cms.kit.models import Consent, HouseImage

TAKE_DOWN, RESTORE = "kit.take_down", "kit.restore"
LONGEST_REASON = 200

_guardians: list[Callable[[Any, HouseImage], bool]] = []


def vouch(guardian: Callable[[Any, HouseImage], bool]) -> None:
    """Let whoever ``guardian`` answers for take pictures down."""
    if guardian not in _guardians:
        _guardians.append(guardian)


def rights() -> Any:
    """Return what decides who may do what with images."""
    return policy_registry.get_by_type(HouseImage)


def may_restore(user: Any, image: HouseImage) -> bool:
    """Tell whether somebody may bring a picture back."""
    return bool(rights().user_has_permission_for_instance(user, "change", image))


def may_take_down(user: Any, image: HouseImage) -> bool:
    """Tell whether somebody may take a picture down."""
    return may_restore(user, image) or any(guardian(user, image) for guardian in _guardians)


def take_down(image: HouseImage, by: Any, reason: str) -> bool:
    """Withdraw the consent for a picture; False when somebody has done so already."""
    if not may_take_down(by, image):
        raise PermissionDenied(TAKE_DOWN)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say in a few words why, for whoever asks later.")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("At most %(n)d characters.") % {"n": LONGEST_REASON}})
    with transaction.atomic():
        found = _locked(image)
        if found.is_withdrawn:
            return False
        note(found, by, before=found.consent, reason=reason)
        found.consent = Consent.WITHDRAWN
        found.save(update_fields=["consent"])
    image.consent = found.consent
    return True


def restore(image: HouseImage, by: Any) -> bool:
    """Show a picture again, with the consent it had before; False when it is shown already."""
    if not may_restore(by, image):
        raise PermissionDenied(RESTORE)
    with transaction.atomic():
        found = _locked(image)
        if not found.is_withdrawn:
            return False
        last = _logs(found).filter(action=TAKE_DOWN).order_by("-timestamp", "-pk").first()
        before = last.data.get("before", "") if last else ""
        known = before in Consent.values and before != Consent.WITHDRAWN
        found.consent = Consent(before) if known else Consent.MISSING
        log(found, RESTORE, user=by)
        found.save(update_fields=["consent"])
    image.consent = found.consent
    return True


def note(image: HouseImage, by: Any, *, before: str, reason: str = "") -> None:
    """Note that a picture has been taken down, and what its consent was."""
    log(image, TAKE_DOWN, user=by, data={"before": str(before), "reason": reason})


@dataclass(frozen=True)
class Entry:
    """One line of the history: taken down or brought back."""

    taken_down: bool
    who: str
    at: datetime
    reason: str


def history(image: HouseImage) -> list[Entry]:
    """Return when a picture was taken down or brought back, by whom and why, newest first."""
    rows = _logs(image).filter(action__in=[TAKE_DOWN, RESTORE]).select_related("user")
    return [
        Entry(
            taken_down=row.action == TAKE_DOWN,
            who=row.user.name if row.user else "",
            at=row.timestamp,
            reason=row.data.get("reason", ""),
        )
        for row in rows.order_by("-timestamp", "-pk")
    ]


def _locked(image: HouseImage) -> HouseImage:
    return HouseImage.objects.select_for_update().get(pk=image.pk)


def _logs(image: HouseImage) -> Any:
    return log_registry.get_logs_for_instance(image)
