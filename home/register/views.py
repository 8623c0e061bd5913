"""Screens of the two steps: each asks once more, says what will disappear, and can be undone by the other."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from home.models import CommendationPage, Honour

from . import steps


class PagesField(forms.ModelMultipleChoiceField):
    """Pages to take along, each named with what becomes of it otherwise."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CommendationPage.objects.none(), required=False, **kwargs)


class WithdrawForm(forms.Form):
    """Day, reason, and the pages to take down along with the honour."""

    on = forms.DateField(
        label=gettext_lazy("Withdrawn on"),
        initial=timezone.localdate,
        widget=AdminDateInput,
        help_text=gettext_lazy("The day of the decision."),
    )
    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=steps.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For the register; visitors do not see it."),
    )
    pages = PagesField(
        label=gettext_lazy("Take these pages down as well"),
        help_text=gettext_lazy(
            "Ticked: nothing else stands on them. A page that stays loses the gold plate, its words stay."
        ),
    )


class RestoreForm(forms.Form):
    """The pages to put up again along with the honour."""

    pages = PagesField(
        label=gettext_lazy("Put these pages up again"),
        help_text=gettext_lazy("They were taken down with the honour and come back as they were then."),
    )


class StepView(WagtailAdminTemplateMixin, FormView):
    """Abstract: one step of one honour; whoever may not take it, or comes when it is done, is told so."""

    _show_breadcrumbs = True
    header_icon = "medal"
    template_name = "home/register/step.html"
    verb: ClassVar[Any]
    undo: ClassVar[Any]
    danger = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the honour for whoever keeps the register."""
        if not request.user.has_perm(steps.MAY):
            raise PermissionDenied
        self.honour = get_object_or_404(Honour, pk=unquote(str(kwargs["pk"])))
        self.open_pages = [page for page in self.concerned() if steps.open_to(request.user, page)]
        if request.method == "GET" and not self.is_due():
            messages.warning(request, self.too_late())
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    def concerned(self) -> list[CommendationPage]:
        """Return the pages the step may take along."""
        raise NotImplementedError

    def is_due(self) -> bool:
        """Tell whether the honour waits for this step."""
        raise NotImplementedError

    def too_late(self) -> str:
        """Say that the step was taken already."""
        raise NotImplementedError

    def get_page_subtitle(self) -> str:
        """Name the honour."""
        return str(self.honour)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        listing = {"url": reverse(_url("list")), "label": Honour._meta.verbose_name_plural}  # noqa: SLF001
        here = {"url": "", "label": self.get_page_title(), "sublabel": str(self.honour)}
        return [*super().get_breadcrumbs_items(), listing, here]

    def get_form(self, form_class: Any = None) -> forms.Form:
        """Offer the pages, those that should go along ticked."""
        form = super().get_form(form_class)
        if self.open_pages:
            pages: Any = form.fields["pages"]
            pages.queryset = CommendationPage.objects.filter(pk__in=[page.pk for page in self.open_pages])
            pages.initial = [page.pk for page in self.open_pages if self.ticked(page)]
        else:
            del form.fields["pages"]
        return form

    def ticked(self, page: CommendationPage) -> bool:
        """Tell whether a page goes along unless somebody says otherwise."""
        raise NotImplementedError

    def take(self, form: forms.Form) -> str:
        """Take the step and return what happened."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Take the step; what it refuses is said at the field."""
        try:
            said = self.take(form)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        address = reverse(_url(self.undo), args=[quote(self.honour.pk)])
        undo = messages.button(address, pgettext("button after a step", "Undo"))
        messages.success(self.request, said, buttons=[undo])
        return self.back()

    def back(self) -> HttpResponse:
        """Return to the honour."""
        return redirect(reverse(_url("edit"), args=[quote(self.honour.pk)]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the honour and where it shows."""
        return super().get_context_data(
            honour=self.honour,
            shown_on=[page for page in steps.pages_of(self.honour) if page.live],
            back=reverse(_url("list")),
            **kwargs,
        )


class WithdrawView(StepView):
    """Withdraw an honour."""

    page_title = gettext_lazy("Withdraw")
    form_class = WithdrawForm
    verb, undo, danger = gettext_lazy("Withdraw the honour"), "restore", True

    def concerned(self) -> list[CommendationPage]:
        """Return the public pages that show it."""
        return [page for page in steps.pages_of(self.honour) if page.live]

    def is_due(self) -> bool:
        """Tell whether it stands."""
        return self.honour.is_standing

    def too_late(self) -> str:
        """Say that it was withdrawn already."""
        return _("This honour is withdrawn already.")

    def ticked(self, page: CommendationPage) -> bool:
        """Take down what would be left without any honour."""
        return steps.loses_all(page, self.honour)

    def take(self, form: forms.Form) -> str:
        """Withdraw it."""
        said = form.cleaned_data
        steps.withdraw(
            self.honour, by=self.request.user, on=said["on"], why=said["why"], down=said.get("pages", ())
        )
        return _("Withdrawn. It has left the wall, the pages and the front; the register keeps it.")


class RestoreView(StepView):
    """Let a withdrawn honour stand again."""

    page_title = gettext_lazy("Restore")
    form_class = RestoreForm
    verb, undo = gettext_lazy("Restore the honour"), "withdraw"

    def concerned(self) -> list[CommendationPage]:
        """Return the pages that went with it."""
        return [] if self.honour.is_standing else steps.taken_down_with(self.honour)

    def is_due(self) -> bool:
        """Tell whether it is withdrawn."""
        return not self.honour.is_standing

    def too_late(self) -> str:
        """Say that it stands."""
        return _("This honour stands; there is nothing to restore.")

    def ticked(self, page: CommendationPage) -> bool:  # noqa: ARG002
        """Put up everything that went with it."""
        return True

    def take(self, form: forms.Form) -> str:
        """Restore it."""
        steps.restore(self.honour, by=self.request.user, up=form.cleaned_data.get("pages", ()))
        return _("Restored. It stands on the wall and on its pages again.")


def _url(name: str) -> str:
    return Honour.snippet_viewset.get_url_name(name)
