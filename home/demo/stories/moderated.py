"""One story in each state of the workflow: draft, two reviews, returned, scheduled."""

from home.demo.stories.shape import Ago, Drawing, Figure, Figures, Moderated, Quote, Story, Text

DRAFT = Moderated(
    "draft",
    Story(
        slug="bicycle-corner",
        title="设备科的修车角：一把扳手，一年修了三百辆自行车",
        lead="午休一小时，楼梯间里有人支起车架。修车的是管呼吸机的工程师。",
        category="life",
        when=Ago(0),
        body=(
            Text("""
楼梯间的窗台上放着一只铁皮盒，里面是各种型号的气门芯。来修车的人自己拿，拿完在本子上画一道。

起头的是设备科一位管呼吸机的工程师。他说呼吸机不能坏，自行车坏了也耽误人上班，道理差不多。

（待补：采访两位常来的同事；核实全年修车数，本子在他手里。）
"""),
        ),
    ),
)

FIRST_REVIEW = Moderated(
    "first_review",
    Story(
        slug="car-club-check",
        title="车迷协会开了一间“门诊”：给同事的车听听声音",
        lead="不收费，不修车，只听、只看、只说实话。一上午看了二十六辆。",
        category="clubs",
        when=Ago(0),
        office="车迷协会",
        picture=Drawing("road", "停车场门诊", "剪纸：一排小车停在树旁的路上"),
        body=(
            Text("""
停车楼一层的角落里摆了一张桌子，桌上有胎压表、手电筒和一只旧听诊器。听诊器是真用来听的，
抵在发动机盖上，哪里有异响，听得出来。

坐诊的五位会员，两位是设备科的，一位在保卫科管车队，另两位只是喜欢。每辆车二十分钟，看完写一张单子：
急的画圈，不急的打勾，不用管的写“好着呢”。

二十六辆车里，画圈的有七辆，多数是轮胎。有位同事的轮胎已经裂了口，他摸着那道口子半天没说话，
昨天刚带孩子跑了趟远路。
"""),
            Quote("我们只说该不该修，不说去哪儿修。", "坐诊的一位会员"),
        ),
    ),
)

SECOND_REVIEW = Moderated(
    "second_review",
    Story(
        slug="sign-language",
        title="导诊台学手语：先学会问“哪里不舒服”",
        lead="十二个人，六节课，四十个手势。第三周，用上了。",
        category="study",
        when=Ago(0),
        office="门急诊分会",
        picture=Drawing("lecture", "手语课图", "剪纸：一位同事站在讲台旁比划，台下的人坐着看"),
        body=(
            Text("""
报名的起因，是一位听障老人在导诊台前站了十分钟，纸上写的字谁也没认全。

门急诊分会请来特殊教育学校的老师，利用午休上课，一周两次。四十个手势都从导诊台用得着的话里挑：
哪里不舒服、多久了、请坐、请跟我来。最后一个是“别着急”。

第三周，老人又来了。值班的导诊员放下手里的单子，抬手比了一句。老人愣了一下，笑着回了她三句，
她只看懂一句，另两句写在了纸上。
"""),
            Figures(
                "",
                (Figure("12", "人", "学完六节课"), Figure("40", "个", "常用手势")),
                "来源：门急诊分会签到表。",
            ),
        ),
    ),
)

RETURNED = Moderated(
    "returned",
    Story(
        slug="photo-exhibition",
        title="走廊里的摄影展：拍的都是手",
        lead="四十七幅照片，没有一张脸。看展的人站在前面，猜是谁的手。",
        category="culture",
        when=Ago(0),
        office="文体委员会",
        body=(
            Text("""
征稿启事只有一条要求：拍一双在干活的手。收到一百六十多幅，挑出四十七幅，挂在连廊两边。

有打结的手，有抄表的手，有抱着新生儿的手。有一双泡得发白，指腹起了皱，标签上写着：消毒供应中心，
下午四点。

观展的人在留言簿上写满了三十多页，据说创了纪录。
"""),
        ),
    ),
    "最后一段的“据说创了纪录”请核实，没有出处就删去；留言簿的页数和场馆登记对一下。另请配一幅图，并写好替代文字。",
)

SCHEDULED = Moderated(
    "scheduled",
    Story(
        slug="barber",
        title="每月逢八，理发师傅把椅子搬到住院楼",
        lead="管后勤的老师傅有一门手艺，先给同事剪，后来给病人剪。",
        category="life",
        when=Ago(-1),
        picture=Drawing("quiet", "一把椅子", "剪纸：窗边的小桌上放着花与杯子，光斜斜照进来"),
        body=(
            Text("""
椅子是木头的，脚上包了棉布，推过走廊没有声音。每月逢八的下午，他从十六楼开始，一层一层往下走。

老师傅在后勤干了二十二年，年轻时学过理发。起初是给下不了班的同事剪，在值班室里，十分钟一个。有一回，
一个住院的老人扒在门边看了半天，问能不能也给他剪一剪。

剪完，老人照了很久的镜子。第二天他的女儿来道谢，说父亲住院以来头一次问今天几号。

如今跟着他的有四个徒弟，三个是护士。他教的第一样不是剪刀怎样拿，是手要先焐热。
"""),
            Quote("头发剪短了，人坐得就直一点。", "后勤分会一位会员"),
        ),
    ),
)

MODERATED = (DRAFT, FIRST_REVIEW, SECOND_REVIEW, RETURNED, SCHEDULED)
