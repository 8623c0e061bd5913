"""Closed pictures and videos are sent to who may see them; others find nothing at their address."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import GroupCollectionPermission

from cms.kit import photos
from cms.kit.models import HouseMedia
from tests.kit import closing

pytestmark = pytest.mark.usefixtures("folders")


@pytest.fixture
def members():
    where = closing.collection()
    closing.close(where)
    return where


@pytest.fixture
def image(members):
    return closing.drawn(members)


def address(image, width=800, suffix="webp"):
    return f"/pictures/{Path(image.file.name).stem}-{width}.{suffix}"


def get(client, url, **headers):
    """The answer with its whole body."""
    answer = client.get(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def test_a_member_gets_the_picture_and_no_cache_keeps_it(image, person, client_of, django_assert_num_queries):
    member = client_of(person())
    with django_assert_num_queries(3):
        answer = get(member, address(image))
    stem = image.served["stem"]
    path = Path(photos.shown_storage().path(photos.path(stem, 800, "webp", shut=True)))
    assert (answer.status_code, answer.body) == (200, path.read_bytes())
    sent = {
        name: answer[name]
        for name in (
            "Content-Type",
            "Cache-Control",
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "Accept-Ranges",
        )
    }
    assert sent == {
        "Content-Type": "image/webp",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Accept-Ranges": "bytes",
    }
    assert answer["Content-Disposition"].startswith("inline")


def test_parts_and_what_the_browser_has_already(image, person, client_of):
    member = client_of(person())
    part = get(member, address(image), range="bytes=0-9")
    assert (part.status_code, len(part.body), part["Cache-Control"]) == (206, 10, "private, no-store")
    again = get(member, address(image), if_none_match=part["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert member.head(address(image)).status_code == 200
    assert member.post(address(image)).status_code == 405


def without_number(answer):
    return answer.content.replace(answer["X-Request-ID"][:8].encode(), b"")


def test_a_visitor_finds_nothing_and_nobody_is_asked_who_may(image, site, django_assert_num_queries):
    Client().get("/pictures/aaaaaaaaaaaa-800.webp")  # the frame of the page is kept from now on
    with django_assert_num_queries(2):  # is there a redirect from this address? as for any that is missing
        answer = Client().get(address(image))
    assert answer.status_code == 404
    missing = Client().get("/pictures/aaaaaaaaaaaa-800.webp")
    assert without_number(answer) == without_number(missing)


def test_who_is_not_in_the_group_finds_nothing(person, client_of):
    committee = Group.objects.create(name="女工委")
    where = closing.collection()
    closing.close(where, committee)
    image = closing.drawn(where)
    insider, outsider = person(), person()
    insider.groups.add(committee)
    assert get(client_of(insider), address(image)).status_code == 200
    assert get(client_of(outsider), address(image)).status_code == 404
    insider.groups.clear()
    assert get(client_of(insider), address(image)).status_code == 404


def test_an_editor_sees_what_lies_in_collections_of_their_own(person, client_of):
    committee, editors = Group.objects.create(name="女工委"), Group.objects.create(name="编辑")
    where = closing.collection()
    closing.close(where, committee)
    image = closing.drawn(where)
    editor, stranger = person(), person()
    for one in (editor, stranger):
        one.user_permissions.add(Permission.objects.get(codename="access_admin"))
    editor.groups.add(editors)
    permission = Permission.objects.get(codename="change_image")
    GroupCollectionPermission.objects.create(group=editors, collection=where, permission=permission)
    assert get(client_of(editor), address(image)).status_code == 200
    assert get(client_of(stranger), address(image)).status_code == 404


def test_an_administrator_sees_previews_too(image, admin, client_of):
    url = image.get_rendition("max-165x165").url
    assert url.startswith("/pictures/")
    assert get(client_of(admin), url)["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    "name",
    [
        "../keys/secret-key",
        "..%2Fkeys%2Fsecret-key",
        "aaaaaaaaaaaa-800.svg",
        "aaaaaaaaaaaa",
        "a.webp",
        "%00.webp",
        "照片.jpg",
        "aaaaaaaaaaaa-800.webp%0d%0ax",
    ],
)
def test_nothing_else_is_found_by_any_name(admin, client_of, name):
    for folder in ("pictures", "films"):
        assert get(client_of(admin), f"/{folder}/{name}").status_code == 404


def test_what_lies_in_private_has_no_public_address(image, admin, client_of):
    stem = image.served["stem"]
    for path in (f"/media/images/{stem}-800.webp", f"/media/closed/pictures/{stem}-800.webp"):
        assert get(client_of(admin), path).status_code == 404


def test_the_web_server_in_front_sends_it_when_told(image, person, client_of, settings):
    settings.ACCEL_REDIRECT = True
    answer = client_of(person()).get(address(image))
    stem = image.served["stem"]
    assert answer["X-Accel-Redirect"] == f"/private-files/closed/pictures/{stem}-800.webp"
    assert (answer.content, answer["Cache-Control"]) == (b"", "private, no-store")


def test_a_picture_opened_to_all_is_gone_from_its_old_address(image, members, person, client_of, committed):
    with committed():
        members.view_restrictions.get().delete()
    assert client_of(person()).get(address(image)).status_code == 404


def test_a_closed_video_is_sent_in_parts_to_members_alone(
    members, person, client_of, django_assert_num_queries
):
    film = HouseMedia(title="合唱", type="video", file=ContentFile(b"film" * 100, "choir.mp4"))
    film.thumbnail = ContentFile(b"still", "still.jpg")
    film.collection = members
    film.save()
    member = client_of(person())
    with django_assert_num_queries(3):
        part = get(member, film.url, range="bytes=4-7")
    assert (part.status_code, part.body, part["Content-Type"]) == (206, b"film", "video/mp4")
    assert get(member, film.thumbnail.url).body == b"still"
    assert Client().get(film.url).status_code == Client().get(film.thumbnail.url).status_code == 404
