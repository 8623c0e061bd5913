"""Pictures of closed collections: private with everything drawn of them, and at once whatever closes them."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult
from wagtail.models import Collection

from cms.kit import closed, jobs, photo_files, photos
from cms.kit.jobs import chores
from cms.kit.models import Consent, HouseImage
from cms.kit.models.pages import Reader
from tests.kit import closing
from tests.kit import photographs as pictures

pytestmark = pytest.mark.usefixtures("folders")
SIZES = [[400, 240], [800, 480], [1000, 600]]


@pytest.fixture
def members():
    """A closed collection."""
    where = closing.collection()
    closing.close(where)
    return where


@pytest.fixture
def open_one():
    """A picture of an open collection, drawn, with a preview of the admin."""
    image = closing.drawn(closing.collection("公开"))
    image.get_rendition("max-165x165")
    return image


def fresh(image):
    return HouseImage.objects.get(pk=image.pk)


# --- What is closed ---------------------------------------------------------------------------


def test_a_collection_is_closed_with_everything_below_it(django_assert_num_queries):
    top, other = closing.collection("甲"), closing.collection("乙")
    below = closing.collection("甲一", top)
    closing.close(top)
    with django_assert_num_queries(1):
        assert closed.closed_to() == {top.pk, below.pk}
    assert [closed.is_closed(c.pk) for c in (top, below, other)] == [True, True, False]
    assert closed.is_closed(None) is False


def test_who_may_look_into_which_collection(person, admin):
    committee = Group.objects.create(name="女工委")
    for_members, for_some = closing.collection("会员"), closing.collection("委员")
    closing.close(for_members)
    closing.close(for_some, committee)
    insider, outsider = person(), person()
    insider.groups.add(committee)
    everything = {for_members.pk, for_some.pk}
    assert closed.closed_to(AnonymousUser()) == everything
    assert closed.closed_to(outsider) == {for_some.pk}
    assert closed.closed_to(insider) == closed.closed_to(admin) == set()


def test_the_question_written_out_agrees_with_the_rule(person, admin):
    committee, council = Group.objects.create(name="女工委"), Group.objects.create(name="职代会")
    outer = closing.collection("外")
    places = [closing.collection("开放"), outer, closing.collection("内", outer), closing.collection("两组")]
    places += [closing.collection("口令"), closing.collection("无")]
    closing.close(places[1])
    closing.close(places[2], committee)
    closing.close(places[3], committee, council)
    for where, kind in ((places[4], "password"), (places[5], "none")):
        closing.close(where)
        where.view_restrictions.update(restriction_type=kind)
    images = [closing.stored(where, title=where.name) for where in places]
    readers = [admin, person(), person(), person()]
    readers[2].groups.add(committee)
    readers[3].groups.add(council)
    for reader in readers:
        barred = closed.closed_to(reader)
        for image in images:
            may = image.collection_id not in barred
            found = closed.lets(reader, HouseImage, ["file"], ["x", image.file.name])
            assert (found or reader == admin) is may, (reader.name, image.title)
    assert closed.lets(readers[1], HouseImage, ["file"], ["originals/missing.jpg"]) is False


def test_the_members_collection_is_made_once_and_closed():
    first = closed.members_collection()
    assert closed.members_collection() == first
    assert closed.closed_to() == {first.pk}


# --- Where files lie --------------------------------------------------------------------------


def test_nothing_of_a_closed_picture_ever_lies_in_public(members):
    image = closing.stored(members)
    assert image.served == {"closed": members.pk}
    jobs.run_waiting()
    image = fresh(image)
    image.get_rendition("max-165x165")
    image.get_renditions("fill-200x200", "width-120|format-webp")
    assert closing.public() == []
    stem = Path(image.file.name).stem
    on_demand = ["2e16d0ba.fill-200x200.jpg", "max-165x165.jpg", "width-120.format-webp.webp"]
    assert closing.private() == sorted(
        [*closing.sizes(image, 400, 800, 1000), *(f"{stem}.{name}" for name in on_demand)]
    )
    assert image.served == {"stem": stem, "sizes": SIZES, "closed": members.pk}
    assert photos.photo_url(image) == f"http://127.0.0.1:8000/pictures/{stem}-1000.jpg"
    assert image.get_rendition("max-165x165").url == f"/pictures/{stem}.max-165x165.jpg"


def _add_restriction(image):
    closing.close(image.collection)


def _restrict_above(image):
    top = closing.collection("上级")
    closing.close(top)
    Collection.objects.get(pk=image.collection_id).move(Collection.objects.get(pk=top.pk), pos="sorted-child")


def _move_by_form(image):
    where = closing.collection()
    closing.close(where)
    image = fresh(image)
    image.collection = where
    image.save()


def _move_in_bulk(image):
    where = closing.collection()
    closing.close(where)
    HouseImage.objects.filter(pk=image.pk).update(collection=where)


@pytest.mark.parametrize("how", [_add_restriction, _restrict_above, _move_by_form, _move_in_bulk])
def test_whatever_closes_a_picture_takes_it_from_public_at_once(open_one, committed, how):
    assert len(closing.public()) == 10
    with committed():
        how(open_one)
    image = fresh(open_one)
    assert closing.public() == closing.private() == []
    assert (image.served, image.rendered_at, image.renditions.count()) == (
        {"closed": image.collection_id},
        None,
        0,
    )
    jobs.run_waiting()
    image = fresh(image)
    assert image.served["sizes"] == SIZES
    assert closing.public() == []
    assert closing.private() == closing.sizes(image, 400, 800, 1000)


def test_nothing_leaves_public_when_the_change_is_rolled_back(open_one, django_capture_on_commit_callbacks):
    from django.db import transaction

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        closing.close(open_one.collection)
        raise RuntimeError
    assert len(closing.public()) == 10
    assert fresh(open_one).served == open_one.served


def _remove_restriction(image):
    image.collection.view_restrictions.get().delete()


def _move_away(image):
    image.collection = closing.collection("公开")
    image.save()


def _move_collection_away(image):
    root = Collection.get_first_root_node()
    Collection.objects.get(pk=image.collection_id).move(root, pos="sorted-child")


@pytest.mark.parametrize("how", [_remove_restriction, _move_away, _move_collection_away])
def test_what_opens_a_picture_again_brings_it_back(committed, how):
    top = closing.collection("上级")
    where = closing.collection("下级", top)
    closing.close(top if how is _move_collection_away else where)
    image = closing.drawn(where)
    with committed():
        how(image)
    assert (fresh(image).served, closing.private(), closing.public()) == ({}, [], [])
    jobs.run_waiting()
    image = fresh(image)
    assert closing.private() == []
    assert closing.public() == closing.sizes(image, 400, 800, 1000)
    assert "closed" not in image.served


def test_a_picture_that_moves_between_closed_collections_stays_drawn(members, committed):
    image = closing.drawn(members)
    other = closing.collection("另一处")
    closing.close(other)
    lying = closing.private()
    with committed():
        HouseImage.objects.filter(pk=image.pk).update(collection=other)
    assert fresh(image).served == {**image.served, "closed": other.pk}
    image = fresh(image)
    image.collection = members
    with committed():
        image.save()
    assert fresh(image).served["closed"] == members.pk
    assert closing.private() == lying
    assert DBTaskResult.objects.filter(task_path__endswith="render_photo").count() == 1


@pytest.mark.parametrize("end", ["withdrawn", "replaced", "deleted", "deleted in bulk", "collection deleted"])
def test_nothing_of_a_closed_picture_stays_when_it_goes(members, committed, end):
    image = closing.drawn(members)
    image.get_rendition("max-165x165")
    original = image.file.name
    with committed():
        if end == "withdrawn":
            image.consent = Consent.WITHDRAWN
            image.save()
        elif end == "replaced":
            image.file = pictures.upload(pictures.camera_jpeg(60, 40))
            image.save()
        elif end == "deleted":
            image.delete()
        elif end == "deleted in bulk":
            HouseImage.objects.filter(pk=image.pk).delete()
        else:
            Collection.objects.get(pk=members.pk).delete()
    jobs.run_waiting()
    left = closing.sizes(fresh(image), 60) if end == "replaced" else []
    assert (closing.private(), closing.public()) == (left, [])
    assert image.file.storage.exists(original) is (end == "withdrawn")


def test_consent_withdrawn_in_bulk_takes_the_files_away(open_one, committed):
    with committed():
        HouseImage.objects.filter(pk=open_one.pk).update(consent=Consent.WITHDRAWN)
    assert (closing.public(), fresh(open_one).served) == ([], {})


# --- Races and kills --------------------------------------------------------------------------


def test_a_picture_closed_while_it_is_drawn_never_comes_to_light(committed, monkeypatch):
    image = closing.stored(closing.collection())
    develop = photos.darkroom.develop

    def slowly(file, widths):
        yield from develop(file, widths)
        closing.close(image.collection)
        assert closing.public() == []

    monkeypatch.setattr(photos.darkroom, "develop", slowly)
    with committed():
        assert photos.render(image) == SIZES
    assert closing.public() == []
    assert closing.private() == closing.sizes(image, 400, 800, 1000)


def test_a_picture_nobody_told_about_is_closed_when_it_is_drawn(members, committed):
    image = closing.drawn()
    HouseImage.objects.filter(pk=image.pk).update(rendered_at=None)
    super(closed.ClosableQuerySet, HouseImage.objects.filter(pk=image.pk)).update(collection=members)
    with committed():
        assert photos.render(fresh(image)) == []
    assert closing.public() == []
    jobs.run_waiting()
    assert closing.private() == closing.sizes(image, 400, 800, 1000)


def test_a_preview_drawn_while_its_picture_is_closed_lies_in_private(open_one, monkeypatch):
    generate = HouseImage.generate_rendition_file

    def slowly(self, *args, **kwargs):
        made = generate(self, *args, **kwargs)
        closing.close(self.collection)
        return made

    monkeypatch.setattr(HouseImage, "generate_rendition_file", slowly)
    assert open_one.create_rendition(photos_filter("max-90x90")).file.name.startswith("closed/pictures/")


def test_a_preview_drawn_while_consent_is_withdrawn_is_grey(open_one, monkeypatch):
    from PIL import Image

    generate = HouseImage.generate_rendition_file

    def slowly(self, *args, **kwargs):
        made = generate(self, *args, **kwargs)
        if not self.is_withdrawn:
            now = fresh(self)
            now.consent = Consent.WITHDRAWN
            now.save()
        return made

    monkeypatch.setattr(HouseImage, "generate_rendition_file", slowly)
    rendition = open_one.create_rendition(photos_filter("max-90x90"))
    with Image.open(rendition.file.path) as opened:
        assert opened.convert("L").getextrema() == (190, 190)


def photos_filter(spec):
    from wagtail.images.models import Filter

    return Filter(spec)


def test_files_a_killed_process_left_are_swept_by_the_job_of_the_same_transaction(open_one):
    stem = Path(open_one.file.name).stem
    closing.close(open_one.collection)  # the commit never says so: nothing that follows it has run
    Path(photos.shown_storage().path(f"images/{stem}.max-77x77.jpg")).write_bytes(b"left by another")
    assert (len(closing.public()), photo_files.strays()) == (11, 11)
    jobs.run_waiting()
    assert (closing.public(), photo_files.strays()) == ([], 0)
    assert closing.private() == closing.sizes(open_one, 400, 800, 1000)


def test_a_picture_opened_again_meanwhile_keeps_what_is_drawn_anew(open_one):
    names = [f"images/{name}" for name in closing.public()]
    assert photo_files.erase(names, [Path(open_one.file.name).stem]) == 0
    assert len(closing.public()) == 10


def test_a_database_too_busy_to_be_asked_keeps_nothing_in_sight(open_one, monkeypatch):
    def busy(_stems, *, lock=False):
        raise OperationalError("database is locked")

    monkeypatch.setattr(photo_files, "_named", busy)
    names = [f"images/{name}" for name in closing.public()]
    assert photo_files.erase(names, [Path(open_one.file.name).stem]) == 10
    assert closing.public() == []


def test_what_changed_behind_the_back_is_put_right_within_the_hour(open_one, committed):
    where = closing.collection()
    closing.close(where)
    super(closed.ClosableQuerySet, HouseImage.objects.filter(pk=open_one.pk)).update(collection=where)
    assert photo_files.astray() == 1
    with committed():
        chores.keep_closed()
    assert (closing.public(), photo_files.astray()) == ([], 0)
    jobs.run_waiting()
    assert closing.private() == closing.sizes(open_one, 400, 800, 1000)


def test_files_of_strangers_in_the_folder_are_left_alone(open_one):
    other = Path(photos.shown_storage().path("images/logo.png"))
    other.write_bytes(b"not ours")
    assert photo_files.sweep() == 0
    assert other.exists()


# --- Who sees them ----------------------------------------------------------------------------


def test_a_reader_is_asked_once_for_any_number_of_pictures(members, person, django_assert_num_queries):
    images = [closing.stored(members, title=f"{n}") for n in range(3)]
    for user, seen, queries in ((AnonymousUser(), 0, 0), (person(), 3, 1)):
        reader = Reader(user)
        with django_assert_num_queries(queries):
            assert len([image for image in images if reader.shown(image)]) == seen
