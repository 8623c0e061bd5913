"""The private files of the members' house (附件、材料).

A room registers once what may come in with its kind of case, and who reads it (``register(Intake(…))``). A
form in progress has a tray: files wait in it, their owner's alone, one by one as they are chosen (``Uploads``
in ``forms``), until the service that sends the form hands them over in its own transaction (``adopt``).
``attach`` adds to a case that was handed in. ``core:attachment`` and ``core:attachment_view`` send and show a
file to whoever ``access.may_read`` lets in; for all others there is none.
"""

from .access import Paper, held_back, may_read, note_look, papers
from .intakes import Intake, Slot, intake_for, intake_of, register
from .services import adopt, attach, expunge, put, take_back

__all__ = [
    "Intake",
    "Paper",
    "Slot",
    "adopt",
    "attach",
    "expunge",
    "held_back",
    "intake_for",
    "intake_of",
    "may_read",
    "note_look",
    "papers",
    "put",
    "register",
    "take_back",
]
