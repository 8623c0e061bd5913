"""What people show at the door of the tests: passwords, digits, codes from paper."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django_tasks_db.models import DBTaskResult

PASSWORD = "Corridor-lamp-7"


SECRET = "JBSWY3DPEHPK3PXP"


def totp_of(somebody):
    """Give somebody an authenticator; returns its secret."""
    TOTP.activate(somebody, SECRET)
    return SECRET


def digits(secret, *, steps=0):
    """Return what an authenticator shows now, or some steps of 30 s later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def keys(somebody):
    """Return the kinds of second proof somebody has."""
    return sorted(Authenticator.objects.filter(user=somebody).values_list("type", flat=True))


def signed_in(client):
    """Return the number of the person a client is signed in as, or None."""
    return client.session.get("_auth_user_id")


def codes_in(response):
    """Return the activation codes a page shows."""
    return re.findall(r"\b[A-Z2-9]{5}-[A-Z2-9]{5}\b", response.content.decode())


def letters():
    """Return the mails that wait to leave, oldest first."""
    rows = DBTaskResult.objects.filter(task_path="cms.kit.mail.deliver").order_by("enqueued_at", "id")
    return [row.args_kwargs["kwargs"]["letter"] for row in rows]
