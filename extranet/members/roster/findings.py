"""What can be wrong or doubtful about a row, each kind with its name and its sentence."""

from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .columns import LABELS

Facts = dict[str, Any]


class Finding(NamedTuple):
    """Something about one row: what, in which field, the words of the cell, facts for the sentence."""

    code: str
    field: str
    words: str
    facts: Facts


KINDS: dict[str, tuple[Any, Any]] = {
    "number_missing": (_("staff number missing"), _("Write the staff number.")),
    "number_shape": (
        _("staff number ill-formed"),
        _("A staff number has 3 to 20 digits or letters, without blanks."),
    ),
    "number_twice": (
        _("staff number twice in the file"),
        _("This staff number also stands in row %(rows)s. Keep one row for each person."),
    ),
    "name_missing": (_("name missing"), _("Write the name.")),
    "sex_unknown": (_("sex unknown"), _("Write one of: %(allowed)s.")),
    "shift_unknown": (_("shift unknown"), _("Write one of: %(allowed)s.")),
    "status_unknown": (_("membership unknown"), _("Write one of: %(allowed)s.")),
    "day_bad": (_("no such day"), _("Write the day as 2026-01-05.")),
    "month_bad": (_("no such month"), _("Write year and month as 1990-05.")),
    "born_in_future": (_("born in the future"), _("The month of birth lies ahead. Look at the year.")),
    "joined_in_future": (_("joined in the future"), _("The day of joining lies ahead. Look at the year.")),
    "joined_before_born": (
        _("joined before birth"),
        _("The day of joining lies before the birth (%(born)s). One of the two is wrong."),
    ),
    "joined_after_left": (
        _("joined after leaving"),
        _("This person is known as gone since %(left)s. Take them back, or correct the day of joining."),
    ),
    "mobile_bad": (_("mobile ill-formed"), _("Write the number in digits only, such as 13800000000.")),
    "mobile_twice": (_("mobile used twice"), _("%(who)s has the same number. Only one of them can keep it.")),
    "email_bad": (_("mail address ill-formed"), _("Write an address such as name@example.org.")),
    "email_twice": (
        _("mail address used twice"),
        _("%(who)s has the same address. Only one of them can keep it."),
    ),
    "department_unknown": (
        _("department unknown"),
        _("There is no department of this name. Correct it, or allow above that it is founded."),
    ),
    "branch_unknown": (
        _("branch union unknown"),
        _("There is no branch union of this name. Correct it, or allow above that it is founded."),
    ),
    "group_unknown": (
        _("union group unknown"),
        _("There is no group of this name in the branch. Correct it, or allow above that it is founded."),
    ),
    "group_homeless": (
        _("group without its branch"),
        _("Several branches or none have this group. Write the branch union too."),
    ),
    "too_long": (_("text too long"), _("Write at most %(most)s characters.")),
    "formula": (_("formula"), _("The cell begins like a formula. Write the value itself.")),
    "fault": (
        _("fault of the spreadsheet"),
        _("The spreadsheet could not compute this. Write the value itself."),
    ),
    "own_account": (
        _("your own account"),
        _("You cannot take yourself out of the house. Ask another officer to do it."),
    ),
    "administrator": (
        _("administrator's account"),
        _("An administrator looks after the machine and is not taken out by a roster."),
    ),
    "person_swapped": (
        _("another person?"),
        _("So far %(known)s had this staff number. Make sure that it is the same person."),
    ),
    "zeros_lost": (
        _("zeros lost"),
        _("The spreadsheet dropped zeros in front; it is read as %(number)s. Set the column to text."),
    ),
    "stays_gone": (
        _("has left"),
        _("Gone since %(left)s, and stays so. To take them back, write %(active)s as membership."),
    ),
    "very_young": (_("very young"), _("This person was under 16 on joining. Look at both days.")),
    "holds_office": (_("holds an office"), _("Holds: %(offices)s. The office ends today with the leaving.")),
}
DOUBTS = frozenset({"person_swapped", "zeros_lost", "stays_gone", "very_young", "holds_office"})
ERRORS = tuple(code for code in KINDS if code not in DOUBTS)


def sentence(code: str, facts: Facts) -> str:
    """Return what to tell the officer about a finding, in their language."""
    return str(KINDS[code][1]) % facts


def line(finding: Any) -> str:
    """Return a finding in one line, for the column beside the row: field, words, sentence."""
    found = Finding(*finding)
    facts = {"field": LABELS[found.field], "said": sentence(found.code, found.facts), "words": found.words}
    if found.words:
        return gettext("%(field)s “%(words)s”: %(said)s") % facts
    return gettext("%(field)s: %(said)s") % facts
