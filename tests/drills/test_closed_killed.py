"""kill -9 while a picture is being closed: no public file of it stays, whoever dies and wherever."""

import subprocess
import sys
from subprocess import PIPE

import pytest

from tests.drills.test_worker_killed import (
    ROOT,
    Ground,
    database_of_its_own,
    kill,
    on_the_server,
)

pytestmark = pytest.mark.drill

PAINT = """
from pathlib import Path
from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction
from cms.kit import photo_files, photos
from cms.kit.models import HouseImage
from tests.kit import photographs

def lying(root):
    return sorted(p.name for p in Path(root).rglob("*.*") if p.is_file())

def where():
    return [lying(settings.MEDIA_ROOT), lying(settings.PRIVATE_ROOT / "closed")]
"""
OPEN = """
HouseImage.objects.all().delete()
CollectionViewRestriction.objects.all().delete()
Collection.objects.filter(name="album").delete()
for folder in (settings.MEDIA_ROOT / "images", settings.PRIVATE_ROOT / "closed"):
    for path in Path(folder).rglob("*.*"):
        path.unlink()
DBTaskResult.objects.all().delete()
place = Collection.get_first_root_node().add_child(name="album")
image = HouseImage(title="x", collection=place, file=ContentFile(photographs.camera_jpeg(500, 300), "x.jpg"))
image.save()
photos.render(image)
image.get_rendition("max-90x90")
DBTaskResult.objects.all().delete()
answer = where()
"""
CLOSE = """
album = Collection.objects.get(name="album")
CollectionViewRestriction.objects.create(collection=album, restriction_type="login")
"""
HALT = (
    """
import django
django.setup()
from django.core.management import call_command
from tests.drills.test_worker_killed import meet
from cms.kit import darkroom, photo_files, photos
"""
    + PAINT
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A site of its own, on the database the suite runs on."""
    url, name = database_of_its_own()
    if name:
        on_the_server(f"CREATE DATABASE {name}")
    made = Ground(tmp_path_factory.mktemp("closed"), url)
    yield made
    made.close()
    if name:
        on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def ground(place):
    """The site with one open picture, drawn: six sizes and a preview in public."""
    public, private = place.ask(PAINT + OPEN)
    assert (len(public), private) == (7, [])
    return place


def halting(ground, patch: str, then: str) -> subprocess.Popen:
    """Start a process that stops in the middle, where ``patch`` lets it meet the test."""
    code = f"{HALT}\nfolder = {str(ground.pipes)!r}\n{patch}\n{then}"
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=ground.environment, stdout=PIPE)


def where(ground):
    return ground.ask(PAINT + "answer = where()")


def drawn_in_private(ground):
    """What a second worker leaves."""
    ground.let_lapse()
    ground.manage("worker", "--until-empty")
    public, private = where(ground)
    marks = ground.ask(PAINT + "answer = [sorted(image.served) for image in HouseImage.objects.all()]")
    return public, len(private), marks


def test_killed_between_the_commit_and_the_deletion_of_public_files(ground):
    process = halting(ground, "photo_files.erase = lambda *_: meet(folder)", CLOSE)
    ground.wait_here()
    kill(process)
    process.stdout.close()
    public, private = where(ground)
    assert (len(public), private) == (7, [])  # the commit is there, what follows it never ran
    assert ground.ask(PAINT + "answer = list(HouseImage.objects.values_list('served', flat=True))")[0] == {
        "closed": ground.ask(PAINT + "answer = Collection.objects.get(name='album').pk")
    }
    assert drawn_in_private(ground) == ([], 6, [["closed", "sizes", "stem"]])


WORK = "call_command('worker')"


@pytest.mark.parametrize(
    "patch",
    [
        "darkroom.develop = lambda *_: meet(folder)",
        "photos._enter = lambda *_: meet(folder)",
    ],
)
def test_the_worker_killed_between_deleting_public_files_and_drawing_private_ones(ground, patch):
    ground.ask(PAINT + CLOSE + "answer = 0")
    public, _private = where(ground)
    assert public == []
    worker = halting(ground, patch, WORK)
    ground.wait_here()
    kill(worker)
    worker.stdout.close()
    public, _private = where(ground)
    assert public == []
    assert drawn_in_private(ground) == ([], 6, [["closed", "sizes", "stem"]])


def test_the_worker_killed_while_an_open_picture_is_laid_and_the_picture_closed_then(ground):
    ground.ask(
        PAINT + "HouseImage.objects.update(rendered_at=None); image = HouseImage.objects.get();"
        "photos.render_later(image); answer = 0"
    )
    worker = halting(ground, "photos._enter = lambda *_: meet(folder)", WORK)
    ground.wait_here()
    kill(worker)
    worker.stdout.close()
    ground.ask(PAINT + CLOSE + "answer = 0")
    assert drawn_in_private(ground) == ([], 6, [["closed", "sizes", "stem"]])
    assert ground.ask(PAINT + "answer = photo_files.strays()") == 0
