"""Reference data of the members' house in the admin, for whoever holds the office."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from extranet.members.models import Branch, Department, Office, OfficeKind, UnionGroup
from extranet.members.views.admin_offices import KindViewSet, OfficeViewSet
from extranet.members.views.admin_structure import BranchViewSet, DepartmentViewSet, UnionGroupViewSet
from extranet.members.views.reference import ByOffice

KEPT_BY: dict[Any, str] = {
    Department: "members.structure",
    Branch: "members.structure",
    UnionGroup: "members.structure",
    OfficeKind: "members.offices",
    Office: "members.offices",
}
for model, permission in KEPT_BY.items():
    register_permission_policy(model, ByOffice(model, permission))


class WhoIsWho(ModelViewSetGroup):
    """Who is who: the parts of the house and its offices."""

    menu_label = _("Who is who")
    menu_icon = "group"
    menu_order = 400
    items = (OfficeViewSet, KindViewSet, DepartmentViewSet, BranchViewSet, UnionGroupViewSet)


hooks.register("register_admin_viewset", WhoIsWho)
