"""What officers write on somebody's page, and members on their own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extranet.members.models import Branch, Department, Membership, UnionGroup, mobile_shape
from extranet.members.services.membership import Ground, end, retain, transfer_out

from .directory import GroupField
from .fields import MobileField

LEAVING: dict[str, tuple[Any, Any]] = {
    "retain": (_("Retain the membership: retired or away from the post"), retain),
    "transfer": (_("Transferred out: the union of another employer takes over"), transfer_out),
    "end": (_("End the membership: left the hospital"), end),
}


class DayField(forms.DateField):
    """A day, chosen with what the browser offers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class GroundFields(forms.Form):
    """Since when and why."""

    use_required_attribute = False

    on = DayField(label=_("In effect since"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean_on(self) -> Any:
        """Refuse a day that is still to come: what has not happened is not on record."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("Choose today or an earlier day."))
        return day

    def ground(self, actor: Any) -> Ground:
        """Return the ground the officer gave."""
        return Ground(on=self.cleaned_data["on"], actor=actor, reason=self.cleaned_data["reason"])


class ChangeForm(GroundFields, forms.ModelForm):
    """Where somebody works and belongs, and as what."""

    field_order = ("department", "branch", "group", "post", "title", "employment", "shift", "on", "reason")

    class Meta:
        model = Membership
        fields = ("department", "branch", "group", "post", "title", "employment", "shift")
        field_classes = {"group": GroupField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("department", Department), ("branch", Branch), ("group", UnionGroup)):
            field: Any = self.fields[name]
            rows = model.objects.open() | model.objects.filter(pk=getattr(self.instance, f"{name}_id"))
            field.queryset = rows.select_related("branch") if model is UnionGroup else rows
            field.empty_label = _("None")

    def values(self) -> dict[str, Any]:
        """Return what the officer changed: branch and group only when they were touched themselves."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.Meta.fields}

    def _post_clean(self) -> None:
        """Leave the membership as it is: the service writes it."""


class LeaveForm(GroundFields):
    """How somebody leaves."""

    field_order = ("how", "on", "reason")
    how = forms.ChoiceField(
        label=_("What happens"),
        widget=forms.RadioSelect,
        choices=[(key, label) for key, (label, _verb) in LEAVING.items()],
    )


class ShiftForm(forms.Form):
    """Which shifts somebody works."""

    shift = forms.ChoiceField(label=_("shift pattern"), choices=Membership.Shift.choices)


class MobileForm(forms.Form):
    """One's own mobile number."""

    use_required_attribute = False
    mobile = MobileField(
        label=_("mobile"),
        max_length=20,
        required=False,
        validators=[mobile_shape],
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
