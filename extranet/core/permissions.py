"""Who may do what to which object: rooms grant names to predicates, everyone asks ``may()``.

A permission is ``<room>.<verb>``. Nobody passes by being a superuser: whoever looks after the machine does
not decide on a colleague's case.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from rules.permissions import RuleSet
from rules.predicates import Predicate

_grants = RuleSet()


def grant(permission: str, predicate: Predicate) -> None:
    """Give a permission its predicate ``(user, object)``; raises ImproperlyConfigured when it has one."""
    if permission in _grants and _grants[permission] is not predicate:
        raise ImproperlyConfigured(f"{permission} is granted twice.")
    _grants[permission] = predicate


def granted() -> list[str]:
    """Return the name of every permission, in order."""
    return sorted(_grants)


def may(user: Any, permission: str, obj: Any = None) -> bool:
    """Tell whether ``user`` may do this to ``obj``; raises LookupError for a permission nobody granted."""
    if permission not in _grants:
        raise LookupError(f"Nobody has granted {permission}.")
    return bool(user.is_authenticated and user.is_active and _grants.test_rule(permission, user, obj))
