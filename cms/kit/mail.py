"""Mail (电子邮件): every message leaves through a job after the commit; no request waits for a mail server.

``send(to, subject, text)`` queues one message; ``post(message)`` queues one that somebody else has built.
Django's own ``send_mail`` and Wagtail's notifications come here too: ``EMAIL_BACKEND`` is ``QueuedBackend``,
and the job uses the real one, ``settings.MAIL_BACKEND`` (from ``EMAIL_URL``). The Message-ID is fixed when
the message is queued; what a message says is wiped from the job once it has left.
"""

import smtplib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from datetime import timedelta
from email.mime.base import MIMEBase
from email.utils import formatdate, make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import Unsure, enqueue, job

SOON, LATER = timedelta(minutes=2), timedelta(minutes=30)
KNOWN_REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
)


def send(
    to: str | Sequence[str], subject: str, text: str, *, html: str = "", sender: str | None = None
) -> str:
    """Queue one message and return its Message-ID; it leaves when the surrounding transaction has committed.

    ``to`` sees each other: write to people one by one. Raises BadHeaderError for a line break in the subject.
    """
    message = EmailMultiAlternatives(subject, text, sender, [to] if isinstance(to, str) else list(to))
    if html:
        message.attach_alternative(html, "text/html")
    return post(message)


def post(message: EmailMessage) -> str:
    """Queue a built message and return its Message-ID; raises what building it raises (BadHeaderError)."""
    given = {name.lower(): value for name, value in message.extra_headers.items()}
    message_id = str(given.get("message-id") or make_msgid(domain=_domain(message)))
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    headers |= {"Message-ID": message_id, "Date": str(given.get("date") or formatdate(localtime=False))}
    letter = {
        "subject": str(message.subject),
        "body": str(message.body),
        "content_subtype": message.content_subtype,
        "from_email": str(message.from_email),
        **{field: [str(one) for one in getattr(message, field)] for field in ("to", "cc", "bcc", "reply_to")},
        "headers": headers,
        "alternatives": [[str(part[0]), part[1]] for part in getattr(message, "alternatives", [])],
        "attachments": [_packed(part) for part in message.attachments],
    }
    _built(letter).message()  # a faulty header is the writer's error, now, not the worker's later
    enqueue(deliver, letter=letter)
    return message_id


def _domain(message: EmailMessage) -> str:
    """Return the sender's domain: it says where a message comes from without a question to the network."""
    return parseaddr(str(message.from_email))[1].rpartition("@")[2] or "localhost"


def _packed(attachment: Any) -> list[Any]:
    if isinstance(attachment, MIMEBase):
        name, kind = attachment.get_filename(), attachment.get_content_type()
        content: Any = attachment.get_payload(decode=True)
    else:
        name, content, kind = attachment
    return [name, b64encode(content.encode() if isinstance(content, str) else content).decode(), kind]


def _built(letter: dict[str, Any]) -> EmailMultiAlternatives:
    letter = dict(letter)
    subtype = letter.pop("content_subtype")
    pairs, packed = letter.pop("alternatives"), letter.pop("attachments")
    message = EmailMultiAlternatives(**letter)
    message.content_subtype = subtype
    for content, kind in pairs:
        message.attach_alternative(content, kind)
    for name, content, kind in packed:
        message.attach(name, b64decode(content), kind)
    return message


@job(label=_("Send mail"), atomic=False, private=True, losses=1, backoff=(SOON, LATER), priority=20)
def deliver(letter: dict[str, Any]) -> None:
    """Hand one queued message to the mail server."""
    hand_over(_built(letter))


def hand_over(message: EmailMessage) -> None:
    """Hand a message to the mail server, now; for jobs. Raises Unsure when the server may have taken it."""
    connection = get_connection(settings.MAIL_BACKEND)
    connection.open()  # nothing has been said yet: an absent server simply means another try
    try:
        connection.send_messages([message])
    except KNOWN_REFUSALS:
        raise
    except (OSError, smtplib.SMTPException) as error:
        raise Unsure from error
    finally:
        _hang_up(connection)


def _hang_up(connection: BaseEmailBackend) -> None:
    """Close; the message is with the server already, so a rude goodbye changes nothing."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        return


class QueuedBackend(BaseEmailBackend):
    """Django's mail backend of this house: queues instead of sending."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Queue each message that has somebody to go to; returns how many."""
        return len([post(message) for message in email_messages if message.recipients()])
