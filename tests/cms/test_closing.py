"""A page for members asks for pictures and files only members get, and moves them there at one tap."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.files.base import ContentFile
from wagtail.models import Collection, GroupCollectionPermission, ReferenceIndex

from cms.editing import closing
from cms.kit import closed
from cms.kit.models import Consent, HouseDocument, HouseImage, HouseMedia, SiteIdentity
from home.models import NewsPage
from tests.home import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings):
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def picture(newsroom):
    """Make a picture of the editor's own."""
    return lambda title, **fields: factories.picture(title, uploaded_by_user=newsroom.editor, **fields)


def body(*images):
    """A picture, then a gallery of the others."""
    items = [{"type": "item", "id": f"{n}", "value": {"image": i.pk}} for n, i in enumerate(images[1:])]
    gallery = {"type": "gallery", "value": {"title": "", "items": items}}
    return [{"type": "picture", "value": {"image": images[0].pk}}, *([gallery] if items else [])]


def sentences(page):
    return list(closing.has_what_its_readers_may_see(page))


@pytest.fixture
def pictures(picture):
    return [picture(name) for name in ("封面", "正文", "图集一", "图集二", "分享")]


@pytest.fixture
def page(newsroom, pictures):
    """A story for members with a picture in every place."""
    cover, *inside, share = pictures
    page = newsroom.basics.news.add_child(
        instance=NewsPage(title="会员相册", slug="album", cover=cover, share_image=share, body=body(*inside))
    )
    factories.close(page)
    return page


@pytest.fixture
def post(client_of, page):
    """Tap the button as somebody."""

    def tap(user, **data):
        return client_of(user).post(f"/admin/findings/{page.pk}/close/", data)

    return tap


def test_pictures_are_found_wherever_a_page_names_them(page, pictures):
    HouseImage.objects.filter(pk=pictures[1].pk).update(consent=Consent.WITHDRAWN)
    found = closing.things_on(page)
    assert {image.title for image in found} == {"封面", "图集一", "图集二", "分享"}


def test_a_page_for_members_is_told_which_of_its_pictures_everybody_gets(page):
    (line,) = sentences(page)
    said = "This page is not for everybody, but 5 pictures or files on it are: 分享、图集一、图集二……."
    assert line == said
    assert line.page_id == page.pk


def test_an_open_page_is_told_which_of_its_pictures_visitors_do_not_see(newsroom, picture):
    shut = picture("会员照片", collection=closed.members_collection())
    HouseImage.objects.filter(pk=shut.pk).update(served={"closed": shut.collection_id})
    page = newsroom.basics.news.add_child(
        instance=NewsPage(title="公开", slug="open", cover=shut, body=body(picture("公开照片")))
    )
    assert sentences(page) == [
        "1 picture or file of this page is for members, visitors do not get it: 会员照片."
    ]


def test_nothing_is_said_where_all_is_well_and_nothing_asked_without_pictures(
    newsroom, page, django_assert_num_queries
):
    HouseImage.objects.update(collection=closed.members_collection())
    assert sentences(NewsPage.objects.get(pk=page.pk)) == []
    plain = newsroom.basics.news.add_child(instance=NewsPage(title="只有字", slug="words"))
    plain = NewsPage.objects.get(pk=plain.pk)
    with django_assert_num_queries(2):  # its related pages, its editors' comments
        assert sentences(plain) == []


def test_the_number_of_pictures_costs_no_query(page, newsroom, picture, queries):
    many = [picture(f"第{number}张") for number in range(30)]
    large = newsroom.basics.news.add_child(
        instance=NewsPage(title="多", slug="many", cover=many[0], body=body(*many))
    )
    factories.close(large)
    few, more = (NewsPage.objects.get(pk=pk) for pk in (page.pk, large.pk))
    assert queries(lambda: sentences(few)) == queries(lambda: sentences(more)) == 7


# --- One tap ----------------------------------------------------------------------------------


def test_one_tap_moves_them_all_and_says_so(page, pictures, newsroom, post):
    answer = post(newsroom.editor)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "5 pictures and files are for members only now." in text
    assert "This page is not for everybody" not in text
    target = closed.members_collection()
    assert set(HouseImage.objects.values_list("collection", flat=True)) == {target.pk}
    assert {image.closed_in for image in HouseImage.objects.all()} == {target.pk}


def test_the_panel_of_the_editor_shows_the_button(page, newsroom, client_of):
    answer = client_of(newsroom.editor).get("/admin/findings/", {"at": f"/admin/pages/{page.pk}/edit/"})
    assert f'data-house-post="/admin/findings/{page.pk}/close/"' in answer.content.decode()


