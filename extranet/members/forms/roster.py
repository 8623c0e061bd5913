"""What an officer says about a roster: the file, its columns, unknown names, how it is taken home."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from extranet.members.models import Branch, Department, RosterImport, UnionGroup
from extranet.members.roster.columns import COLUMNS, PLACES
from extranet.members.roster.comparing import CREATE
from extranet.members.services.roster_export import FORMS, SCOPES

FEW_NAMES = 20
"""Unknown names up to which every part of the house is offered for each."""


class UploadForm(forms.Form):
    """A file of the personnel office."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.xls,.csv"}),
        help_text=_("XLSX, XLS or CSV, up to 10,000 rows and 20 MB. The headings are found by themselves."),
        error_messages={"required": _("Choose the file first.")},
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)


class ColumnsForm(forms.Form):
    """Which column means what, and whether everybody is in the file."""

    def __init__(self, roster: RosterImport, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roster = roster
        choices = [("", _("leave out")), *((column.key, column.label) for column in COLUMNS)]
        for position, words, _examples in roster.headers:
            self.fields[f"column_{position}"] = forms.ChoiceField(
                label=words, choices=choices, required=False, initial=roster.columns.get(str(position), "")
            )
        self.fields["is_complete"] = forms.BooleanField(
            label=_("Everybody is in this file"),
            required=False,
            initial=roster.is_complete,
            help_text=_(
                "Whoever is in the house and not in the file has left: they lose access, nothing of theirs "
                "is deleted. Retired people stay. You see the list before anything happens."
            ),
        )

    def lines(self) -> Iterator[tuple[str, list[str], BoundField]]:
        """Yield each column's words, some of its cells and the field to choose in."""
        for position, words, examples in self.roster.headers:
            yield words, examples, self[f"column_{position}"]

    def columns(self) -> dict[int, str]:
        """Return the chosen field of each column."""
        return {
            position: self.cleaned_data.get(f"column_{position}", "")
            for position, _words, _examples in self.roster.headers
        }


class AnswersForm(forms.Form):
    """What becomes of each name the house does not know."""

    found_all = forms.BooleanField(label=_("Found all that are named here"), required=False)

    def __init__(self, roster: RosterImport, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [
            (kind, key, entry)
            for kind in PLACES
            for key, entry in sorted(roster.unknown.get(kind, {}).items(), key=lambda pair: pair[1]["name"])
        ]
        known = _parts() if len(self.asked) <= FEW_NAMES else {}
        for number, (kind, key, entry) in enumerate(self.asked):
            near = entry["nearest"]
            nearest = [(str(near[0]), self._it_is(near[1]))] if near else []
            choices: list[Any] = [("", _("I correct it in the file")), (CREATE, _("found it")), *nearest]
            others = [
                pair for pair in known.get(kind, []) if pair[0] not in {value for value, _label in nearest}
            ]
            choices += [(_("It is …"), others)] if others else []
            self.fields[f"name_{number}"] = forms.ChoiceField(
                label=entry["name"],
                choices=choices,
                required=False,
                initial=roster.answers.get(kind, {}).get(key, ""),
            )

    @staticmethod
    def _it_is(name: str) -> str:
        return gettext("it is %(name)s") % {"name": name}

    def lines(self) -> Iterator[tuple[str, dict[str, Any], BoundField]]:
        """Yield the kind of part, what is known about the name, and the field to answer in."""
        for number, (kind, _key, entry) in enumerate(self.asked):
            yield kind, entry, self[f"name_{number}"]

    def answers(self) -> dict[str, dict[str, str]]:
        """Return the answers by kind and name."""
        given: dict[str, dict[str, str]] = {}
        for number, (kind, key, _entry) in enumerate(self.asked):
            chosen = self.cleaned_data.get(f"name_{number}", "")
            given.setdefault(kind, {})[key] = (
                CREATE if self.cleaned_data["found_all"] and not chosen else chosen
            )
        return given


def _parts() -> dict[str, list[tuple[str, str]]]:
    """Return the open parts of the house to choose from (three queries)."""
    groups = UnionGroup.objects.open().select_related("branch")
    return {
        "department": [(str(one.pk), one.name) for one in Department.objects.open()],
        "branch": [(str(one.pk), one.name) for one in Branch.objects.open()],
        "group": [(str(one.pk), f"{one.branch.name} · {one.name}") for one in groups],
    }


class ExportForm(forms.Form):
    """Whom to take home, as which file."""

    scope = forms.ChoiceField(
        label=pgettext_lazy("export", "Who"), choices=tuple(SCOPES.items()), initial="here"
    )
    branch = forms.ModelChoiceField(
        label=_("branch union"), queryset=Branch.objects.all(), required=False, empty_label=_("all")
    )
    form = forms.ChoiceField(
        label=_("File"), choices=[(form, form.upper()) for form in FORMS], initial="xlsx"
    )
