"""Videos and sounds: checked, without the place they were taken at, under generated names."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Collection

from cms.kit import films, uploads
from cms.kit.models import HouseMedia
from tests.kit import papers
from tests.kit import photographs as pictures


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "public"


@pytest.fixture
def desk(admin, client_of, site):
    """The browser of somebody who may add pictures and documents."""
    return client_of(admin)


@pytest.mark.parametrize(
    ("name", "content", "kinds"),
    [
        ("a.mp4", papers.mp4(), ["mp4", "webm"]),
        ("a.webm", b"\x1a\x45\xdf\xa3" + bytes(20) + b"\x42\x82\x84webm" + bytes(60), ["mp4", "webm"]),
        ("a.mp3", b"ID3" + bytes(60), ["mp3", "m4a"]),
        ("b.mp3", b"\xff\xfb\x90\x00" + bytes(60), ["mp3", "m4a"]),
    ],
)
def test_a_sound_film_passes(name, content, kinds):
    uploads.check_film(pictures.upload(content, name), kinds)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.avi", b"RIFF", "kind"),
        ("a.mp3", b"ID3", "kind"),
        ("a.mp4", pictures.camera_jpeg(40, 30), "disguised"),
        ("b.mp4", papers.mp4()[:-3], "broken"),
        ("c.mp4", papers.box(b"ftyp", b"isom" + bytes(12)), "broken"),
        ("a.webm", b"\x1a\x45\xdf\xa3" + bytes(20) + b"matroska" + bytes(60), "disguised"),
    ],
)
def test_a_bad_film_is_refused(name, content, code):
    with pytest.raises(ValidationError) as refused:
        uploads.check_film(pictures.upload(content, name), ["mp4", "webm"])
    assert refused.value.code == code


def test_a_film_forgets_where_it_was_taken():
    file = pictures.upload(papers.mp4(place=b"+39.9042+116.4074/"), "a.mp4")
    size = file.size
    assert films.forget_place(file) == 1
    content = file.read()
    assert b"39.9042" not in content
    assert len(content) == size
    uploads.check_film(file, ["mp4"])


def test_the_admin_stores_a_film_under_a_generated_name(desk):
    fields = {
        "title": "健步走",
        "collection": Collection.get_first_root_node().pk,
        "duration": "0",
        "file": pictures.upload(papers.mp4(place=b"+39.9042+116.4074/"), "../家门口.mp4", "video/mp4"),
        "thumbnail": pictures.upload(pictures.camera_jpeg(200, 150)),
    }
    answer = desk.post(reverse("wagtailmedia:add", args=["video"]), fields)
    assert answer.status_code == 302
    film = HouseMedia.objects.get()
    assert film.file.name.startswith("media/")
    assert len(film.file.name) == len("media/") + 16
    assert b"39.9042" not in Path(film.file.path).read_bytes()
    thumbnail = Path(film.thumbnail.path).read_bytes()
    assert not [secret for secret in pictures.SECRETS if secret in thumbnail]


def test_the_admin_refuses_a_bad_film_at_the_field(desk):
    fields = {"title": "x", "collection": Collection.get_first_root_node().pk, "duration": "0"}
    fields["file"] = pictures.upload(pictures.camera_jpeg(40, 30), "a.mp4")
    answer = desk.post(reverse("wagtailmedia:add", args=["video"]), fields)
    assert uploads._DISGUISED % {"extension": "mp4"} in answer.content.decode()
    assert HouseMedia.objects.count() == 0
