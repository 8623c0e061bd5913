"""The questions above the directory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from extranet.members.models import Branch, Department, Membership, UnionGroup
from extranet.members.selectors.directory import Parts

LONGEST_WORDS = 60


class GroupField(forms.ModelChoiceField):
    """A union group, told apart by its branch: many branches have a first group."""

    def label_from_instance(self, obj: Any) -> str:
        """Return branch and name."""
        return f"{obj.branch} · {obj.name}"


def _part(model: Any, label: Any, field: type[forms.ModelChoiceField] = forms.ModelChoiceField) -> Any:
    """Return the field of a part of the house; nothing chosen means all of them."""
    return field(model.objects.none(), label=label, required=False, empty_label=_("All"))


def _choices(choices: Any, nothing: Any) -> list[tuple[str, Any]]:
    return [("", nothing), *choices]


class FindForm(forms.Form):
    """Words, and what to narrow the list to; a value that is not offered is no value."""

    use_required_attribute = False

    q = forms.CharField(
        label=_("Name, pinyin, initials, staff number or department"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.TextInput({"type": "search", "enterkeyhint": "search", "autocomplete": "off"}),
    )
    branch = _part(Branch, _("branch union"))
    group = _part(UnionGroup, _("union group"), GroupField)
    department = _part(Department, _("department"))
    status = forms.ChoiceField(
        label=_("membership"),
        required=False,
        choices=_choices(Membership.Status.choices, _("All who have not left")),
    )
    shift = forms.ChoiceField(
        label=_("shift pattern"), required=False, choices=_choices(Membership.Shift.choices, _("All"))
    )
    account = forms.ChoiceField(
        label=_("account"),
        required=False,
        choices=[("", _("All")), ("used", _("in use")), ("unused", _("not activated"))],
    )

    def __init__(self, asked: Any, parts: Parts) -> None:
        super().__init__(asked)
        offered: dict[str, Any] = {
            "branch": parts.branches,
            "group": parts.groups,
            "department": parts.departments,
        }
        for name, rows in offered.items():
            field: Any = self.fields[name]
            field.queryset = rows

    @property
    def narrows(self) -> bool:
        """Whether anything beside the words is asked."""
        return any(self.cleaned_data.get(name) for name in self.fields if name != "q")
