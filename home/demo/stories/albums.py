"""活动掠影: six albums, each photo with its own words; two lines a photo, see ``shape.shots``."""

from home.demo.stories.shape import Ago, Album, Anchor, shots

CHOIR_ALBUM = Album(
    slug="choir-album",
    title="近千人的合唱，台上台下十六张",
    lead="二十一支队伍唱了一个下午。这里有台上的人，也有侧幕里数着十四秒的人。",
    category="culture",
    when=Anchor(1, 12),
    place="院礼堂",
    author="宣传组",
    cover="开场合唱",
    related=("choir", "garden-party"),
    shots=shots("""
choir wide 开场合唱 剪纸：大幕拉开，几排队员看着指挥的手
开场。指挥抬手以前，有三秒钟谁也没有呼吸。
choir portrait 话筒试音一幕 剪纸：一只高高的话筒，彩带从旁边绕过
试音的是总务科的电工，他说这辈子没对着它讲过话。
choir landscape 钢琴旁一景 剪纸：合唱队围着钢琴站成半圈
儿科住院医师弹的琴，谱子写在交班纸背面。
team wide 候场一幕 剪纸：一排同事并肩站着，肩挨着肩
候场的内科联队，手心都是汗，互相在袖子上擦。
choir landscape 第九支队伍 剪纸：几排队员跟着指挥张口歌唱
手术室队唱到第二段少了两个人，队形往中间靠了半步。
hospital_night wide 病房里的直播时分 剪纸：亮灯的病房窗里，两个人凑在一起看
没能来的人在病房里看直播，声音只开到两格。
flowers portrait 传了一路的花 剪纸：一大束盛开的花，用纸裹着
花只有一束，从第一支队伍传到第二十一支。
award square 信封背面的奖 剪纸：麦穗围着一枚奖章，中间是一颗心
“最动人奖”是评委临时写在信封背面的，后来补了一枚。
choir square 副歌一唱一和现场 剪纸：话筒两旁的人一左一右张着口
后勤联队把副歌改成一唱一和，台下先笑，后来都不笑了。
festival square 后台的饺子一景 剪纸：一只大碗盛满饺子，冒着热气
后台备了饺子，唱完的人才准吃，怕油糊了嗓子。
team landscape 唱完那一下现场 剪纸：彩旗下一排同事跳起来
外科联队下台以后在走廊里跳了一下，灯都晃了。
choir wide 最后一支 剪纸：弯弯的拱门下，钢琴旁站着一排人
最后一支上台时已经过了六点，观众一个没少。
award landscape 三个名次那天 剪纸：领奖台上三个人举着手
三个名次一起上台，互相把奖状拿错了。
festival portrait 散场的门口 剪纸：挂着灯笼的小楼前，几个人互相道别
散场。有人回家，有人接着去上夜班。
team wide 楼前合影那天 剪纸：大楼前前后两排同事站得整整齐齐
唯一一张全体合影，站了四层台阶，还有人在画外。
hospital_night landscape 十四秒以后一景 剪纸：街灯下一个人走回亮着窗的医院
急诊的两位唱完就走，前后只离开岗位二十一分钟。
"""),
)

HIKE_ALBUM = Album(
    slug="hike-album",
    title="一百四十级台阶和一次日落：秋季登山",
    lead="四百多人走同一条路，快的一小时，慢的一下午。收队的人背回来一面旗和半袋橘子皮。",
    category="culture",
    when=Anchor(10, 18),
    place="城南山林步道",
    author="登山协会",
    cover="山顶的旗",
    related=("autumn-hike",),
    shots=shots("""
mountain wide 山脚集合一幕 剪纸：一队人拄着登山杖往山上走
七点半集合，体检中心的同事给每人发了一根登山杖。
road landscape 来的路上一幕 剪纸：一排小车停在路边的树下
班车不够，车迷协会开了九辆车来接。
mountain wide 过桥小景 剪纸：一队人从石拱桥上走过
过桥的时候要排队，队伍拉了两里长。
planting portrait 半路的树一幕 剪纸：一棵大树下几个人仰着头
第二个歇脚点有一棵老枫香，检验科的人数了它的叶脉。
mountain landscape 台阶一幕 剪纸：登山杖一下一下点在山路上
一百四十级台阶，麻醉科一路数，数到一百零三忘了。
team square 手拉手一幕 剪纸：几个人手拉着手并肩往前走
新来的规培生在最后，有人伸了一只手过去。
mountain portrait 山顶的旗 剪纸：山顶上一个人举着旗，云在脚下
山顶。旗是收费处的人缝的，针脚比手术室的密。
festival square 山上的午饭现场 剪纸：一只大碗里堆满吃的，筷子架在边上
食堂师傅背上来两桶饭，说轻了八斤，是汗。
road wide 下山 剪纸：弯弯的山路绕着山坡往下
下山的路弯，膝盖不好的坐了收队车。
mountain wide 等日落里外 剪纸：山顶的人影，背后一轮大太阳
最后一名到山顶的时候，正好赶上日落，大家都没走。
team landscape 一个不少一幕 剪纸：楼前站着两排人，有人举着手
回到院里点名：四百一十二人，一个不少。
quiet square 第二天的风筝现场 剪纸：一只风筝飞在屋顶上
第二天，有人把捡到的风筝修好，挂在值班室窗外。
"""),
)

