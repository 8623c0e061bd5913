"""What is noted when somebody signs in: since when, on what device, from which network."""

import ipaddress
import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ..selectors.devices import device_words
from ..selectors.sign_in import is_officer
from ..services.sessions import note_sign_in

STAMP = "members_door"
KEPT_BITS = {4: 24, 6: 48}


def network_of(request: HttpRequest) -> str:
    """Return the network a request came from (/24 or /48), never the whole address."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    return str(ipaddress.ip_network((address, KEPT_BITS[address.version]), strict=False))


def stamp(person: Any) -> dict[str, Any]:
    """Return what a session carries about its beginning."""
    now = int(time.time())
    return {"since": now, "seen": now, "officer": is_officer(person)}


def arrived(request: HttpRequest, user: Any, **_signal: Any) -> None:
    """Stamp the new session and enter it into the person's list; hears Django's ``user_logged_in``."""
    request.session[STAMP] = stamp(user)
    if not request.session.session_key:
        request.session.save()
    note_sign_in(
        user,
        session_key=str(request.session.session_key),
        device=device_words(request.META.get("HTTP_USER_AGENT", "")),
        network=network_of(request),
    )
