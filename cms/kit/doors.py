"""Doors: every address declares who may open it; the inspector (tests/house) checks each one.

``@door("public")`` everybody · ``@door("members")`` whoever signed in · ``@door("editors")`` whoever may
enter the admin · ``@door("key")`` the address carries its own key (signed link, token).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

Policy = Literal["public", "members", "editors", "key"]
View = Callable[..., HttpResponseBase]


def door(policy: Policy) -> Callable[[View], View]:
    """Declare and enforce who may open a view."""

    def hang(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if policy in {"members", "editors"} and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if policy == "editors" and not request.user.has_perm("wagtailadmin.access_admin"):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.policy = policy  # type: ignore[attr-defined]
        return guarded

    return hang
