"""What the admin's screens of reference data share: whoever holds the office, writing by services."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies.base import BasePermissionPolicy

from extranet.core.permissions import may
from extranet.members.forms.refusals import tell
from extranet.members.models import Office, User
from extranet.members.rules import CHAIR, MEMBERSHIP_OFFICER, SYSTEM_ADMINISTRATOR

NEVER = {"delete", "publish", "bulk_delete"}
"""What is over gets its last day; nothing here is deleted."""


class ByOffice(BasePermissionPolicy):
    """Who holds the office may; Django's table of permissions says nothing here, nor does a group."""

    def __init__(self, model: Any, permission: str) -> None:
        super().__init__(model)
        self.permission = permission

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the house's own rules."""
        return action not in NEVER and may(user, self.permission)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Ask for each."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Any) -> QuerySet[User]:  # noqa: ARG002
        """Return who may by an office of today, or as an administrator."""
        kinds = (CHAIR, MEMBERSHIP_OFFICER, SYSTEM_ADMINISTRATOR)
        held = Office.objects.running().filter(kind__slug__in=kinds).values("person")
        people = User.objects.filter(Q(pk__in=held) | Q(is_superuser=True), is_active=True)
        return people.filter(pk__in=[one.pk for one in people if may(one, self.permission)])


class ByService:
    """A form whose writing is a service's: what that refuses is told in the form."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Write, or show what is wrong with what was typed."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as refused:
            tell(form, refused)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class CreateView(ByService, generic.CreateView):
    """Something new, written by a service."""


class EditView(ByService, generic.EditView):
    """Something changed by a service."""


class StepView(WagtailAdminTemplateMixin, FormView):
    """One step about one thing: what it does, its form, one button."""

    _show_breadcrumbs = True
    template_name = "members/admin/step.html"
    model: Any = None
    permission = ""
    list_name = edit_name = ""
    verb: Any = ""
    says: Any = ""
    danger = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the thing for who may take the step."""
        if not may(request.user, self.permission):
            raise PermissionDenied
        self.object = get_object_or_404(self.model, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Name the step."""
        return str(self.verb)

    def get_page_subtitle(self) -> str:
        """Name the thing."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        listing = {"url": reverse(self.list_name), "label": self.model._meta.verbose_name_plural}  # noqa: SLF001
        here = {"url": "", "label": self.get_page_title(), "sublabel": str(self.object)}
        return [*super().get_breadcrumbs_items(), listing, here]

    def take(self, form: Any) -> str:
        """Take the step and return what happened."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        """Take the step; what it refuses is told in the form."""
        try:
            said = self.take(form)
        except ValidationError as refused:
            tell(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, said)
        return redirect(reverse(self.list_name))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        return super().get_context_data(back=reverse(self.edit_name, args=[self.object.pk]), **kwargs)
