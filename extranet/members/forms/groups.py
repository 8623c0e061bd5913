"""Groups in the admin's forms about people: those that come with an office are the office's matter."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def free_groups() -> Any:
    """Return the groups no kind of office maps: only these are given by hand."""
    return Group.objects.filter(office_kinds=None)


class FreeGroups(forms.ModelForm):
    """Offers the free groups, and leaves what somebody's offices give as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["groups"]
        field.queryset = free_groups()
        person = self.instance
        mapped = Group.objects.exclude(office_kinds=None).distinct()
        self.by_office = list(mapped.filter(user=person)) if person.pk else []
        if person.pk:
            self.initial["groups"] = list(free_groups().filter(user=person))
        field.help_text = _("Groups that come with an office are not chosen here: they follow the term.")
        if self.by_office:
            names = "、".join(group.name for group in self.by_office)
            field.help_text = _("By office, as long as the term runs: %(groups)s.") % {"groups": names}

    def clean_groups(self) -> list[Group]:
        """Add what the offices give, so that saving takes nothing of it away."""
        return [*self.cleaned_data["groups"], *self.by_office]


class FreeGroupForm(forms.Form):
    """One free group, for several people at once."""

    role = forms.ModelChoiceField(label=gettext_lazy("Role"), queryset=Group.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.queryset = free_groups()
