"""制度与表格: forms to fill in; one of them replaced."""

from home.demo.stories.shape import Anchor, Paper, Rule


def form(name: str, title: str, *lines: str) -> Paper:
    """Return the DOCX of a form."""
    return Paper("docx", f"{name}.docx", title, (f"# {title}", *lines))


JOINING = Rule(
    slug="form-joining",
    title="入会申请表",
    kind="form",
    intro="新入职、规培和进修满半年的同事用，本人签字，交给小组长。",
    number="表1",
    issuer="院工会办公室",
    starts=Anchor(3, 1, 2),
    paper=form(
        "joining",
        "入会申请表",
        "| 姓名 |  | 工号 |  |",
        "| 科室 |  | 岗位 |  |",
        "| 入院日期 |  | 短号 |  |",
        "| 是否在原单位入过会 |  | 原会员证号 |  |",
        "本人自愿加入中国工会，遵守章程，执行决议，按月缴纳会费。",
        "申请人签字：____________　　日期：____________",
        "| 小组意见 |  |",
        "| 分会意见 |  |",
        "| 院工会意见 |  |",
        "十个工作日内通知本人，发给会员证。",
    ),
)

TRANSFER = Rule(
    slug="form-transfer",
    title="会员组织关系介绍信",
    kind="form",
    intro="调出本院时开，到新单位接上会龄。",
    number="表2",
    issuer="院工会办公室",
    starts=Anchor(3, 1, 2),
    paper=form(
        "transfer",
        "会员组织关系介绍信",
        "____________工会：",
        "兹有我会会员____________，会员证号____________，于____年____月入会，会费缴至____年____月，现将组织关系转至贵会，请接洽。",
        "示范医院工会（章）　　日期：____________",
        "| 回执 | 已接收，会龄连续计算 |",
        "| 接收单位（章） |  |",
    ),
)

ACTIVITY = Rule(
    slug="form-activity",
    title="工会活动方案与经费申请表",
    kind="form",
    intro="小组、分会和社团办活动之前填，一张纸说清人、钱、安全。",
    number="表5（修订）",
    issuer="文体委员会",
    starts=Anchor(5, 6),
    replaces="form-activity-old",
    paper=form(
        "activity",
        "工会活动方案与经费申请表",
        "| 活动名称 |  |",
        "| 时间、地点 |  |",
        "| 参加人数（东院区几人） |  |",
        "| 负责人、短号 |  |",
        "| 怎样玩，几句话 |  |",
        "| 安全与医疗点 |  |",
        "| 值班的同事怎样参加 |  |",
        "| 预算明细（逐项列） |  |",
        "| 审批 |  |",
        "活动结束三天内交三百字小结；没有小结的，照片不上墙。",
    ),
)

ACTIVITY_OLD = Rule(
    slug="form-activity-old",
    title="活动经费申请表",
    kind="form",
    intro="旧表，没有东院区和值班两栏。",
    number="表5",
    issuer="文体委员会",
    starts=Anchor(4, 2, 3),
    paper=form(
        "activity-old",
        "活动经费申请表",
        "| 活动名称 |  |",
        "| 时间、地点、人数 |  |",
        "| 金额 |  |",
        "| 审批 |  |",
    ),
)

FORMS = (JOINING, TRANSFER, ACTIVITY_OLD, ACTIVITY)
