"""专题: what belongs together, gathered on one page."""

from home.demo.stories.culture import CHOIR
from home.demo.stories.shape import (
    Ago,
    Anchor,
    Campaign,
    Figure,
    Figures,
    Files,
    Gallery,
    Pages,
    Paper,
    Quote,
    Text,
)
from home.demo.stories.study import LEARN

ONE_LINE_EACH = Paper(
    "docx",
    "one-line-each.docx",
    "三十四个科室各写一条（摘八条）",
    (
        "# 三十四个科室各写一条（摘八条）",
        "学先进活动中，各科室写下自己要学的一条。这里摘八条，背面留白，供本科室补写。",
        "| 科室 | 自己的那一条 |",
        "| 检验科 | 报告时间不写“约”，写钟点 |",
        "| 药学部 | 每一次电话答疑都编号，第二天有人回看 |",
        "| 保卫科 | 巡更不打钩，写一句看见了什么 |",
        "| 急诊科 | 交班时先说没做完的 |",
        "| 洗衣房 | 送错一件，当天找回，不等对账 |",
        "| 病案室 | 借出的病历，谁借的谁还，不代还 |",
        "| 手术室 | 清点声音要让最远的人听见 |",
        "| 总务科 | 报修回话，说清几点到 |",
    ),
)

LEARNING = Campaign(
    slug="learn-from-the-advanced",
    title="学先进，树新风",
    lead="一位护士长的二十六本交班本，引出三十四个科室各自的一条。这里收着报道、比武、演讲和那张纸。",
    starts=Ago(75),
    lasts=120,
    picture=LEARN.picture,
    body=(
        Text("""
## 从一个“大概”说起

二十六年前，有位年轻护士交班时说病人“大概睡着了”，带教老师只问了一句：大概，是几点几分？
她后来成了全国先进工作者、重症医学科护士长，本子上再没有这两个字。

活动不喊口号，不照搬。每个科室只做一件事：写下自己的那一条，贴在看得见的地方，三个月以后回头看。
"""),
        Pages(
            "先读这几篇",
            ("the-handover-book", "skill-contest", "speech-contest"),
            "一个人的本子，一场关了灯的比武，一次用黄豆投票的演讲会。",
        ),
        Figures(
            "活动里的数字",
            (
                Figure("26", "本", "展台上的交班本"),
                Figure("34", "个", "写下一条的科室"),
                Figure("42", "名", "技能比武选手", "来自 28 个病区"),
                Figure("16", "位", "讲述身边人"),
            ),
            "来源：院工会宣传组活动台账。",
        ),
        Quote("别学我不休息。学那个要写清几点几分的人。", "重症医学科护士长"),
        Files("拿去贴在科里", (ONE_LINE_EACH,)),
        Pages(
            "评选与总结",
            ("advanced-groups-publicity", "report-first-half", "report-annual"),
            "总结只给会员看，登录以后会多出来。",
        ),
    ),
)

SPRING = Campaign(
    slug="spring-songs-and-games",
    title="迎春歌咏与游艺",
    lead="从停车楼里的游艺会，到礼堂里的九百七十六人合唱，两个下午，唱过也玩过。",
    starts=Anchor(12, 30),
    lasts=14,
    picture=CHOIR.picture,
    body=(
        Text("""
## 两个下午

头一个下午在停车楼二层。二百一十个车位清空，一格一个游戏。第二个下午在礼堂，
二十一支队伍，换场只有十四秒。

没有彩排过的事最好看：手术室的队伍唱到一半少了两个人，剩下的往中间靠了半步，接着唱。
"""),
        Pages("两篇报道", ("garden-party", "choir")),
        next(block for block in CHOIR.body if isinstance(block, Gallery)),
        Figures(
            "",
            (
                Figure("976", "人", "登台合唱", "比上一届多 210 人"),
                Figure("21", "支", "合唱队伍"),
                Figure("800", "多人", "玩了一个下午游艺"),
                Figure("210", "个", "变成摊位的车位"),
            ),
            "来源：文体委员会报名表与场记。",
        ),
        Quote("一台上跑调，台下就笑；笑完，掌声最长。", "后勤联队一位队员"),
        Pages("别的热闹", ("tug-of-war", "table-tennis", "autumn-hike")),
    ),
)

CAMPAIGNS = (LEARNING, SPRING)
