"""People's bulk actions in the place of Wagtail's."""

from wagtail import hooks

from . import views

for action in (views.AssignRole, views.SetActiveState, views.Delete):
    # Last registered wins for the same model and name; Wagtail's own are registered at order 0.
    hooks.register("register_bulk_action", action, order=100)
