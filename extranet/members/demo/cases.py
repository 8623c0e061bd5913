"""Applications of the demo, one in every state, made by the services; and a newcomer to try joining.

Everybody here is invented. Days are those of the load; what is late is dated back, as no service would.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.kit.pdf import Letter, Paragraph, compose, text
from cms.kit.rooms import Account, Say
from extranet.core.attachments import put
from extranet.members.models import Branch, Department, Membership, MembershipCase, Office, User
from extranet.members.rules import MEMBERSHIP_OFFICER
from extranet.members.services import cases

Kind = MembershipCase.Kind
NEWCOMER = Account(staff_number="100016", name="白露", part="新入职护士，急诊科，还没有入会")
HOME = "急诊科"
LATE = timedelta(days=3)


def accounts() -> Iterable[Account]:
    """Return who can sign in to join."""
    return [NEWCOMER]


def load(say: Say) -> None:
    """Make a newcomer, and a dozen applications; running again changes nothing."""
    with transaction.atomic():
        _newcomer()
        if MembershipCase.objects.exists():
            say(_("The demo's membership applications are there already."))
            return
        made = [write() for write in _written()]
        _date_back(made[0])
    say(_("%(number)d membership applications, one in every state.") % {"number": len(made)})


def _newcomer() -> None:
    department = Department.objects.open().filter(name=HOME).first()
    person = User.objects.filter(staff_number=NEWCOMER.staff_number).first()
    if person is None:
        person = User.objects.create_user(NEWCOMER.staff_number, settings.DEMO_PASSWORD, name=NEWCOMER.name)
    Membership.objects.get_or_create(
        person=person,
        defaults={
            "status": Membership.Status.NONE,
            "department": department,
            "branch": department and department.branch,
            "group": department and department.group,
            "sex": Membership.Sex.FEMALE,
            "post": "护士",
            "employment": "聘用",
        },
    )


def _written() -> list[Callable[[], MembershipCase]]:
    """Return what is handed in, in this order, each brought to where it stands."""
    new = _people(Membership.Status.NONE)
    old = _people(Membership.Status.ACTIVE)
    night, guest = (User.objects.filter(staff_number=number).first() for number in ("100006", "100005"))
    later = timezone.localdate() + timedelta(days=21)
    somewhere = Branch.objects.open().filter(name="机关分工会").first() or Branch.objects.open().first()
    move = {"to_branch": somewhere, "reason": "轮转到机关工作，申请把组织关系转过去。"}
    leave = {"reason": "随家人迁居外省，申请退会。", "takes_effect_on": later}
    depart = {"other_union": "市妇幼保健院工会", "takes_effect_on": later}
    arrive = {"other_union": "市中医院工会", "other_card": "5201-0042"}

    def title(wanted: str) -> dict[str, Any]:
        return {"field": "title", "wanted": wanted, "reason": "今年评上了，聘任文件见附件。"}

    return [
        lambda: _handed_in(next(new), Kind.JOIN),
        lambda: _handed_in(night or next(old), Kind.CORRECT, **title("主管护师")),
        lambda: _handed_in(next(old), Kind.MOVE, **move),
        lambda: _returned(guest or next(old), Kind.CORRECT, **title("主管护师（内科）")),
        lambda: _returned(next(new), Kind.JOIN),
        lambda: _approved(next(new), Kind.JOIN),
        lambda: _approved(next(old), Kind.CORRECT, **title("副主任护师")),
        lambda: _scheduled(next(old), Kind.LEAVE, **leave),
        lambda: _entered(next(new), Kind.JOIN),
        lambda: _entered(next(new), Kind.ARRIVE, **arrive),
        lambda: _entered(next(old), Kind.MOVE, **move),
        lambda: _declined(next(old), Kind.DEPART, **depart),
        lambda: _withdrawn(next(old), Kind.LEAVE, **leave),
    ]


def _people(status: str) -> Any:
    """Yield people of the crowd at a status, without office, in a branch that has a chair."""
    rows = Membership.objects.filter(
        status=status, person__staff_number__startswith="2", branch__offices__kind__slug="branch_chair"
    )
    rows = rows.exclude(person__offices__isnull=False).exclude(branch__name="机关分工会").distinct()
    return iter([row.person for row in rows.select_related("person").order_by("person__staff_number")])


def _handed_in(person: User, kind: str, **asked: Any) -> MembershipCase:
    sort = cases.SORTS[kind]
    for slot in sort.needs:
        put(
            person,
            form=sort.tray,
            slot=slot,
            upload=ContentFile(_paper(str(sort.label)), f"{sort.label}.pdf"),
        )
    return cases.hand_in(actor=person, kind=kind, asked=asked)


def _returned(person: User, kind: str, **asked: Any) -> MembershipCase:
    case = _handed_in(person, kind, **asked)
    words = "材料里看不到签名和日期，请补一份签好名的，拍照也行。"
    cases.return_for_completion(case, actor=_answerer(case), note=words)
    return case


def _approved(person: User, kind: str, **asked: Any) -> MembershipCase:
    case = _handed_in(person, kind, **asked)
    cases.approve(case, actor=_answerer(case), note="情况属实，同意。")
    return case


def _scheduled(person: User, kind: str, **asked: Any) -> MembershipCase:
    case = _approved(person, kind, **asked)
    cases.schedule(case, actor=_officer())
    return case


def _entered(person: User, kind: str, **asked: Any) -> MembershipCase:
    case = _approved(person, kind, **asked)
    cases.enter(case, actor=_officer())
    return case


def _declined(person: User, kind: str, **asked: Any) -> MembershipCase:
    case = _handed_in(person, kind, **asked)
    words = "对方工会还没有出具接收函，请收到后再申请。"
    cases.decline(case, actor=_answerer(case), note=words)
    return case


def _withdrawn(person: User, kind: str, **asked: Any) -> MembershipCase:
    case = _handed_in(person, kind, **asked)
    cases.withdraw(case, actor=person, note="家里商量后决定不走了。")
    return case


def _answerer(case: MembershipCase) -> User:
    return cases.holders(case)[0]


def _officer() -> User:
    holder = Office.objects.running().filter(kind__slug=MEMBERSHIP_OFFICER).select_related("person").first()
    if holder is None:
        raise LookupError(MEMBERSHIP_OFFICER)
    return holder.person


def _date_back(case: MembershipCase) -> None:
    """Let one be late, so that it shows what late looks like."""
    rows = MembershipCase.objects.filter(pk=case.pk)
    since = case.held_since - timedelta(days=10)
    rows.update(
        created_at=case.created_at - timedelta(days=10), held_since=since, due_on=timezone.localdate() - LATE
    )


@cache
def _paper(title: str) -> bytes:
    """Return a paper to go along, set under a letterhead of its own."""
    words = "这是演示用的材料，人物和内容都是虚构的。"
    return compose(
        Letter(title=title, union="演示", blocks=[Paragraph(text(words))], day=timezone.localdate())
    )
