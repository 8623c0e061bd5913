"""Forms of the reference data in the admin: parts of the house, kinds of office, appointments."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from extranet.members.models import Branch, Department, Office, OfficeKind, UnionGroup, User

from .directory import GroupField


class PersonField(forms.CharField):
    """Somebody by staff number, or by a name that only one person has."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Staff number, or the full name."))
        super().__init__(max_length=60, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the person; raises ValidationError when there is none, or more than one of the name."""
        typed = unicodedata.normalize("NFKC", str(super().clean(value) or "")).strip()
        person = User.objects.filter(staff_number=typed.lower()).first()
        if person:
            return person
        named = list(User.objects.filter(name=typed, is_active=True)[:2])
        if len(named) == 1:
            return named[0]
        if named:
            raise ValidationError(
                _("Several people are called %(name)s: write the staff number.") % {"name": typed}
            )
        raise ValidationError(_("Nobody has this staff number or name."))


class DayField(forms.DateField):
    """A day with the admin's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=AdminDateInput(), **kwargs)


class DayForm(forms.Form):
    """Since when."""

    on = DayField(
        label=gettext_lazy("In effect since"),
        initial=timezone.localdate,
        help_text=gettext_lazy("The day of the decision; not later than today."),
    )


class _Parts(forms.ModelForm):
    """Offers open parts only, beside the one that is chosen already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"parent", "branch", "group"} & self.fields.keys():
            field: Any = self.fields[name]
            model = field.queryset.model
            chosen = getattr(self.instance, f"{name}_id", None)
            rows = model.objects.open() | model.objects.filter(pk=chosen)
            field.queryset = rows.select_related("branch") if model is UnionGroup else rows


class DepartmentForm(DayForm, _Parts):
    """A department and since when what is written here holds."""

    field_order = ("name", "code", "parent", "branch", "group", "order", "on")

    class Meta:
        model = Department
        fields = ("name", "code", "parent", "branch", "group", "order")
        field_classes = {"group": GroupField}

    def values(self) -> dict[str, Any]:
        """Return the department's own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class MergeForm(DayForm):
    """Into which department."""

    field_order = ("into", "on")
    into = forms.ModelChoiceField(Department.objects.none(), label=gettext_lazy("Merge into"))

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = Department.objects.open().exclude(pk=department.pk)


class BranchForm(_Parts):
    """A branch union."""

    class Meta:
        model = Branch
        fields = ("name", "order")


class UnionGroupForm(_Parts):
    """A union group."""

    class Meta:
        model = UnionGroup
        fields = ("branch", "name", "order")


class KindForm(forms.ModelForm):
    """A kind of office; its key is chosen once, as rules are written with it."""

    class Meta:
        model = OfficeKind
        fields = (
            "name", "slug", "committee", "level", "one_holder", "is_public", "needs_second_factor", "groups",
            "order",
        )  # fmt: skip
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].disabled = True
            self.fields["level"].disabled = self.instance.offices.exists()


class AppointForm(_Parts):
    """Who gets which office for which term."""

    field_order = ("person", "kind", "branch", "group", "starts_on", "ends_on", "ground")
    person: Any = PersonField(label=gettext_lazy("person"))

    class Meta:
        model = Office
        fields = ("kind", "branch", "group", "starts_on", "ends_on", "ground")
        field_classes = {"group": GroupField, "starts_on": DayField, "ends_on": DayField}
        help_texts = {
            "branch": gettext_lazy("Only for an office of a branch union."),
            "group": gettext_lazy("Only for an office of a union group."),
            "ends_on": gettext_lazy("The last day counts in full; empty: until further notice."),
        }

    def _post_clean(self) -> None:
        """Leave the checks to the service, which knows the person too."""


class TermForm(forms.ModelForm):
    """A term that is not over: its last day and its ground."""

    class Meta:
        model = Office
        fields = ("ends_on", "ground")
        field_classes = {"ends_on": DayField}


class EndForm(forms.Form):
    """Why an office ends early, and when."""

    because = forms.CharField(label=gettext_lazy("why it ended"), max_length=80)
    last_day = DayField(
        label=gettext_lazy("last day"),
        required=False,
        help_text=gettext_lazy("Empty: over at once, from the next click on."),
    )


class HandOverForm(forms.Form):
    """Who follows, from when to when."""

    person = PersonField(label=gettext_lazy("Successor"))
    starts_on = DayField(label=gettext_lazy("first day"), initial=timezone.localdate)
    ends_on = DayField(label=gettext_lazy("last day"), required=False)
    ground = forms.CharField(label=gettext_lazy("ground"), max_length=80, required=False)
