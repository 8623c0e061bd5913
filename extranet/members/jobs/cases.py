"""What the worker does with applications: carry out what falls due, remind of what is late."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import job, periodic
from extranet.members.services import cases


@periodic(at=time(0, 15))
@job(label=_("Carry out membership changes whose day has come"))
def take_effect() -> None:
    """End or hand over memberships on the day that was asked for."""
    cases.take_effect_today()


@periodic(at=time(7, 20))
@job(label=_("Remind of membership applications that are late"))
def remind_of_the_late() -> None:
    """Tell whoever holds an application past its day."""
    cases.remind()
