"""The doctor and the backup know closed pictures: what lies astray is told, what is needed is packed."""

from pathlib import Path

import pytest
from django.utils import translation

from cms import doctor
from cms.backup import pack
from cms.kit import closed, jobs, photos
from cms.kit.models import HouseImage
from tests.kit import closing


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def image(db, settings, tmp_path):
    """A closed picture that is drawn, in folders of its own."""
    settings.MEDIA_ROOT = tmp_path / "public"
    where = closing.collection()
    closing.close(where)
    return closing.drawn(where)


def test_all_is_well_while_closed_pictures_lie_in_private(image):
    found = doctor.closed_pictures()
    assert (found.state, found.text) == ("well", "nothing of them lies in public")
    assert doctor.closed_pictures in doctor.QUESTIONS


def test_a_public_file_of_a_closed_picture_is_counted_and_gone_within_the_hour(image, settings):
    left = Path(settings.MEDIA_ROOT) / "images" / f"{image.served['stem']}-800.webp"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left behind")
    found = doctor.closed_pictures()
    assert (found.state, found.remedy) == (
        "wrong",
        "A running worker puts them right within the hour: manage.py worker",
    )
    assert found.text.startswith("1 files lie in public that should not")
    jobs.discover()
    jobs.enqueue_due()
    jobs.run_waiting()
    assert not left.exists()
    assert doctor.closed_pictures().state == "well"


def test_a_picture_that_lies_wrong_is_counted(image):
    super(closed.ClosableQuerySet, HouseImage.objects.all()).update(collection=closing.collection("公开"))
    assert "1 pictures or videos lie wrong" in doctor.closed_pictures().text


def test_a_backup_holds_the_private_renditions_beside_the_original(image):
    packed = {path.name for path in pack.files_of("private")}
    stem = image.served["stem"]
    assert {f"{stem}.jpg", *closing.sizes(image, 400, 800, 1000)} <= packed
    assert not [path for path in pack.files_of("private") if "drafts-" in str(path)]
    assert photos.path(stem, 800, "webp", shut=True) in {
        f"{path.parent.parent.name}/{path.parent.name}/{path.name}" for path in pack.files_of("private")
    }
