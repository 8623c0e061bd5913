"""What the worker does for the members' house, one module a matter."""

from . import terms

__all__ = ["terms"]
