"""Branch unions and their groups (分工会、工会小组): opened, renamed, closed; none deleted."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extranet.members.models import Branch, Membership, Office, UnionGroup

from .membership import LEFT_THE_HOUSE
from .permission import ask

Part = Branch | UnionGroup


@transaction.atomic
def keep_part(part: Part, *, actor: Any) -> Part:
    """Open a branch or group, or write its new name and order; raises ValidationError at the field.

    A group stays in its branch: whoever wants it elsewhere opens a new one and moves the departments.
    """
    ask(actor, "members.structure")
    part.full_clean()
    if isinstance(part, UnionGroup) and part.pk:
        before = UnionGroup.objects.get(pk=part.pk)
        if before.branch_id != part.branch_id:
            raise ValidationError(
                {"branch": _("A group stays in its branch: open a new one there and move the departments.")}
            )
    part.save()
    return part


@transaction.atomic
def close_part(part: Part, *, on: date, actor: Any) -> None:
    """Close a branch or group; raises ValidationError while somebody or something belongs to it."""
    ask(actor, "members.structure")
    kind: type[Any] = type(part)
    locked = kind.objects.select_for_update().get(pk=part.pk)
    if locked.closed_on:
        raise ValidationError(_("%(part)s is closed already.") % {"part": locked})
    if on > timezone.localdate():
        raise ValidationError({"on": _("Choose today or an earlier day.")})
    _refuse_while_used(locked)
    locked.closed_on = on
    locked.save(update_fields=["closed_on"])
    part.closed_on = on


def _refuse_while_used(part: Any) -> None:
    place = "branch" if isinstance(part, Branch) else "group"
    members = Membership.objects.filter(**{place: part}).exclude(status__in=LEFT_THE_HOUSE).count()
    if members:
        words = ngettext("%(count)d member belongs to it.", "%(count)d members belong to it.", members)
        raise ValidationError(words % {"count": members})
    departments = part.departments.open()
    if departments:
        names = "、".join(str(one) for one in departments)
        raise ValidationError(_("Departments belong to it: %(departments)s.") % {"departments": names})
    if isinstance(part, Branch) and part.groups.open():
        names = "、".join(str(one) for one in part.groups.open())
        raise ValidationError(_("Groups belong to it: %(groups)s.") % {"groups": names})
    held = Office.objects.running().filter(**{place: part}).select_related("person").first()
    if held:
        raise ValidationError(
            _("%(person)s holds an office in it. End it first.") % {"person": held.person.name}
        )
