"""The photo desk's screen: with script and without, who may, what is said of each file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from cms.editing import checks
from cms.kit.closed import members_collection
from cms.kit.models import HouseImage
from home.models import AlbumPage, AlbumPhoto
from home.photo_desk import views
from tests.home.desk import draft_of, names, photo, send
from tests.home.factories import close

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile"),
]


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def desk(client_of, editor):
    return client_of(editor)


def at(name, page, *more):
    return reverse(name, args=[page.pk, *more])


def root():
    return Collection.get_first_root_node().pk


def test_one_file_is_answered_with_its_card(desk, page):
    answer = desk.post(
        at("album_photos_add", page), {"file": photo(name="a.jpg"), "collection": root(), "at": "4"}
    )
    image = HouseImage.objects.get()
    assert answer.status_code == 201
    assert (answer.json()["id"], answer.json()["place"]) == (image.pk, 4)
    assert f'data-photo="{image.pk}"' in answer.json()["card"]
    assert names(page) == ["a"]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"file": SimpleUploadedFile("a.svg", b"<svg/>")},
        {"file": SimpleUploadedFile("a.jpg", b"no")},
        {"file": photo(), "collection": "9999"},
        {"file": photo(), "collection": "x"},
    ],
)
def test_a_refusal_is_a_sentence(desk, page, form):
    answer = desk.post(at("album_photos_add", page), {"collection": root(), **form})
    assert answer.status_code == 422
    assert len(answer.json()["error"]) > 5
    assert HouseImage.objects.count() == 0 and names(page) == []


def test_the_script_changes_one_photo_at_a_time(desk, page, editor):
    first, second = (send(page, editor, photo(shade)).image_id for shade in range(2))
    assert desk.post(at("album_photos_order", page), {"order": f"{second},x,{first}"}).status_code == 200
    here = at("album_photo", page, first)
    assert desk.post(here, {"verb": "caption", "caption": " 出发  了 "}).json() == {"caption": "出发 了"}
    assert desk.post(here, {"verb": "cover"}).status_code == 200
    assert desk.post(here, {"verb": "consent", "consent": "given"}).status_code == 200
    assert [(one.image_id, one.caption) for one in draft_of(page)] == [(second, ""), (first, "出发 了")]
    assert HouseImage.objects.get(pk=first).consent == "given"
    assert desk.post(here, {"verb": "consent", "consent": "nonsense"}).status_code == 422
    assert desk.post(here, {"verb": "caption", "caption": "长" * 121}).status_code == 422
    assert desk.post(here, {"verb": "explode"}).status_code == 404
    assert desk.get(here).status_code == 405
    assert desk.post(here, {"verb": "remove"}).status_code == 200
    assert desk.post(here, {"verb": "remove"}).status_code == 422
    assert [one.image_id for one in draft_of(page)] == [second]


def test_without_script_many_files_arrive_and_each_refused_one_is_named(desk, page):
    files = [
        photo(2, "10.jpg"),
        photo(1, "9.jpg"),
        SimpleUploadedFile("broken.jpg", b"no"),
        photo(1, "twin.jpg"),
    ]
    answer = desk.post(
        at("album_photos", page), {"add": "1", "files": files, "collection": root()}, follow=True
    )
    assert names(page) == ["9", "10"]
    said = [str(message) for message in answer.context["messages"]]
    assert len(said) == 2 and said[0].startswith("2")
    assert said[1].count("<li>") == 2 and "broken.jpg" in said[1] and "twin.jpg" in said[1]
    nothing = desk.post(at("album_photos", page), {"add": "1", "collection": root()}, follow=True)
    assert len(list(nothing.context["messages"])) == 1 and HouseImage.objects.count() == 2


def test_without_script_too_many_files_are_told_and_the_first_are_taken(desk, page, monkeypatch):
    monkeypatch.setattr(views, "MOST_AT_ONCE", 1)
    files = [photo(2, "2.jpg"), photo(1, "1.jpg")]
    answer = desk.post(
        at("album_photos", page), {"add": "1", "files": files, "collection": root()}, follow=True
    )
    assert names(page) == ["1"]
    assert "2.jpg" in str(list(answer.context["messages"])[1])


def test_without_script_the_sheet_is_saved_and_a_long_caption_is_given_back(desk, page, editor):
    first, second = (send(page, editor, photo(shade)).image_id for shade in range(2))
    sheet = {"save": "1", "cover": str(first), "number-x": "1", f"number-{first}0": "x"}
    sheet |= {f"caption-{first}": "甲", f"number-{first}": "2"}
    sheet |= {f"caption-{second}": "乙", f"number-{second}": "1"}
    assert desk.post(at("album_photos", page), sheet).status_code == 302
    assert [one.caption for one in draft_of(page)] == ["乙", "甲"]
    wrong = desk.post(at("album_photos", page), {**sheet, f"caption-{first}": "长" * 121})
    assert wrong.status_code == 422
    assert "长" * 121 in wrong.content.decode()
    assert [one.caption for one in draft_of(page)] == ["乙", "甲"]
    desk.post(at("album_photos", page), {**sheet, f"remove-{first}": "on"})
    assert [one.image_id for one in draft_of(page)] == [second]


def test_consent_of_all_is_one_button(desk, page, editor):
    for shade in range(3):
        send(page, editor, photo(shade))
    desk.post(at("album_photos_consent", page), {"consent": "given"})
    assert set(HouseImage.objects.values_list("consent", flat=True)) == {"given"}
    answer = desk.post(at("album_photos_consent", page), {"consent": "withdrawn"}, follow=True)
    assert len(list(answer.context["messages"])) == 2  # the first one and the refusal
    assert set(HouseImage.objects.values_list("consent", flat=True)) == {"given"}


def test_whoever_may_not_edit_the_album_is_refused_everywhere(client_of, person, page, basics, editor):
    shot = send(page, editor, photo()).image_id
    stranger = person()
    stranger.groups.add(basics.editors)
    basics.editors.page_permissions.all().delete()
    client = client_of(stranger)
    for name, more in (
        ("album_photos", ()), ("album_photos_add", ()), ("album_photos_order", ()),
        ("album_photos_consent", ()), ("album_photo", (shot,)),
    ):  # fmt: skip
        assert client.post(at(name, page, *more), {"verb": "remove", "order": ""}).status_code in {302, 403}
    assert client.get(at("album_photos", page)).status_code in {302, 403}
    assert len(draft_of(page)) == 1


def test_an_album_that_is_none_is_not_found(desk, basics):
    assert desk.get(reverse("album_photos", args=[basics.albums.pk])).status_code == 404


def test_an_album_in_review_says_so_and_shows_its_photos_only(desk, page, editor, basics):
    send(page, editor, photo())
    basics.workflow.start(AlbumPage.objects.get(pk=page.pk), editor)
    text = desk.get(at("album_photos", page)).content.decode()
    assert "data-intake" not in text and "data-caption" not in text and "data-photo=" in text
    answer = desk.post(at("album_photos_add", page), {"file": photo(3), "collection": root()})
    assert answer.status_code == 422 and HouseImage.objects.count() == 1


def test_new_photos_go_where_they_are_sent_and_a_closed_album_proposes_the_members(desk, page):
    text = desk.get(at("album_photos", page)).content.decode()
    assert '<option value="members">' in text
    assert Collection.objects.filter(depth__gt=1).count() == 0  # looking makes none
    desk.post(at("album_photos_add", page), {"file": photo(), "collection": "members"})
    members = members_collection()
    assert HouseImage.objects.get().collection == members
    close(page)
    assert f'<option value="{members.pk}" selected>' in desk.get(at("album_photos", page)).content.decode()


def test_the_ways_to_the_desk_stand_in_editor_list_and_dashboard(desk, page, basics):
    address = at("album_photos", page)
    for place in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[basics.albums.pk]),
    ):
        assert address in desk.get(place).content.decode(), place
    begin_one = reverse("wagtailadmin_pages:add", args=["home", "albumpage", basics.albums.pk])
    assert begin_one in desk.get("/admin/").content.decode()
    assert desk.get(begin_one).status_code == 200


def test_two_versions_can_be_compared_photo_by_photo(desk, page, editor):
    send(page, editor, photo(name="first.jpg"))
    AlbumPage.objects.get(pk=page.pk).get_latest_revision().publish()
    send(page, editor, photo(5, name="second.jpg"))
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
    assert "second" in desk.get(address).content.decode()


def test_an_editor_takes_a_published_photo_down_that_a_colleague_added(
    client_of,
    person,
    page,
    editor,
    basics,
):
    shot = send(page, editor, photo()).image
    colleague = person()
    colleague.groups.add(basics.editors)
    client, address = client_of(colleague), reverse("image_takedown", args=[shot.pk])
    assert client.post(address, {"reason": "本人要求"}).status_code in {302, 403}
    assert not HouseImage.objects.get().is_withdrawn
    AlbumPage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert client.post(address, {"reason": "本人要求"}).status_code == 302
    assert HouseImage.objects.get().is_withdrawn
    assert AlbumPhoto.objects.count() == 1  # it keeps its place, for the undoing


def test_a_desk_of_many_photos_costs_the_same_queries(desk, page, editor, django_assert_max_num_queries):
    counts = []
    for shade in range(6):
        send(page, editor, photo(shade))
        with django_assert_max_num_queries(60) as asked:
            desk.get(at("album_photos", page))
        counts.append(len(asked))
    assert counts[1] == counts[5], counts


def test_the_checks_ask_for_photos_words_and_consent(page, editor, basics):
    asking = (checks.has_photos, checks.has_captions, checks.has_consent_for_photos)

    def found():
        draft = AlbumPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        return [len(list(check(draft))) for check in asking]

    assert found() == [1, 0, 0]
    shot = send(page, editor, photo()).image
    assert found() == [0, 1, 1]
    HouseImage.objects.filter(pk=shot.pk).update(description="一座山", consent="given")
    assert found() == [0, 0, 0]
    assert [list(check(basics.news)) for check in asking] == [[], [], []]
