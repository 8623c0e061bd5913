"""Forms in which an administrator keeps people's accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.users.forms import UserCreationForm, UserEditForm

from extranet.members.models import User, mobile_shape, staff_number_shape

from .fields import MobileField, StaffNumberField
from .groups import FreeGroups


class PersonFields(forms.ModelForm):
    """What both forms share, most important first."""

    first_name = None
    last_name = None
    staff_number = StaffNumberField(
        label=_("staff number"),
        max_length=20,
        validators=[staff_number_shape],
        help_text=_("The name to sign in with: 3 to 20 digits or letters."),
    )
    name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=60)
    email = forms.EmailField(
        label=_("email"),
        required=False,
        help_text=_("Optional. A forgotten password can only be replaced by mail."),
    )
    mobile = MobileField(label=_("mobile"), max_length=20, required=False, validators=[mobile_shape])

    field_order = ["staff_number", "name", "email", "mobile", "password1", "password2", "is_active"]
    error_messages = {
        "duplicate_username": _("Somebody already has this staff number."),
        "password_mismatch": _("The two passwords differ. Please type the same one twice."),
    }

    def clean_email(self) -> str:
        """Refuse a mail address that somebody else uses, at its field."""
        email = self.cleaned_data["email"].strip().lower()
        if email and User.objects.exclude(pk=self.instance.pk).filter(email=email).exists():
            raise forms.ValidationError(_("Somebody already uses this mail address."))
        return email


class PersonCreationForm(FreeGroups, PersonFields, UserCreationForm):
    """A new account with its first password, which obeys the validators."""

    class Meta(UserCreationForm.Meta):
        fields = ["staff_number", "name", "email", "mobile", "is_superuser", "groups"]


class PersonEditForm(FreeGroups, PersonFields, UserEditForm):
    """An account; an empty password leaves the old one."""

    class Meta(UserEditForm.Meta):
        fields = ["staff_number", "name", "email", "mobile", "is_active", "is_superuser", "groups"]
