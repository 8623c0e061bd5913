"""The crowd: invented people, always the same ones, as many as are wanted."""

from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from extranet.members.models import Department, Membership, MembershipChange, User

from .hospital import LABORATORIES, OFFICES, WORKSHOPS, Places

FIRST = 200001
"""The staff number of the first of them."""
MOST = 10_000
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单解仇覃"
)
OF_WOMEN = ("书雅静雨晓思若文清婉佳梦秀慧心欣芷怡瑾语", "瑶琳萱宁涵妍洁霞彤蕾竹岚薇桐溪禾月筠荷冉")
OF_MEN = ("志建子文俊浩宇明立承家景思启云海博嘉远瑞", "强国轩博远航峰杰诚辉舟川屹骁林然楷松岩铭")
NURSING = (("护士", "护士"), ("护士", "护师"), ("护士", "主管护师"), ("护士长", "副主任护师"))
MEDICINE = (("医师", "住院医师"), ("医师", "主治医师"), ("医师", "副主任医师"), ("医师", "主任医师"))
TECHNIQUE = (("技师", "技士"), ("技师", "技师"), ("技师", "主管技师"), ("药师", "药师"))
ADMINISTRATION = (("科员", ""), ("科员", "经济师"), ("干事", "助理研究员"), ("副科长", "高级经济师"))
WORK = (("技工", "高级工"), ("技工", "技师"), ("保障员", ""), ("班长", "高级技师"))
EMPLOYMENTS = ("在编", "合同制", "合同制", "劳务派遣")
S = Membership.Status
STATUSES = ((0.92, S.ACTIVE), (0.95, S.NONE), (0.98, S.RETAINED), (0.99, S.TRANSFERRED), (1.0, S.ENDED))
LEFT = frozenset({S.TRANSFERRED, S.ENDED})


def gather(places: Places, number: int) -> int:
    """Add people until there are ``number`` of them (at most 10,000); return how many were added."""
    wanted = {str(FIRST + at): at for at in range(min(number, MOST))}
    there = set(User.objects.filter(staff_number__in=wanted).values_list("staff_number", flat=True))
    missing = [at for staff_number, at in wanted.items() if staff_number not in there]
    if not missing:
        return 0
    departments = list(places.departments.values())
    made = [_invented(at, departments) for at in missing]
    User.objects.bulk_create([membership.person for membership in made], batch_size=500)
    for membership in made:
        membership.person = membership.person  # the key is known now
    Membership.objects.bulk_create(made, batch_size=500)
    lines = [
        MembershipChange(
            membership=one,
            field="status",
            before=S.NONE,
            after=one.status,
            happened_on=one.left_on or one.joined_on,
            source=MembershipChange.Source.ROSTER,
        )
        for one in made
        if one.joined_on
    ]
    MembershipChange.objects.bulk_create(lines, batch_size=500)
    return len(made)


def _invented(at: int, departments: list[Department]) -> Membership:
    """Return the person number ``at`` with their membership: the same one every time."""
    dice = Random(at)  # noqa: S311 - invented people, no secret
    department = departments[at % len(departments)]
    post, title, sex = _work(department.name, dice)
    born = date(dice.randint(1967, 2002), dice.randint(1, 12), 1)
    status = next(status for share, status in STATUSES if dice.random() < share)
    joined = date(min(2026, born.year + dice.randint(22, 26)), dice.randint(1, 10), 1)
    person = User(
        staff_number=str(FIRST + at),
        name=_name(sex, dice),
        mobile=f"1380000{at:04d}",
        password=make_password(None),
        is_active=status not in LEFT,
    )
    return Membership(
        person=person,
        status=status,
        joined_on=None if status == S.NONE else joined,
        left_on=date(2026, dice.randint(1, 10), 1) if status in LEFT and joined.year < 2026 else None,  # noqa: PLR2004
        department=department,
        branch=department.branch,
        group=department.group,
        post=post,
        title=title,
        employment=dice.choice(EMPLOYMENTS),
        sex=sex,
        born_in=born,
        shift=_shift(department.name, post, dice),
    )


def _name(sex: str, dice: Random) -> str:
    first, second = OF_WOMEN if sex == Membership.Sex.FEMALE else OF_MEN
    return dice.choice(SURNAMES) + dice.choice(first) + dice.choice(second)


def _work(department: str, dice: Random) -> tuple[str, str, str]:
    """Return post, title and sex, as plausible as a department makes them."""
    if department in OFFICES:
        kinds, women = ADMINISTRATION, 0.55
    elif department in WORKSHOPS:
        kinds, women = WORK, 0.25
    elif department in LABORATORIES:
        kinds, women = TECHNIQUE, 0.6
    elif dice.random() < 0.6:  # noqa: PLR2004 - six in ten on a ward are nurses
        kinds, women = NURSING, 0.94
    else:
        kinds, women = MEDICINE, 0.45
    level = dice.choices(range(4), weights=(30, 40, 25, 5))[0]
    sex = Membership.Sex.FEMALE if dice.random() < women else Membership.Sex.MALE
    return (*kinds[level], sex)


def _shift(department: str, post: str, dice: Random) -> str:
    if department in OFFICES or post == "护士长":
        return Membership.Shift.DAY
    if department in WORKSHOPS or department in LABORATORIES:
        return dice.choices(Membership.Shift.values, weights=(60, 35, 5))[0]
    return dice.choices(Membership.Shift.values, weights=(25, 65, 10))[0]