TUG_ALBUM = Album(
    slug="tug-album",
    title="拔河、跳绳、飞镖：三八节那个下午",
    lead="二十一场拔河，输得最快的一场只有七秒。照片是三个科室的同事轮流拍的。",
    category="women",
    when=Anchor(3, 8),
    place="门诊楼前广场",
    author="女职工委员会",
    cover="第一场拔河一景",
    related=("tug-of-war", "womens-room"),
    shots=shots("""
sports_day wide 第一场拔河一景 剪纸：两队人各拉绳子一头，身子往后倒
第一场，外科楼对内科楼，绳子中间系的是一条止血带。
flowers portrait 早上的花一景 剪纸：花丛里站着三个抱花的人
早上每人一枝花，大部分后来插在了护士站。
sports_day landscape 长绳 剪纸：两个人摇着长绳，中间的人跳起来
长绳摇到第一百下，摇绳的人先笑倒了。
team landscape 赢了 剪纸：几位同事高高跳起来
赢了的产科，跳得比刚才拔河还用力。
sports_day wide 托球接力现场 剪纸：跑道上几个人奔跑，看台上挥着手
托球接力：球是鸡蛋，生的。
award square 奖状一刻 剪纸：两个人捧着一张证书
奖状是手写的，写字的是病案室的老师。
flowers portrait 花门一刻 剪纸：花门下走过两个人
花门拆下来以后，被血透室要去装点了走廊。
activity_room landscape 歇一会儿 剪纸：几个人围坐在小桌旁喝水
歇一会儿。年纪最大的队员五十四岁，拉满了四场。
sports_day landscape 决赛的绳子那天 剪纸：绷紧的绳子两边，鞋跟都陷进地里
决赛拔了三分四十秒，绳子一寸也没动。
giving square 递水的人 剪纸：小台子后面有人递东西出来
递水的是保卫科，男同事今天只干这个。
team wide 手挽着手 剪纸：一排人手拉着手站在一起
输的一队和赢的一队，合影时站混了。
hospital_night landscape 晚上的灯 剪纸：月亮下医院的窗一扇一扇亮着
晚上八点，值班的人把花摆到了窗台上。
sports_day portrait 主席也跳一幕 剪纸：有人跃在摇起的长绳上方
主席被推进了长绳里，跳了九下。
flowers square 剩下的一束一刻 剪纸：一大束花立在中间
剩下的一束，送给了当天退休的一位会员。
"""),
)

GARDEN_ALBUM = Album(
    slug="garden-album",
    title="停车楼里的游艺会",
    lead="元旦这天，停车楼一层没有停车。二十个摊子，四千张小票，换走了三百只玻璃球。",
    category="culture",
    when=Anchor(1, 1),
    place="停车楼一层",
    author="宣传组",
    cover="灯笼下的入口",
    related=("garden-party", "zongzi"),
    shots=shots("""
festival wide 灯笼下的入口 剪纸：挂灯笼的小楼前人来人往
入口。灯笼是后勤组用旧输液架挂起来的。
activity_room landscape 猜谜桌一幕 剪纸：几个人围坐一桌，一个人举着纸条
猜谜：“十五个吊桶打水”，猜一种心律，有人真猜中了。
sports_day portrait 跳房子那天 剪纸：摇起的绳子上方有人跳过
地上的格子是按停车位画的，大人跳得比孩子认真。
activity_room square 一盘棋一幕 剪纸：两个人隔着棋盘坐着
摆了一盘棋，退休的老主任守擂，到收摊没有输。
table_tennis square 颠球那天 剪纸：一只大球拍托着小球
颠球一百下换一只灯泡，灯泡换完了，换感谢。
festival wide 包汤圆一幕 剪纸：六位同事围着长案，手里都在捏
包汤圆的案子前最挤，馅有四种，争论有五种。
giving landscape 换奖处 剪纸：许多只手一起伸向中间
换奖处，三百只玻璃球两个钟头就没了。
reading landscape 旧书摊 剪纸：高高的书架前有人踩着梯子
旧书摊是书屋摆的，一张小票一本，还可以还回来。
badminton wide 车道上的球网一幕 剪纸：两个人隔着球网挥拍
车道上拉了一张球网，限高两米一，正好不能高吊。
team square 抽到一等奖一幕 剪纸：彩旗下有人高高跳起来
一等奖是一辆自行车，中奖的是骑车上班十一年的药师。
hospital_night portrait 收摊那天 剪纸：街灯照着，一个人走过亮窗的楼
晚上九点收摊，停车楼十点钟又停满了车。
festival landscape 最后一锅一幕 剪纸：大碗里热气往上升
最后一锅汤圆留给了夜班，一人四个，多的归急诊。
"""),
)

