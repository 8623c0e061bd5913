"""What frames the stories: identity, categories, menus, front page, accounts."""

from home.demo.stories.shape import Figure, Figures, Person

IDENTITY = {
    "house_name": "职工之家",
    "union_name": "示范医院工会",
    "hospital_name": "示范医院",
    "organiser": "示范医院工会委员会",
    "description": "一家省级综合医院工会办的网站。说清楚的事写在这里，要办的事请从会员区进门。",
    "address": "行政楼三层 306、307 室",
    "opening_hours": "工作日 8:00–12:00，14:30–17:30",
    "phone": "院内短号 6306，夜间转总值班",
    "letters": "门诊大厅东侧“主席信箱”，每月五日、二十日开箱",
    "icp_number": "",
    "police_number": "",
}

# slug, name; in the editors' order
CATEGORIES = (
    ("democracy", "民主管理"),
    ("life", "职工生活"),
    ("culture", "文体活动"),
    ("study", "学习培训"),
    ("contest", "劳动竞赛"),
    ("women", "女职工"),
    ("care", "慰问关怀"),
    ("clubs", "社团"),
)

NEWS = ("news", "工会动态", "院里的人和事，按日子排。")
MODELS = ("role-models", "先进典型", "先读他们的一天，再看墙上的牌子。")
WALL = ("honours", "荣誉墙", "每一块牌子后面都有人。点开，读他们的事。")
NOTICE = ("notices", "通知公告", "有期限的事，都写明到哪一天。")
ALBUMS = ("albums", "活动掠影", "每次活动挑十几张，每张写一句话。")

REPORTS = ("reports", "工作总结与计划", "一年两份总结、两份计划，数字都有出处。会员登录后看。")
CAMPAIGNS = ("campaigns", "专题", "一件事的前前后后，放在一起看。")
RULES = ("rules", "制度与表格", "现行的都在这里，点一下就能下载；失效的在存档里。")
CAMPAIGN = "learn-from-the-advanced"

# page slugs; labels are the pages' own titles unless LABELS has a shorter word
MENU = ("news", "notices", "albums", "honours", "role-models", "reports", "campaigns", "rules", "about")
FOOTER = ("charter", "about", "organisation", "joining", "contact", "accessibility", "privacy", "sitemap")
LABELS = {"reports": "工作总结"}
# slug, label, hint
QUICK = (
    ("joining", "入会与转会", "填表、盖章、会员证"),
    ("call-for-proposals", "提案征集", "写一件，跟到底"),
    ("chair-at-home", "主席接待日", "来了就坐，不用预约"),
    ("contact", "找到我们", "306 室，短号 6306"),
)

SERVICES_NOTE = "常办的几件事，从这里进门。"
NUMBERS = Figures(
    "职工之家，用数字说",
    (
        Figure("98", "分", "模范职工之家验收", "省总工会验收组"),
        Figure("49", "件", "提案已有回音", "立案 52 件"),
        Figure("976", "人", "登台迎春合唱", "比上一届多 210 人"),
        Figure("37", "次", "上门走访", "“五必访”台账"),
    ),
    "每个数都能在台账里找到出处，来源写在各篇报道里。",
)
NUMBERS_PAGE = "inspection-98"

ADMINISTRATOR, EDITOR, FIRST, SECOND, MEMBER = "100001", "100002", "100003", "100004", "100005"
PEOPLE = (
    Person(ADMINISTRATOR, "沈知行", "网站管理员"),
    Person(EDITOR, "林小满", "编辑，宣传组写稿"),
    Person(FIRST, "方立秋", "初审，宣传组组长"),
    Person(SECOND, "罗长青", "复审，院工会副主席"),
    Person(MEMBER, "许平", "会员，住院部护士"),
)
