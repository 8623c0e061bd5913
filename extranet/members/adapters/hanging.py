"""Hang the door: what happens at a sign-in and at a new second factor, and who asks again."""

from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in

from extranet.core import doors

from .again import asked_again
from .arrival import arrived
from .second_factor import enrolled


def hang() -> None:
    """Connect; called once, when the house is ready."""
    user_logged_in.connect(arrived, dispatch_uid="members-arrived")
    authenticator_added.connect(enrolled, dispatch_uid="members-enrolled")
    doors.install(asked_again)
