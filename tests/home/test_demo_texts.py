"""The demo texts: whole, lively on any day, free of real names and empty phrases."""

import re
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import get_args

import pytest

from home.demo.body import Setter
from home.demo.days import PLACEHOLDER, resolve, spoken
from home.demo.papercut import MOTIFS
from home.demo.papercut.paper import composition
from home.demo.papers import docx, pdf
from home.demo.pictures import SHAPES, drawings
from home.demo.prose import rich
from home.demo.shelf import papers
from home.demo.stories import ALBUMS, MEDALS, MODERATED, NEWS, NOTICES, PAGES, PROFILES, house
from home.demo.stories.shape import Ago, Anchor, Block, Drawing, Text

DRAFTS = tuple(moderated.story for moderated in MODERATED)
PIECES = (*NEWS, *NOTICES, *ALBUMS, *PAGES, *PROFILES, *DRAFTS)
DAYS = (date(2024, 2, 29), date(2025, 1, 1), date(2025, 3, 1), date(2026, 11, 23), date(2027, 12, 31))
EMPTY_PHRASES = (
    "旨在",
    "谱写",
    "新篇章",
    "凝心聚力",
    "砥砺",
    "赋能",
    "助力",
    "踔厉",
    "圆满成功",
    "隆重",
    "！",
)
REAL = ("贵州", "贵阳", "省医", "北京", "上海", "人民医院", "协和")
WEEKDAYS = re.compile(r"周[一二三四五六日末]|星期|礼拜")


