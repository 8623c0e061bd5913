"""Load the demo: the website of an invented hospital's union, then every room's own."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from cms.kit.rooms import all_rooms, gather
from extranet.members import demo as hospital
from extranet.members.selectors.sign_in import can_sign_in
from extranet.members.services.consents import acknowledge_for_demo
from home.demo.load import load
from home.demo.stories.house import PEOPLE


class Command(BaseCommand):
    """Idempotent: a second run changes nothing, and nothing an editor wrote is overwritten."""

    help = "Load the demo site; --scale N multiplies the news, --members N makes so many members."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the scale and what to draw at once."""
        parser.add_argument("--scale", type=int, default=1, metavar="N")
        parser.add_argument("--members", type=int, default=hospital.MEMBERS, metavar="N")
        parser.add_argument("--draw", choices=("front", "all", "none"), default="front")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load website and rooms; say who can sign in unless the verbosity is 0."""

        def say(line: str) -> None:
            self.stdout.write(line)

        with translation.override(settings.LANGUAGE_CODE):
            load(scale=options["scale"], draw=options["draw"], log=say)
            for room in all_rooms():
                if room.demo:
                    room.demo(say)
            if options["members"] > hospital.MEMBERS:
                hospital.load(say, members=options["members"])
            acknowledge_for_demo(can_sign_in())
            if options["verbosity"]:
                self.say_who()

    def say_who(self) -> None:
        """Tell who can sign in."""
        password = settings.DEMO_PASSWORD
        self.stdout.write(_("Who can sign in (password %(password)s):") % {"password": password})
        for person in (*PEOPLE, *gather("accounts")):
            self.stdout.write(f"  {person.staff_number}  {person.name}  {person.part}")
