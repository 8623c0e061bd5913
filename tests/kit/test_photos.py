"""Photos: cleaned however they arrive, drawn in a job from one decode, shown by the tag without a query."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template import Context, Template
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageCms
from wagtail.images.models import Filter

from cms.kit import darkroom, jobs, photos
from cms.kit.jobs import chores
from cms.kit.models import Consent, HouseImage
from tests.kit import photographs as pictures


@pytest.fixture
def stored(db, settings, tmp_path):
    """Store an image made of these bytes."""
    settings.MEDIA_ROOT = tmp_path / "public"

    def keep(content=None, name="IMG_2031.jpg", **fields):
        fields.setdefault("title", "合影")
        image = HouseImage(file=ContentFile(content or pictures.camera_jpeg(), name), **fields)
        image.save()
        return image

    return keep


def content_of(image):
    with image.open_file() as file:
        return file.read()


def draw(template, **context):
    return Template("{% load photos %}" + template).render(Context(context))


def public_files():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


# --- Cleaning ---------------------------------------------------------------------------------


def test_a_stored_photo_tells_nothing_of_place_device_or_author(stored):
    image = stored()
    content = content_of(image)
    assert not [secret for secret in pictures.SECRETS if secret in content]
    with Image.open(BytesIO(content)) as opened:
        assert dict(opened.getexif()) == {}
        assert set(opened.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_no_rendition_tells_anything_either(stored):
    image = stored()
    photos.render(image)
    image.get_rendition("max-165x165")
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(files) == 10
    assert not [path for path in files if any(secret in path.read_bytes() for secret in pictures.SECRETS)]


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (1600, 1200), (10, 10)),
        (2, (1600, 1200), (1590, 10)),
        (3, (1600, 1200), (1590, 1190)),
        (4, (1600, 1200), (10, 1190)),
        (5, (1200, 1600), (10, 10)),
        (6, (1200, 1600), (1190, 10)),
        (7, (1200, 1600), (1190, 1590)),
        (8, (1200, 1600), (10, 1590)),
    ],
)
def test_rotation_is_applied_and_the_row_tells_the_true_size(stored, orientation, size, red):
    image = stored(pictures.camera_jpeg(orientation=orientation))
    assert (image.width, image.height) == size
    with Image.open(BytesIO(content_of(image))) as opened:
        assert opened.size == size
        assert opened.getpixel(red)[0] > 180
        assert opened.getpixel(red)[2] < 80


def test_size_and_hash_are_those_of_the_file_that_lies_there(stored):
    image = stored()
    fresh = HouseImage.objects.get(pk=image.pk)
    assert fresh.file_size == len(content_of(image)) == fresh.file.size
    known = fresh.file_hash
    fresh._set_file_hash()
    assert fresh.file_hash == known


def test_a_huge_photo_is_kept_at_a_size_that_fits_the_disk(stored):
    image = stored(pictures.camera_jpeg(8160, 6144))
    assert (image.width, image.height) == (4080, 3072)


def test_a_colour_profile_that_matters_is_kept_and_a_broken_one_dropped(stored):
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    wide = plain.replace("sRGB".encode("utf-16-be"), "Wide".encode("utf-16-be"))
    unfit = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    kept = {wide: wide, plain: None, unfit: None, b"no profile": None}
    for profile, expected in kept.items():
        image = stored(pictures.encoded(pictures.scene(40, 30), icc_profile=profile))
        with Image.open(BytesIO(content_of(image))) as opened:
            assert opened.info.get("icc_profile") == expected


def test_print_colours_become_screen_colours(stored):
    image = stored(pictures.encoded(pictures.scene(400, 300, "CMYK")))
    with Image.open(BytesIO(content_of(image))) as opened:
        assert opened.mode == "RGB"
        assert opened.getpixel((10, 10))[0] > 180


def test_an_animation_keeps_its_first_picture(stored):
    frames = [Image.new("P", (60, 40), 1), Image.new("P", (60, 40), 2)]
    frames[0].putpalette([0, 0, 0, 200, 0, 0, 0, 0, 200])
    frames[1].putpalette([0, 0, 0, 200, 0, 0, 0, 0, 200])
    content = pictures.encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    image = stored(content, "moving.gif")
    with Image.open(BytesIO(content_of(image))) as opened:
        assert (opened.format, opened.convert("RGB").getpixel((5, 5))) == ("PNG", (200, 0, 0))
        assert getattr(opened, "n_frames", 1) == 1


def test_what_shines_through_stays_so_and_is_white_in_jpeg(stored):
    glass = Image.new("RGBA", (900, 600), (0, 0, 0, 0))
    glass.paste((200, 0, 0, 255), (0, 0, 300, 600))
    image = stored(pictures.encoded(glass, "PNG"), "mark.png")
    photos.render(image)
    stem = image.served["stem"]
    with Image.open(default_storage.path(photos.path(stem, 800, "webp"))) as webp:
        assert webp.getpixel((700, 300))[3] == 0
    with Image.open(default_storage.path(photos.path(stem, 800, "jpeg"))) as jpeg:
        assert min(jpeg.getpixel((700, 300))) > 250


def test_sixteen_bit_grey_is_not_burnt_out(stored):
    image = stored(pictures.encoded(Image.new("I;16", (30, 20), 128 * 256), "PNG"), "scan.png")
    with Image.open(BytesIO(content_of(image))) as opened:
        assert (opened.mode, opened.getpixel((3, 3))) == ("L", 128)


def test_a_photo_of_an_apple_phone_is_accepted(stored):
    import pillow_heif

    pillow_heif.register_heif_opener()
    image = stored(pictures.encoded(pictures.scene(640, 480), "HEIF", exif=pictures.exif()), "IMG_1.HEIC")
    assert image.file.name.endswith(".jpg")
    assert (image.width, image.height) == (640, 480)
    assert not [secret for secret in pictures.SECRETS if secret in content_of(image)]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.jpg", "a\r\nb<script>.jpg", "照片" * 60 + ".jpg", "x.php.jpg"]
)
def test_nothing_a_person_typed_becomes_a_path(stored, name):
    image = HouseImage(title="x", file=ContentFile(pictures.camera_jpeg(40, 30)))
    image.file.save(name, ContentFile(pictures.camera_jpeg(40, 30)), save=False)
    assert re.fullmatch(r"originals/[a-z2-9]{12}\.jpg", image.file.name)


def test_an_original_has_no_address(stored):
    with pytest.raises(ValueError, match="no address"):
        _ = stored().file.url


def test_a_replaced_file_is_clean_and_the_old_one_goes(stored, django_capture_on_commit_callbacks):
    image = stored()
    photos.render(image)
    old = image.file.name
    with django_capture_on_commit_callbacks(execute=True):
        image.file = ContentFile(pictures.camera_jpeg(800, 600, orientation=6), "new.jpg")
        image.save()
    image.refresh_from_db()
    assert (image.width, image.height) == (600, 800)
    assert not image.file.storage.exists(old)
    assert image.file.storage.exists(image.file.name)
    assert (image.served, image.rendered_at, image.renditions.count(), public_files()) == ({}, None, 0, [])


def test_a_broken_picture_is_refused_in_code_too(stored):
    with pytest.raises(ValidationError):
        stored(b"\xff\xd8\xff\xe0" + b"x" * 400)
    assert HouseImage.objects.count() == 0


# --- Renditions -------------------------------------------------------------------------------


def test_a_new_photo_is_drawn_by_a_job_once(stored):
    image = stored()
    image.title = "又一次"
    image.save()
    assert DBTaskResult.objects.filter(task_path="cms.kit.photos.render_photo").count() == 1
    jobs.run_waiting()
    image.refresh_from_db()
    assert image.served["sizes"] == [[400, 300], [800, 600], [1280, 960]]
    assert image.rendered_at is not None
    assert len(public_files()) == image.renditions.count() == 9


def test_wagtail_finds_the_same_files(stored):
    image = stored()
    photos.render(image)
    image = HouseImage.objects.prefetch_related("renditions").get(pk=image.pk)
    specs = [f"width-{width}|format-{kind}" for width in photos.WIDTHS for kind in ("avif", "webp", "jpeg")]
    found = image.find_existing_renditions(*[Filter(spec) for spec in specs])
    assert sorted(rendition.filter_spec for rendition in found.values()) == sorted(specs)
    chosen = found[Filter("width-800|format-webp")]
    assert (chosen.width, chosen.height) == (800, 600)
    assert chosen.file.name == photos.path(image.served["stem"], 800, "webp")


@pytest.mark.parametrize(
    ("own", "steps"),
    [(300, [300]), (420, [400]), (500, [400, 500]), (1000, [400, 800, 1000]), (4000, [400, 800, 1280])],
)
def test_no_picture_is_enlarged(own, steps):
    assert darkroom.ladder(own, photos.WIDTHS) == steps


def test_a_small_picture_is_found_under_the_width_asked_for(stored):
    image = stored(pictures.camera_jpeg(300, 200))
    photos.render(image)
    assert image.served["sizes"] == [[300, 200]]
    assert sorted(image.renditions.values_list("filter_spec", "width")) == [
        ("width-400|format-avif", 300),
        ("width-400|format-jpeg", 300),
        ("width-400|format-webp", 300),
    ]


def test_drawing_twice_leaves_the_same_files_and_rows(stored):
    image = stored()
    photos.render(image)
    before, rows = public_files(), set(image.renditions.values_list("pk", "file"))
    photos.render(image)
    assert public_files() == before
    assert set(image.renditions.values_list("pk", "file")) == rows


def test_a_half_written_file_of_a_killed_worker_is_replaced(stored):
    image = stored()
    leftover = Path(settings.MEDIA_ROOT) / photos.path(Path(image.file.name).stem, 800, "webp")
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"half")
    photos.render(image)
    with Image.open(leftover) as opened:
        assert opened.size == (800, 600)


def test_a_picture_replaced_while_it_is_drawn_leaves_nothing_of_the_old(
    stored, monkeypatch, django_capture_on_commit_callbacks
):
    image = stored()
    develop = darkroom.develop

    def slowly(file, widths):
        yield from develop(file, widths)
        HouseImage.objects.filter(pk=image.pk).update(file="originals/another.jpg")

    monkeypatch.setattr(darkroom, "develop", slowly)
    with django_capture_on_commit_callbacks(execute=True):
        assert photos.render(image) == []
    assert public_files() == []
    assert image.renditions.count() == 0


def test_a_form_saved_late_does_not_forget_what_the_worker_drew(stored):
    image = stored()
    photos.render(HouseImage.objects.get(pk=image.pk))
    image.description = "新的说明"
    image.save()
    image.refresh_from_db()
    assert image.served["sizes"] == [[400, 300], [800, 600], [1280, 960]]
    assert image.description == "新的说明"


def test_a_deleted_image_takes_its_files_along(stored, django_capture_on_commit_callbacks):
    image = stored()
    photos.render(image)
    name, storage = image.file.name, image.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert public_files() == []
    assert not storage.exists(name)


def test_a_picture_whose_job_was_lost_is_drawn_by_night(stored):
    image, gone = stored(pictures.camera_jpeg(60, 40)), stored(consent=Consent.WITHDRAWN)
    DBTaskResult.objects.all().delete()
    chores.tidy_pictures()
    jobs.run_waiting()
    image.refresh_from_db()
    gone.refresh_from_db()
    assert (image.served["sizes"], gone.served) == ([[60, 40]], {})


# --- Consent ----------------------------------------------------------------------------------


def test_withdrawn_consent_takes_the_picture_away_at_once(stored, django_capture_on_commit_callbacks):
    image = stored()
    photos.render(image)
    image.get_rendition("max-165x165")
    with django_capture_on_commit_callbacks(execute=True):
        image.consent = Consent.WITHDRAWN
        image.save()
    image.refresh_from_db()
    assert public_files() == []
    assert image.renditions.count() == 0
    assert draw("{% photo image %}", image=image) == ""
    assert photos.photo_url(image) == ""
    assert image.file.storage.exists(image.file.name)


def test_the_admin_sees_grey_for_a_withdrawn_picture(stored):
    image = stored(consent=Consent.WITHDRAWN)
    rendition = image.get_rendition("max-165x165")
    with Image.open(rendition.file.path) as opened:
        assert opened.convert("L").getextrema() == (190, 190)
    jobs.run_waiting()
    assert image.renditions.count() == 1


def test_consent_given_again_brings_the_picture_back(stored, django_capture_on_commit_callbacks):
    image = stored(consent=Consent.WITHDRAWN)
    image.get_rendition("max-165x165")
    with django_capture_on_commit_callbacks(execute=True):
        image.consent = Consent.GIVEN
        image.save()
    assert image.renditions.count() == 0
    jobs.run_waiting()
    image.refresh_from_db()
    assert image.served["sizes"] == [[400, 300], [800, 600], [1280, 960]]


def test_those_not_asked_yet_can_be_listed(stored):
    asked = stored(consent=Consent.GIVEN)
    unasked, gone = stored(), stored(consent=Consent.WITHDRAWN)
    assert list(HouseImage.objects.lacking_consent()) == [unasked]
    assert set(HouseImage.objects.shown()) == {asked, unasked}
    assert (unasked.lacks_consent, asked.lacks_consent, gone.is_withdrawn) == (True, False, True)
