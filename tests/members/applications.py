"""People around an application, and ways to bring one to where a test needs it."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.kit.storage import private_storage
from extranet.core.attachments import put
from extranet.members.models import Branch, Membership, MembershipCase
from extranet.members.services import cases
from tests.kit import papers, photographs

Kind, Status = MembershipCase.Kind, MembershipCase.Status
WORDS = {"note": "照片上看不清签名。"}
KEY = "k" * 32


@pytest.fixture
def private(settings, tmp_path, monkeypatch):
    """Give the files a folder of their own."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.KEYS_DIR = tmp_path / "keys"
    settings.PRIVATE_ROOT.mkdir()
    monkeypatch.setitem(vars(private_storage()), "location", str(settings.PRIVATE_ROOT))
    return settings.PRIVATE_ROOT


@pytest.fixture
def hall(private, officer, member, department, branch):
    """A branch with its chair, another one with its own, the office, a member and somebody who is none."""
    surgery = Branch.objects.create(name="外科分工会")
    newcomer = member("新来", status=Membership.Status.NONE, joined_on=None, department=department)
    return SimpleNamespace(
        department=department,
        branch=branch,
        surgery=surgery,
        chair=officer("branch_chair", branch=branch),
        surgeon=officer("branch_chair", branch=surgery),
        officer=officer("membership_officer"),
        president=officer("chair"),
        member=member("老会员", department=department).person,
        newcomer=newcomer.person,
    )


def asked(hall, kind, **other):
    """Return what a sound application of a kind says."""
    later = timezone.localdate() + timedelta(days=20)
    sound = {
        Kind.JOIN: {},
        Kind.ARRIVE: {
            "other_union": "市中医院工会", "other_card": "5201-0042", "first_joined_on": date(2015, 3, 1),
        },
        Kind.MOVE: {"to_branch": hall.surgery, "reason": "轮转到外科。"},
        Kind.DEPART: {"other_union": "市妇幼保健院工会", "takes_effect_on": timezone.localdate()},
        Kind.LEAVE: {"reason": "随家人迁居外省。", "takes_effect_on": later},
        Kind.CORRECT: {"field": "post", "wanted": "主管护师"},
    }  # fmt: skip
    return sound[kind] | other


def page(case):
    """Return the address of an application's page."""
    return reverse("membership:case", args=[case.public_id])


def words(response):
    """Return what a page says."""
    return response.content.decode()


def bring(owner, tray, slot):
    """Put a paper into somebody's tray."""
    return put(owner, form=tray, slot=slot, upload=photographs.upload(papers.pdf(), f"{slot}.pdf"))


def whose(hall, kind):
    return hall.newcomer if kind in {Kind.JOIN, Kind.ARRIVE} else hall.member


def handed_in(hall, kind=Kind.MOVE, *, by=None, **other):
    """Hand in an application with the papers it needs."""
    actor = by or whose(hall, kind)
    for slot in cases.SORTS[kind].needs:
        bring(actor, cases.SORTS[kind].tray, slot)
    return cases.hand_in(actor=actor, kind=kind, asked=asked(hall, kind, **other))


def returned(hall, kind=Kind.MOVE, **other):
    case = handed_in(hall, kind, **other)
    cases.return_for_completion(case, actor=hall.chair, **WORDS)
    return case


def approved(hall, kind=Kind.MOVE, **other):
    case = handed_in(hall, kind, **other)
    cases.approve(case, actor=hall.chair)
    return case


def scheduled(hall, kind=Kind.LEAVE, **other):
    case = approved(hall, kind, **other)
    cases.schedule(case, actor=hall.officer)
    return case


def entered(hall, kind=Kind.MOVE, **other):
    case = approved(hall, kind, **other)
    cases.enter(case, actor=hall.officer)
    return case


def declined(hall, kind=Kind.MOVE, **other):
    case = handed_in(hall, kind, **other)
    cases.decline(case, actor=hall.chair, **WORDS)
    return case


def withdrawn(hall, kind=Kind.MOVE, **other):
    case = handed_in(hall, kind, **other)
    cases.withdraw(case, actor=case.person)
    return case


AT = {
    Status.HANDED_IN: handed_in,
    Status.RETURNED: returned,
    Status.APPROVED: approved,
    Status.SCHEDULED: scheduled,
    Status.ENTERED: entered,
    Status.DECLINED: declined,
    Status.WITHDRAWN: withdrawn,
}
"""How to bring an application to each status."""


def at(hall, status):
    """Return an application at a status."""
    return AT[status](hall)


def fresh(person):
    """Return a person as the next request loads them: offices are asked anew."""
    return type(person).objects.get(pk=person.pk)
