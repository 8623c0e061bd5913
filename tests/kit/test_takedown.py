"""Taking a picture down: gone everywhere at once, noted, undone; only by those who may."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.kit import cache, photos, takedown
from cms.kit.models import HouseImage
from tests.kit.photographs import camera_jpeg, upload

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile"),
]


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def image():
    made = HouseImage.objects.create(title="合影", file=upload(camera_jpeg(900, 600)), consent="given")
    photos.render(made)
    return made


def drawn(image):
    return [row.file.name for row in image.renditions.all()]


def test_taken_down_it_loses_its_files_and_what_visitors_share(
    image, admin, django_capture_on_commit_callbacks
):
    names = drawn(image)
    assert len(names) == 6 and all(map(default_storage.exists, names))
    before = cache.generation()
    with django_capture_on_commit_callbacks(execute=True):
        assert takedown.take_down(image, admin, "  照片里的人打来电话  ") is True
    assert image.is_withdrawn
    image.refresh_from_db()
    assert (image.consent, image.served, image.rendered_at) == ("withdrawn", {}, None)
    assert [name for name in names if default_storage.exists(name)] == []
    assert image.renditions.count() == 0
    assert cache.generation() != before
    assert image.file.storage.exists(image.file.name)


def test_who_when_and_why_is_noted_in_words(image, admin):
    takedown.take_down(image, admin, "本人要求")
    entry = ModelLogEntry.objects.get(action="kit.take_down")
    assert (entry.user, entry.object_id, entry.data) == (
        admin, str(image.pk), {"before": "given", "reason": "本人要求"},
    )  # fmt: skip
    assert entry.formatter.format_comment(entry) == "本人要求"
    (line,) = takedown.history(image)
    assert (line.taken_down, line.who, line.reason) == (True, "管理员", "本人要求")


def test_brought_back_it_has_the_consent_it_had_and_is_drawn_anew(image, admin):
    takedown.take_down(image, admin, "误会")
    assert takedown.restore(image, admin) is True
    image.refresh_from_db()
    assert image.consent == "given"
    assert [line.taken_down for line in takedown.history(image)] == [False, True]
    photos.render_photo.func(image.pk)
    image.refresh_from_db()
    assert len(image.served["sizes"]) == 2


def test_doing_it_twice_changes_and_notes_nothing_more(image, admin):
    takedown.take_down(image, admin, "一次")
    assert takedown.take_down(image, admin, "两次") is False
    takedown.restore(image, admin)
    assert takedown.restore(image, admin) is False
    assert ModelLogEntry.objects.filter(action__startswith="kit.").count() == 2


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_without_a_reason_or_with_an_endless_one_nothing_happens(image, admin, reason):
    with pytest.raises(ValidationError):
        takedown.take_down(image, admin, reason)
    image.refresh_from_db()
    assert image.consent == "given" and len(drawn(image)) == 6
    assert ModelLogEntry.objects.count() == 0


def test_a_stranger_may_neither_take_down_nor_bring_back(image, admin, person):
    stranger = person()
    with pytest.raises(PermissionDenied):
        takedown.take_down(image, stranger, "因为")
    takedown.take_down(image, admin, "因为")
    with pytest.raises(PermissionDenied):
        takedown.restore(image, stranger)
    assert HouseImage.objects.get().is_withdrawn


def test_whoever_is_vouched_for_may_take_down_but_not_bring_back(image, person, monkeypatch):
    friend = person()
    monkeypatch.setattr(takedown, "_guardians", [lambda user, _image: user == friend])
    assert takedown.take_down(image, friend, "我的相册") is True
    with pytest.raises(PermissionDenied):
        takedown.restore(image, friend)


def test_an_error_later_in_the_transaction_leaves_the_picture_as_it_was(image, admin):
    with pytest.raises(RuntimeError), transaction.atomic():
        takedown.take_down(image, admin, "因为")
        raise RuntimeError
    assert HouseImage.objects.get().consent == "given"
    assert all(map(default_storage.exists, drawn(image)))


def test_the_screen_asks_why_and_leads_back(image, admin, client_of):
    client, address = client_of(admin), reverse("image_takedown", args=[image.pk])
    assert client.get(address).status_code == 200
    refused = client.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert refused.context["form"].errors["reason"]
    assert not HouseImage.objects.get().is_withdrawn
    back = "/admin/images/?p=1"
    done = client.post(address, {"reason": "本人要求", "next": back})
    assert (done.status_code, done.url) == (302, back)
    assert HouseImage.objects.get().is_withdrawn
    edit = client.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    assert edit.count("本人要求") == 1 and f'action="{reverse("image_restore", args=[image.pk])}"' in edit
    assert client.post(reverse("image_restore", args=[image.pk])).status_code == 302
    assert HouseImage.objects.get().consent == "given"


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "/news/", "javascript:x"]
)
def test_the_way_back_never_leaves_the_admin(image, admin, client_of, away):
    done = client_of(admin).post(reverse("image_takedown", args=[image.pk]), {"reason": "因为", "next": away})
    assert done.url == reverse("wagtailimages:edit", args=[image.pk])


def test_a_missing_image_is_not_found_and_looking_changes_nothing(image, admin, client_of):
    client = client_of(admin)
    assert client.get(reverse("image_takedown", args=[image.pk + 1])).status_code == 404
    assert client.get(reverse("image_restore", args=[image.pk])).status_code == 405
    assert HouseImage.objects.get().consent == "given"


def test_consent_withdrawn_in_the_image_form_is_noted_too(image, admin, client_of):
    address = reverse("wagtailimages:edit", args=[image.pk])
    words = {"title": "合影", "description": "五位同事", "source": "", "consent": "withdrawn", "tags": "",
             "collection": image.collection_id}  # fmt: skip
    assert client_of(admin).post(address, words).status_code == 302
    assert HouseImage.objects.get().is_withdrawn
    entry = ModelLogEntry.objects.get(action="kit.take_down")
    assert (entry.user, entry.data["before"]) == (admin, "given")
