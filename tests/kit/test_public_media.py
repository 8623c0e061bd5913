"""Public files: in parts, kept by browsers, never a way out of their folder."""

import pytest
from django.test import Client

MOON = bytes(range(256)) * 4


@pytest.fixture
def folder(settings, tmp_path):
    """MEDIA_ROOT with a picture, and a secret beside it."""
    settings.MEDIA_ROOT = tmp_path / "public"
    (tmp_path / "public" / "images").mkdir(parents=True)
    (tmp_path / "public" / "images" / "moon.webp").write_bytes(MOON)
    (tmp_path / "secret.webp").write_bytes(b"secret")
    return tmp_path / "public"


def get(path="images/moon.webp", method="get", **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return getattr(Client(), method)(f"/media/{path}", headers=headers)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_picture_is_sent_whole_to_be_kept_for_a_year(db, folder, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = get()
    assert body(response) == MOON
    assert response.status_code == 200
    sent = {
        name: response[name] for name in ("Content-Type", "Content-Length", "Accept-Ranges", "Cache-Control")
    }
    assert sent == {
        "Content-Type": "image/webp",
        "Content-Length": "1024",
        "Accept-Ranges": "bytes",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("0-99", 0, 100),
        ("100-", 100, 1024),
        ("-24", 1000, 1024),
        ("1000-5000", 1000, 1024),
        ("-5000", 0, 1024),
    ],
)
def test_a_player_gets_the_part_it_asks_for(folder, asked, start, end):
    response = get(range=f"bytes={asked}")
    assert body(response) == MOON[start:end]
    if (start, end) == (0, 1024):
        assert response.status_code == 200
    else:
        assert (response.status_code, response["Content-Range"]) == (206, f"bytes {start}-{end - 1}/1024")
        assert response["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", ["1024-", "5000-6000", "-0"])
def test_a_part_that_does_not_exist_is_refused(folder, asked):
    response = get(range=f"bytes={asked}")
    assert (response.status_code, response["Content-Range"], response.content) == (416, "bytes */1024", b"")


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=9-3",
        "bytes=a-b",
        "bytes=",
        "bytes=-",
        "pages=1-2",
        "bytes=0-1,4-5",
        "bytes=٣-٤",
        "bytes=" + "9" * 400 + "-",
    ],
)
def test_a_range_that_makes_no_sense_means_the_whole(folder, asked):
    response = get(range=asked)
    assert response.status_code == 200
    assert body(response) == MOON


def test_what_the_browser_has_is_not_sent_again(folder):
    first = get()
    body(first)
    for known in ({"if_none_match": first["ETag"]}, {"if_modified_since": first["Last-Modified"]}):
        response = get(**known)
        assert (response.status_code, response.content) == (304, b"")
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    for stale in ({"if_none_match": '"other"'}, {"if_modified_since": "nonsense"}):
        assert body(get(**stale)) == MOON


def test_a_part_of_another_version_is_not_sent(folder):
    response = get(range="bytes=0-9", if_range='"other"')
    assert response.status_code == 200
    assert body(response) == MOON


def test_a_question_about_a_file_gets_its_headers_alone(folder):
    response = get(method="head")
    assert (response.status_code, response["Content-Length"], response.content) == (200, "1024", b"")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "images/",
        "images",
        "missing.webp",
        "../secret.webp",
        "images/../../secret.webp",
        "%2e%2e/secret.webp",
        "..%2fsecret.webp",
        "images//moon.webp",
        "./images/moon.webp",
        ".hidden",
        "images/moon.webp/",
        "images%5cmoon.webp",
        "images/moon.webp%00.jpg",
        "a" * 300,
        "link.webp",
    ],
)
def test_nothing_else_is_reached(folder, site, path):
    (folder / ".hidden").write_bytes(b"hidden")
    (folder / "link.webp").symlink_to(folder.parent / "secret.webp")
    assert get(path).status_code == 404


def test_a_file_is_only_read(folder):
    for method in ("post", "put", "delete"):
        assert get(method=method).status_code == 405


def test_what_is_no_picture_leaves_as_a_download(folder):
    (folder / "page.html").write_bytes(b"<script>alert(1)</script>")
    response = get("page.html")
    body(response)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment; filename=\"page.html\"; filename*=UTF-8''page.html"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