def strings(thing):
    """Yield every string of a text, its slug and pictures' seeds included."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from strings(part)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from strings(getattr(thing, field.name))


# What the three compositions of a motif show: a word of it stands in the alt text.
SHOWN = {
    "mountain": ("登山杖", "山顶", "桥"),
    "choir": ("指挥", "钢琴", "话筒"),
    "table_tennis": ("两个人", "球拍", "双打"),
    "gym": ("杠铃", "跑步机", "瑜伽"),
    "activity_room": ("棋", "长桌", "围坐"),
    "festival": ("大碗", "小楼", "六位"),
    "hospital_night": ("医院", "街灯", "窗"),
    "giving": ("两只手", "许多只手", "台子"),
    "award": ("领奖台", "奖章", "证书"),
    "lecture": ("图", "心肺复苏", "讲台"),
    "congress": ("主席台", "举手", "投"),
    "sports_day": ("绳子|长绳|拔河", "跑", "摇"),
    "badminton": ("球网", "一个人", "球拍"),
    "flowers": ("一大束", "花丛", "花门"),
    "planting": ("浇水", "大树", "幼苗"),
    "reading": ("大书", "书架", "长凳"),
    "road": ("山路", "停在", "高架"),
    "team": ("手拉着手|并肩", "楼前|大楼", "跳"),
    "quiet": ("纸船", "风筝", "桌"),
    "certificate": ("证书", "证书", "证书"),
    "portrait_nurse": ("护士帽",) * 3,
    "portrait_village": ("背包",) * 3,
    "portrait_technician": ("试管",) * 3,
    "portrait_emergency": ("三位",) * 3,
    "portrait_midwives": ("手术帽",) * 3,
    "portrait_stoker": ("安全帽",) * 3,
    "portrait_cook": ("高帽子",) * 3,
    "portrait_driver": ("大檐帽",) * 3,
}


def prose_of(piece):
    return "\n".join(strings(piece))


def all_drawings():
    scans = [medal.scan for medal in MEDALS if medal.scan]
    return [drawing for piece in PIECES for drawing in drawings(piece)] + scans


def test_there_is_enough_to_read():
    assert (len(NEWS), len(NOTICES), len(ALBUMS), len(PAGES), len(MODERATED)) == (33, 13, 6, 6, 5)
    assert len(PROFILES) == 8
    assert {page.slug for page in PAGES} == {
        "about", "charter", "joining", "privacy", "accessibility", "contact",
    }  # fmt: skip


def test_slugs_and_titles_are_unique():
    for name in ("slug", "title"):
        values = [getattr(piece, name) for piece in PIECES]
        assert len(values) == len(set(values))


def test_every_kind_of_block_is_used():
    used = {type(block) for piece in PIECES for block in piece.body}
    assert used == set(get_args(Block))


def test_all_tones_of_callouts_and_both_kinds_of_files_are_used():
    blocks = [block for piece in PIECES for block in piece.body]
    assert {block.tone for block in blocks if hasattr(block, "tone")} == {"plain", "important", "good"}
    assert {paper.kind for paper in papers()} == {"docx", "pdf"}


def test_categories_and_related_pages_exist():
    known = {slug for slug, _name in house.CATEGORIES}
    assert {story.category for story in (*NEWS, *DRAFTS)} == known
    told = (*NEWS, *NOTICES, *ALBUMS, *PROFILES)
    assert {slug for piece in told for slug in piece.related} <= {piece.slug for piece in told}


def test_links_in_the_texts_lead_to_pages_that_exist():
    linked = {slug for piece in PIECES for slug in re.findall(r"\]\(page:([a-z0-9-]+)\)", prose_of(piece))}
    assert len(linked) >= 6
    assert linked <= {piece.slug for piece in PIECES} | {"organisation"}  # laid out with the site


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.slug)
def test_no_empty_phrase_real_name_or_weekday(piece):
    words = prose_of(piece)
    assert [phrase for phrase in (*EMPTY_PHRASES, *REAL) if phrase in words] == []
    assert WEEKDAYS.findall(words) == []
    assert re.findall(r"20[0-9]{2}年", words) == []


@pytest.mark.parametrize("story", NEWS, ids=lambda story: story.slug)
def test_a_story_is_long_enough_and_its_lead_short_enough(story):
    words = sum(len(text) for block in story.body for text in strings(block))
    assert 200 <= words <= 2200
    assert 20 <= len(story.lead) <= 120


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.slug)
def test_a_role_model_is_told_at_length_with_a_citation_honours_and_ways_to_go_on(profile):
    words = sum(
        len(re.sub(r"\s|\(page:[^)]*\)", "", text)) for block in profile.body for text in strings(block)
    )
    assert 600 <= words <= 1000
    assert {"Text", "Quote"} <= {type(block).__name__ for block in profile.body}
    assert 17 <= len(profile.lead) <= 60
    assert profile.citation and profile.source and profile.medals and profile.related
    assert profile.picture.shape == "bust"


def test_thirty_honours_hang_on_the_wall_six_of_them_the_unions_own():
    keys = [medal.key for medal in MEDALS]
    assert len(keys) == len(set(keys)) == 31
    assert sum(medal.withdrawn is None for medal in MEDALS) == 30
    assert sum(medal.kind == "union" for medal in MEDALS) == 6
    assert {key for profile in PROFILES for key in profile.medals} <= set(keys)
    assert {medal.level for medal in MEDALS} == {1, 2, 3, 4}
    words = "\n".join(text for medal in MEDALS for text in strings(medal))
    assert [phrase for phrase in (*EMPTY_PHRASES, *REAL) if phrase in words] == []


@pytest.mark.parametrize("album", ALBUMS, ids=lambda album: album.slug)
def test_an_album_has_eight_to_twenty_photos_of_every_shape_each_with_its_own_words(album):
    captions = [words for _drawing, words in album.shots]
    assert 8 <= len(captions) == len(set(captions)) <= 20
    assert [words for words in captions if not 10 <= len(words) <= 60] == []
    assert {drawing.shape for drawing, _words in album.shots} == set(SHAPES) - {"bust"}
    assert album.picture.seed == album.cover
    assert 20 <= len(album.lead) <= 120
    assert album.related and album.category in {slug for slug, _name in house.CATEGORIES}


@pytest.mark.parametrize("today", DAYS)
def test_every_date_lies_in_the_last_two_years(today):
    for piece in (*NEWS, *NOTICES, *ALBUMS, *PROFILES):
        day = resolve(piece.when, today)
        assert today - timedelta(days=2 * 366) <= day < today
        assert not PLACEHOLDER.search(spoken(prose_of(piece), day))


@pytest.mark.parametrize(
    ("anchor", "today", "day"),
    [
        (Anchor(2, 29), date(2024, 3, 1), date(2024, 2, 29)),
        (Anchor(2, 29), date(2024, 2, 29), date(2023, 2, 28)),
        (Anchor(12, 31), date(2025, 1, 1), date(2024, 12, 31)),
        (Anchor(1, 1), date(2025, 1, 1), date(2024, 1, 1)),
        (Anchor(1, 1, 1), date(2025, 1, 2), date(2024, 1, 1)),
        (Ago(3), date(2025, 1, 1), date(2024, 12, 29)),
        (Ago(-1), date(2024, 2, 28), date(2024, 2, 29)),
    ],
)
def test_an_anchor_is_its_last_occurrence_before_today(anchor, today, day):
    assert resolve(anchor, today) == day


def test_dates_are_spoken_from_the_day_of_the_story():
    text = "{day:+3}、{full:-10}、{month:+30}、{year}、{year:-1}"
    assert spoken(text, date(2025, 12, 30)) == "1月2日、2025年12月20日、1月、2025、2024"


def test_a_misspelt_placeholder_is_an_error():
    with pytest.raises(KeyError):
        spoken("{weekday:+3}", date(2025, 12, 30))


def test_every_drawing_has_its_own_seed_a_known_motif_and_words_for_those_who_cannot_see_it():
    found = all_drawings()
    assert len(found) >= 60
    assert {drawing.motif for drawing in found} <= set(MOTIFS) - {"lost"}
    assert {drawing.shape for drawing in found} == set(SHAPES)
    assert [
        drawing for drawing in found if not drawing.alt.startswith("剪纸：") or len(drawing.alt) < 10
    ] == []
    seeds = [drawing.seed for drawing in found]
    assert [seed for seed in seeds if seeds.count(seed) > 1] == []


def test_an_alt_text_names_what_its_composition_shows():
    wrong = [
        (drawing.seed, drawing.alt)
        for drawing in all_drawings()
        if not re.search(SHOWN[drawing.motif][composition(drawing.seed)], drawing.alt)
    ]
    assert wrong == []


def test_markup_becomes_rich_text():
    text = """
