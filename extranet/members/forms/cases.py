"""What an application asks for, one form a kind; what is right is decided by the service."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from extranet.core.stepping import StepForm
from extranet.core.workflow import Transition
from extranet.members.models import Branch, Department, Membership, MembershipCase, UnionGroup
from extranet.members.services import cases
from extranet.members.services.cases import fields

Kind, Field = MembershipCase.Kind, MembershipCase.Field


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


def _words(label: Any, *, required: bool, **more: Any) -> forms.CharField:
    box = forms.Textarea({"rows": 4})
    return forms.CharField(label=label, max_length=1000, required=required, widget=box, **more)


class ApplicationForm(forms.Form):
    """Any kind: made for one membership, and for the field it corrects."""

    def __init__(self, *args: Any, membership: Membership, field: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership, self.field = membership, field

    @property
    def asked(self) -> Mapping[str, Any]:
        """What the service is asked."""
        return self.cleaned_data


class JoinForm(ApplicationForm):
    """入会申请."""

    reason = _words(_("What the branch should know"), required=False)
    willing = forms.BooleanField(
        label=_("I join the union of my own will, keep to its constitution and pay the fee."),
        error_messages={"required": _("Tick this, or the branch cannot take you in.")},
    )


class OtherUnion(forms.Form):
    """The union somebody comes from or goes to."""

    other_union = forms.CharField(
        label=_("Name of the other union"), max_length=80, help_text=_("As it stands on its seal.")
    )


class ArriveForm(OtherUnion, ApplicationForm):
    """转入."""

    other_card = forms.CharField(label=_("Number of the card there"), max_length=40, required=False)
    first_joined_on = _day(
        _("First joined a union on"), required=False, help_text=_("Your years of membership count from then.")
    )
    reason = _words(_("What the branch should know"), required=False)


class MoveForm(ApplicationForm):
    """院内转会."""

    to_branch = forms.ModelChoiceField(
        queryset=Branch.objects.none(), label=_("To the branch union"), empty_label=_("Please choose")
    )
    to_group = forms.ModelChoiceField(
        queryset=UnionGroup.objects.none(),
        label=_("To the group"),
        required=False,
        empty_label=_("The branch decides"),
    )
    reason = _words(_("Why"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = Branch.objects.open().exclude(pk=self.membership.branch_id)
        groups = UnionGroup.objects.open().filter(branch__in=branches).select_related("branch")
        self.fields["to_branch"].queryset = branches  # type: ignore[attr-defined]
        field: Any = self.fields["to_group"]
        field.queryset = groups
        field.label_from_instance = lambda group: f"{group.branch} · {group.name}"


class DepartForm(OtherUnion, ApplicationForm):
    """转出."""

    takes_effect_on = _day(_("From which day"), help_text=_("From this day you cannot sign in any more."))
    reason = _words(_("What the branch should know"), required=False)


class LeaveForm(ApplicationForm):
    """退会."""

    takes_effect_on = _day(_("From which day"), help_text=_("From this day you cannot sign in any more."))
    reason = _words(_("Why"), required=True)


class CorrectForm(ApplicationForm):
    """信息更正: the field is chosen before, its widget follows."""

    reason = _words(_("What the branch should know"), required=False)
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["wanted", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"] = self._wanted()
        self.fields["about"].initial = self.field
        self.order_fields(self.field_order)

    @property
    def field_label(self) -> Any:
        """What the roster calls it."""
        return Field(self.field).label

    @property
    def present(self) -> str:
        """What the roster says now, in words."""
        return fields.in_words(self.field, fields.present(self.membership, self.field))

    @property
    def asked(self) -> Mapping[str, Any]:
        """What the service is asked."""
        return self.cleaned_data | {"field": self.field}

    def _wanted(self) -> forms.Field:
        label = _("What is right")
        if self.field == Field.DEPARTMENT:
            open_ones = [(str(one.pk), str(one)) for one in Department.objects.open()]
            return forms.ChoiceField(label=label, choices=[("", _("Please choose")), *open_ones])
        if self.field == Field.SEX:
            return forms.ChoiceField(label=label, choices=Membership.Sex.choices, widget=forms.RadioSelect)
        box = {
            Field.BORN_IN: forms.TextInput({"type": "month", "placeholder": "1990-05"}),
            Field.JOINED_ON: forms.TextInput({"type": "date", "placeholder": "2019-07-01"}),
            Field.MOBILE: forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        }
        return forms.CharField(label=label, max_length=120, widget=box.get(Field(self.field)))


FORMS: dict[str, type[ApplicationForm]] = {
    Kind.JOIN: JoinForm,
    Kind.ARRIVE: ArriveForm,
    Kind.MOVE: MoveForm,
    Kind.DEPART: DepartForm,
    Kind.LEAVE: LeaveForm,
    Kind.CORRECT: CorrectForm,
}


class ReturnForm(StepForm):
    """What is missing, and until when."""

    until = _day(_("To be completed by"))
    note = forms.CharField(
        label=_("What is missing"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what is missing, so that the member can add it.")},
    )
    field_order = ["note", "until"]

    def __init__(self, step: Transition, *args: Any, **kwargs: Any) -> None:
        super().__init__(step, *args, **kwargs)
        self.fields["until"].initial = self.offered

    def offered(self) -> date:
        """Return the day that is offered."""
        return cases.completion_day()


class DeclineForm(StepForm):
    """The reason, which the member reads."""

    note = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why: the member has a right to know.")},
    )
