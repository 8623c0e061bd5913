"""What the members' house adds to the admin: people's bulk actions, structure and offices, their history."""

from wagtail import hooks

from extranet.members import views

from . import history

__all__ = ["history"]

for action in (views.AssignRole, views.SetActiveState, views.Delete):
    # Last registered wins for the same model and name; Wagtail's own are registered at order 0.
    hooks.register("register_bulk_action", action, order=100)
