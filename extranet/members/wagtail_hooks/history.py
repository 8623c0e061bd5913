"""What the admin's history says about offices."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from extranet.members.services.offices import APPOINTED, CHANGED, ENDED


@hooks.register("register_log_actions")
def words_of_the_offices(actions: Any) -> None:
    """Say what was decided about an office, in the words of that day."""

    @actions.register_action(APPOINTED)
    class Appointed(LogFormatter):
        label = gettext_lazy("Appoint")

        def format_message(self, entry: ModelLogEntry) -> str:
            """Name person, office and term."""
            return _("%(person)s appointed: %(office)s %(place)s, %(first)s to %(last)s") % _facts(entry)

    @actions.register_action(CHANGED)
    class Changed(LogFormatter):
        label = gettext_lazy("Change the term")

        def format_message(self, entry: ModelLogEntry) -> str:
            """Name the new term."""
            return _("Term changed: %(first)s to %(last)s") % _facts(entry)

    @actions.register_action(ENDED)
    class Ended(LogFormatter):
        label = gettext_lazy("End the office")

        def format_message(self, entry: ModelLogEntry) -> str:
            """Name last day and reason."""
            return _("Ended, last day %(last)s: %(because)s") % _facts(entry)


def _facts(entry: ModelLogEntry) -> dict[str, str]:
    return {**entry.data, "last": entry.data["last"] or _("until further notice")}
