"""Administrators keep people's accounts in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.log_actions import log

pytestmark = pytest.mark.django_db
User = get_user_model()
GOOD = "Paper-boat-19"


@pytest.fixture
def desk(client_of, admin):
    return client_of(admin)


@pytest.fixture
def keeper(person):
    """Somebody who may change people but is no administrator."""
    somebody = person(name="人事")
    somebody.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "add_user", "change_user", "delete_user"])
    )
    return somebody


def form_for(**changes):
    words = {"staff_number": "20260001", "name": "新同事", "email": "", "mobile": ""}
    return words | {"password1": GOOD, "password2": GOOD} | changes


def create(client, **changes):
    return client.post(reverse("wagtailusers_users:add"), form_for(**changes))


def edit(client, somebody, **changes):
    words = {"staff_number": somebody.staff_number, "name": somebody.name, "email": somebody.email}
    words |= {"mobile": somebody.mobile, "password1": "", "password2": "", "is_active": "on"}
    words.update(changes)
    return client.post(reverse("wagtailusers_users:edit", args=[somebody.pk]), words)


def errors_of(response):
    return response.context["form"].errors


def test_an_administrator_adds_a_person_who_can_then_sign_in(desk, client):
    group = Group.objects.create(name="desk")
    assert create(desk, email="New@Example.org", mobile="138 0000-0000", groups=[group.pk]).status_code == 302
    made = User.objects.get(staff_number="20260001")
    assert (made.name, made.email, made.mobile) == ("新同事", "new@example.org", "13800000000")
    assert list(made.groups.all()) == [group]
    client.post("/accounts/login/", {"login": "20260001", "password": GOOD})
    assert client.session["_auth_user_id"] == str(made.pk)


def test_a_staff_number_is_kept_in_one_spelling(desk):
    create(desk, staff_number=" ＡＢ００１２ ")
    assert User.objects.filter(staff_number="ab0012").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("staff_number", "12"),
        ("staff_number", "工号一二三"),
        ("staff_number", ""),
        ("staff_number", "1" * 21),
        ("name", " "),
        ("email", "no-address"),
        ("mobile", "call me"),
    ],
)
def test_a_wrong_field_is_told_at_the_field_and_nothing_is_kept(desk, field, value):
    response = create(desk, **{field: value})
    assert list(errors_of(response)) == [field]
    assert User.objects.count() == 1


def test_a_taken_staff_number_is_refused_in_any_spelling(desk, person):
    person(staff_number="ab0012")
    response = create(desk, staff_number="AB0012")
    assert set(errors_of(response)) == {"staff_number"}


def test_a_taken_mail_address_is_refused_at_its_field(desk, person):
    person(email="one@example.org")
    response = create(desk, email="One@Example.org")
    assert list(errors_of(response)) == ["email"]


@pytest.mark.parametrize("word", ["short-1", "12345678901234", "password1234", "20260001-a"])
def test_a_password_set_by_an_administrator_obeys_the_validators(desk, word):
    response = create(desk, password1=word, password2=word)
    assert list(errors_of(response)) == ["password2"]
    assert User.objects.count() == 1


def test_two_different_passwords_are_refused(desk):
    assert list(errors_of(create(desk, password2="Paper-boat-20"))) == ["password2"]


def test_changing_a_person_keeps_the_password_unless_a_new_one_is_typed(desk, person):
    somebody = person()
    assert edit(desk, somebody, name="改过名", mobile="13900000000").status_code == 302
    somebody.refresh_from_db()
    assert (somebody.name, somebody.mobile) == ("改过名", "13900000000")
    assert somebody.check_password("Corridor-lamp-7")
    edit(desk, somebody, password1=GOOD, password2=GOOD)
    somebody.refresh_from_db()
    assert somebody.check_password(GOOD)


def test_switching_off_ends_the_running_session(desk, person, client_of):
    somebody = person()
    theirs = client_of(somebody)
    edit(desk, somebody, is_active="")
    somebody.refresh_from_db()
    assert somebody.is_active is False
    assert not theirs.get("/accounts/login/").wsgi_request.user.is_authenticated


def test_people_are_listed_and_found_by_name_number_mail_and_mobile(desk, person):
    person(name="张小梅", staff_number="771122", email="mei@example.org", mobile="13711112222")
    person(name="李大力", staff_number="885566")
    address = reverse("wagtailusers_users:index")
    page = desk.get(address).content.decode()
    assert "张小梅" in page and "771122" in page and "李大力" in page
    for words in ("小梅", "7711", "mei@", "1371111"):
        found = desk.get(address, {"q": words}).content.decode()
        assert "张小梅" in found and "李大力" not in found


@pytest.mark.parametrize("order", ["name", "-name", "staff_number", "-is_active", "last_login"])
def test_the_list_sorts(desk, order):
    assert desk.get(reverse("wagtailusers_users:index"), {"ordering": order}).status_code == 200


def test_a_list_of_many_costs_no_more_queries(desk, person, connection_count):
    few = connection_count(lambda: desk.get(reverse("wagtailusers_users:index")))
    for _ in range(12):
        person().groups.add(Group.objects.get_or_create(name="desk")[0])
    assert connection_count(lambda: desk.get(reverse("wagtailusers_users:index"))) <= few + 1


def test_a_mistaken_account_can_be_deleted(desk, person):
    somebody = person()
    assert desk.post(reverse("wagtailusers_users:delete", args=[somebody.pk])).status_code == 302
    assert not User.objects.filter(pk=somebody.pk).exists()


@pytest.mark.parametrize("trace", ["signed in", "wrote a page", "is in the log"])
def test_a_person_with_a_history_is_never_deleted(desk, person, homepage, client_of, trace):
    somebody = person()
    if trace == "signed in":
        client_of(somebody)
    elif trace == "wrote a page":
        homepage.save_revision(user=somebody)
    else:
        log(instance=homepage, action="wagtail.edit", user=somebody)
    single = desk.post(reverse("wagtailusers_users:delete", args=[somebody.pk]), follow=True)
    assert single.redirect_chain[0][0] == "/admin/"
    bulk = reverse("wagtail_bulk_action", args=["members", "user", "delete"])
    desk.post(f"{bulk}?id={somebody.pk}")
    assert User.objects.filter(pk=somebody.pk).exists()
    page = desk.get(reverse("wagtailusers_users:edit", args=[somebody.pk])).content.decode()
    assert reverse("wagtailusers_users:delete", args=[somebody.pk]) not in page


def test_several_people_can_be_switched_off_at_once(desk, person, admin):
    one, two = person(), person()
    bulk = reverse("wagtail_bulk_action", args=["members", "user", "set_active_state"])
    address = f"{bulk}?id={one.pk}&id={two.pk}&id={admin.pk}"
    desk.post(address, {"mark_as_active": "False"})
    assert set(User.objects.filter(is_active=True)) == {admin}


def test_acting_on_the_whole_list_means_what_the_search_shows(desk, person):
    one, two = person(name="张小梅"), person(name="李大力")
    bulk = reverse("wagtail_bulk_action", args=["members", "user", "set_active_state"])
    desk.post(f"{bulk}?id=all&q=小梅", {"mark_as_active": "False"})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.is_active, two.is_active) == (False, True)


def test_who_keeps_people_makes_no_administrators_and_gives_no_groups(keeper, client_of, person):
    group = Group.objects.create(name="desk")
    client = client_of(keeper)
    assert create(client, is_superuser="on", groups=[group.pk]).status_code == 302
    made = User.objects.get(staff_number="20260001")
    assert (made.is_superuser, made.groups.count()) == (False, 0)
    edit(client, keeper, is_superuser="on", groups=[group.pk])
    keeper.refresh_from_db()
    assert (keeper.is_superuser, keeper.groups.count()) == (False, 0)
    bulk = reverse("wagtail_bulk_action", args=["members", "user", "assign_role"])
    client.post(f"{bulk}?id={keeper.pk}", {"role": group.pk})
    assert keeper.groups.count() == 0


def test_who_keeps_people_cannot_touch_an_administrator(keeper, client_of, admin):
    edit(client_of(keeper), admin, password1=GOOD, password2=GOOD)
    admin.refresh_from_db()
    assert admin.check_password("Corridor-lamp-7")


def test_an_administrator_cannot_switch_off_themselves(desk, admin):
    edit(desk, admin, is_active="", is_superuser="")
    admin.refresh_from_db()
    assert (admin.is_active, admin.is_superuser) == (True, True)


def test_an_account_cannot_be_copied(desk, person):
    assert desk.get(f"/admin/users/copy/{person().pk}/").status_code == 404


def test_ones_own_account_asks_for_no_first_and_last_name_and_takes_no_avatar(desk, admin):
    page = desk.get("/admin/account/").content.decode()
    assert "first_name" not in page and 'type="file"' not in page
    words = {"notifications-submitted_notifications": "on", "locale-preferred_language": "en"}
    words |= {"theme-theme": "system", "theme-density": "default", "theme-contrast": "system"}
    words |= {"theme-keyboard_shortcuts": "on"}
    assert desk.post("/admin/account/", words).status_code == 302
    admin.wagtail_userprofile.refresh_from_db()
    assert admin.wagtail_userprofile.preferred_language == "en"
