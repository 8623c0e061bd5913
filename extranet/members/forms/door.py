"""Small forms of the account pages and of the officers who let people in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from extranet.members.models import Branch, Department, OneTimeCode
from extranet.members.selectors.activation import STATES


class MailForm(forms.Form):
    """A new mail address."""

    email = forms.EmailField(
        label=_("New mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class WaitingFilter(forms.Form):
    """Whose codes: by words, department, branch, and whether they have one already."""

    q = forms.CharField(label=_("Name or staff number"), max_length=40, required=False)
    department = forms.ModelChoiceField(
        Department.objects.open(), label=_("Department"), required=False, empty_label=_("All")
    )
    branch = forms.ModelChoiceField(
        Branch.objects.open(), label=_("Branch union"), required=False, empty_label=_("All")
    )
    state = forms.ChoiceField(
        label=_("Activation code"),
        required=False,
        choices=[("", _("All")), (STATES[0], _("Without a code")), (STATES[1], _("With a code"))],
    )

    def asked(self) -> dict[str, Any]:
        """Return what the selector understands; nonsense in the address asks for nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        return {
            "words": cleaned.get("q", "").strip(),
            "department": cleaned.get("department"),
            "branch": cleaned.get("branch"),
            "state": cleaned.get("state", ""),
        }


class SlipForm(forms.Form):
    """What the office saw before it gives a recovery slip."""

    checked = forms.ChoiceField(
        label=_("What have you seen?"), choices=OneTimeCode.Checked.choices, widget=forms.RadioSelect
    )


class ResetForm(SlipForm):
    """What the office saw, and what happened to the second factor."""

    reason = forms.CharField(label=_("What happened?"), max_length=200, widget=forms.TextInput)
