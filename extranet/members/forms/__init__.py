"""What is typed, and what it must look like."""

from .people_admin import PersonCreationForm, PersonEditForm

__all__ = ["PersonCreationForm", "PersonEditForm"]
