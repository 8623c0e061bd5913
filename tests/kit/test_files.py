"""The viewer: pages of a PDF as pictures, drawn on demand in a process of its own, kept privately."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.kit import files, leafing, leaves
from cms.kit.models import HouseDocument
from tests.kit import papers

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def view(settings, tmp_path):
    """Store a document and return how to open the viewer on it."""
    (tmp_path / "private").mkdir()
    settings.PRIVATE_ROOT = tmp_path / "private"

    def store(content, name="章程.pdf", title="章程 <修订>"):
        document = HouseDocument(title=title, file=ContentFile(content, name))
        document.save()
        address = reverse("document_view", args=[document.pk])
        return lambda query="": Client().get(address + query)

    return store


def test_a_page_is_shown_as_a_picture_with_the_ways_on(view):
    response = view(papers.pdf(3))("?page=2")
    page = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert 'src="?page=2&amp;picture=820"' in page
    assert 'width="820" height="1230"' in page
    assert 'srcset="?page=2&amp;picture=820 820w, ?page=2&amp;picture=1400 1400w"' in page
    assert 'href="?page=1" rel="prev"' in page
    assert 'href="?page=3" rel="next"' in page
    assert "章程 &lt;修订&gt;" in page
    assert "?download=1" in page
    assert "style=" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_first_and_the_last_page_lead_nowhere_else(view):
    show = view(papers.pdf(2))
    assert 'rel="prev"' not in show().content.decode()
    assert 'rel="next"' not in show("?page=2").content.decode()
    assert 'class="pager"' not in view(papers.pdf(1))().content.decode()


@pytest.mark.parametrize("width", leaves.WIDTHS)
def test_the_picture_of_a_page_is_drawn_once(view, width, monkeypatch):
    show = view(papers.pdf(1))
    response = show(f"?page=1&picture={width}")
    with Image.open(BytesIO(b"".join(response.streaming_content))) as picture:
        assert (picture.format, picture.width) == ("WEBP", width)
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "private, no-store"
    monkeypatch.setattr(subprocess, "run", None)
    again = show(f"?page=1&picture={width}")
    assert again.status_code == 200
    again.close()


@pytest.mark.parametrize(
    "query",
    [
        "?page=0",
        "?page=-1",
        "?page=3",
        "?page=x",
        "?page=1000000000",
        "?page=",
        "?page=%D9%A3",
        "?page=1&picture=9999",
        "?page=1&picture=",
    ],
)
def test_a_page_that_does_not_exist_is_a_plain_404(view, query):
    assert view(papers.pdf(2))(query).status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (papers.pdf()[:150], "a.pdf"),
        (b"%PDF-1.7 nothing", "a.pdf"),
        (b"words", "a.pdf"),
        (papers.locked_pdf(), "a.pdf"),
        (papers.office(), "a.docx"),
    ],
)
def test_what_cannot_be_shown_is_offered_for_download(view, content, name):
    response = view(content, name)()
    page = response.content.decode()
    assert response.status_code == 200
    assert "<img" not in page.partition('class="cluster"')[2].partition("</main>")[0]
    assert f"/{name}?download=1" in page


def test_a_page_of_absurd_size_is_drawn_within_bounds(view):
    response = view(papers.pdf(1, width=1, height=14_000))("?picture=820")
    with Image.open(BytesIO(b"".join(response.streaming_content))) as picture:
        assert picture.height <= 6000


def test_a_reader_that_hangs_is_given_up(view, monkeypatch):
    def hang(*args, timeout, **options):
        raise subprocess.TimeoutExpired("reader", timeout)

    show = view(papers.pdf(1))
    monkeypatch.setattr(subprocess, "run", hang)
    response = show()
    assert response.status_code == 200
    assert "<img" not in response.content.decode().partition('class="cluster"')[2].partition("</main>")[0]


def test_when_all_places_are_taken_the_reader_is_asked_to_come_back(view, monkeypatch):
    show = view(papers.pdf(1))
    monkeypatch.setattr(leaves, "PATIENCE", 0)
    with leaves.turn(), leaves.turn():
        response = show()
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert show().status_code == 200


def test_the_reader_cannot_take_more_memory_than_it_is_given():
    program = "import leafing; leafing.limit(); bytearray(2 << 30)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, cwd=Path(leafing.__file__).parent
    )
    assert b"MemoryError" in run.stderr


def test_pictures_of_files_that_are_gone_are_tidied_away(view):
    show = view(papers.pdf(2))
    show(), show("?page=2")
    folder = Path(settings.PRIVATE_ROOT) / "cache" / "leaves"
    (key,) = [path.name for path in folder.iterdir() if path.is_dir()]
    assert leaves.tidy({key}) == 0
    assert leaves.tidy({key}, most_bytes=0) == 2
    show()
    assert files.tidy() == 0
    HouseDocument.objects.all().delete()
    assert files.tidy() == 1
    assert not (folder / key).exists()
