"""Finding people (通讯录): by name, its sound, staff number or department; among those an officer sees."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from extranet.core.permissions import may
from extranet.members.models import Branch, Department, Membership, UnionGroup

UNUSABLE = "!"
"""How the password of somebody begins who has set none (django.contrib.auth.hashers)."""
MOST_WORDS = 5
SHORTEST_INSIDE = 3
"""Letters that must be typed before the middle of a name's sound is searched: "an" is in every second one."""
LEFT = (Membership.Status.TRANSFERRED, Membership.Status.ENDED)


def directory_of(user: Any) -> QuerySet[Membership]:
    """Return the people an officer may look up, with what the list shows; oneself is among them."""
    if not may(user, "members.directory"):
        return Membership.objects.none()
    return (
        Membership.objects.visible_to(user)
        .select_related("person", "department", "branch", "group")
        .defer("person__password")
        .annotate(is_activated=Case(When(person__password__startswith=UNUSABLE, then=Value(0)), default=1))
        .order_by("person__name_pinyin", "person__staff_number")
    )


def matching(rows: QuerySet[Membership], words: str) -> QuerySet[Membership]:
    """Return the rows that every one of the words (at most five) matches.

    A word is the beginning of a staff number, part of a name, part of a department's name, the beginning of a
    name's pinyin or of its initials. Pinyin may be typed in one word, in two, or with apostrophes.
    """
    typed = unicodedata.normalize("NFKC", words).lower().replace("'", "").replace("’", "").split()
    for word in typed[:MOST_WORDS]:
        rows = rows.filter(_match(word))
    return rows


def _match(word: str) -> Q:
    found = Q(person__name__contains=word) | Q(department__name__icontains=word)
    if word.isascii() and word.isalnum():
        sound = word.replace("lyu", "lv").replace("nyu", "nv")
        found |= Q(person__staff_number__startswith=word) | Q(person__name_initials__startswith=sound)
        found |= Q(person__name_pinyin__startswith=sound)
        if len(sound) >= SHORTEST_INSIDE:
            found |= Q(person__name_pinyin__contains=sound)
    elif "ü" in word:
        found |= Q(person__name_pinyin__contains=word.replace("ü", "v"))
    else:
        found |= Q(person__name__icontains=word)
    return found


def narrowed(rows: QuerySet[Membership], asked: Mapping[str, Any]) -> QuerySet[Membership]:
    """Return the rows of a branch, group, department, status, shift, or with an account in use or not.

    Without a status: everybody who has not left.
    """
    rows = matching(rows, asked.get("q") or "")
    for field in ("branch", "group", "department", "shift"):
        if asked.get(field):
            rows = rows.filter(**{field: asked[field]})
    status = asked.get("status")
    rows = rows.filter(status=status) if status else rows.exclude(status__in=LEFT)
    if asked.get("account"):
        unused = Q(person__password__startswith=UNUSABLE)
        rows = rows.filter(unused if asked["account"] == "unused" else ~unused)
    return rows


@dataclass(frozen=True)
class Parts:
    """The parts of the house an officer may narrow the directory to."""

    branches: QuerySet[Branch]
    groups: QuerySet[UnionGroup]
    departments: QuerySet[Department]


def parts_for(user: Any) -> Parts:
    """Return the open branches, groups and departments in which this officer sees anybody."""
    seen = Membership.objects.visible_to(user).exclude(status__in=LEFT).order_by()
    return Parts(
        Branch.objects.filter(pk__in=seen.values("branch")),
        UnionGroup.objects.filter(pk__in=seen.values("group")).select_related("branch"),
        Department.objects.filter(pk__in=seen.values("department")),
    )
