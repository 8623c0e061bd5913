"""Reference data in the admin: for whoever holds the office, and nothing of it for anybody else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate as today
from wagtail.permissions import policy_registry

from extranet.members.models import Branch, Department, Office, OfficeKind, UnionGroup, User
from tests.prepared import prepared

pytestmark = pytest.mark.django_db
TABLES = ("department", "branch", "uniongroup", "officekind", "office")
STRUCTURE = TABLES[:3]


@pytest.fixture
def editor(site, person):
    """A news editor, with everything the website's groups give."""
    basics = prepared()
    somebody = person()
    somebody.groups.add(basics.editors, basics.first_reviewers, basics.second_reviewers)
    return somebody


@pytest.fixture
def chair(officer):
    return officer("chair")


def addresses(table, row):
    """Return every address of a table's screens."""
    plain = [reverse(f"{table}:{name}") for name in ("index", "index_results", "add")]
    named = ("edit", "delete", "history", "history_results", "usage")
    found = [*plain, *(reverse(f"{table}:{name}", args=[row.pk]) for name in named)]
    for step in ("merge", "close", "end", "hand_over"):
        try:
            found.append(reverse(f"{table}:{step}", args=[row.pk]))
        except NoReverseMatch:
            continue
    return found


@pytest.fixture
def rows(department, group, kinds, officer):
    keeper = officer("keeper")
    return {
        "department": department,
        "branch": group.branch,
        "uniongroup": group,
        "officekind": kinds["keeper"],
        "office": keeper.offices.get(),
    }


@pytest.mark.parametrize("table", TABLES)
def test_news_editors_reach_nothing_of_it(editor, client_of, rows, table):
    client = client_of(editor)
    for address in addresses(table, rows[table]):
        for ask in (client.get, client.post):
            response = ask(address)
            assert (response.status_code, response["Location"]) == (302, "/admin/"), address
    home = client.get("/admin/").content.decode()
    assert f"/admin/{table}/" not in home
    assert str(rows[table]) not in client.get("/admin/reports/site-history/", follow=True).content.decode()
    assert Department.objects.filter(closed_on=None).count() == 1
    assert Office.objects.filter(kind__slug="keeper", stopped_on=None).count() == 1


@pytest.mark.parametrize("table", TABLES)
def test_the_chair_opens_every_list_and_form(chair, client_of, rows, table):
    client = client_of(chair)
    for name in ("index", "index_results", "add"):
        assert client.get(reverse(f"{table}:{name}")).status_code == 200
    for name in ("edit", "history", "usage"):
        assert client.get(reverse(f"{table}:{name}", args=[rows[table].pk])).status_code == 200
    assert client.get(reverse(f"{table}:delete", args=[rows[table].pk])).status_code == 302
    assert client.get(reverse(f"{table}:index"), {"q": "内"}).status_code == 200


def test_a_membership_officer_keeps_the_structure_but_not_the_offices(officer, client_of, rows):
    client = client_of(officer("membership_officer"))
    for table in TABLES:
        status = client.get(reverse(f"{table}:index")).status_code
        assert status == (200 if table in STRUCTURE else 302)


def test_who_may_is_told_by_the_policy(chair, officer, person, admin):
    keeper = officer("membership_officer")
    structure, offices = policy_registry.get_by_type(Department), policy_registry.get_by_type(Office)
    assert set(structure.users_with_any_permission(["add"])) == {chair, keeper, admin}
    assert set(offices.users_with_any_permission(["change"])) == {chair, admin}
    assert not structure.user_has_any_permission(person(), ["add", "change"])
    assert not structure.user_has_permission(chair, "delete")


def test_a_department_is_opened_renamed_merged_and_closed(chair, client_of, branch):
    client = client_of(chair)
    said = {"name": "肾内科", "code": "K9", "branch": branch.pk, "order": "1", "on": f"{today():%Y-%m-%d}"}
    assert client.post(reverse("department:add"), said).status_code == 302
    made = Department.objects.get(name="肾内科")
    edit = reverse("department:edit", args=[made.pk])
    assert client.post(edit, {**said, "name": "肾病科"}).status_code == 302
    page = client.get(edit).content.decode()
    assert "肾内科" in page and "肾病科" in page and "更名" in page
    other = Department.objects.create(name="内科")
    merge = reverse("department:merge", args=[made.pk])
    assert client.get(merge).status_code == 200
    assert client.post(merge, {"into": other.pk, "on": said["on"]}).status_code == 302
    assert "已并入内科" in client.get(reverse("department:index")).content.decode()
    close = reverse("department:close", args=[other.pk])
    assert client.post(close, {"on": said["on"]}).status_code == 302
    assert Department.objects.open().count() == 0


