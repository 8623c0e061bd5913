"""Doors that ask once more (再次验证): before sensitive pages whoever is signed in shows again that it is them.

``@reauthenticated`` stands below ``@door("members")``. Afterwards one is back where one was, a form that was
sent included. The building does not know how people prove themselves: ``members`` brings that in.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase

FRESH = timedelta(minutes=5)
View = Callable[..., HttpResponseBase]
Ask = Callable[[HttpRequest, timedelta], HttpResponseBase | None]
_ask: list[Ask] = []


def install(ask: Ask) -> None:
    """Bring in who asks: returns None for somebody who proved themselves recently, else where to lead them."""
    _ask[:] = [ask]


def asked_again(request: HttpRequest, within: timedelta = FRESH) -> HttpResponseBase | None:
    """Return None when this person proved themselves within this time, else the answer that asks them.

    Raises ImproperlyConfigured when nobody asks: such a door must not stand open.
    """
    if not _ask:
        raise ImproperlyConfigured("Nobody asks people who they are: extranet.members is not installed.")
    return _ask[0](request, within)


def reauthenticated(view: View | None = None, *, within: timedelta = FRESH) -> View | Callable[[View], View]:
    """Ask before a view, unless the person proved themselves within ``within``."""

    def hang(inner: View) -> View:
        @wraps(inner)
        def guarded(request: HttpRequest, /, *args: object, **kwargs: object) -> HttpResponseBase:
            return asked_again(request, within) or inner(request, *args, **kwargs)

        return guarded

    return hang(view) if view else hang
