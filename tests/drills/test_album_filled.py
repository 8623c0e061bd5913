"""Several people fill one album at the same moment, each from a process of their own: no photo is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services import tables

pytestmark = [pytest.mark.drill, pytest.mark.own_database]
ROOT = Path(__file__).resolve().parents[2]
PEOPLE, PHOTOS = 3, 8

BEGIN = """
from django.contrib.auth import get_user_model
from home.first_steps import prepare
from home.models import AlbumPage
basics = prepare()
for number in range({people}):
    name = f"编辑{{number}}"
    person = get_user_model().objects.create_user(f"80000{{number}}", "Corridor-lamp-7", name=name)
    person.groups.add(basics.editors)
page = AlbumPage(title="徒步", slug="walk", live=False)
basics.albums.add_child(instance=page)
page.save_revision()
print(page.pk)
"""
FILL = """
import io
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection
from home.photo_desk import services
by = get_user_model().objects.get(staff_number="80000{number}")
for place in range({photos}):
    out = io.BytesIO()
    Image.new("RGB", (60 + place, 40 + {number}), (10, 90, 200)).save(out, "JPEG")
    file = SimpleUploadedFile("{number}-%d.jpg" % place, out.getvalue())
    root = Collection.get_first_root_node()
    services.add_photo(page_id={page}, by=by, file=file, collection=root, at=place)
"""
ASK = """
from home.models import AlbumPage
from cms.kit.models import HouseImage
photos = AlbumPage.objects.get(pk={page}).get_latest_revision_as_object().photos.all()
print(HouseImage.objects.count(), sorted(photo.image.title for photo in photos))
"""


def test_three_people_fill_one_album_at_once(tmp_path):
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path}/house.sqlite3",
    }

    def start(*arguments):
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(process):
        out, error = process.communicate(timeout=300)
        assert process.returncode == 0, error
        return out.strip().splitlines()[-1] if out.strip() else ""

    tables.lay(environment)
    run(start("prepare"))
    page = run(start("shell", "--no-imports", "-c", BEGIN.format(people=PEOPLE)))
    fillers = [
        start("shell", "--no-imports", "-c", FILL.format(number=number, photos=PHOTOS, page=page))
        for number in range(PEOPLE)
    ]
    for filler in fillers:
        run(filler)
    wanted = sorted(f"{number}-{place}" for number in range(PEOPLE) for place in range(PHOTOS))
    assert run(start("shell", "--no-imports", "-c", ASK.format(page=page))) == f"{PEOPLE * PHOTOS} {wanted}"
