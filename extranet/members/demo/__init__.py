"""An invented hospital: departments, branches, members, offices, and who can sign in to show a role."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cms.kit.rooms import Account, Say
from extranet.members.services.standard import lay_out

from . import cast, crowd, hospital
from .offices import fill_offices

MEMBERS = 600
"""People of the crowd; the hospital of the stories has 3,600, which nobody needs to try the house."""


def load(say: Say, members: int = MEMBERS) -> None:
    """Build the hospital once; running again adds what is missing and changes nothing that is there.

    ``members`` is how many people there are beside those who can sign in; a greater number adds to them.
    """
    with transaction.atomic():
        lay_out()
        places = hospital.build()
        players = cast.assemble(places, settings.DEMO_PASSWORD)
        added = crowd.gather(places, members)
        filled = fill_offices(places, players)
    if added or filled:
        say(_("%(members)d members and %(offices)d offices of the demo hospital.") % {
            "members": added, "offices": filled,
        })  # fmt: skip
    else:
        say(_("The demo hospital is there already."))


def accounts() -> Iterable[Account]:
    """Return who can sign in to show a role, beside the website's own."""
    return [
        Account(staff_number=player.staff_number, name=player.name, part=player.part)
        for player in cast.PLAYERS
    ]
