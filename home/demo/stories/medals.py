"""The honours of the register: the union's own, those of the role models, and the rest of the wall."""

from home.demo.stories.shape import Anchor, Drawing, Medal

UNION = (
    Medal(
        "model-home", "全省模范职工之家", 3, "省总工会", Anchor(7, 20), "院工会", "union",
        citation="资料齐全、真实，台账经得起随手一翻", source="验收意见", number="省工发〔{year}〕41号",
        scan=Drawing("certificate", "模范职工之家证书", "剪纸：一张带花边和红印的证书", "landscape"),
    ),
    Medal(
        "advanced-home", "先进职工之家", 3, "省直机关工会", Anchor(5, 26), "院工会", "union",
        number="省直工〔{year}〕17号",
        scan=Drawing("certificate", "先进职工之家证书", "剪纸：一张带花边和红印的证书", "landscape"),
    ),
    Medal("reading-room", "职工书屋示范点", 2, "市总工会", Anchor(11, 8, 1), "院工会", "union"),
    Medal(
        "bargaining", "集体协商示范单位", 2, "市协调劳动关系三方会议", Anchor(12, 3, 1), "院工会", "union",
        number="三方〔{year}〕9号",
    ),
    Medal("women", "女职工工作先进集体", 2, "市总工会女职工委员会", Anchor(3, 6, 2), "院工会", "union"),
    Medal(
        "safety", "安全生产竞赛优胜单位", 3, "省总工会、省应急管理厅", Anchor(6, 15, 3), "院工会", "union",
        citation="一百八十天，一千二百条随手拍", source="竞赛通报",
    ),
)  # fmt: skip

OF_MODELS = (
    Medal(
        "nurse-nation", "全国先进工作者", 4, "国家级表彰", Anchor(4, 28), "重症医学科护士长",
        department="重症医学科", citation="以严谨和体贴，赢得同事与患者的信任", source="表彰决定", exact=True,
        scan=Drawing("certificate", "先进工作者证书", "剪纸：一张带花边和红印的证书", "landscape"),
    ),
    Medal("nurse-province", "省优秀护士", 3, "省卫生健康委员会", Anchor(5, 10, 4), "重症医学科护士长",
          department="重症医学科"),
    Medal("nurse-group", "优秀工会小组长", 1, "院工会", Anchor(1, 18, 6), "重症医学科护士长",
          department="重症医学科"),
    Medal("nurse-skill", "护理操作能手", 1, "示范医院", Anchor(5, 12, 17), "重症医学科护士",
          department="重症医学科"),
    Medal(
        "village", "省五一劳动奖章", 3, "省总工会", Anchor(4, 26), "驻村医疗队队员", department="全科医学科",
        citation="两年走遍十四个村寨", source="推荐材料", number="省工发〔{year}〕22号",
    ),
    Medal("technician", "市劳动模范", 2, "市人民政府", Anchor(4, 25), "检验科主管技师", department="检验科",
          citation="把四十分钟磨成二十二分钟", source="推荐材料", number="市府发〔{year}〕13号"),
    Medal("technician-skill", "检验技能比武第一名", 1, "示范医院、院工会", Anchor(9, 14, 2), "检验科主管技师",
          department="检验科"),
    Medal(
        "emergency", "省工人先锋号", 3, "省总工会", Anchor(4, 24, 1), "急诊科护理组", "team",
        department="急诊科", citation="三十一个人，一年九万六千次分诊", source="推荐材料",
        number="省工发〔{year}〕19号",
        scan=Drawing("certificate", "工人先锋号证书", "剪纸：一张带花边和红印的证书", "landscape"),
    ),
    Medal("emergency-house", "先进护理单元", 1, "示范医院", Anchor(5, 12, 2), "急诊科护理组", "team",
          department="急诊科"),
    Medal(
        "midwives", "女职工建功立业标兵岗", 3, "省总工会女职工委员会", Anchor(3, 5, 1), "产科助产士组",
        "team", department="产科",
    ),
    Medal("stoker", "市五一劳动奖章", 2, "市总工会", Anchor(4, 27, 1), "总务科锅炉班班长",
          department="总务科", number="市工发〔{year}〕15号"),
    Medal("stoker-team", "安全生产示范岗", 2, "市总工会", Anchor(6, 20, 2), "总务科锅炉班", "team",
          department="总务科"),
    Medal("cook", "后勤服务标兵", 1, "示范医院、院工会", Anchor(1, 20), "食堂面点师傅", department="营养科"),
    Medal("driver", "安全行车标兵", 2, "市卫生健康委员会", Anchor(11, 2, 1), "急救车驾驶员",
          department="院前急救站"),
    Medal("driver-house", "微笑窗口之星", 1, "院工会", Anchor(12, 28, 3), "急救车驾驶员",
          department="院前急救站"),
)  # fmt: skip

OTHERS = (
    Medal("cardiology", "学先进标兵科室", 1, "示范医院、院工会", Anchor(1, 19), "心血管内科", "team",
          department="心血管内科"),
    Medal("ten-groups", "十佳工会小组", 1, "院工会", Anchor(1, 18), "手术室等十个小组", "team"),
    Medal("pharmacists", "市五一巾帼奖", 2, "市总工会", Anchor(3, 4, 1), "药学部临床药师组", "team",
          department="药学部"),
    Medal("laboratory", "职工技能大赛团体第一名", 2, "市总工会、市卫生健康委员会", Anchor(9, 22, 1),
          "检验科代表队", "team", department="检验科"),
    Medal("car-club", "最受欢迎社团", 1, "院工会", Anchor(12, 30, 1), "车迷协会", "team"),
    Medal("pairs", "老带新优秀师徒", 1, "院工会", Anchor(5, 4, 2), "放射科三对师徒", "team",
          department="放射科"),
    Medal("activists", "优秀工会积极分子", 1, "院工会", Anchor(1, 17, 1), "各小组二十六人"),
    Medal("laundry", "先进女职工小组", 1, "院工会女职工委员会", Anchor(3, 8, 2), "洗衣房女工小组", "team",
          department="总务科"),
    Medal("table-tennis", "市职工乒乓球赛团体冠军", 2, "市总工会", Anchor(10, 16, 3), "我院代表队", "team"),
)  # fmt: skip

WITHDRAWN = (
    Medal("twice", "十佳工会小组", 1, "院工会", Anchor(1, 18), "手术室工会小组", "team", department="手术室",
          withdrawn=(21, "与“手术室等十个小组”重复登记，核对文件后撤销这一条。")),
)  # fmt: skip

MEDALS = (*UNION, *OF_MODELS, *OTHERS, *WITHDRAWN)
