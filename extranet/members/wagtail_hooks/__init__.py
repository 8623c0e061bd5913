"""What the members' house adds to the admin: people's bulk actions, structure and offices, their history."""

from wagtail import hooks

from extranet.members.views import admin_people
from extranet.members.views.notices import NoticeViewSet

from . import history, reference

__all__ = ["history", "reference"]

for action in (admin_people.AssignRole, admin_people.SetActiveState, admin_people.Delete):
    # Last registered wins for the same model and name; Wagtail's own are registered at order 0.
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_admin_viewset")
def notices() -> NoticeViewSet:
    """Return the screens of the privacy notice."""
    return NoticeViewSet("privacy_notices")
