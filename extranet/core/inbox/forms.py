"""The form of the choices: mail at all, each topic when, hours without."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extranet.core.notices.choices import Wish, open_modes
from extranet.core.notices.topics import Topic, all_topics

PREFIX = "topic-"


class HourField(forms.TimeField):
    """A time of the day."""

    default_error_messages = {
        "invalid": gettext_lazy("Write hours and minutes, such as 22:00."),
        "required": gettext_lazy("Write hours and minutes, such as 22:00."),
    }
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


@dataclass(frozen=True)
class Asked:
    """One topic with its question."""

    topic: Topic
    field: forms.BoundField


class ChoicesForm(forms.Form):
    """Everything a person may choose about mail; a duty has no way to be muted."""

    by_mail = forms.BooleanField(label=gettext_lazy("Remind me by mail as well"), required=False)
    keeps_quiet = forms.BooleanField(
        label=gettext_lazy("No mail while I rest"),
        required=False,
    )
    quiet_from = HourField(label=gettext_lazy("From"))
    quiet_until = HourField(label=gettext_lazy("Until"))

    def __init__(self, *args: Any, wish: Wish, **kwargs: Any) -> None:
        hours = {name: getattr(wish, name) for name in self.base_fields}
        modes = {f"{PREFIX}{slug}": mode for slug, mode in wish.modes.items()}
        super().__init__(*args, initial={**hours, **modes}, **kwargs)
        for topic in all_topics():
            self.fields[f"{PREFIX}{topic.slug}"] = forms.ChoiceField(
                label=topic.label,
                choices=[(mode.value, mode.label) for mode in open_modes(topic)],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": gettext_lazy("Choose one of these.")},
            )

    def topics(self) -> Iterator[Asked]:
        """Yield each topic with its field, duties first."""
        for topic in all_topics():
            yield Asked(topic, self[f"{PREFIX}{topic.slug}"])

    def clean(self) -> dict[str, Any]:
        """Refuse quiet hours that have no length."""
        typed = super().clean() or {}
        begin, end = typed.get("quiet_from"), typed.get("quiet_until")
        if begin is not None and begin == end:
            said = _("Beginning and end are the same. If mail may always come, take the tick away above.")
            self.add_error("quiet_until", said)
        return typed

    def wish(self) -> Wish:
        """Return what was chosen; the form must be valid."""
        typed = dict(self.cleaned_data)
        modes = {
            name.removeprefix(PREFIX): typed.pop(name) for name in list(typed) if name.startswith(PREFIX)
        }
        return Wish(**typed, modes=modes)
