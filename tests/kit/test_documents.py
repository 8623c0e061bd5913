"""Documents: private, checked by their collection, sent under the name they came with, kept by no cache."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from cms.kit.models import HouseDocument
from tests.kit import papers
from tests.kit import photographs as pictures

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def stored(db):
    """Store a document made of these bytes."""

    def keep(content=None, name="职工代表大会 章程.pdf", **fields):
        fields.setdefault("title", "章程")
        document = HouseDocument(file=ContentFile(content or papers.pdf(), name), **fields)
        document.save()
        return document

    return keep


@pytest.fixture
def closed(db):
    """A collection, and one below it, for one group."""
    group = Group.objects.create(name="劳动人事争议调解委员会")
    upper = Collection.get_first_root_node().add_child(name="调解")
    lower = upper.add_child(name="2026 年")
    restriction = CollectionViewRestriction.objects.create(
        collection=upper, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(group)
    return group, upper, lower


def body(response):
    return b"".join(response.streaming_content)


def test_a_document_lies_in_private_under_a_generated_name(stored):
    document = stored()
    assert document.file.path.startswith(str(settings.PRIVATE_ROOT))
    assert len(document.file.name) == len("documents/") + 16
    assert document.original_name == document.filename == "职工代表大会 章程.pdf"
    assert document.file_size == len(papers.pdf())
    with pytest.raises(ValueError, match="no address"):
        _ = document.file.url


def test_no_address_leads_to_the_stored_file(stored):
    document = stored()
    name = document.file.name
    for path in (
        f"/media/{name}",
        f"/media/../private/{name}",
        f"/{name}",
        f"/private/{name}",
        f"/documents/{name}",
    ):
        assert Client().get(path).status_code == 404


def test_a_public_document_is_sent_but_never_kept(stored):
    document = stored(b"%PDF-1.4 body", "章程 2026.pdf")
    response = Client().get(document.url)
    assert response.status_code == 200
    assert body(response) == b"%PDF-1.4 body"
    sent = {name: response[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")}
    assert sent == {
        "Content-Type": "application/pdf",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    quoted = "%E7%AB%A0%E7%A8%8B%202026.pdf"
    assert response["Content-Disposition"] == f"inline; filename=\"file.pdf\"; filename*=UTF-8''{quoted}"
    response = Client().get(document.url + "?download=1")
    body(response)
    assert response["Content-Disposition"] == f"attachment; filename=\"file.pdf\"; filename*=UTF-8''{quoted}"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.txt", "text/plain"),
        ("a.csv", "text/csv"),
        ("a.html", "application/octet-stream"),
        ("a.svg", "application/octet-stream"),
    ],
)
def test_what_is_no_pdf_always_leaves_as_a_download(stored, name, content_type):
    response = Client().get(stored(b"<script>alert(1)</script>", name).url)
    body(response)
    assert response["Content-Type"].partition(";")[0] == content_type
    assert response["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_hostile_name_neither_breaks_the_header_nor_the_page(stored):
    document = stored(name='a";\r\nSet-Cookie: x=1;<b>%41.pdf')
    response = Client().get(document.url)
    body(response)
    assert "Set-Cookie" not in response.headers
    assert response["Content-Disposition"].endswith("filename*=UTF-8''a%3BSet-Cookie%20x%3D1%3Bb%2541.pdf")


def test_a_part_of_a_document_is_sent_to_readers_that_ask(stored):
    response = Client().get(stored(b"%PDF-0123456789").url, headers={"range": "bytes=5-9"})
    assert (response.status_code, body(response)) == (206, b"01234")
    assert response["Cache-Control"] == "private, no-store"


def test_an_old_name_leads_to_the_new_one(stored):
    document = stored()
    response = Client().get(reverse("wagtaildocs_serve", args=[document.pk, "old.pdf"]))
    assert (response.status_code, response["Location"]) == (302, document.url)


def test_the_web_server_may_send_it_after_our_check(stored, settings, closed):
    settings.ACCEL_REDIRECT = True
    document = stored()
    response = Client().get(document.url)
    assert response["X-Accel-Redirect"] == f"/private-files/{document.file.name}"
    assert response.content == b""
    barred = stored(collection=closed[1])
    assert "X-Accel-Redirect" not in Client().get(barred.url)


@pytest.mark.parametrize("depth", [1, 2])
def test_a_closed_collection_closes_its_documents_and_those_below(stored, closed, person, client_of, depth):
    document = stored(collection=closed[depth])
    insider, outsider = person(), person()
    insider.groups.add(closed[0])
    view = reverse("document_view", args=[document.pk])
    for url in (document.url, view, f"{view}?page=1&picture=820"):
        response = Client().get(url)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=")
        assert response["Cache-Control"] == "private, no-store"
        assert client_of(outsider).get(url).status_code == 404
        allowed = client_of(insider).get(url)
        assert allowed.status_code == 200
        assert allowed["Cache-Control"] == "private, no-store"
        if allowed.streaming:
            assert body(allowed)  # read to the end: closing it unread would close the test's connection


def test_a_collection_for_members_is_open_to_all_who_sign_in(stored, person, client_of):
    members = Collection.get_first_root_node().add_child(name="会员")
    CollectionViewRestriction.objects.create(
        collection=members, restriction_type=CollectionViewRestriction.LOGIN
    )
    document = stored(collection=members)
    assert Client().get(document.url).status_code == 302
    assert body(client_of(person()).get(document.url)) == papers.pdf()


def test_those_who_may_edit_a_closed_document_may_read_it(stored, closed, admin, client_of):
    assert body(client_of(admin).get(stored(collection=closed[2]).url)) == papers.pdf()


def test_lists_leave_out_what_a_reader_may_not_have(stored, closed, person, django_assert_max_num_queries):
    from django.contrib.auth.models import AnonymousUser

    free, barred, below = stored(), stored(collection=closed[1]), stored(collection=closed[2])
    insider = person()
    insider.groups.add(closed[0])
    with django_assert_max_num_queries(2):
        assert list(HouseDocument.objects.visible_to(AnonymousUser())) == [free]
    assert list(HouseDocument.objects.visible_to(person())) == [free]
    assert set(HouseDocument.objects.visible_to(insider)) == {free, barred, below}


@pytest.mark.parametrize(
    "path",
    [
        "/documents/99999/a.pdf",
        "/documents/99999/view/",
        "/documents/9" + "9" * 40 + "/a.pdf",
        "/documents/1/",
    ],
)
def test_a_document_that_does_not_exist_is_a_plain_404(db, path):
    assert Client().get(path).status_code == 404


def test_a_document_whose_file_is_gone_is_a_plain_404(stored):
    document = stored()
    Path(document.file.path).unlink()
    assert Client().get(document.url).status_code == 404
    assert Client().get(reverse("document_view", args=[document.pk])).status_code == 404


def test_documents_are_only_read(stored):
    assert Client().post(stored().url).status_code == 405


def test_a_replaced_file_takes_its_new_name_and_the_old_one_goes(
    stored, admin, client_of, django_capture_on_commit_callbacks
):
    document = stored(papers.pdf(1), "旧.pdf")
    old = document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        response = client_of(admin).post(
            reverse("wagtaildocs:edit", args=[document.pk]),
            {
                "title": "章程",
                "tags": "",
                "collection": document.collection_id,
                "file": pictures.upload(papers.pdf(2), "新.pdf", "application/pdf"),
            },
        )
    assert response.status_code == 302
    known = document.file_hash
    document.refresh_from_db()
    assert (document.filename, document.file_size) == ("新.pdf", len(papers.pdf(2)))
    assert document.file_hash != known
    assert not document.file.storage.exists(old)
    assert body(Client().get(document.url)) == papers.pdf(2)


def test_a_document_added_in_the_admin_keeps_its_name(admin, client_of):
    response = client_of(admin).post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "章程", "files[]": pictures.upload(papers.pdf(), "章程（定稿）.pdf", "application/pdf")},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    document = HouseDocument.objects.get(pk=response.json()["doc_id"])
    assert document.filename == "章程（定稿）.pdf"
    assert body(Client().get(document.url)) == papers.pdf()