TREES_ALBUM = Album(
    slug="trees-album",
    title="一百零八棵树的第一天",
    lead="坑是前一天挖好的，树是自己认的。每一棵都写了管家的名字，也写了下次浇水的日子。",
    category="life",
    when=Anchor(3, 12),
    place="新院区东坡",
    author="绿化小组",
    cover="扶苗的人一景",
    related=("tree-planting",),
    shots=shots("""
planting wide 扶苗的人一景 剪纸：几个人在坡上扶苗、培土、浇水
扶苗的人最难当，要一直弯着腰说“再往左一点”。
road landscape 苗来了 剪纸：弯弯的山路上，小车拉着东西开来
苗是清早从苗圃拉来的，根上还带着霜。
planting square 一捧土一幕 剪纸：一双手捧着发芽的幼苗
每棵树底下埋了一捧老院区的土。
giving square 写名字近看 剪纸：两只手托着一颗心
名牌是木工班锯的，名字自己写，写坏了可以翻面。
planting landscape 浇第一桶水 剪纸：有人提着桶给小树浇水
第一桶水四个人抬，心外科说要“匀速输注”。
team wide 一行人 剪纸：一排人并肩站在坡上
种完的一行人从坡下走上来，鞋底多了三斤泥。
planting portrait 坡上的老樱 剪纸：一棵开满花的大树下，几个人在说话
坡上原有一棵樱，谁也没舍得动，今年开得早。
mountain wide 东坡望出去一幕 剪纸：山顶望出去，远处是云
从东坡望出去，三年以后会有树荫。
reading landscape 歇脚一幕 剪纸：大树下长凳上坐着两个人
长凳是旧候诊椅改的，编号还在。
team landscape 一百零八位管家 剪纸：楼前两排人站成一片
一百零八位管家，到了一百零六位，两位在手术台上。
"""),
)

ROOM_ALBUM = Album(
    slug="room-album",
    title="五楼开门一个月：活动室的早中晚",
    lead="跑步机、乒乓台、一壶茶。我们在早上六点半、中午十二点和晚上十点各拍了几次。",
    category="life",
    when=Ago(20),
    place="老教学楼五层活动室",
    author="场馆管理组",
    cover="早上六点半",
    related=("activity-room", "table-tennis"),
    shots=shots("""
gym wide 早上六点半 剪纸：大窗前有人在跑步机上跑
早上六点半，第一台跑步机上永远是营养科。
gym landscape 瑜伽垫一景 剪纸：几个人在瑜伽垫上伸开手臂
中午的瑜伽垫只有八张，来晚的就着地板做。
table_tennis landscape 三号台 剪纸：窗下两个人隔着球台对打
三号台的网高了半厘米，大家都知道，谁也不说。
activity_room square 棋桌一景 剪纸：一张小桌上摆着棋，两个人对坐
棋桌上这盘下了四天，谁路过都不许动。
gym portrait 第一次举起来 剪纸：一个人举起杠铃
第一次举起来的是信息科，二十公斤，他数了两遍。
activity_room wide 写春联现场 剪纸：长桌前站着几个人，桌上铺着纸
书法角的长桌，一个月用掉了九刀毛边纸。
table_tennis wide 午间双打一幕 剪纸：四个人隔着球台双打
午间双打，赢的留下，输的去给下一对倒水。
activity_room landscape 一壶茶现场 剪纸：几个人围坐喝茶，旁边是盆栽
茶自己带，水是场馆组烧的，壶是退休同事送的。
reading portrait 窗边一景 剪纸：一个人坐在大书上看书
窗边那把椅子，常有人坐着就睡着了，没有人叫醒他。
table_tennis square 裂了的球拍 剪纸：一只球拍和一颗小球
裂了的球拍挂在墙上，旁边写着“功成”。
hospital_night wide 晚上十点一幕 剪纸：月亮下的医院，窗里还亮着灯
晚上十点关灯，楼下的人会抬头看一眼。
team landscape 满月合影 剪纸：楼前站着两排人
满月那天登记本写完了第一本：一千九百四十人次。
gym square 雨天那天 剪纸：窗外下着雨，跑步机上有两个人
下雨天最满，排队的人自己定了规矩：一人二十分钟。
quiet landscape 空下来的一会儿那天 剪纸：小桌上放着花和杯子，光照进来
下午三点空下来的一会儿，阳光把球台切成两半。
"""),
)

ALBUMS = (CHOIR_ALBUM, HIKE_ALBUM, TUG_ALBUM, GARDEN_ALBUM, TREES_ALBUM, ROOM_ALBUM)
