"""What belongs to somebody else does not exist: one test over every address of the members' area."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from extranet.core.models import Notice
from extranet.core.notices import notify
from extranet.members.models import OneTimeCode
from extranet.members.services import activation, cases, recovery
from extranet.members.services import roster as taking_in
from tests.house.test_doors import ALL, is_shadowed
from tests.members.applications import Kind, bring, handed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

EVERYBODY = {
    *("account_change_password", "account_consent"),
    *("account_end_session", "account_mail"),
    *("account_overview", "account_reauthenticate", "account_second_factor"),
    *("account_after_factor", "account_set_password", "account_welcome"),
    *("core:cases", "core:choices", "core:desk", "core:draft", "core:inbox", "core:read_all"),
    *("core:unread_again", "core:upload", "core:waiting"),
    *("members:me", "members:mobile", "members:my_data", "members:my_paper"),
    *("membership:new", "membership:start"),
    *("mfa_activate_totp", "mfa_add_webauthn", "mfa_deactivate_totp", "mfa_generate_recovery_codes"),
    *("mfa_index", "mfa_list_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("mfa_view_recovery_codes",),
}
"""What every signed-in person may open: it shows only what is their own."""

OFFICERS = {
    *(
        "members:activation",
        "members:batches",
        "members:directory",
        "members:directory_file",
        "members:make_codes",
    ),
    *("members:recovery", "members:recovery_slip", "members:request_reset"),
    *("membership:queue", "membership:queue_mine"),
    *("roster:export", "roster:list", "roster:new", "roster:template"),
}
"""What stands open to offices alone; for all others there is no such address."""

CASE, ROSTER, PERSON, FILE = "c" * 12, "r" * 12, "p" * 12, "f" * 12
THINGS = {
    "core:attachment": FILE,
    "core:attachment_take_back": FILE,
    "core:attachment_view": FILE,
    "core:notice": "notice",
    "members:batch": "batch",
    "members:change": PERSON,
    "members:contact": PERSON,
    "members:leave": PERSON,
    "members:person": PERSON,
    "members:reset": "reset",
    "members:reset_step": "reset",
    "members:shift": PERSON,
    "membership:case": CASE,
    "membership:complete": CASE,
    "membership:paper": CASE,
    "membership:step": CASE,
    "mfa_edit_webauthn": "passkey",
    "mfa_remove_webauthn": "passkey",
    **{
        f"roster:{name}": ROSTER
        for name in (
            *("again", "answers", "apply", "columns", "detail", "drop", "errors", "progress", "undo"),
        )
    },
}
"""What shows one thing of somebody: which thing it is."""

VERBS = {"membership:step": "approve", "members:reset_step": "approve"}
VARIES = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=class="numbers">)[0-9a-f]{8}(?=<)')
"""The key of a form and the number of the request."""


def members_doors():
    """Return the names of all addresses that ask for a signed-in person, outside the admin."""
    return {
        door.name
        for door in ALL
        if door.policy == "members" and not door.path.startswith("admin/") and not is_shadowed(door)
    }


def test_every_address_of_the_members_area_is_in_these_tables():
    assert members_doors() == EVERYBODY | OFFICERS | THINGS.keys()


@pytest.fixture
def owned(hall, person):
    """Everything somebody may own in this house, by what the tables call it: its number in addresses."""
    owner, keeper = hall.member, hall.officer
    case = handed_in(hall)
    sort = cases.SORTS[Kind.CORRECT]
    file = bring(owner, sort.tray, sort.needs[0])
    with transaction.atomic():
        notify([owner], topic="membership", title="转会已批准", key="case:1")
    passkey = Authenticator.objects.create(
        pk=424_242, user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "手机"}
    )
    newcomer = person()
    newcomer.set_unusable_password()
    newcomer.save()
    batch, _slips = activation.make_codes(actor=keeper, people=[newcomer])
    reset = recovery.request_reset(
        actor=keeper, person=owner, checked=OneTimeCode.Checked.values[0], reason="手机丢了"
    )
    roster = taking_in.receive(
        officer=keeper, file=ContentFile("工号,姓名\n900001,测试\n".encode(), "r.csv"), name="r.csv"
    )
    return {
        FILE: file.public_id,
        "notice": Notice.objects.get(recipient=owner, key="case:1").public_id,
        "batch": batch.public_id,
        PERSON: owner.membership.public_id,
        "reset": reset.public_id,
        CASE: case.public_id,
        "passkey": passkey.pk,
        ROSTER: roster.public_id,
    }


@pytest.fixture
def stranger(member, at_desk):
    """A client of a member who has nothing to do with any of it, and has just shown their password."""
    return at_desk(member("外人").person)


def address(name, number):
    """Return the address of one thing."""
    more = [VERBS[name]] if name in VERBS else []
    return reverse(name, args=[number, *more])


def missing(number):
    """Return a number of the same shape under which nothing lies."""
    return number + 1000 if isinstance(number, int) else "z" * len(number)


def rows():
    """Count everything the members' area keeps."""
    models = [model for label in ("core", "members") for model in apps.get_app_config(label).get_models()]
    return {model.__name__: model.objects.count() for model in models}


def said(response, number):
    """Return what an answer says, without what differs from one answer to the next."""
    text = VARIES.sub("", response.content.decode()).replace(str(number), "")
    return response.status_code, text, response.get("Cache-Control")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(THINGS))
def test_for_a_stranger_what_is_there_is_told_from_what_is_not_by_nothing(name, method, owned, stranger):
    number = owned[THINGS[name]]
    before = rows()
    theirs = getattr(stranger, method)(address(name, number))
    nothing = getattr(stranger, method)(address(name, missing(number)))
    assert theirs.status_code in {404, 405}, theirs.get("Location", "")
    assert said(theirs, number) == said(nothing, missing(number))
    assert rows() == before


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(OFFICERS))
def test_the_rooms_of_offices_are_not_there_for_members(name, method, stranger):
    before = rows()
    assert getattr(stranger, method)(reverse(name)).status_code in {404, 405}
    assert rows() == before


@pytest.mark.parametrize("name", sorted(THINGS.keys() | OFFICERS))
def test_a_disabled_account_is_a_stranger_at_once(name, owned, hall, client_of):
    keeper = client_of(hall.officer)
    type(hall.officer).objects.filter(pk=hall.officer.pk).update(is_active=False)
    args = owned[THINGS[name]] if name in THINGS else None
    response = keeper.get(address(name, args) if args else reverse(name))
    assert response.status_code in {302, 405}
    if response.status_code == 302:
        assert response["Location"].startswith("/accounts/login/?next=")
