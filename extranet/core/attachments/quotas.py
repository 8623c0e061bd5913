"""Is there room? Asked under a lock, in the transaction that takes the room."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extranet.core.models import Allowance, Attachment, Case

from . import limits
from .intakes import Slot
from .limits import MB

_SLOT_FULL = _("At most %(most)s files fit here. Take one back before you add another.")
_CASE_FULL = _(
    "At most %(most)s files with %(size)s MB together fit into one case. Take one back, "
    "or put several pages into one PDF."
)
_DAY_FULL = _(
    "You have sent %(most)s files or %(size)s MB today, which is all for one day. "
    "Go on tomorrow, or bring the papers to the union office."
)
_MEMBER_FULL = _(
    "Your files take up %(size)s GB together, which is all there is. "
    "Ask the union office before you send more."
)


def spend(member: Any, size: int) -> None:
    """Take one file of so many bytes from what a member may send today, and hold the lock on it.

    Whatever else a member sends at this moment waits until this transaction ends.
    """
    today = timezone.localdate()
    Allowance.objects.get_or_create(member=member, day=today)
    mine = Allowance.objects.select_for_update().get(member=member, day=today)
    if mine.files >= limits.MOST_OF_A_DAY or mine.size + size > limits.LARGEST_DAY:
        params = {"most": limits.MOST_OF_A_DAY, "size": limits.LARGEST_DAY // MB}
        raise ValidationError(_DAY_FULL, code="day", params=params)
    mine.files, mine.size = mine.files + 1, mine.size + size
    mine.save(update_fields=["files", "size"])
    total = Attachment.objects.filter(uploader=member).aggregate(size=Sum("size"))["size"] or 0
    if total + size > limits.LARGEST_MEMBER:
        params = {"size": limits.LARGEST_MEMBER // MB // 1024}
        raise ValidationError(_MEMBER_FULL, code="member", params=params)


def lock(case: Case) -> None:
    """Let nobody else add to a case until this transaction ends."""
    type(case)._default_manager.select_for_update().get(pk=case.pk)  # noqa: SLF001


def check_room(among: QuerySet[Attachment], slot: Slot, size: int) -> None:
    """Raise ValidationError unless one more file of so many bytes fits among these and into its slot."""
    there = among.order_by().aggregate(
        files=Count("pk"), size=Sum("size"), slot=Count("pk", filter=Q(slot=slot.slug))
    )
    if there["slot"] >= slot.most:
        raise ValidationError(_SLOT_FULL, code="slot", params={"most": slot.most})
    check_case(there["files"] + 1, (there["size"] or 0) + size)


def check_case(files: int, size: int) -> None:
    """Raise ValidationError when so many files, or bytes, are more than a case holds."""
    if files > limits.MOST_OF_A_CASE or size > limits.LARGEST_CASE:
        params = {"most": limits.MOST_OF_A_CASE, "size": limits.LARGEST_CASE // MB}
        raise ValidationError(_CASE_FULL, code="case", params=params)
