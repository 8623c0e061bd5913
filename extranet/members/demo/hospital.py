"""Twenty branch unions, their groups, and the departments that belong to them."""

from dataclasses import dataclass
from datetime import date

from extranet.members.models import Branch, Department, DepartmentEvent, UnionGroup

OPENED_ON = date(2021, 1, 1)

# branch: group: departments
BRANCHES: dict[str, dict[str, tuple[str, ...]]] = {
    "机关分工会": {
        "党政小组": ("院办公室", "党委办公室", "人力资源部", "工会办公室"),
        "业务管理小组": ("医务部", "护理部", "科研教学部"),
    },
    "财务审计分工会": {"财务小组": ("财务部", "审计科"), "招采小组": ("招标采购中心",)},
    "信息分工会": {"信息小组": ("信息中心", "病案统计科")},
    "心血管分工会": {"心内小组": ("心血管内科", "心内监护室"), "心外小组": ("心脏外科",)},
    "呼吸分工会": {"呼吸小组": ("呼吸与危重症医学科",), "内镜小组": ("呼吸内镜室",)},
    "消化分工会": {"消化小组": ("消化内科",), "消化内镜小组": ("消化内镜中心",)},
    "神经分工会": {"神内小组": ("神经内科",), "神外小组": ("神经外科", "卒中中心")},
    "肾病血液分工会": {"肾内小组": ("肾内科", "血液净化中心"), "血液小组": ("血液科",)},
    "内分泌风湿分工会": {"内分泌小组": ("内分泌科",), "风湿小组": ("风湿免疫科",)},
    "普外分工会": {"胃肠小组": ("胃肠外科",), "肝胆小组": ("肝胆外科",), "甲乳小组": ("甲状腺乳腺外科",)},
    "骨科分工会": {"骨科小组": ("骨科一病区", "骨科二病区"), "康复小组": ("康复医学科",)},
    "泌尿胸外分工会": {"泌尿小组": ("泌尿外科",), "胸外小组": ("胸外科",)},
    "妇产分工会": {"产科小组": ("产科", "助产室"), "妇科小组": ("妇科", "生殖医学科")},
    "儿科分工会": {"儿科小组": ("儿科",), "新生儿小组": ("新生儿科",)},
    "急诊重症分工会": {"急诊小组": ("急诊科", "院前急救站"), "重症小组": ("重症医学科",)},
    "手术麻醉分工会": {"麻醉小组": ("麻醉科",), "手术室小组": ("手术室", "消毒供应中心")},
    "五官分工会": {"眼科小组": ("眼科",), "口腔小组": ("口腔科",), "耳鼻喉小组": ("耳鼻咽喉科",)},
    "医技分工会": {
        "检验小组": ("检验科", "输血科"),
        "影像小组": ("放射科", "超声医学科"),
        "病理小组": ("病理科",),
    },
    "药学分工会": {"药学小组": ("药学部", "静脉用药调配中心"), "门诊药房小组": ("门诊药房",)},
    "后勤分工会": {"总务小组": ("总务科", "营养食堂"), "保卫小组": ("保卫科",), "设备小组": ("医学装备部",)},
}
OFFICES = [
    "院办公室",
    "党委办公室",
    "人力资源部",
    "工会办公室",
    "医务部",
    "护理部",
    "科研教学部",
    "财务部",
    "审计科",
    "招标采购中心",
    "信息中心",
    "病案统计科",
]
WORKSHOPS = ["总务科", "营养食堂", "保卫科", "医学装备部"]
LABORATORIES = [
    "检验科",
    "输血科",
    "放射科",
    "超声医学科",
    "病理科",
    "药学部",
    "静脉用药调配中心",
    "门诊药房",
    "消毒供应中心",
    "呼吸内镜室",
    "消化内镜中心",
]


@dataclass(frozen=True)
class Places:
    """The parts of the hospital by name."""

    branches: dict[str, Branch]
    groups: dict[str, UnionGroup]
    departments: dict[str, Department]


def build() -> Places:
    """Make what is missing; what somebody renamed or closed since is left alone and stays out of the play."""
    branches = {branch.name: branch for branch in Branch.objects.filter(name__in=BRANCHES)}
    fresh = [Branch(name=name, order=10 * at) for at, name in enumerate(BRANCHES, 1) if name not in branches]
    branches |= {branch.name: branch for branch in Branch.objects.bulk_create(fresh)}
    groups = {group.name: group for group in UnionGroup.objects.filter(branch__in=branches.values())}
    fresh_groups = [
        UnionGroup(branch=branches[branch], name=name, order=10 * at)
        for branch, parts in BRANCHES.items()
        for at, name in enumerate(parts, 1)
        if name not in groups
    ]
    groups |= {group.name: group for group in UnionGroup.objects.bulk_create(fresh_groups)}
    return Places(branches, groups, _departments(branches, groups))


def _departments(branches: dict[str, Branch], groups: dict[str, UnionGroup]) -> dict[str, Department]:
    wanted = [
        (name, branch, group)
        for branch, parts in BRANCHES.items()
        for group, names in parts.items()
        for name in names
    ]
    codes = {f"K{at:03d}" for at in range(1, len(wanted) + 1)}
    known = {department.code: department for department in Department.objects.filter(code__in=codes)}
    fresh = [
        Department(name=name, code=f"K{at:03d}", branch=branches[branch], group=groups[group], order=10 * at)
        for at, (name, branch, group) in enumerate(wanted, 1)
        if f"K{at:03d}" not in known
    ]
    made = Department.objects.bulk_create(fresh)
    DepartmentEvent.objects.bulk_create(
        DepartmentEvent(department=one, kind="opened", happened_on=OPENED_ON, after=one.name) for one in made
    )
    return {
        department.name: department for department in (*known.values(), *made) if department.closed_on is None
    }
