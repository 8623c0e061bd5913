"""The register of honours: what the database refuses, the two steps, who may take them, their traces."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from cms.kit.models import HouseDocument
from home.models import CommendationPage, Honour
from home.register.steps import loses_all, restore, taken_down_with, withdraw
from tests.home.factories import commendation, days_ago, honour, model_index, picture

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def keeper(person):
    """Somebody who keeps the register and may publish everywhere."""
    return person(name="罗长青", is_superuser=True)


@pytest.fixture
def section(homepage):
    return model_index(homepage)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"level": 0}, "level_known"),
        ({"level": 5}, "level_known"),
        ({"kind": "club"}, "kind_known"),
        ({"year": 1899}, "year_sane"),
        ({"year": 3000}, "year_sane"),
        ({"month": 0}, "day_whole"),
        ({"month": 13}, "day_whole"),
        ({"day": 3}, "day_whole"),
        ({"month": 4, "day": 0}, "day_whole"),
        ({"month": 4, "day": 32}, "day_whole"),
        ({"withdrawn_on": days_ago(1)}, "withdrawn_whole"),
        ({"withdrawn_why": "材料不实"}, "withdrawn_whole"),
    ],
)
def test_the_database_refuses(wrong, constraint):
    with pytest.raises(IntegrityError, match=f"home_honour_{constraint}"), transaction.atomic():
        honour(**wrong)
    assert not Honour.objects.exists()


def test_who_withdrew_is_named_only_beside_a_withdrawal(person):
    with pytest.raises(IntegrityError, match="withdrawn_whole"), transaction.atomic():
        honour(withdrawn_by=person())
    kept = honour(withdrawn_on=days_ago(1), withdrawn_why="材料不实", withdrawn_by=person())
    kept.withdrawn_by.delete()
    kept.refresh_from_db()
    assert (kept.withdrawn_by, kept.is_standing) == (None, False)


def refused(**fields):
    """Return {field: sentence} of what a form would say to an honour with these fields."""
    given = {"title": "市劳动模范", "level": 2, "issuer": "市政府", "year": 2024, "recipient": "技师"}
    with translation.override("en"):
        try:
            Honour(**given | fields).full_clean()
        except ValidationError as error:
            return {field: str(sentences[0]) for field, sentences in error.message_dict.items()}
    return {}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, {}),
        ({"month": 2, "day": 29}, {}),
        ({"year": 2023, "month": 2, "day": 29}, {"day": "This month has no such day."}),
        ({"day": 3}, {"month": "Write the month as well."}),
        ({"month": 13}, {"month": "Write the month as a number from 1 to 12."}),
        (
            {"year": TODAY.year + 1},
            {"year": "This day has not come yet; write the day it was awarded."},
        ),
        ({"citation": "二十六年"}, {"citation_source": "Write where the citation is taken from."}),
        ({"citation_source": "表彰决定"}, {"citation": "Write the line that comes from this source."}),
        (
            {"certificate_public": True},
            {"certificate_public": "Choose a picture or a file of the certificate first."},
        ),
    ],
)
def test_a_form_says_at_the_field_what_contradicts_itself(fields, said):
    found = refused(**fields)
    assert {field: found.get(field) for field in said} == said
    assert bool(found) is bool(said)


def test_a_year_of_two_digits_is_told_at_its_field():
    assert refused(year=26)["year"] == "Write the year with four digits, such as 2026."


def test_a_certificate_in_a_closed_collection_is_not_shown_to_everybody():
    from wagtail.models import Collection, CollectionViewRestriction

    closed = Collection.get_first_root_node().add_child(name="会员资料")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    scan = HouseDocument.objects.create(title="证书", file="documents/scan.pdf", collection=closed)
    said = refused(certificate_public=True, certificate_file=scan)
    assert said == {"certificate_file": "It lies in a collection that visitors may not read. Move it first."}


@pytest.mark.parametrize(
    ("fields", "words", "iso"),
    [
        ({"year": 2024}, "2024年", "2024"),
        ({"year": 2024, "month": 4}, "2024年4月", "2024-04"),
        ({"year": 2024, "month": 4, "day": 8}, "2024年4月8日", "2024-04-08"),
    ],
)
def test_a_day_is_said_as_far_as_it_is_known(fields, words, iso):
    one = honour(**fields)
    assert (one.when, one.iso) == (words, iso)


def test_withdrawing_and_restoring_are_written_into_the_history(keeper):
    one = honour("省优秀护士", level=3, recipient="护士长", year=2021)
    withdraw(one, by=keeper, on=TODAY, why=" 申报材料与事实不符 ")
    assert (one.withdrawn_on, one.withdrawn_why, one.withdrawn_by) == (TODAY, "申报材料与事实不符", keeper)
    assert str(one) == "2021 · 省优秀护士 · 护士长（已撤销）"
    assert list(Honour.objects.standing()) == []
    restore(one, by=keeper)
    assert (one.withdrawn_on, one.withdrawn_why, one.withdrawn_by) == (None, "", None)
    entries = ModelLogEntry.objects.for_instance(one).order_by("timestamp", "pk")
    assert [(entry.user, entry.message) for entry in entries] == [
        (keeper, f"于 {TODAY:%Y-%m-%d} 撤销：申报材料与事实不符"),
        (keeper, f"恢复（曾于 {TODAY:%Y-%m-%d} 撤销：申报材料与事实不符）"),
    ]


@pytest.mark.parametrize(
    ("on", "why", "field"),
    [
        (TODAY + timedelta(days=1), "材料不实", "on"),
        (TODAY - timedelta(days=9999), "材料不实", "on"),
        (TODAY, "   ", "why"),
        (TODAY, "长" * 301, "why"),
    ],
)
def test_a_withdrawal_without_a_sound_day_or_reason_leaves_nothing_behind(on, why, field, keeper):
    one = honour()
    with pytest.raises(ValidationError) as refusal:
        withdraw(one, by=keeper, on=on, why=why)
    assert set(refusal.value.message_dict) == {field}
    one.refresh_from_db()
    assert one.is_standing
    assert not ModelLogEntry.objects.for_instance(one).exists()


def test_the_second_of_two_hands_is_told_who_was_first(keeper, person):
    one = honour()
    late = Honour.objects.get(pk=one.pk)
    withdraw(one, by=keeper, on=TODAY, why="材料不实")
    with pytest.raises(ValidationError, match=r"罗长青.*材料不实"):
        withdraw(late, by=person(is_superuser=True), on=TODAY, why="重复登记")
    restore(one, by=keeper)
    with pytest.raises(ValidationError, match="恢复"):
        restore(late, by=keeper)
    assert ModelLogEntry.objects.for_instance(one).count() == 2


def test_only_the_right_opens_the_steps(person):
    one, editor = honour(), person()
    editor.user_permissions.add(Permission.objects.get(codename="change_honour"))
    with pytest.raises(PermissionDenied):
        withdraw(one, by=editor, on=TODAY, why="材料不实")
    with pytest.raises(PermissionDenied):
        restore(honour(withdrawn_on=TODAY, withdrawn_why="重复"), by=editor)
    assert Honour.objects.standing().get() == one


def test_no_form_and_no_old_version_undoes_a_withdrawal(keeper):
    one = honour()
    version = one.save_revision(user=keeper)
    stale = Honour.objects.get(pk=one.pk)
    withdraw(one, by=keeper, on=TODAY, why="材料不实")
    stale.issuer = "市总工会"
    stale.save()
    version.as_object().save()
    one.refresh_from_db()
    assert (one.is_standing, one.withdrawn_why, one.issuer) == (False, "材料不实", "市人民政府")


def test_a_page_left_without_gold_goes_with_the_honour_and_comes_back_as_it_was(keeper, section):
    one, other = honour(), honour("护理操作能手", level=1)
    alone = commendation(section, "技师", [one], slug="alone")
    alone.save_revision(user=keeper).publish(user=keeper)
    kept = commendation(section, "护士长", [one, other], slug="kept")
    assert (loses_all(alone, one), loses_all(kept, one)) == (True, False)
    draft = CommendationPage.objects.get(pk=alone.pk)
    draft.title = "还没审的新题目"
    draft.save_revision(user=keeper)
    withdraw(one, by=keeper, on=TODAY, why="材料不实", down=[alone])
    live = dict(CommendationPage.objects.values_list("slug", "live"))
    assert live == {"alone": False, "kept": True}
    assert taken_down_with(one) == [alone]
    restore(one, by=keeper, up=taken_down_with(one))
    back = CommendationPage.objects.get(pk=alone.pk)
    assert (back.live, back.title, back.has_unpublished_changes) == (True, "技师的故事", True)
    assert back.get_latest_revision_as_object().title == "还没审的新题目"


def test_whoever_may_not_publish_takes_no_page_down(person, section):
    one = honour()
    page = commendation(section, honours=[one])
    clerk = person()
    clerk.user_permissions.add(Permission.objects.get(codename="withdraw_honour"))
    with pytest.raises(PermissionDenied):
        withdraw(one, by=clerk, on=TODAY, why="材料不实", down=[page])
    page.refresh_from_db()
    one.refresh_from_db()
    assert (page.live, one.is_standing) == (True, True)


def test_an_honour_on_a_page_cannot_be_deleted(section):
    one = honour()
    commendation(section, honours=[one])
    with pytest.raises(ProtectedError):
        one.delete()
    assert Honour.objects.count() == 1


def test_a_certificate_is_open_only_by_choice_and_while_its_picture_may_be_shown():
    scan = picture("证书")
    assert not honour(certificate_image=scan).has_open_certificate
    assert honour(certificate_image=scan, certificate_public=True).has_open_certificate
    scan.consent = "withdrawn"
    assert not honour(certificate_image=scan, certificate_public=True).has_open_certificate
