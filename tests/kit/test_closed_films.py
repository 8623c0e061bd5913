"""Videos of closed collections: their files move with what closes and opens them, never under an old name."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.test import RequestFactory

from cms.kit import film_files, jobs, storage
from cms.kit.jobs import chores
from cms.kit.models import HouseMedia
from tests.kit import closing

pytestmark = pytest.mark.usefixtures("folders")
FILM = b"film" * 100


def film(where=None):
    made = HouseMedia(title="合唱", type="video", duration=30, file=ContentFile(FILM, "choir.mp4"))
    made.thumbnail = ContentFile(b"still", "still.jpg")
    if where:
        made.collection = where
    made.save()
    return made


@pytest.fixture
def members():
    where = closing.collection()
    closing.close(where)
    return where


def test_a_video_of_a_closed_collection_is_stored_in_private(members):
    made = film(members)
    assert made.file.name.startswith("closed/films/")
    assert made.url == f"/films/{Path(made.file.name).name}"
    assert made.closed_in == members.pk
    assert (len(closing.private()), closing.public()) == (2, [])


@pytest.mark.parametrize("how", ["restriction", "form", "bulk"])
def test_a_video_that_is_closed_leaves_public_at_once_and_comes_back(members, committed, how):
    where = closing.collection("公开")
    made = film(where)
    first = closing.public()
    with committed():
        if how == "restriction":
            closing.close(where)
        elif how == "form":
            made.collection = members
            made.save()
        else:
            HouseMedia.objects.filter(pk=made.pk).update(collection=members)
    made = HouseMedia.objects.get(pk=made.pk)
    assert (closing.public(), len(closing.private())) == ([], 2)
    assert Path(made.file.path).read_bytes() == FILM
    with committed():
        if how == "restriction":
            where.view_restrictions.get().delete()
        else:
            HouseMedia.objects.filter(pk=made.pk).update(collection=where)
    made = HouseMedia.objects.get(pk=made.pk)
    assert (len(closing.public()), closing.private()) == (2, [])
    assert not set(closing.public()) & set(first)
    assert Path(made.file.path).read_bytes() == FILM


def test_the_job_of_the_same_transaction_takes_away_what_a_killed_process_left(members):
    where = closing.collection("公开")
    film(where)
    closing.close(where)  # nothing that follows the commit has run
    assert len(closing.public()) == 2
    jobs.run_waiting()
    assert closing.public() == []


def test_a_video_nobody_told_about_is_put_right_within_the_hour(members, committed):
    made = film()
    super(storage_queryset(), HouseMedia.objects.filter(pk=made.pk)).update(collection=members)
    assert film_files.astray() == 1
    with committed():
        chores.keep_closed()
    assert (closing.public(), film_files.astray()) == ([], 0)


def storage_queryset():
    from cms.kit.closed import ClosableQuerySet

    return ClosableQuerySet


def test_files_no_video_names_go_after_a_day(members):
    made = film()
    left = Path(storage.shown_storage().path("media/abcdefghijkm.mp4"))
    left.write_bytes(FILM)
    assert film_files.tidy() == 0
    os.utime(left, (time.time() - 90_000,) * 2)
    assert film_files.tidy() == 1
    assert Path(made.file.name).name in closing.public()


def test_a_video_whose_file_is_lost_moves_without_it(members, committed):
    made = film()
    made.file.storage.delete(made.file.name)
    with committed():
        HouseMedia.objects.filter(pk=made.pk).update(collection=members)
    assert HouseMedia.objects.get(pk=made.pk).closed_in == members.pk


def test_visitors_see_no_player_where_a_video_is_closed(members, person):
    request = RequestFactory().get("/")
    template = Template("{% load photos %}{% shown video as seen %}{{ seen.title }}")
    for user, said in ((None, ""), (person(), "合唱")):
        if user:
            request.user = user
            del request._reader
        assert template.render(Context({"video": film(members), "request": request})) == said