## 一 & 二

第一行
接着**重**，见[章程](page:charter)和[没有的](page:nowhere)。

- 甲
乙
- 丙

1. 子
2. 丑
"""
    html = rich(text, {"charter": 7}.get)
    assert html == (
        "<h2>一 &amp; 二</h2>"
        '<p>第一行接着<b>重</b>，见<a linktype="page" id="7">章程</a>和没有的。</p>'
        "<ul><li>甲乙</li><li>丙</li></ul><ol><li>子</li><li>丑</li></ol>"
    )


def test_blocks_without_their_pictures_or_papers_are_left_out():
    story = next(story for story in NEWS if story.slug == "choir")
    setter = Setter(slug=story.slug, day=date(2025, 1, 12))
    assert [kind for kind in re.findall(r'"type": "(\w+)"', setter.body(story.body)) if kind != "item"] == [
        "text",
        "figures",
    ]
    assert setter.body((Text("甲"),)) == setter.body((Text("甲"),))


def test_a_gallery_waits_until_all_its_pictures_are_there():
    story = next(story for story in NEWS if story.slug == "choir")
    some = {drawing: number for number, drawing in enumerate(drawings(story)[:-1], 1)}
    assert "gallery" not in Setter(slug="choir", day=date(2025, 1, 12), images=some).body(story.body)
    whole = {drawing: number for number, drawing in enumerate(drawings(story), 1)}
    assert "gallery" in Setter(slug="choir", day=date(2025, 1, 12), images=whole).body(story.body)


def test_a_word_file_is_the_same_every_time_and_holds_its_words():
    import zipfile
    from io import BytesIO

    lines = ("# 报名表", "工号 < 姓名", "| 序号 | 姓名 |", "| 1 |  |")
    assert docx(lines) == docx(lines)
    document = zipfile.ZipFile(BytesIO(docx(lines))).read("word/document.xml").decode()
    assert "工号 &lt; 姓名" in document
    assert document.count("<w:tr>") == 2


def test_a_pdf_has_the_letterhead_and_holds_its_words():
    import pypdfium2

    lines = ("# 须知", "## 一、谁可以参加", "本院会员。", "| 项目 | 比例 |", "| 住院 | 60% |", "| 案由 |  |")
    document = pypdfium2.PdfDocument(pdf(lines))
    text = document[0].get_textpage().get_text_bounded().replace("\r\n", "\n")
    assert text.split("\n")[:5] == ["示范医院工会", "须知", "一、谁可以参加", "本院会员。", "项目 比例"]
    assert "住院 60%" in text
    assert len(document) == 1
    document.close()


def test_accounts_have_distinct_numbers_and_names():
    numbers = [person.staff_number for person in house.PEOPLE]
    assert numbers == ["100001", "100002", "100003", "100004", "100005"]
    assert len({person.name for person in house.PEOPLE}) == 5


def test_a_drawing_is_known_by_its_words():
    assert Drawing("team", "一", "剪纸") == Drawing("team", "一", "剪纸", "wide")
