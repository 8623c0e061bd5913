"""Translating HTTP to services and back."""

from .people_admin import AssignRole, Delete, PeopleViewSet, SetActiveState

__all__ = ["AssignRole", "Delete", "PeopleViewSet", "SetActiveState"]
