"""Asking whether somebody may; ``actor`` None is the house itself: a job, the first layout, the demo."""

from typing import Any

from django.core.exceptions import PermissionDenied

from extranet.core.permissions import may


def ask(actor: Any, permission: str, obj: Any = None) -> None:
    """Raise PermissionDenied unless ``actor`` may; the house itself may."""
    if actor is not None and not may(actor, permission, obj):
        raise PermissionDenied(permission)
