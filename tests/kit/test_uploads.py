"""Pictures that editors hand in: cleaned, or refused with a sentence at the field and nothing kept."""

import random
import re
import resource
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import override_settings
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile

from cms.kit import darkroom, forms
from cms.kit.models import Consent, HouseImage
from tests.kit import papers
from tests.kit import photographs as pictures

DAMAGED, NO_PICTURE, DISGUISED = darkroom._BROKEN, darkroom._UNKNOWN, darkroom._DISGUISED


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "public"


@pytest.fixture
def desk(admin, client_of, site):
    """The browser of somebody who may add pictures and documents."""
    return client_of(admin)


def private_files(folder):
    place = Path(settings.PRIVATE_ROOT) / folder
    return {path.name for path in place.iterdir()} if place.is_dir() else set()


def add_picture(desk, content, name="photo.jpg", **fields):
    """Send one of many pictures, as the admin's page does, and return its answer."""
    answer = desk.post(
        reverse("wagtailimages:add_multiple"),
        {
            "title": "合影",
            "collection": Collection.get_first_root_node().pk,
            **fields,
            "files[]": pictures.upload(content, name),
        },
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.status_code == 200
    return answer.json()


def hostile_pictures():
    """Name, bytes and the sentence that answers them."""
    jpeg = pictures.camera_jpeg(200, 150)
    png = pictures.encoded(pictures.scene(60, 40), "PNG")
    yield "truncated.jpg", jpeg[: len(jpeg) // 2], DAMAGED
    yield "truncated.png", png[: len(png) // 2], DAMAGED
    yield "header.jpg", jpeg[:20], NO_PICTURE
    yield "words.jpg", "这不是图片".encode(), NO_PICTURE
    yield "png.jpg", png, DISGUISED % {"extension": "jpg"}
    yield "jpeg.png", jpeg, DISGUISED % {"extension": "png"}
    yield "jpeg.svg", jpeg, NO_PICTURE
    yield (
        "drawing.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        NO_PICTURE,
    )
    yield "drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', NO_PICTURE
    yield "page.gif", b"GIF89a/*<script>alert(1)</script>*/", NO_PICTURE
    yield "no-extension", jpeg, NO_PICTURE
    yield "program.php", jpeg, NO_PICTURE
    yield "old.bmp", pictures.encoded(pictures.scene(60, 40), "BMP"), NO_PICTURE
    yield "paper.pdf", papers.pdf(), NO_PICTURE


@pytest.mark.parametrize(
    ("name", "content", "sentence"), [pytest.param(*case, id=case[0]) for case in hostile_pictures()]
)
def test_a_bad_picture_gets_a_sentence_and_leaves_nothing(desk, name, content, sentence):
    before = private_files("originals")
    assert add_picture(desk, content, name) == {"success": False, "error_message": str(sentence)}
    assert re.search("[一-鿿]{4}", str(sentence))
    assert HouseImage.objects.count() == UploadedFile.objects.count() == 0
    assert private_files("originals") == before
    assert not Path(settings.MEDIA_ROOT).exists()


def test_a_pixel_bomb_is_refused_by_what_it_declares(desk):
    bomb = pictures.png_of(20_000, 20_000)
    assert len(bomb) < 60_000
    answer = add_picture(desk, bomb, "bomb.png")
    assert answer["success"] is False
    assert answer["error_message"] == darkroom._BOMB_UNREAD % {"most": 26}
    assert HouseImage.objects.count() == 0


def test_refusing_a_pixel_bomb_costs_hardly_any_memory(tmp_path):
    (tmp_path / "bomb.png").write_bytes(pictures.png_of(20_000, 20_000))
    program = (
        "import resource, sys\n"
        "from django.conf import settings\n"
        "settings.configure(WAGTAILIMAGES_MAX_IMAGE_PIXELS=64_000_000)\n"
        "from django.core.exceptions import ValidationError\n"
        "from django.core.files import File\n"
        "from cms.kit import darkroom\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n    darkroom.clean(File(open(sys.argv[1], 'rb')), 'bomb.png')\n"
        "except ValidationError as error:\n"
        "    print(error.code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "bomb.png")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (5, 5)),
    )
    code, grown_kib = run.stdout.split()
    assert code == "pixels"
    assert int(grown_kib) < 60_000


@pytest.mark.parametrize(
    ("width", "height", "options", "name", "code"),
    [(8000, 8001, {}, "a.png", "pixels"), (5200, 5001, {}, "a.png", "pixels")],
)
def test_what_must_be_decoded_whole_may_have_fewer_pixels(width, height, options, name, code):
    with pytest.raises(ValidationError) as refused:
        darkroom.clean(ContentFile(pictures.png_of(width, height), name))
    assert refused.value.code == code


def test_a_jpeg_of_a_thousand_scans_is_refused():
    content = pictures.encoded(pictures.scene(60, 40), progressive=True)
    place = content.rindex(b"\xff\xda")
    with pytest.raises(ValidationError) as refused:
        darkroom.clean(ContentFile(content[:place] + content[place:-2] * 300, "scans.jpg"))
    assert refused.value.code == "broken"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_damaged_bytes_are_refused_or_healed_but_never_break_the_form(kind):
    chance = random.Random(kind)  # noqa: S311
    sound = pictures.encoded(pictures.scene(90, 60), kind)
    name = f"a.{kind.lower()}"
    for _round in range(40):
        content = bytearray(sound)
        for _flip in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        del content[chance.randint(len(content) // 2, len(content) * 3) :]
        try:
            picture = darkroom.clean(ContentFile(bytes(content), name))
        except ValidationError as refused:
            assert refused.code in {"unknown", "broken", "disguised", "pixels"}  # noqa: PT017
        else:
            with Image.open(BytesIO(picture.read())) as healed:
                assert healed.size == picture.picture_size


def test_a_file_that_is_too_large_is_refused_before_it_is_read(desk):
    with override_settings(WAGTAILIMAGES_MAX_UPLOAD_SIZE=1000):
        answer = add_picture(desk, pictures.camera_jpeg(200, 150))
    assert answer["success"] is False
    assert answer["error_message"] == forms._TOO_LARGE % {"most": "1000\xa0字节"}


def test_many_pictures_at_once_are_clean_and_ask_for_consent_later(desk):
    answer = add_picture(desk, pictures.camera_jpeg(400, 300, orientation=6), "IMG_1.JPG")
    image = HouseImage.objects.get(pk=answer["image_id"])
    assert (image.width, image.height, image.consent) == (300, 400, Consent.MISSING)
    with image.open_file() as file:
        content = file.read()
    assert not [secret for secret in pictures.SECRETS if secret in content]
    assert image.file_size == len(content)
    assert UploadedFile.objects.count() == 0


def test_a_large_upload_on_disk_is_cleaned_too(desk):
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=10):
        answer = add_picture(desk, pictures.camera_jpeg(400, 300, orientation=6))
    image = HouseImage.objects.get(pk=answer["image_id"])
    assert (image.width, image.height) == (300, 400)
    with image.open_file() as file:
        assert not [secret for secret in pictures.SECRETS if secret in file.read()]


def test_an_upload_that_waits_for_its_form_is_clean_and_private(desk):
    answer = add_picture(desk, pictures.camera_jpeg(400, 300), "secret.jpg", title="")
    waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    assert waiting.file.path.startswith(str(settings.PRIVATE_ROOT))
    assert not [secret for secret in pictures.SECRETS if secret in Path(waiting.file.path).read_bytes()]
    assert not Path(settings.MEDIA_ROOT).exists()
    answer = desk.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]),
        {
            f"uploaded-image-{waiting.pk}-title": "合影",
            f"uploaded-image-{waiting.pk}-collection": Collection.get_first_root_node().pk,
        },
        headers={"x-requested-with": "XMLHttpRequest"},
    ).json()
    assert HouseImage.objects.get(pk=answer["image_id"]).file_size > 0


def picture_form(**fields):
    return {
        "title": "合影",
        "collection": Collection.get_first_root_node().pk,
        "consent": "given",
        "tags": "",
        **fields,
    }


def test_the_single_form_cleans_and_keeps_what_was_typed_when_it_refuses(desk):
    url = reverse("wagtailimages:add")
    answer = desk.post(url, picture_form(source="宣传部", file=pictures.upload(b"words")))
    assert answer.status_code == 200
    assert str(NO_PICTURE) in answer.content.decode()
    assert 'value="宣传部"' in answer.content.decode()
    answer = desk.post(
        url, picture_form(source="宣传部", file=pictures.upload(pictures.camera_jpeg(300, 200)))
    )
    assert answer.status_code == 302
    image = HouseImage.objects.get()
    assert (image.source, image.consent, image.width) == ("宣传部", "given", 300)


def test_a_replaced_file_of_the_edit_form_is_cleaned(desk, django_capture_on_commit_callbacks):
    answer = add_picture(desk, pictures.camera_jpeg(300, 200))
    image = HouseImage.objects.get(pk=answer["image_id"])
    old = image.file.name
    with django_capture_on_commit_callbacks(execute=True):
        content = pictures.camera_jpeg(400, 300, orientation=8)
        desk.post(reverse("wagtailimages:edit", args=[image.pk]), picture_form(file=pictures.upload(content)))
    image.refresh_from_db()
    assert (image.width, image.height) == (300, 400)
    assert not image.file.storage.exists(old)
    with image.open_file() as file:
        assert not [secret for secret in pictures.SECRETS if secret in file.read()]


def test_the_chooser_cleans_too(desk):
    fields = picture_form(file=pictures.upload(pictures.camera_jpeg(300, 200, orientation=6)))
    answer = desk.post(
        reverse("wagtailimages_chooser:create"),
        {f"image-chooser-upload-{key}": value for key, value in fields.items()},
    )
    assert answer.json()["step"] == "chosen"
    image = HouseImage.objects.get()
    assert (image.width, image.height) == (200, 300)
