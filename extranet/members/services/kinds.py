"""Kinds of office (职务种类): written whole, and whoever holds one is brought in line at once."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from extranet.members.models import OfficeKind

from .alignment import align_everybody
from .permission import ask


@transaction.atomic
def keep_kind(kind: OfficeKind, groups: Iterable[Group], *, actor: Any) -> OfficeKind:
    """Write a kind of office with the groups of its holders; whoever it concerns joins or leaves them now."""
    ask(actor, "members.offices")
    kind.full_clean()
    kind.save()
    kind.groups.set(groups)
    align_everybody()
    return kind
