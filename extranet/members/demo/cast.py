"""Who can sign in to show a role: the website's five, and ten of the members' house."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from extranet.members.models import Membership, User

from .hospital import Places

JOINED_ON = date(2015, 3, 1)
F, M = Membership.Sex.FEMALE, Membership.Sex.MALE


@dataclass(frozen=True, kw_only=True)
class Player:
    """Somebody with a part; ``office`` is the key of the kind they hold."""

    staff_number: str
    name: str
    part: str
    department: str
    sex: str
    office: str = ""
    of_the_roster: dict[str, Any] = field(default_factory=dict)


GUESTS = (
    Player(
        staff_number="100001",
        name="沈知行",
        part="",
        department="信息中心",
        sex=M,
        office="system_administrator",
    ),
    Player(staff_number="100002", name="林小满", part="", department="工会办公室", sex=F, office="editor"),
    Player(
        staff_number="100003", name="方立秋", part="", department="工会办公室", sex=F, office="first_reviewer"
    ),
    Player(
        staff_number="100004", name="罗长青", part="", department="医务部", sex=M, office="second_reviewer"
    ),
    Player(
        staff_number="100005",
        name="许平",
        part="",
        department="消化内科",
        sex=F,
        of_the_roster={"post": "护士", "title": "护师", "shift": "rotating"},
    ),
)
"""The website's accounts: they are made with the website and enter the union here."""

PLAYERS = (
    Player(
        staff_number="100006",
        name="陆晚晴",
        part="会员，急诊科夜班护士",
        department="急诊科",
        sex=F,
        of_the_roster={"post": "护士", "title": "护师", "shift": "night"},
    ),
    Player(
        staff_number="100007",
        name="顾小舟",
        part="工会小组长，急诊小组",
        department="急诊科",
        sex=M,
        office="group_leader",
        of_the_roster={"post": "护士", "title": "主管护师", "shift": "rotating"},
    ),
    Player(
        staff_number="100008",
        name="梁知遥",
        part="提案委员会委员",
        department="检验科",
        sex=F,
        office="proposals_committee",
        of_the_roster={"post": "技师", "title": "主管技师"},
    ),
    Player(
        staff_number="100009",
        name="石砚",
        part="帮扶委员会委员",
        department="药学部",
        sex=M,
        office="aid_committee",
        of_the_roster={"post": "药师", "title": "主管药师"},
    ),
    Player(
        staff_number="100010",
        name="丁屹川",
        part="场馆管理员",
        department="总务科",
        sex=M,
        office="keeper",
        of_the_roster={"post": "保障员"},
    ),
    Player(
        staff_number="100011",
        name="苏若竹",
        part="培训管理员",
        department="科研教学部",
        sex=F,
        office="training_officer",
        of_the_roster={"post": "干事", "title": "助理研究员"},
    ),
    Player(
        staff_number="100012",
        name="秦远山",
        part="院工会主席",
        department="工会办公室",
        sex=M,
        office="chair",
        of_the_roster={"post": "主席", "title": "主任医师"},
    ),
    Player(
        staff_number="100013",
        name="邵清和",
        part="经审委员",
        department="审计科",
        sex=F,
        office="audit_member",
        of_the_roster={"post": "科员", "title": "高级审计师"},
    ),
    Player(
        staff_number="100014",
        name="温禾",
        part="会籍管理员，管花名册和激活",
        department="工会办公室",
        sex=F,
        office="membership_officer",
        of_the_roster={"post": "干事"},
    ),
    Player(
        staff_number="100015",
        name="贺临川",
        part="分工会主席，急诊重症分工会",
        department="重症医学科",
        sex=M,
        office="branch_chair",
        of_the_roster={"post": "医师", "title": "副主任医师", "shift": "rotating"},
    ),
)


def assemble(places: Places, password: str) -> dict[str, User]:
    """Make the accounts that are missing and enter everybody into the union; return them by staff number.

    The one password is hashed once: it is the same for all, and says so when the demo starts.
    """
    everybody = (*GUESTS, *PLAYERS)
    numbers = [player.staff_number for player in everybody]
    found = {user.staff_number: user for user in User.objects.filter(staff_number__in=numbers)}
    missing = [player for player in PLAYERS if player.staff_number not in found]
    if missing:
        hashed = make_password(password)
        made = [
            User(
                staff_number=one.staff_number,
                name=one.name,
                mobile=f"13800{one.staff_number}",
                password=hashed,
            )
            for one in missing
        ]
        found |= {user.staff_number: user for user in User.objects.bulk_create(made)}
    on_the_roster = set(Membership.objects.filter(person__in=found.values()).values_list("person", flat=True))
    Membership.objects.bulk_create(
        _membership(player, found[player.staff_number], places)
        for player in everybody
        if player.staff_number in found and found[player.staff_number].pk not in on_the_roster
    )
    return found


def _membership(player: Player, person: User, places: Places) -> Membership:
    department = places.departments.get(player.department)
    roster = {"shift": "day", "employment": "在编", "born_in": date(1986, 5, 1), **player.of_the_roster}
    return Membership(
        person=person,
        status=Membership.Status.ACTIVE,
        joined_on=JOINED_ON,
        department=department,
        branch=department.branch if department else None,
        group=department.group if department else None,
        sex=player.sex,
        **roster,
    )
