"""Every address declares who may open it, and is held to it."""

import re
from dataclasses import dataclass

import pytest
from django.urls import NoReverseMatch, Resolver404, URLPattern, get_resolver, resolve, reverse
from django.urls.resolvers import URLResolver

from cms.urls import FOREIGN_DOORS

POLICIES = {"public", "members", "editors", "key"}
CONVERTED = {"int": "1", "slug": "a", "str": "a", "path": "a", "uuid": "5d4f3c0e-0000-4000-8000-000000000000"}
SAMPLE = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
ENTRANCE = "/accounts/login/"


@dataclass(frozen=True)
class Door:
    path: str
    name: str
    policy: str | None
    callback: object

    def __str__(self):
        return f"{self.name or self.path}"


def doors(patterns=None, prefix="", names=(), mount=None):
    """Walk the addresses; what lies below a foreign mount has its policy unless it says its own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = f"{prefix}{pattern.pattern}"
        policy = FOREIGN_DOORS.get(str(pattern.pattern)) if patterns is None else mount
        if isinstance(pattern, URLResolver):
            space = (*names, pattern.namespace) if pattern.namespace else names
            yield from doors(pattern.url_patterns, here, space, policy)
        elif isinstance(pattern, URLPattern):
            name = ":".join((*names, pattern.name)) if pattern.name else ""
            own = getattr(pattern.callback, "policy", None) or FOREIGN_DOORS.get(name or here)
            yield Door(here, name, own or (policy if patterns is not None else None), pattern.callback)


def sample(path):
    """Return an address of the pattern ``path``."""
    if path.startswith("^") or "(?P" in path or "\\" in path:
        path = path.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")
        path = re.sub(r"\(\?P<\w+>[^()]*(\([^()]*\)[^()]*)*\)[*+?]?", "1", path)
    return "/" + SAMPLE.sub(lambda found: CONVERTED.get(found["converter"] or "str", "1"), path)


def is_shadowed(door):
    """Tell whether an earlier door answers at this one's address: nobody ever stands before it."""
    try:
        found = resolve(sample(door.path)).func
    except Resolver404:
        return False
    return found is not door.callback and getattr(found, "policy", None) is not None


ALL = list(doors())
CLOSED = [door for door in ALL if door.policy in {"members", "editors"} and not is_shadowed(door)]
ADMIN = [door for door in CLOSED if door.path.startswith("admin/") and door.policy == "editors"]
SLASH = "admin/^.*/$"  # adds the slash that was forgotten, then asks like all others


def test_there_are_doors_to_inspect():
    assert len(ALL) > 200
    assert len(ADMIN) > 150


def test_every_door_says_who_may_open_it():
    assert sorted({door.path for door in ALL if door.policy not in POLICIES}) == []


def test_every_declaration_belongs_to_a_door():
    known = {str(pattern.pattern) for pattern in get_resolver().url_patterns} | {door.name for door in ALL}
    assert set(FOREIGN_DOORS) - known == set()


@pytest.mark.parametrize("address", ["/_util/login/", "/_util/authenticate_with_password/1/1/"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.django_db
def test_wagtails_second_sign_in_is_shut(client, site, person, address, method):
    form = {"username": person().staff_number, "password": "Corridor-lamp-7"}
    response = getattr(client, method)(address, form)
    assert response.status_code == 404
    assert "sessionid" not in response.cookies


def test_wagtails_pages_come_last():
    last = get_resolver().url_patterns[-1]
    assert str(last.pattern) == ""
    assert "wagtail_serve" in {pattern.name for pattern in last.url_patterns}


def test_no_programming_interface_is_mounted():
    assert [
        door.path for door in ALL if door.callback.__module__.startswith(("wagtail.api", "rest_framework"))
    ] == []


@pytest.mark.parametrize("name", ["account_signup", "account_email", "wagtailapi:pages:listing"])
def test_doors_that_must_not_exist_do_not(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.django_db
def test_strangers_are_led_to_the_entrance_by_every_closed_door(client, site, method):
    wrong = {}
    for door in [door for door in CLOSED if door.path != SLASH]:
        response = getattr(client, method)(sample(door.path))
        if response.status_code in {404, 405}:
            continue
        if response.status_code != 302 or not led_to_the_entrance(response.url):
            wrong[door.path] = response.status_code
    assert wrong == {}


def led_to_the_entrance(address):
    return address.startswith((ENTRANCE, "/admin/login/"))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.django_db
def test_members_without_the_desk_enter_no_room_of_the_admin(client_of, person, site, method):
    client, wrong = client_of(person()), {}
    for door in [door for door in ADMIN if door.path != SLASH]:
        response = getattr(client, method)(sample(door.path))
        refused = response.status_code in {403, 404, 405}
        refused |= response.status_code == 302 and led_to_the_entrance(response.url)
        if not refused:
            wrong[door.path] = response.status_code
    assert wrong == {}


@pytest.mark.django_db
def test_the_admins_entrance_refuses_members_and_does_not_send_them_in_circles(client_of, person, site):
    assert client_of(person()).get("/admin/login/").status_code == 403
