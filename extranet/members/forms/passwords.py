"""Passwords that people choose themselves: the rule about the staff number, the first one after a code."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extranet.members.models import mobile_shape
from extranet.members.models.activation import bare

from .fields import MobileField, StaffNumberField

LONGEST_PASSWORD = 200


class NotTheStaffNumber:
    """A validator: whoever knows the staff number must not be able to guess the password."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when the password holds the staff number."""
        number = getattr(user, "staff_number", "")
        if number and number.lower() in password.lower():
            raise ValidationError(self.get_help_text(), code="password_holds_staff_number")

    def get_help_text(self) -> str:
        """Return the rule in a sentence."""
        return _("The password must not contain your staff number.")


class CodeForm(forms.Form):
    """Staff number and the code on the slip."""

    staff_number = StaffNumberField(
        label=gettext_lazy("Staff number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code on the slip"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """Return the code as it was made, however it was typed."""
        return bare(self.cleaned_data["code"])


class FirstPasswordForm(forms.Form):
    """The first password, and how to be reached where the roster does not say."""

    password1 = forms.CharField(
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    mobile = MobileField(
        max_length=20,
        required=False,
        validators=[mobile_shape],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        for name in ("mobile", "email"):
            if getattr(person, name):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Hold the password against the validators, at its field; the two must agree."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Please type the same one twice."))
        if first:
            try:
                password_validation.validate_password(first, self.person)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned
