"""Outlines of the standing pages a new site begins with: drafts that say what belongs where."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A draft: ``parts`` are pairs of a heading and what to write under it."""

    key: str
    slug: str
    title: Any
    lead: Any
    parts: tuple[tuple[Any, Any], ...]

    def body(self) -> list[tuple[str, str]]:
        """Return the body of the page, one text block of rich text, in the active language."""
        return [("text", format_html_join("", "<h2>{}</h2><p>{}</p>", self.parts))]


OUTLINES = (
    Outline(
        key="charter",
        slug="charter",
        title=_("Charter of the union"),
        lead=_("What this union stands for and how it decides."),
        parts=(
            (_("Purpose and tasks"), _("Write here what the union does for its members, in plain words.")),
            (
                _("Congress and committees"),
                _("Write here how often the congress meets, which committees there are and who elects them."),
            ),
            (_("Rights and duties of members"), _("Write here what members may ask for and what they owe.")),
            (_("Dues and money"), _("Write here how dues are reckoned and who checks the accounts.")),
        ),
    ),
    Outline(
        key="joining",
        slug="joining",
        title=_("Joining and transferring"),
        lead=_("Who can join, what to bring and how long it takes."),
        parts=(
            (
                _("Who can join"),
                _("Write here who may become a member, including agency and contract staff."),
            ),
            (_("How to join"), _("Write here the steps, the form and the office that takes it.")),
            (
                _("Transferring membership"),
                _("Write here how somebody who comes or leaves takes the membership along."),
            ),
            (_("Questions"), _("Write here whom to ask, with phone and opening hours.")),
        ),
    ),
    Outline(
        key="privacy",
        slug="privacy",
        title=_("Protection of personal data"),
        lead=_(
            "Which data this site keeps, what for, for how long, and how to have it corrected or deleted."
        ),
        parts=(
            (
                _("Who is responsible"),
                _("Write here the full name of the union and the person to turn to, with phone."),
            ),
            (
                _("What is kept and why"),
                _("Write here each kind of data with its purpose; leave out what is not collected."),
            ),
            (_("How long it is kept"), _("Write here when each kind of data is deleted.")),
            (
                _("Pictures of people"),
                _("Write here how consent is asked for and how somebody has a picture removed."),
            ),
            (
                _("Your rights"),
                _("Write here how to see, correct, copy or delete data and how soon an answer comes."),
            ),
        ),
    ),
    Outline(
        key="accessibility",
        slug="accessibility",
        title=_("Accessibility statement"),
        lead=_("How everybody can use this site, and whom to tell when something gets in the way."),
        parts=(
            (
                _("What this site offers"),
                _("Write here: large print, dark colours, use by keyboard, texts for pictures."),
            ),
            (
                _("What does not work yet"),
                _("Write here honestly what some people cannot use, and until when."),
            ),
            (
                _("Tell us"),
                _("Write here phone, mail and office; say how soon somebody answers."),
            ),
        ),
    ),
    Outline(
        key="contact",
        slug="contact",
        title=_("Contact us"),
        lead=_("Where the union's office is and when somebody is there."),
        parts=(
            (_("Office"), _("Write here building, floor and room, and how to get there.")),
            (_("Opening hours and phone"), _("Write here the hours; say what to do outside them.")),
            (
                _("Who does what"),
                _("Write here the names of those responsible, each with a matter and a phone."),
            ),
        ),
    ),
)
