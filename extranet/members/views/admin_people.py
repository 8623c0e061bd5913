"""People in the admin: Wagtail's users screens with 工号, 姓名 and no deleting of whoever left a trace."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.users.views import bulk_actions, users

from extranet.members.forms.groups import FreeGroupForm
from extranet.members.forms.people import PersonCreationForm, PersonEditForm
from extranet.members.models import User
from extranet.members.selectors import has_history

NAME = pgettext_lazy("person", "name")
SEARCHED = ("staff_number", "name", "email", "mobile")


def may_delete(actor: Any, person: User) -> bool:
    """Tell whether ``actor`` may delete ``person``: an administrator, a mistaken account, never oneself."""
    return actor.is_superuser and actor != person and not has_history(person)


class OnlyAdministratorsRaise:
    """Only administrators make administrators and put people into groups."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> forms.Form:
        """Return the form with rights that only an administrator may give."""
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if not self.request.user.is_superuser:
            for name in {"is_superuser", "groups"} & form.fields.keys():
                form.fields[name].disabled = True
        return form


class IndexView(users.IndexView):
    """People by name and staff number."""

    search_fields = SEARCHED
    default_ordering = "staff_number"

    @property
    def columns(self) -> list[Any]:
        """Return what tells one person from another."""
        name_column = self._get_title_column_class(users.UserColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            name_column("name", accessor="name", label=NAME, sort_key="name", get_url=self.get_edit_url),
            Column("staff_number", label=_("staff number"), sort_key="staff_number", width="20%"),
            Column("rights", accessor=self.rights_of, label=_("groups"), width="20%"),
            BooleanColumn("is_active", label=_("may sign in"), sort_key="is_active", width="12%"),
            DateColumn("last_login", label=_("last signed in"), sort_key="last_login", width="15%"),
        ]

    @staticmethod
    def rights_of(person: User) -> str:
        """Return in one line what somebody may do."""
        names = [group.name for group in person.groups.all()]
        return "、".join([str(_("Administrator")), *names] if person.is_superuser else names)

    def get_base_queryset(self) -> Any:
        """Return people with their groups, so that the list costs the same for any number."""
        return super().get_base_queryset().prefetch_related("groups")

    def order_queryset(self, queryset: Any) -> Any:
        """Sort by the one name field."""
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(self.ordering)
        return super().order_queryset(queryset)

    def get_delete_url(self, instance: User) -> str | None:  # noqa: ARG002
        """Offer no deleting in the list: switching off is the ordinary way."""
        return None


class CreateView(OnlyAdministratorsRaise, users.CreateView):
    """Add a person."""


class EditView(OnlyAdministratorsRaise, users.EditView):
    """Change a person; an administrator's account only by an administrator."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Look the person up and decide about deleting."""
        super().setup(request, *args, **kwargs)
        self.can_delete = may_delete(request.user, self.object)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep others away from administrators' accounts."""
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class DeleteView(users.DeleteView):
    """Delete an account that was a mistake."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse for people with a history."""
        if not may_delete(request.user, self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PeopleViewSet(users.UserViewSet):
    """Wagtail's users, as this house keeps people."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    copy_view_enabled = False
    menu_label = _("People")

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:  # noqa: FBT001, FBT002
        """Return the form for a new or an existing person."""
        return PersonEditForm if for_update else PersonCreationForm


class OnPeople:
    """What the bulk actions share: administrators only, and the list's own search."""

    request: HttpRequest

    def check_perm(self, obj: User) -> bool:  # noqa: ARG002
        """Let administrators act on everybody."""
        return self.request.user.is_superuser

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:  # noqa: ARG002
        """Return the keys of everybody the list shows for its search words."""
        wanted = Q()
        if words := self.request.GET.get("q"):
            for field in SEARCHED:
                wanted |= Q(**{f"{field}__icontains": words})
        return User.objects.filter(wanted).values_list("pk", flat=True)


class AssignRole(OnPeople, bulk_actions.AssignRoleBulkAction):
    """Put people into a group; not into one that comes with an office."""

    form_class = FreeGroupForm


class SetActiveState(OnPeople, bulk_actions.SetActiveStateBulkAction):
    """Let people sign in, or no longer."""


class Delete(OnPeople, bulk_actions.DeleteBulkAction):
    """Delete accounts that were mistakes."""

    def check_perm(self, obj: User) -> bool:
        """Refuse for people with a history."""
        return may_delete(self.request.user, obj)
