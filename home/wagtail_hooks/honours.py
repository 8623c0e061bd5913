"""The register of honours: its two steps and their words in the history."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry, Revision
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from home.models import CommendationHonour, CommendationPage, Honour
from home.register.steps import RESTORED, WITHDRAWN
from home.register.viewset import HonourDesk, step_of

register_snippet(HonourDesk)


@hooks.register("register_icons")
def icons(found: list[str]) -> list[str]:
    """Bring the medal of the register."""
    return [*found, "home/register/medal.svg"]


class StepMenuItem(ActionMenuItem):
    """The way to withdraw or restore, in the footer of the form."""

    name = "action-step"
    template_name = "home/register/step_menu_item.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show the step that is open to whoever looks."""
        honour = context.get("instance")
        return (
            context["view"] == "edit"
            and isinstance(honour, Honour)
            and step_of(honour, context["request"].user) is not None
        )

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Add label, address and icon."""
        context = super().get_context_data(parent_context)
        step = step_of(parent_context["instance"], parent_context["request"].user)
        label, context["url"], context["icon_name"] = step or ("", "", "")
        return {**context, "label": label}


@hooks.register("register_snippet_action_menu_item")
def step_in_the_form(model: type[Model]) -> StepMenuItem | None:
    """Offer the step of an honour below its form."""
    return StepMenuItem(order=200) if model is Honour else None


@hooks.register("register_snippet_listing_buttons")
def step_in_the_list(snippet: Any, user: Any, next_url: str = "") -> Iterator[Button]:  # noqa: ARG001
    """Offer the step of an honour in the list."""
    step = step_of(snippet, user) if isinstance(snippet, Honour) else None
    if step:
        label, url, icon_name = step
        yield Button(label, url, icon_name=icon_name, priority=15)


@hooks.register("before_delete_snippet")
def keep_what_is_used(request: HttpRequest, snippets: list[Any]) -> HttpResponse | None:
    """Refuse to delete an honour that any version of a page shows: it can be withdrawn instead."""
    honours = [snippet for snippet in snippets if isinstance(snippet, Honour)]
    used = {honour.pk for honour in honours} & _shown_anywhere() if honours else set()
    if not used:
        return None
    names = "、".join(str(honour) for honour in honours if honour.pk in used)
    messages.error(
        request, _("Not deleted: %(honours)s stands on a page. Withdraw it instead.") % {"honours": names}
    )
    return redirect(reverse(Honour.snippet_viewset.get_url_name("list")))


def _shown_anywhere() -> set[int]:
    """Return the honours on pages or in kept versions of pages, which could not be opened without them."""
    shown = set(CommendationHonour.objects.values_list("honour", flat=True))
    kept = Revision.objects.filter(content_type=ContentType.objects.get_for_model(CommendationPage))
    for rows in kept.values_list("content__honours", flat=True).iterator():
        shown |= {row["honour"] for row in rows or ()}
    return shown


@hooks.register("register_log_actions")
def words_of_the_steps(actions: Any) -> None:
    """Say in the history what a step did."""
    actions.register_model(Honour, ModelLogEntry)

    @actions.register_action(WITHDRAWN)
    class Withdrawn(LogFormatter):
        label = gettext_lazy("Withdraw the honour")

        def format_message(self, entry: ModelLogEntry) -> str:
            """Name day and reason."""
            return _("Withdrawn on %(on)s: %(why)s") % {"on": entry.data["on"], "why": entry.data["why"]}

    @actions.register_action(RESTORED)
    class Restored(LogFormatter):
        label = gettext_lazy("Restore the honour")

        def format_message(self, entry: ModelLogEntry) -> str:
            """Recall what is undone."""
            return _("Restored (it was withdrawn on %(on)s: %(why)s)") % {
                "on": entry.data["on"],
                "why": entry.data["why"],
            }
