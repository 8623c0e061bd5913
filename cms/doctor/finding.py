"""One answer of the doctor."""

from dataclasses import dataclass
from typing import Literal

State = Literal["well", "notice", "wrong"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One answer: ``wrong`` keeps the house from working, ``notice`` should be mended before real use."""

    subject: str
    state: State
    text: str
    remedy: str = ""


def well(subject: str, text: str) -> Finding:
    """Return a finding that asks nothing."""
    return Finding(subject=subject, state="well", text=text)


def wrong(subject: str, text: str, remedy: str, *, state: State = "wrong") -> Finding:
    """Return a finding with its remedy."""
    return Finding(subject=subject, state=state, text=text, remedy=remedy)
