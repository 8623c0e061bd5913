"""Blocks of a story as readers meet them."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection

from cms.kit.blocks import StoryBody
from cms.kit.models import Consent, HouseDocument, HouseImage
from cms.kit.templatetags import house

pytestmark = pytest.mark.django_db


def image(width=600, height=400, **fields):
    """Store a picture whose sizes are not drawn yet."""
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "JPEG")
    fields = {"title": "x", "description": "一排树", "consent": Consent.NOT_NEEDED, **fields}
    return HouseImage.objects.create(
        file=ContentFile(file.getvalue(), name=f"{uuid4()}.jpg"), width=width, height=height, **fields
    )


def document(name="答复.pdf", title="提案答复", size=184 * 1024):
    Collection.objects.filter(depth=1).exists() or Collection.add_root(name="Root")
    stored = HouseDocument(title=title)
    stored.file.save(name, ContentFile(b"%PDF-1.4"), save=False)
    stored.save()
    HouseDocument.objects.filter(pk=stored.pk).update(file_size=size)
    return stored


def shown(kind, value):
    """Return one block as HTML."""
    body = StoryBody().to_python([{"type": kind, "value": value}])
    return body[0].render()


def gallery(*pictures):
    return shown("gallery", {"title": "", "items": [{"image": one.pk} for one in pictures]})


def test_text_keeps_its_headings():
    assert shown("text", "<h2>一</h2><p>二</p>") == '<div class="prose"><h2>一</h2><p>二</p></div>'.join(
        ["", "\n"]
    )


def test_a_picture_has_caption_credit_and_the_words_of_this_place():
    value = {"image": image().pk, "alt": "六位同事", "caption": "每晚现包", "credit": "院工会", "wide": False}
    html = shown("picture", value)
    assert 'alt="六位同事"' in html
    assert "每晚现包" in html
    assert "院工会" in html
    assert "story__wide" not in html


def test_a_picture_borrows_alt_text_and_source_of_the_library():
    html = shown("picture", {"image": image(source="张摄").pk})
    assert 'alt="一排树"' in html
    assert "张摄" in html


@pytest.mark.parametrize(
    ("size", "wide", "css"),
    [((600, 400), True, "story__wide"), ((400, 600), False, "picture--tall"), ((600, 400), False, "picture")],
)
def test_a_picture_takes_the_room_its_shape_asks_for(size, wide, css):
    html = shown("picture", {"image": image(*size).pk, "wide": wide})
    assert html.split('<figure class="')[1].split('"')[0].split(" ")[-1] == css


def test_a_picture_taken_from_the_library_leaves_nothing_broken():
    assert shown("picture", {"image": 987654}).strip() == ""


def test_every_picture_of_a_gallery_opens_and_leads_to_its_neighbours():
    html = gallery(image(), image(400, 600), image(500, 500))
    ids = [part.split('"')[0] for part in html.split('<figure class="viewer__frame" id="')[1:]]
    assert len(set(ids)) == 3
    assert [f'href="#{one}" id="{one}-thumb"' in html for one in ids] == [True] * 3
    frames = html.split("<figure")[1:]
    assert f'rel="next" href="#{ids[1]}"' in frames[0]
    assert 'rel="prev"' not in frames[0]
    assert f'rel="prev" href="#{ids[0]}"' in frames[1]
    assert 'rel="next"' not in frames[2]
    assert [part.split('"')[0] for part in html.split('data-shape="')[1:]] == ["wide", "portrait", "square"]


def test_a_picture_without_words_still_has_a_name_to_open_it_by():
    html = gallery(image(description=""), image())
    assert html.count('-thumb" aria-label="') == 1


def test_two_galleries_share_no_address():
    first = image()
    ids = {
        html.split('id="photo-')[1].split('"')[0] for html in (gallery(first, first), gallery(first, first))
    }
    assert len(ids) == 2


def test_a_quote_is_escaped_and_names_who_said_it():
    html = shown("quote", {"text": "<b>一碗汤</b>", "by": "一位护士"})
    assert "&lt;b&gt;一碗汤" in html
    assert '<figcaption class="quote__by">一位护士</figcaption>' in html


@pytest.mark.parametrize("tone", ["plain", "important", "good"])
def test_a_callout_says_its_tone_by_an_icon_too(tone):
    html = shown("callout", {"tone": tone, "title": "带上工牌", "text": "<p>都按职工价</p>"})
    assert f"callout--{tone}" in html
    assert '<svg class="icon"' in html
    assert 'aria-label="带上工牌"' in html


def test_figures_show_number_unit_words_and_source():
    box = {"number": "1,386", "unit": "份", "text": "热餐", "note": "七晚"}
    html = shown("figures", {"title": "第一周", "items": [box], "note": "营养科"})
    assert '1,386<span class="figure-box__unit">份</span>' in html
    assert "营养科" in html


def test_a_table_names_its_columns_in_every_cell():
    value = {
        "caption": "供餐时间",
        "columns": [{"type": "text", "heading": "时段"}, {"type": "number", "heading": "职工价"}],
        "rows": [{"values": ["22:00", "6 元"]}, {"values": ["<i>3:00</i>", "3 元"]}],
    }
    html = shown("table", value)
    assert "<caption>供餐时间</caption>" in html
    assert '<th scope="row">22:00</th><td data-label="职工价" class="is-number">6 元</td>' in html
    assert "&lt;i&gt;3:00" in html
    assert 'tabindex="0" aria-label="供餐时间"' in html


def test_a_pdf_can_be_looked_into_and_taken_away():
    stored = document()
    html = shown("files", {"title": "附件", "documents": [stored.pk]})
    assert f'href="/documents/{stored.pk}/view/"' in html
    assert f'class="file__name" href="{stored.url}"' in html
    assert "184 KB" in html
    assert ">PDF</span>" in html


def test_another_file_is_only_taken_away():
    stored = document("登记表.docx", size=3 * 1024 * 1024)
    html = shown("files", {"title": "", "documents": [stored.pk]})
    assert "/view/" not in html
    assert "3.0 MB" in html


def test_a_file_taken_from_the_library_leaves_the_others():
    stored = document()
    html = shown("files", {"title": "", "documents": [987654, stored.pk]})
    assert html.count('class="file"') == 1


@pytest.mark.parametrize(
    ("title", "css"),
    [
        ("夜里两点，有一碗热饺子：夜班食堂开门第一周", "by-phrase"),
        ("三届三次职代会提案征集开始，12月20日截止", ""),
        ("退休老职工回院看新楼", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_titles_break_after_punctuation_only_where_every_phrase_is_short(title, css):
    assert house.phrase(title) == css


def test_an_unknown_icon_draws_the_house():
    assert house.icon("no-such-icon") == house.icon("house")


@pytest.mark.parametrize(
    ("size", "words"), [(None, ""), (0, ""), (10, "1 KB"), (188416, "184 KB"), (2411724, "2.3 MB")]
)
def test_sizes_of_files_are_said_as_people_say_them(size, words):
    assert house.file_size(size) == words
