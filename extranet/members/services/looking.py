"""A look at what is covered on somebody's page (查阅): noted, so that the person can see who looked."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_noop

from extranet.core.models import ReadLog
from extranet.members.models import Membership

from .permission import ask

CONTACT = gettext_noop("Mobile number and month of birth")


def uncover(membership: Membership, *, reader: Any) -> ReadLog:
    """Note that an officer looks at mobile number and month of birth; raises PermissionDenied."""
    ask(reader, "members.directory", membership)
    look = ReadLog(
        content_type=ContentType.objects.get_for_model(Membership),
        object_id=membership.pk,
        reader=reader,
        what=CONTACT,
    )
    look.save()
    return look