def test_what_a_service_refuses_is_said_in_the_form(chair, client_of, department, member):
    member(department=department)
    client = client_of(chair)
    response = client.post(reverse("department:close", args=[department.pk]), {"on": f"{today():%Y-%m-%d}"})
    assert response.status_code == 200 and "还有 1 名会员" in response.content.decode()
    said = {"name": "心内科", "order": "1", "on": f"{today():%Y-%m-%d}"}
    response = client.post(reverse("department:add"), said)
    assert response.status_code == 200 and "已有同名科室" in response.content.decode()
    late = {**said, "name": "心血管内科", "branch": department.branch_id, "group": department.group_id}
    response = client.post(
        reverse("department:edit", args=[department.pk]),
        {**late, "on": f"{today() + timedelta(days=2):%Y-%m-%d}"},
    )
    assert list(response.context["form"].errors) == ["on"]
    department.refresh_from_db()
    assert (department.name, department.closed_on, Department.objects.count()) == ("心内科", None, 1)


def test_branches_and_groups_are_opened_renamed_and_closed(chair, client_of):
    client = client_of(chair)
    client.post(reverse("branch:add"), {"name": "门诊分工会", "order": "1"})
    branch = Branch.objects.get()
    client.post(reverse("uniongroup:add"), {"branch": branch.pk, "name": "一组", "order": "1"})
    group = UnionGroup.objects.get()
    client.post(
        reverse("uniongroup:edit", args=[group.pk]), {"branch": branch.pk, "name": "二组", "order": "1"}
    )
    group.refresh_from_db()
    assert group.name == "二组"
    for table, row in (("uniongroup", group), ("branch", branch)):
        client.post(reverse(f"{table}:close", args=[row.pk]), {"on": f"{today():%Y-%m-%d}"})
    assert Branch.objects.open().count() == UnionGroup.objects.open().count() == 0


def test_a_kind_of_office_is_written_with_its_groups_and_its_key_stays(chair, officer, client_of, kinds):
    choir, keeper = Group.objects.create(name="合唱团"), officer("keeper")
    address = reverse("officekind:edit", args=[kinds["keeper"].pk])
    said = {"name": "场地管理员", "slug": "other", "level": "branch", "order": "5", "groups": [choir.pk]}
    assert client_of(chair).post(address, said).status_code == 302
    kind = OfficeKind.objects.get(pk=kinds["keeper"].pk)
    assert (kind.name, kind.slug, kind.level) == ("场地管理员", "keeper", "house")
    assert list(keeper.groups.all()) == [choir]
    client_of(chair).post(
        reverse("officekind:add"), {"name": "宣传委员", "slug": "press", "level": "house", "order": "9"}
    )
    assert OfficeKind.objects.filter(slug="press").exists()


def appointment(**changes):
    return {"starts_on": f"{today():%Y-%m-%d}", "ends_on": "", "ground": "院工〔2026〕3号", **changes}


def test_somebody_is_appointed_by_number_or_name_ended_and_followed(chair, client_of, person, kinds):
    client, one, two = client_of(chair), person(name="丁屹川"), person(name="苏若竹")
    said = appointment(person=one.staff_number, kind=kinds["keeper"].pk)
    assert client.post(reverse("office:add"), said).status_code == 302
    office = one.offices.get()
    assert (office.ground, office.appointed_by) == ("院工〔2026〕3号", chair)
    edit = reverse("office:edit", args=[office.pk])
    assert client.post(edit, {"ends_on": "2999-01-01", "ground": "改"}).status_code == 302
    hand = reverse("office:hand_over", args=[office.pk])
    later = appointment(person="苏若竹", starts_on=f"{today() + timedelta(days=1):%Y-%m-%d}")
    assert client.get(hand).status_code == 200
    assert client.post(hand, later).status_code == 302
    following = two.offices.get()
    end = reverse("office:end", args=[following.pk])
    assert client.post(end, {"because": ""}).status_code == 200
    assert client.post(end, {"because": "另有任用"}).status_code == 302
    following.refresh_from_db()
    assert following.ended_because == "另有任用"
    page = client.get(reverse("office:history", args=[following.pk])).content.decode()
    assert "另有任用" in page
    for state, seen in (("running", "丁屹川"), ("over", "苏若竹"), ("coming", "")):
        listed = client.get(reverse("office:index"), {"state": state}).content.decode()
        assert (seen or "没有") in listed


