"""One's own file: as a page, as data to take along, as a paper."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.kit.pdf import Heading, Letter, Paragraph, Table, text
from extranet.members.models import Membership, Office, User
from extranet.members.rules import MEMBERSHIP_OFFICER

from .file import in_words, known_about, lines_of, looks_at, offices_ever, turns

MOST_LOOKS = 1000


def membership_of(person: Any) -> Membership | None:
    """Return somebody's membership with what is shown of it, or None for an account without one."""
    rows = Membership.objects.select_related("department", "branch", "group", "shift_confirmed_by")
    return rows.filter(person=person.pk).first()


def keepers_of_the_roster(person: Any) -> list[User]:
    """Return who corrects what the roster says: the membership officers of today, oneself left out."""
    held = Office.objects.running().filter(kind__slug=MEMBERSHIP_OFFICER).values("person")
    return list(User.objects.filter(pk__in=held, is_active=True).exclude(pk=person.pk).only("name"))


def everything_about(person: User) -> dict[str, Any]:
    """Return all that is kept about a person as plain data; no key of another person is in it."""
    membership = membership_of(person)
    lines = lines_of(membership) if membership else []
    plain = DjangoJSONEncoder().default
    return {
        "made_at": plain(timezone.now()),
        "account": {
            "staff_number": person.staff_number,
            "name": person.name,
            "email": person.email,
            "mobile": person.mobile,
            "added_at": plain(person.date_joined),
            "last_signed_in_at": plain(person.last_login) if person.last_login else None,
        },
        "membership": [
            {
                **asdict(known),
                "label": str(known.label),
                "source": str(known.source),
                "since": _iso(known.since),
            }
            for known in (known_about(membership, lines) if membership else [])
        ],
        "offices": [
            {
                "office": office.kind.name,
                "place": office.place,
                "first_day": _iso(office.starts_on),
                "last_day": _iso(office.ends_on),
                "ground": office.ground,
                "ended_because": office.ended_because,
            }
            for office in offices_ever(person)
        ],
        "changes": [
            {
                "field": line.field,
                "before": in_words(line.field, line.before),
                "after": in_words(line.field, line.after),
                "in_effect_since": _iso(line.happened_on),
                "recorded_at": plain(line.recorded_at),
                "source": str(line.get_source_display()),
                "reason": line.reason,
            }
            for line in lines
        ],
        "looked_at_by": [
            {"name": look.reader.name, "at": plain(look.read_at), "what": _(look.what), "why": look.why}
            for look in (looks_at(membership)[:MOST_LOOKS] if membership else [])
        ],
    }


def paper_about(person: User, union: str) -> Letter:
    """Return all that is kept about a person as a paper."""
    membership = membership_of(person)
    lines = lines_of(membership) if membership else []
    known = known_about(membership, lines) if membership else []
    rows = [(str(one.label), one.value, str(one.source), _iso(one.since) or "") for one in known]
    return Letter(
        title=_("What the union knows about me"),
        union=union,
        lead=str(person),
        facts=[(_("email"), person.email or "—"), (_("mobile"), person.mobile or "—")],
        blocks=[
            *_chapter(_("The roster says"), (_("Field"), _("Value"), _("Source"), _("Since")), rows),
            *_chapter(
                _("Offices"),
                (_("office"), _("Where"), _("first day"), _("last day")),
                [
                    (office.kind.name, office.place, _iso(office.starts_on) or "", _iso(office.ends_on) or "")
                    for office in offices_ever(person)
                ],
            ),
            *_chapter(
                pgettext("membership", "Changes"),
                (_("In effect since"), _("Field"), _("Before"), _("After"), _("Source")),
                [
                    (turn.on.isoformat(), str(turn.label), turn.before, turn.after, str(turn.source))
                    for turn in turns(lines)
                ],
            ),
            *_chapter(
                _("Who looked at it"),
                (_("When"), _("Who"), pgettext("my file", "What")),
                [
                    (f"{timezone.localtime(look.read_at):%Y-%m-%d %H:%M}", look.reader.name, _(look.what))
                    for look in (looks_at(membership)[:MOST_LOOKS] if membership else [])
                ],
            ),
        ],
        day=timezone.localdate(),
    )


def _chapter(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[Any]:
    found = tuple(rows)
    return [Heading(title), Table(found, heads) if found else Paragraph(text(_("Nothing is kept.")))]


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
