"""Doors inside the members' area: rooms of some alone, and pages that ask once more (再次验证).

``@only("members.roster")`` stands below ``@door("members")``, ``@reauthenticated`` below that: strangers are
not even asked. Afterwards one is back where one was, a form that was sent included. The building does not
know how people prove themselves: ``members`` brings that in.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import overload

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponseBase

from extranet.core.permissions import may

FRESH = timedelta(minutes=5)
View = Callable[..., HttpResponseBase]
Ask = Callable[[HttpRequest, timedelta], HttpResponseBase | None]
_ask: list[Ask] = []


def only(permission: str) -> Callable[[View], View]:
    """Let in whoever has a permission; for everybody else there is nothing here (404)."""

    def hang(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: object, **kwargs: object) -> HttpResponseBase:
            if not may(request.user, permission):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return hang


def install(ask: Ask) -> None:
    """Bring in who asks: it returns None for a recent proof, else where to lead the person."""
    _ask[:] = [ask]


def asked_again(request: HttpRequest, within: timedelta = FRESH) -> HttpResponseBase | None:
    """Return None when this person proved themselves within this time, else the answer that asks them.

    Raises ImproperlyConfigured when nobody asks: such a door must not stand open.
    """
    if not _ask:
        raise ImproperlyConfigured("Nobody asks people who they are: extranet.members is not installed.")
    return _ask[0](request, within)


@overload
def reauthenticated(view: View, /) -> View: ...


@overload
def reauthenticated(*, within: timedelta = FRESH) -> Callable[[View], View]: ...


def reauthenticated(view: View | None = None, *, within: timedelta = FRESH) -> View | Callable[[View], View]:
    """Ask before a view, unless the person proved themselves within ``within``."""

    def hang(inner: View) -> View:
        @wraps(inner)
        def guarded(request: HttpRequest, /, *args: object, **kwargs: object) -> HttpResponseBase:
            return asked_again(request, within) or inner(request, *args, **kwargs)

        return guarded

    return hang(view) if view else hang