@pytest.mark.parametrize(
    ("who", "said"), [("nobody", "没有这个工号或姓名"), ("同名", "请改填工号"), ("chair", "不能任命自己")]
)
def test_an_appointment_that_cannot_be_says_why(chair, client_of, person, who, said):
    keeper = OfficeKind.objects.get(slug="keeper")
    for _ in range(2):
        person(name="同名")
    form = appointment(person=chair.staff_number if who == "chair" else who, kind=keeper.pk)
    response = client_of(chair).post(reverse("office:add"), form)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["person"]
    assert said in response.content.decode()
    assert not Office.objects.filter(kind__slug="keeper").exists()


def test_an_office_that_ends_shuts_the_admin_at_the_very_next_click(officer, chair, client_of):
    from extranet.members.services.offices import end_office

    keeper = officer("membership_officer")
    client = client_of(keeper)
    assert client.get(reverse("department:index")).status_code == 200
    end_office(keeper.offices.get(), because="换届", actor=chair)
    response = client.get(reverse("department:index"))
    assert response.status_code == 403 or response["Location"].startswith(
        ("/accounts/login/", "/admin/login/")
    )
    assert User.objects.get(pk=keeper.pk).groups.count() == 0


def test_a_term_that_ran_out_overnight_shuts_the_admin_too(officer, client_of, monkeypatch):
    from django.utils import timezone

    keeper = officer("membership_officer", ends_on=today())
    client = client_of(keeper)
    assert client.get(reverse("department:index")).status_code == 200
    tomorrow = today() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_at: tomorrow)
    assert client.get(reverse("department:index")).status_code != 200
    assert User.objects.get(pk=keeper.pk).groups.count() == 0


def test_a_turn_of_terms_is_noticed_outside_the_admin_without_a_query(officer, client_of, site, monkeypatch):
    from django.utils import timezone

    keeper = officer("membership_officer", ends_on=today())
    client = client_of(keeper)
    client.get("/extranet/members/me/")
    assert User.objects.get(pk=keeper.pk).groups.count() == 1
    tomorrow = today() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_at: tomorrow)
    client.get("/extranet/members/me/")
    assert User.objects.get(pk=keeper.pk).groups.count() == 0


def test_groups_that_offices_give_are_not_given_by_hand(admin, client_of, person, kinds):
    mapped = kinds["chair"].groups.get()
    free = Group.objects.create(name="合唱团")
    somebody, client = person(), client_of(admin)
    page = client.get(reverse("wagtailusers_users:edit", args=[somebody.pk])).content.decode()
    assert "任职" in page
    words = {"staff_number": somebody.staff_number, "name": somebody.name, "email": "", "mobile": ""}
    words |= {"password1": "", "password2": "", "is_active": "on", "groups": [mapped.pk, free.pk]}
    edit = reverse("wagtailusers_users:edit", args=[somebody.pk])
    assert list(client.post(edit, words).context["form"].errors) == ["groups"]
    assert client.post(edit, {**words, "groups": [free.pk]}).status_code == 302
    assert list(somebody.groups.all()) == [free]
    bulk = reverse("wagtail_bulk_action", args=["members", "user", "assign_role"])
    client.post(f"{bulk}?id={somebody.pk}", {"role": mapped.pk})
    assert list(somebody.groups.all()) == [free]


def test_saving_a_person_leaves_what_their_office_gives(admin, client_of, officer, kinds):
    chair, mapped = officer("chair"), kinds["chair"].groups.get()
    client, edit = client_of(admin), reverse("wagtailusers_users:edit", args=[chair.pk])
    assert mapped.name in client.get(edit).content.decode()
    words = {"staff_number": chair.staff_number, "name": "改过名", "email": "", "mobile": ""}
    words |= {"password1": "", "password2": "", "is_active": "on"}
    assert client.post(edit, words).status_code == 302
    chair.refresh_from_db()
    assert (chair.name, list(chair.groups.all())) == ("改过名", [mapped])
