"""What the worker does for the members' house, one module a matter."""

from . import cases, terms

__all__ = ["cases", "terms"]
