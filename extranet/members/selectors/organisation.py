"""Who stands for the union in public (组织机构): the bodies, and the branches with their chairs."""

from django.utils.translation import gettext as _

from cms.kit.organisation import Body, Seat
from extranet.members.models import Office


def public_bodies() -> list[Body]:
    """Return the bodies with who holds a public office in them today: names and offices, nothing else.

    One query. Bodies come in the order of their first kind of office; branches come last, as one body.
    """
    running = Office.objects.running().filter(kind__is_public=True, person__is_active=True)
    rows = running.select_related("person", "kind", "branch", "group").order_by(
        "kind__order", "starts_on", "person__name"
    )
    bodies: dict[str, list[Seat]] = {}
    parts: list[tuple[int, str, Seat]] = []
    for office in rows:
        seat = Seat(office=office.kind.name, name=office.person.name, place=office.place)
        if office.branch is None:
            bodies.setdefault(office.kind.committee or office.kind.name, []).append(seat)
        else:
            parts.append((office.branch.order, office.branch.name, seat))
    named = [Body(title=title, seats=tuple(seats)) for title, seats in bodies.items()]
    if parts:
        parts.sort(key=lambda part: part[:2])
        seats = tuple(seat for _order, _name, seat in parts)
        named.append(Body(title=_("Branch unions"), seats=seats, by_place=True))
    return named
