"""People's bulk actions in the place of Wagtail's; the privacy notice among the settings."""

from wagtail import hooks

from . import views
from .views.notices import NoticeViewSet

for action in (views.AssignRole, views.SetActiveState, views.Delete):
    # Last registered wins for the same model and name; Wagtail's own are registered at order 0.
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_admin_viewset")
def notices() -> NoticeViewSet:
    """Return the screens of the privacy notice."""
    return NoticeViewSet("privacy_notices")
