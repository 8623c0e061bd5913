"""Filling an album: what arrives is in the draft at once, in order, once; what is refused leaves nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.kit.models import HouseImage
from home.models import AlbumPage, AlbumPhoto
from home.photo_desk import services
from home.photo_desk.draft import Refused, shut
from tests.home.desk import draft_of, names, photo, send
from tests.home.factories import pictures
from tests.kit.photographs import camera_jpeg, png_of, upload

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile"),
]


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_photo_that_arrives_is_in_library_and_draft_and_not_yet_public(page, editor):
    added = send(page, editor, photo(), consent="given")
    image = HouseImage.objects.get()
    assert (image.title, image.consent, image.source, image.uploaded_by_user) == (
        "IMG_1", "given", "宣传组", editor,
    )  # fmt: skip
    assert added.image == image and names(page) == ["IMG_1"]
    assert AlbumPhoto.objects.count() == 0
    AlbumPage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert list(AlbumPhoto.objects.values_list("image_id", "caption")) == [(image.pk, "")]


def test_photos_lie_as_their_names_say_however_they_arrive(page, editor):
    for place in (2, 0, 1):
        send(page, editor, photo(place, f"IMG_{place}.jpg"), at=place)
    send(page, editor, photo(9, "later.jpg"))
    assert names(page) == ["IMG_0", "IMG_1", "IMG_2", "later"]
    assert sorted(["10.jpg", "9.jpg", "a2", "a10", "1"], key=services.by_name) == [
        "1",
        "9.jpg",
        "10.jpg",
        "a2",
        "a10",
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.jpg"),
        (b"not a picture at all", "photo.jpg"),
        (b"%PDF-1.7 and so on", "photo.png"),
        (png_of(20_000, 20_000), "bomb.png"),
        (b"", "empty.jpg"),
    ],
)
def test_what_is_no_sound_photo_gets_a_sentence_and_leaves_nothing(page, editor, settings, content, name):
    before = page.revisions.count()
    with pytest.raises(ValidationError) as refused:
        send(page, editor, upload(content, name))
    assert len(str(refused.value.messages[0])) > 10
    assert HouseImage.objects.count() == 0
    assert names(page) == [] and page.revisions.count() == before


def test_a_truncated_and_a_too_large_photo_are_refused(page, editor, settings):
    whole = camera_jpeg(400, 300)
    with pytest.raises(ValidationError, match=r"damaged|损坏"):
        send(page, editor, upload(whole[: len(whole) // 2]))
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 500
    with pytest.raises(ValidationError, match=r"500"):
        send(page, editor, upload(whole + b"\0" * 500))
    assert HouseImage.objects.count() == 0


def test_the_same_photo_twice_is_told_which_one_it_equals(page, editor):
    send(page, editor, photo(1, "first.jpg"))
    send(page, editor, photo(2, "second.jpg"))
    with pytest.raises(Refused, match=r"2.*second"):
        send(page, editor, photo(2, "copy of second.jpg"))
    services.set_caption(page_id=page.pk, by=editor, image_id=draft_of(page)[0].image_id, caption="出发")
    with pytest.raises(Refused, match=r"1.*出发"):
        send(page, editor, photo(1, "again.jpg"))
    assert HouseImage.objects.count() == 2 and names(page) == ["first", "second"]


def test_a_full_album_takes_no_more(page, editor, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    send(page, editor, photo(1))
    with pytest.raises(Refused):
        send(page, editor, photo(2))
    assert HouseImage.objects.count() == 1


def test_one_sitting_of_one_person_is_one_version(page, editor, basics, person):
    for shade in range(3):
        send(page, editor, photo(shade))
    assert page.revisions.count() == 1
    other = person()
    other.groups.add(basics.second_reviewers)
    send(page, other, photo(7))
    assert page.revisions.count() == 2
    page.revisions.update(created_at=timezone.now() - timezone.timedelta(hours=1))
    send(page, other, photo(8))
    assert page.revisions.count() == 3 and len(draft_of(page)) == 5


def test_what_is_live_is_never_written_over(page, editor):
    send(page, editor, photo(1))
    published = AlbumPage.objects.get(pk=page.pk).get_latest_revision()
    published.publish()
    send(page, editor, photo(2))
    published.refresh_from_db()
    assert (len(published.content["photos"]), page.revisions.count()) == (1, 2)
    fresh = AlbumPage.objects.get(pk=page.pk)
    assert fresh.has_unpublished_changes and AlbumPhoto.objects.count() == 1


def test_the_editors_form_leaves_photos_alone_that_arrived_while_it_stood_open(page, editor):
    stale = AlbumPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert "photos" not in AlbumPage.get_edit_handler().get_form_class().formsets
    send(page, editor, photo(1))
    form_class = AlbumPage.get_edit_handler().get_form_class()
    assert not hasattr(form_class(instance=stale, for_user=editor), "photos")
    assert len(draft_of(page)) == 1


@pytest.mark.parametrize("published", [False, True])
def test_order_captions_cover_and_removal_are_kept(page, editor, published):
    shots = [send(page, editor, photo(shade, f"{shade}.jpg")).image_id for shade in range(3)]
    if published:
        AlbumPage.objects.get(pk=page.pk).get_latest_revision().publish()
    do = {"page_id": page.pk, "by": editor}
    services.set_order(**do, order=[shots[2], shots[0]])
    assert names(page) == ["2", "0", "1"]
    assert services.set_caption(**do, image_id=shots[0], caption="  出 \n 发 ") == "出 发"
    services.set_cover(**do, image_id=shots[0])
    draft = AlbumPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.cover_id == shots[0] and [one.caption for one in draft_of(page)] == ["", "出 发", ""]
    services.remove_photo(**do, image_id=shots[0])
    draft = AlbumPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (names(page), draft.cover_id) == (["2", "1"], None)
    assert HouseImage.objects.count() == 3


def test_what_is_not_in_the_album_or_too_long_is_refused(page, editor):
    shot = send(page, editor, photo()).image_id
    do = {"page_id": page.pk, "by": editor}
    for ask in (services.remove_photo, services.set_cover):
        with pytest.raises(Refused):
            ask(**do, image_id=shot + 1)
    with pytest.raises(Refused, match="120"):
        services.set_caption(**do, image_id=shot, caption="长" * 121)
    assert [one.caption for one in draft_of(page)] == [""]


def test_the_whole_sheet_is_saved_in_one_version_and_spares_what_it_does_not_know(page, editor):
    shots = [send(page, editor, photo(shade, f"{shade}.jpg")).image_id for shade in range(4)]
    sheet = services.Sheet(
        captions={shots[0]: "甲", shots[1]: "乙"},
        numbers={shots[0]: 9, shots[1]: 1},
        removed=frozenset({shots[2]}),
        cover=shots[1],
    )
    services.save_sheet(page_id=page.pk, by=editor, sheet=sheet)
    assert [(one.image_id, one.caption) for one in draft_of(page)] == [
        (shots[1], "乙"), (shots[3], ""), (shots[0], "甲"),
    ]  # fmt: skip
    bad = services.Sheet(captions={shots[0]: "长" * 121, shots[1]: "丙"}, numbers={})
    with pytest.raises(Refused):
        services.save_sheet(page_id=page.pk, by=editor, sheet=bad)
    assert [one.caption for one in draft_of(page)] == ["乙", "", "甲"]


def test_consent_is_noted_at_once_for_one_or_all_but_never_brings_back_what_is_down(page, editor):
    shots = [send(page, editor, photo(shade)).image_id for shade in range(3)]
    HouseImage.objects.filter(pk=shots[2]).update(consent="withdrawn")
    assert services.set_consent(page_id=page.pk, by=editor, consent="given", image_ids=[shots[0]]) == 1
    assert services.set_consent(page_id=page.pk, by=editor, consent="not_needed") == 2
    consents = dict(HouseImage.objects.values_list("pk", "consent"))
    assert [consents[pk] for pk in shots] == ["not_needed", "not_needed", "withdrawn"]
    with pytest.raises(Refused):
        services.set_consent(page_id=page.pk, by=editor, consent="withdrawn")


def test_strangers_writers_without_library_and_foreign_collections_are_refused(page, editor, person):
    with pytest.raises(PermissionDenied):
        send(page, person(), photo())
    with pytest.raises(PermissionDenied):
        services.set_order(page_id=page.pk, by=person(), order=[])
    with pytest.raises(PermissionDenied):
        services.set_consent(page_id=page.pk, by=person(), consent="given")
    editor.groups.get().collection_permissions.all().delete()
    with pytest.raises(PermissionDenied):
        send(page, editor, photo())
    assert HouseImage.objects.count() == 0


def test_a_locked_album_and_one_in_review_say_so_and_take_nothing(page, editor, basics, person):
    reviewer = person(name="初审人")
    reviewer.groups.add(basics.first_reviewers)
    AlbumPage.objects.filter(pk=page.pk).update(locked=True, locked_by=reviewer)
    with pytest.raises(Refused):
        send(page, editor, photo(1))
    AlbumPage.objects.filter(pk=page.pk).update(locked=False)
    basics.workflow.start(AlbumPage.objects.get(pk=page.pk), editor)
    assert shut(AlbumPage.objects.get(pk=page.pk), editor)
    with pytest.raises(Refused):
        send(page, editor, photo(1))
    assert HouseImage.objects.count() == 0
    send(page, reviewer, photo(1))
    assert names(page) == ["IMG_1"]


def test_an_image_deleted_from_the_library_leaves_draft_and_album(page, editor):
    shots = [send(page, editor, photo(shade, f"{shade}.jpg")) for shade in range(2)]
    AlbumPage.objects.get(pk=page.pk).get_latest_revision().publish()
    HouseImage.objects.get(pk=shots[0].image_id).delete()
    assert names(page) == ["1"] and AlbumPhoto.objects.count() == 1


def test_publishing_costs_the_same_for_many_photos_and_those_that_stay_keep_their_rows(page, editor):
    shots = pictures(200)
    asked = []
    for number in (3, 200):
        draft = AlbumPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        draft.photos.set(
            AlbumPhoto(image=shot, caption=f"{place}", sort_order=place)
            for place, shot in enumerate(shots[:number])
        )
        revision = draft.save_revision(user=editor)
        with CaptureQueriesContext(connection) as queries:
            revision.publish()
        asked.append(len(queries))
        kept = set(AlbumPhoto.objects.filter(image__in=shots[:3]).values_list("pk", flat=True))
    assert asked[1] <= asked[0] + 10, asked
    assert AlbumPhoto.objects.count() == 200
    services.remove_photo(page_id=page.pk, by=editor, image_id=shots[5].pk)
    services.set_caption(page_id=page.pk, by=editor, image_id=shots[0].pk, caption="改过")
    AlbumPage.objects.get(pk=page.pk).get_latest_revision().publish()
    rows = AlbumPhoto.objects.filter(page=page)
    assert (rows.count(), rows.filter(image=shots[5]).exists()) == (199, False)
    assert rows.get(image=shots[0]).caption == "改过"
    assert kept <= set(rows.values_list("pk", flat=True))


def test_a_copy_of_an_album_has_its_photos(page, editor, admin):
    send(page, editor, photo())
    AlbumPage.objects.get(pk=page.pk).get_latest_revision().publish()
    copied = AlbumPage.objects.get(pk=page.pk).copy(
        update_attrs={"slug": "again", "title": "再来"}, user=admin
    )
    assert copied.photos.count() == 1 and len(draft_of(copied)) == 1


def test_reading_a_draft_asks_for_its_images_together(page, editor, django_assert_num_queries):
    for shade in range(6):
        send(page, editor, photo(shade))
    fresh = AlbumPage.objects.get(pk=page.pk)
    revision = fresh.get_latest_revision()
    with django_assert_num_queries(8):
        assert len(revision.as_object().photos.all()) == 6