@pytest.fixture
def shown_elsewhere(page, pictures, newsroom):
    """The cover stands on an open story too and is the site's share picture; a draft shows another."""
    cover = pictures[0]
    other = newsroom.basics.news.add_child(instance=NewsPage(title="公开的故事", slug="story", cover=cover))
    draft = newsroom.basics.news.add_child(
        instance=NewsPage(title="草稿", slug="draft", live=False, cover=pictures[1])
    )
    setting = SiteIdentity.for_site(newsroom.basics.home.get_site())
    setting.share_image = cover
    setting.save()
    for row in (other, draft, setting, page):
        ReferenceIndex.create_or_update_for_object(row)
    return cover


def test_a_picture_shown_openly_elsewhere_is_named_and_nothing_moves(shown_elsewhere, page, newsroom, post):
    text = post(newsroom.editor).content.decode()
    assert "封面 — names and contacts、公开的故事" in text
    assert "草稿" not in text
    assert 'data-house-which="others"' in text
    assert HouseImage.objects.filter(served__has_key="closed").count() == 0


@pytest.mark.parametrize(("which", "moved"), [("others", 4), ("all", 5)])
def test_the_editor_chooses_whether_it_vanishes_there(shown_elsewhere, newsroom, post, which, moved):
    post(newsroom.editor, which=which)
    assert HouseImage.objects.filter(served__has_key="closed").count() == moved
    now = HouseImage.objects.get(pk=shown_elsewhere.pk)
    assert (now.closed_in is None) is (which == "others")


def test_who_may_not_edit_the_page_moves_nothing(page, person, client, post):
    stranger = person()
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert post(stranger).status_code == 404
    assert post(person()).status_code == 302
    assert client.post(f"/admin/findings/{page.pk}/close/").status_code == 302
    assert HouseImage.objects.filter(served__has_key="closed").count() == 0
    assert not Collection.objects.filter(name="会员资料").exists()


def test_it_takes_a_post(page, newsroom, client_of):
    answer = client_of(newsroom.editor).get(f"/admin/findings/{page.pk}/close/")
    assert answer.status_code == 405


def test_pictures_others_tend_stay_where_they_are(page, pictures, newsroom, post):
    others = Collection.get_first_root_node().add_child(name="摄影组")
    mine = Collection.get_first_root_node().add_child(name="编辑部")
    HouseImage.objects.filter(pk=pictures[0].pk).update(collection=others)
    HouseImage.objects.exclude(pk=pictures[0].pk).update(collection=mine)
    target = closed.members_collection()
    GroupCollectionPermission.objects.filter(group__user=newsroom.editor).delete()
    group = Group.objects.get(user=newsroom.editor)
    HouseImage.objects.filter(pk=pictures[0].pk).update(uploaded_by_user=None)
    for where, codename in ((mine, "change_image"), (target, "add_image")):
        permission = Permission.objects.get(codename=codename)
        GroupCollectionPermission.objects.create(group=group, collection=where, permission=permission)
    text = post(newsroom.editor).content.decode()
    assert "4 pictures and files are for members only now." in text
    assert "Some stay where they are" in text
    assert HouseImage.objects.get(pk=pictures[0].pk).collection == others


def test_who_may_not_add_to_the_members_collection_is_told(page, newsroom, post):
    GroupCollectionPermission.objects.filter(group__user=newsroom.editor).delete()
    text = post(newsroom.editor).content.decode()
    assert "You may not add anything to the collection for members; ask an administrator." in text
    assert HouseImage.objects.filter(served__has_key="closed").count() == 0


def test_videos_and_documents_are_asked_for_as_well(newsroom, post, page):
    own = {"uploaded_by_user": newsroom.editor}
    film = HouseMedia.objects.create(title="合唱", type="video", file=ContentFile(b"x", "a.mp4"), **own)
    paper = HouseDocument.objects.create(title="总结", file=ContentFile(b"x", "a.txt"), **own)
    report = newsroom.basics.news.add_child(
        instance=NewsPage(
            title="总结",
            slug="report",
            body=[
                {"type": "video", "value": {"video": film.pk, "caption": ""}},
                {"type": "files", "value": {"title": "", "documents": [paper.pk]}},
            ],
        )
    )
    factories.close(report)
    assert [thing.title for thing in closing.open_things_on(NewsPage.objects.get(pk=report.pk))] == [
        "合唱",
        "总结",
    ]
    assert closing.close([film, paper], newsroom.editor) == (2, "")
    assert HouseMedia.objects.get().file.name.startswith("closed/films/")
    assert not HouseDocument.objects.visible_to(AnonymousUser()).exists()
    assert sentences(NewsPage.objects.get(pk=report.pk)) == []
