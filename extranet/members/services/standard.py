"""The standard kinds of office (职务种类), laid out once and left as somebody changed them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from extranet.members.models import Office, OfficeKind
from extranet.members.rules import (
    BRANCH_CHAIR,
    CHAIR,
    GROUP_LEADER,
    MEMBERSHIP_OFFICER,
    SYSTEM_ADMINISTRATOR,
    VICE_CHAIR,
)

from .offices import Term, appoint

Level = OfficeKind.Level


@dataclass(frozen=True, kw_only=True)
class Standard:
    """One kind: ``group`` is the admin's group of its holders, ``guarded`` asks for a second factor."""

    slug: str
    name: Any
    committee: Any = ""
    level: str = Level.HOUSE
    group: Any = ""
    guarded: bool = False
    public: bool = False
    single: bool = False


COMMITTEE = gettext_lazy("Union committee")
AUDIT = gettext_lazy("Audit committee")
WOMEN = gettext_lazy("Women's committee")
OFFICERS = pgettext_lazy("group", "Officers")

STANDARD = (
    Standard(
        slug=CHAIR, name=pgettext_lazy("office", "Chair"), committee=COMMITTEE, group=OFFICERS,
        guarded=True, public=True, single=True,
    ),
    Standard(
        slug=VICE_CHAIR, name=pgettext_lazy("office", "Vice chair"), committee=COMMITTEE, guarded=True,
        public=True,
    ),
    Standard(
        slug="committee_member", name=pgettext_lazy("office", "Committee member"), committee=COMMITTEE,
        public=True,
    ),
    Standard(
        slug="audit_member", name=pgettext_lazy("office", "Member of the audit committee"), committee=AUDIT,
        guarded=True, public=True,
    ),
    Standard(
        slug="womens_officer", name=pgettext_lazy("office", "Member of the women's committee"),
        committee=WOMEN, public=True,
    ),
    Standard(
        slug="proposals_committee", name=pgettext_lazy("office", "Member of the proposals committee"),
        committee=gettext_lazy("Proposals committee"), public=True,
    ),
    Standard(
        slug="aid_committee", name=pgettext_lazy("office", "Member of the aid committee"),
        committee=gettext_lazy("Aid committee"), guarded=True, public=True,
    ),
    Standard(slug="keeper", name=pgettext_lazy("office", "Keeper of facilities")),
    Standard(slug="training_officer", name=pgettext_lazy("office", "Training officer")),
    Standard(
        slug=BRANCH_CHAIR, name=pgettext_lazy("office", "Chair of the branch union"), level=Level.BRANCH,
        public=True, single=True,
    ),
    Standard(
        slug=GROUP_LEADER, name=pgettext_lazy("office", "Group leader"), level=Level.GROUP, single=True,
    ),
    Standard(
        slug=MEMBERSHIP_OFFICER, name=pgettext_lazy("office", "Membership officer"), group=OFFICERS,
        guarded=True,
    ),
    Standard(
        slug="editor", name=pgettext_lazy("office", "Editor"), group=pgettext_lazy("group", "Editors"),
        guarded=True,
    ),
    Standard(
        slug="first_reviewer", name=pgettext_lazy("office", "First reviewer"),
        group=pgettext_lazy("group", "First review"), guarded=True,
    ),
    Standard(
        slug="second_reviewer", name=pgettext_lazy("office", "Second reviewer"),
        group=pgettext_lazy("group", "Second review"), guarded=True,
    ),
    Standard(
        slug=SYSTEM_ADMINISTRATOR, name=pgettext_lazy("office", "System administrator"), guarded=True,
    ),
)  # fmt: skip


def lay_out() -> list[str]:
    """Make the standard kinds that are missing, with their groups; return the names of the new ones.

    Names are written in the site's language. A kind that exists keeps what an officer made of it; only one
    whose group did not exist yet is tied to it once it does. Whoever is in such a group by then is given the
    office, so that nobody who works today stands before a closed door tomorrow.
    """
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        _officers_group()
        made = []
        known = {kind.slug: kind for kind in OfficeKind.objects.prefetch_related("groups")}
        for order, standard in enumerate(STANDARD, start=1):
            kind = known.get(standard.slug)
            if kind is None:
                kind = _make(standard, order * 10)
                made.append(kind.name)
                tied = False
            else:
                tied = bool(kind.groups.all())
            if standard.group and not tied:
                _tie(kind, str(standard.group))
        return made


def _make(standard: Standard, order: int) -> OfficeKind:
    return OfficeKind.objects.create(
        slug=standard.slug,
        name=str(standard.name),
        committee=str(standard.committee),
        level=standard.level,
        one_holder=standard.single,
        needs_second_factor=standard.guarded,
        is_public=standard.public,
        order=order,
    )


def _officers_group() -> None:
    """Make the group of officers who keep reference data: it opens the admin and nothing in it."""
    group, new = Group.objects.get_or_create(name=pgettext("group", "Officers"))
    if new:
        entry = Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
        group.permissions.add(entry)


def _tie(kind: OfficeKind, name: str) -> None:
    """Tie a kind to the group of this name, if there is one, and give its people the office."""
    group = Group.objects.filter(name=name).first()
    if group is None:
        return
    shared = group.office_kinds.exists()  # another kind's people are in it rightly: nobody is guessed at
    kind.groups.add(group)
    holders = Office.objects.running().filter(kind=kind).values("person")
    if not shared:
        for person in group.user_set.filter(is_active=True).exclude(pk__in=holders):
            term = Term(starts_on=timezone.localdate(), ground=_("In the group before offices were kept"))
            appoint(person, kind, term, actor=None)
