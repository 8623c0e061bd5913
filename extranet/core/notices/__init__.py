"""Notices (站内消息): the record is in the inbox; mail and group robots carry copies.

A room names its topics once, from its ``apps.ready``, and tells people what happened in the transaction in
which it happens::

    register(Topic("bookings", _("Bookings")))

    notify(booking.holder, topic="bookings", key=f"booking:{booking.pk}:approved", url=booking.url,
           title=gettext_noop("%(what)s is booked"), facts={"what": booking.facility.name})

What holds:

* One row for each event (``key``) and recipient, unique in the database: a job that runs again, a double
  click, a second worker add nothing. Another event needs another key.
* ``title`` and ``body`` are message ids, ``facts`` what stands in them: text, numbers, days, instants. They
  are put together at once in the house's language, the record; a reader of another language gets theirs.
* Copies leave after the commit, through jobs. A mail says no more than the topic and where to read on.
* Group robots say only what ``announce`` gives them, of topics marked ``robots``; no notice goes there.
"""

from .choices import Wish, save_wishes, wishes_of
from .copies import carry_copies
from .reading import (
    mark_all_read,
    mark_unread,
    open_notice,
    undo_mark_all,
    unread_count,
)
from .robots import announce
from .tell import notify
from .topics import Topic, all_topics, register, topic_of

__all__ = [
    "Topic",
    "Wish",
    "all_topics",
    "announce",
    "carry_copies",
    "mark_all_read",
    "mark_unread",
    "notify",
    "open_notice",
    "register",
    "save_wishes",
    "topic_of",
    "undo_mark_all",
    "unread_count",
    "wishes_of",
]
