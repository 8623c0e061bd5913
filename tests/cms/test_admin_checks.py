"""Content checks tell an editor what a reader would miss, and never stand in the way."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from cms.editing import checks
from cms.editing.accessibility import HouseCheckerItem
from cms.editing.checks import findings, width
from cms.kit.models import HouseImage
from home.models import Category, NewsPage, NoticePage, StandardPage

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary files of new renditions to the collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile"),
]


@pytest.fixture
def image():
    """Make an image with alt text and consent, but for what a test takes away."""

    def make(**fields):
        fields = {"title": "合影", "description": "五位同事", "consent": "given"} | fields
        return HouseImage.objects.create(file=get_test_image_file(), **fields)

    return make


@pytest.fixture
def whole(image):
    """A story that lacks nothing."""
    return NewsPage(title="运动会", lead="昨天下午开了运动会。", cover=image())


def said_by(check, page):
    return list(check(page))


def test_a_whole_story_is_told_nothing(whole, image):
    whole.body = [
        ("text", "<h2>上午</h2><p>比赛</p><h3>跑步</h3><h2>下午</h2>"),
        ("picture", {"image": image(), "alt": "", "caption": "", "credit": "", "wide": False}),
    ]
    assert findings(whole) == []


def test_every_check_is_in_the_list():
    written = {name for name in dir(checks) if name.startswith("has_")}
    assert {check.__name__ for check in checks.CHECKS} == written


def test_a_lead_is_asked_for(whole):
    whole.lead = "  "
    assert len(said_by(checks.has_lead, whole)) == len(findings(whole)) == 1


def test_a_page_type_without_a_lead_is_not_asked(homepage):
    assert said_by(checks.has_lead, homepage) == []
    assert findings(homepage) == []


@pytest.mark.parametrize(
    ("title", "fits"), [("会" * 40, True), ("会" * 41, False), ("a" * 80, True), ("会" * 39 + "abc", False)]
)
def test_a_title_longer_than_forty_han_characters_is_told(whole, title, fits):
    whole.title = title
    assert (said_by(checks.has_a_title_that_fits, whole) == []) is fits


def test_latin_letters_count_half():
    assert width("工会ab") == 3


def test_a_story_needs_a_picture_and_a_notice_does_not(whole):
    whole.cover = None
    assert len(findings(whole)) == 1
    assert findings(NoticePage(title="通知", lead="请看。")) == []


def test_pictures_without_alt_text_are_named(whole, image):
    bare = image(title="红旗", description="")
    whole.body = [
        ("picture", {"image": bare, "alt": "", "caption": "", "credit": "", "wide": False}),
        ("gallery", {"title": "", "items": [{"image": image(title="灯笼", description=""), "alt": ""}]}),
    ]
    (sentence,) = findings(whole)
    assert "红旗" in sentence and "灯笼" in sentence


def test_alt_text_written_beside_the_picture_is_enough(whole, image):
    bare = image(description="")
    whole.body = [("picture", {"image": bare, "alt": "一面红旗", "caption": "", "credit": "", "wide": False})]
    assert findings(whole) == []


def test_a_cover_without_alt_text_or_consent_is_told(whole, image):
    whole.cover = image(title="封面", description="", consent="missing")
    told = findings(whole)
    assert len(told) == 2 and all("封面" in sentence for sentence in told)


def test_a_picture_that_is_gone_breaks_nothing(whole):
    whole.body = [("picture", {"image": None, "alt": "", "caption": "", "credit": "", "wide": False})]
    assert findings(whole) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("<h2>一</h2><h3>二</h3>", 0),
        ("<h3>二</h3>", 1),
        ("<h2>一</h2><h4>三</h4>", 1),
        ("<h2> </h2>", 1),
        ("<h2><b></b></h2><p>x</p>", 1),
        ("<p>没有标题</p>", 0),
    ],
)
def test_headings_that_skip_a_level_or_are_empty_are_told(words, told):
    page = StandardPage(title="章程", lead="x", body=[("text", words)])
    assert len(said_by(checks.has_headings_in_order, page)) == told


def post_data(client, address, **changes):
    """Return what the editor's form would post."""
    form = client.get(address).context["form"]
    words = {}
    for field in form:
        value = field.value()
        words[field.html_name] = "" if value is None or not isinstance(value, (str, int)) else value
    for formset in form.formsets.values():
        words |= {f"{formset.prefix}-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return words | {"body-count": 0, "dated_on": "2026-11-22"} | changes


def test_saving_says_what_is_missing_and_saves(newsroom, client_of):
    client = client_of(newsroom.editor)
    address = reverse("wagtailadmin_pages:add", args=["home", "newspage", newsroom.basics.news.pk])
    words = post_data(client, address, title="羽毛球赛", slug="", lead="")
    answer = client.post(address, words, follow=True)
    page = NewsPage.objects.get(title="羽毛球赛")
    warnings = [str(message) for message in answer.context["messages"] if message.level_tag == "warning"]
    assert len(warnings) == 1
    assert warnings[0].count("<li>") == 2 == len(findings(page))
    assert warnings[0].split("<li>")[1].split("</li>")[0] in answer.content.decode()


def test_saving_in_the_background_leaves_no_messages_behind(newsroom, client_of, story):
    page = story()
    client = client_of(newsroom.editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    words = post_data(client, address, title="改名", lead="")
    answer = client.post(address, words, headers={"accept": "application/json"})
    assert answer.json()["success"] is True
    later = client.get("/admin/")
    assert list(later.context["messages"]) == []


def test_the_side_panel_of_the_editor_says_the_same(newsroom, client_of, story):
    page = story(lead="")
    answer = client_of(newsroom.editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    for sentence in findings(page):
        assert sentence in answer.content.decode()


def test_a_title_in_a_finding_is_escaped(newsroom, client_of, story, image):
    page = story(cover=image(title="<b onload=x>", description=""))
    answer = client_of(newsroom.editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "<b onload" not in answer.content.decode()


def test_wagtails_checker_asks_for_alt_texts_contrast_and_heading_order(newsroom, client_of, story):
    client = client_of(newsroom.editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[story().pk])).content.decode()
    wanted = {"image-alt", "color-contrast", "heading-order", "empty-heading", "link-name", "p-as-heading"}
    for rule in wanted:
        assert f'"{rule}"' in page
    assert wanted <= set(HouseCheckerItem.axe_run_only)
    assert set(HouseCheckerItem.axe_run_only) <= HouseCheckerItem.axe_messages.keys()


def test_the_snippet_editor_has_no_findings(newsroom, client_of, admin):
    category = Category.objects.create(name="要闻", slug="news")
    address = reverse(Category.snippet_viewset.get_url_name("edit"), args=[category.pk])
    assert client_of(admin).get(address).status_code == 200


def test_after_a_save_in_the_background_the_panel_is_told_anew(newsroom, client_of, story, person):
    page = story(lead="")
    at = {"at": reverse("wagtailadmin_pages:edit", args=[page.pk])}
    client = client_of(newsroom.editor)
    assert client.get("/admin/findings/", at).content.decode().count("<li>") == 2
    page.lead = "写好了。"
    page.save_revision(user=newsroom.editor)
    assert client.get("/admin/findings/", at).content.decode().count("<li>") == 1
    assert client.get("/admin/findings/", {"at": "/admin/pages/add/home/newspage/1/"}).status_code == 404
    assert client.get("/admin/findings/").status_code == 404
    stranger = person()
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert client_of(stranger).get("/admin/findings/", at).status_code == 404
