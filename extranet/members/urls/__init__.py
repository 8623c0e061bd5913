"""Addresses of the members' house; those of the account are mounted at ``/accounts/``."""

from .accounts import urlpatterns

__all__ = ["urlpatterns"]
