"""Officers look people up: found by name, sound, number and department, and only whom they act for."""

import csv
import io
from urllib.parse import urlencode

import pytest
import python_calamine
from django.urls import reverse

from extranet.core.models import Export, ReadLog
from extranet.core.permissions import may
from extranet.members.models import Branch, Department, Membership, UnionGroup, User
from extranet.members.selectors.directory import directory_of, matching, narrowed
from extranet.members.services.looking import uncover

pytestmark = pytest.mark.django_db
ADDRESS = "/extranet/members/"


@pytest.fixture
def keeper(officer):
    return officer("membership_officer")


@pytest.fixture
def desk(keeper, client_of):
    return client_of(keeper)


@pytest.fixture
def people(member, department):
    """Four people to tell apart."""
    other = Department.objects.create(name="骨科一病区")
    return {
        "曾小梅": member("曾小梅", department=department, shift="night"),
        "张小美": member("张小美", department=other),
        "吕绿": member("吕绿", status="retained"),
        "王大力": member("王大力", status="ended"),
    }


def names(response):
    return [one.person.name for one in response.context["page"].object_list]


def find(client, **asked):
    response = client.get(ADDRESS, asked)
    assert response.status_code == 200
    return names(response)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("小梅", ["曾小梅"]),
        ("小", ["曾小梅", "张小美"]),
        ("zengxiao", ["曾小梅"]),
        ("zeng xiaomei", ["曾小梅"]),
        ("Zeng'xiao'mei", ["曾小梅"]),
        ("xiaomei", ["曾小梅", "张小美"]),
        ("zxm", ["曾小梅", "张小美"]),
        ("zx", ["曾小梅", "张小美"]),
        ("mei", ["曾小梅", "张小美"]),
        ("ei", []),
        ("lv", ["吕绿"]),
        ("lyu", ["吕绿"]),
        ("lü", ["吕绿"]),
        ("骨科", ["张小美"]),
        ("骨科 zxm", ["张小美"]),
        ("ＺＸＭ", ["曾小梅", "张小美"]),
        ("' OR 1=1", []),
        ("%", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_name_sound_and_department(desk, people, words, found):
    assert find(desk, q=words) == found


def test_people_are_found_by_the_beginning_of_their_staff_number(desk, people):
    one = people["曾小梅"].person
    assert find(desk, q=one.staff_number) == ["曾小梅"]
    assert "曾小梅" in find(desk, q=one.staff_number[:3])


def test_only_five_words_count(people, keeper):
    rows = matching(directory_of(keeper), "z z z z z nobody")
    assert rows.count() == 2


def test_the_list_is_in_the_order_of_sound_and_leaves_out_who_left(desk, people):
    assert find(desk) == ["吕绿", "曾小梅", "张小美"]
    assert find(desk, status="ended") == ["王大力"]
    assert find(desk, status="retained") == ["吕绿"]


def test_the_list_narrows_to_part_shift_and_account(desk, people, department):
    User.objects.filter(pk=people["张小美"].person_id).update(password="!nothing")
    assert find(desk, branch=department.branch_id) == ["曾小梅"]
    assert find(desk, group=department.group_id) == ["曾小梅"]
    assert find(desk, department=department.pk) == ["曾小梅"]
    assert find(desk, shift="night") == ["曾小梅"]
    assert find(desk, account="unused") == ["张小美"]
    assert find(desk, account="used", q="z") == ["曾小梅"]
    page = desk.get(ADDRESS, {"account": "unused"}).content.decode()
    assert "未激活" in page and "!nothing" not in page


@pytest.mark.parametrize(
    "asked",
    [
        {"branch": "x"}, {"branch": "99999"}, {"status": "rich"}, {"p": "0"}, {"p": "x"}, {"p": "9" * 30},
        {"q": "字" * 61}, {"shift": "day' --"},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_not_found(desk, people, asked):
    assert desk.get(ADDRESS, asked).status_code == 404


def test_nothing_found_says_what_would_work(desk, people):
    page = desk.get(ADDRESS, {"q": "nobody"}).content.decode()
    assert "没有找到" in page and f'href="{ADDRESS}"' in page


def test_branch_chair_and_group_leader_see_their_own_part(officer, client_of, people, group, branch):
    others = UnionGroup.objects.create(branch=branch, name="呼吸小组")
    Membership.objects.filter(pk=people["吕绿"].pk).update(branch=branch, group=others)
    leader = officer("group_leader", group=group)
    chair = officer("branch_chair", branch=branch)
    assert find(client_of(leader)) == ["曾小梅"]
    assert find(client_of(chair)) == ["吕绿", "曾小梅"]
    form = client_of(chair).get(ADDRESS).context["form"]
    assert list(form.fields["branch"].queryset) == [branch]
    assert client_of(chair).get(ADDRESS, {"branch": Branch.objects.create(name="外").pk}).status_code == 404


@pytest.mark.parametrize("slug", ["keeper", "aid_committee", "editor", "system_administrator", None])
def test_nobody_else_finds_a_directory_or_a_page(officer, person, client_of, people, slug):
    client = client_of(officer(slug) if slug else person())
    somebody = people["曾小梅"].public_id
    for name in ("person", "change", "leave"):
        assert client.get(reverse(f"members:{name}", args=[somebody])).status_code == 404
    for name in ("contact", "shift", "change", "leave"):
        assert client.post(reverse(f"members:{name}", args=[somebody])).status_code == 404
    assert client.get(ADDRESS).status_code == 404
    assert ReadLog.objects.count() == 0


def test_a_page_out_of_sight_is_like_one_that_is_not_there(officer, client_of, people, group):
    client = client_of(officer("group_leader", group=group))
    unseen = client.get(reverse("members:person", args=[people["张小美"].public_id]))
    absent = client.get(reverse("members:person", args=["abcdefghijkm"]))
    assert (unseen.status_code, absent.status_code) == (404, 404)
    assert client.get(reverse("members:person", args=[people["曾小梅"].public_id])).status_code == 200


def test_an_officers_own_page_is_seen_but_not_kept_by_themselves(keeper, desk):
    own = Membership.objects.create(person=keeper, status="active")
    assert desk.get(reverse("members:person", args=[own.public_id])).status_code == 200
    for name in ("change", "leave"):
        assert desk.get(reverse(f"members:{name}", args=[own.public_id])).status_code == 404
    assert not may(keeper, "members.keep", own)


def test_many_cost_as_many_queries_as_few(desk, member, department, connection_count):
    def pages():
        return connection_count(lambda: desk.get(ADDRESS))

    member(department=department)
    pages()
    few = pages()
    for _ in range(30):
        member(department=department)
    assert pages() == few <= 15


def test_a_persons_page_costs_the_same_with_a_long_history(desk, people, keeper, connection_count):
    one = people["曾小梅"]
    address = reverse("members:person", args=[one.public_id])
    desk.get(address)
    few = connection_count(lambda: desk.get(address))
    for shift in ("day", "rotating", "night", "day"):
        desk.post(reverse("members:shift", args=[one.public_id]), {"shift": shift})
        uncover(one, reader=keeper)
    assert connection_count(lambda: desk.get(address)) == few <= 15


def test_mobile_and_month_of_birth_are_covered_until_somebody_looks(desk, people, keeper):
    one = people["曾小梅"]
    User.objects.filter(pk=one.person_id).update(mobile="13800001234")
    Membership.objects.filter(pk=one.pk).update(born_in="1990-04-01")
    address = reverse("members:person", args=[one.public_id])
    page = desk.get(address).content.decode()
    assert "13800001234" not in page and "1990" not in page
    page = desk.post(reverse("members:contact", args=[one.public_id])).content.decode()
    assert "13800001234" in page and "1990年4月" in page
    look = ReadLog.objects.get()
    assert (look.reader, look.case, look.what) == (keeper, one, "Mobile number and month of birth")
    assert "手机号和出生年月" in page
    assert desk.get(reverse("members:contact", args=[one.public_id])).status_code == 405


def test_a_change_by_hand_is_written_with_its_reason(desk, people, department):
    one = people["张小美"]
    address = reverse("members:change", args=[one.public_id])
    assert desk.get(address).status_code == 200
    said = {"department": department.pk, "post": "护士长", "on": "2026-10-01", "reason": "竞聘"}
    assert desk.post(address, said).url == reverse("members:person", args=[one.public_id])
    one.refresh_from_db()
    assert (one.department, one.branch, one.post) == (department, department.branch, "护士长")
    assert {line.reason for line in one.changes.all()} == {"竞聘"}
    assert "竞聘" in desk.get(reverse("members:person", args=[one.public_id])).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"on": "2999-01-01"}, "on"), ({"reason": ""}, "reason"), ({"department": "x"}, "department")],
)
def test_a_wrong_change_keeps_what_was_typed_and_writes_nothing(desk, people, wrong, field):
    one = people["张小美"]
    said = {"post": "护士长", "on": "2026-10-01", "reason": "竞聘"} | wrong
    response = desk.post(reverse("members:change", args=[one.public_id]), said)
    assert list(response.context["form"].errors) == [field]
    assert 'value="护士长"' in response.content.decode()
    one.refresh_from_db()
    assert (one.post, one.changes.count()) == ("", 0)


def test_what_the_service_refuses_is_said_in_the_form(desk, people, group):
    one = people["张小美"]
    said = {"group": group.pk, "on": "2026-10-01", "reason": "调整"}
    response = desk.post(reverse("members:change", args=[one.public_id]), said)
    assert list(response.context["form"].errors) == ["group"]


@pytest.mark.parametrize(
    ("how", "status"), [("retain", "retained"), ("transfer", "transferred"), ("end", "ended")]
)
def test_leaving_is_written_down_once(desk, people, how, status):
    one = people["张小美"]
    address = reverse("members:leave", args=[one.public_id])
    assert desk.get(address).status_code == 200
    said = {"how": how, "on": "2026-10-01", "reason": "调动"}
    assert desk.post(address, said).status_code == 302
    again = desk.post(address, said)
    assert again.status_code == 200 and again.context["form"].non_field_errors()
    one.refresh_from_db()
    assert (one.status, one.changes.filter(field="status").count()) == (status, 1)


def test_the_group_leader_confirms_a_shift(officer, client_of, people, group):
    one = people["曾小梅"]
    client = client_of(officer("group_leader", group=group))
    address = reverse("members:shift", args=[one.public_id])
    assert client.post(address, {"shift": "sometimes"}).status_code == 200
    assert client.post(address, {"shift": "rotating"}).status_code == 302
    one.refresh_from_db()
    assert (one.shift, one.shift_confirmed_by is None) == ("rotating", False)
    assert "已于" in client.get(reverse("members:person", args=[one.public_id])).content.decode()


def test_a_vice_chair_sees_everybody_but_confirms_nothing(officer, client_of, people):
    client = client_of(officer("vice_chair"))
    address = reverse("members:shift", args=[people["曾小梅"].public_id])
    assert client.post(address, {"shift": "rotating"}).status_code == 404


def test_an_office_that_ends_shuts_the_directory_at_the_next_click(desk, keeper, officer, people):
    from extranet.members.services.offices import end_office

    assert desk.get(ADDRESS).status_code == 200
    end_office(keeper.offices.get(), because="换届", actor=officer("chair"))
    assert desk.get(ADDRESS).status_code == 404
    assert desk.get(reverse("members:person", args=[people["曾小梅"].public_id])).status_code == 404


def test_markup_in_a_name_is_only_text(desk, member):
    one = member('<img src=x onerror="alert(1)">')
    for address in (ADDRESS, reverse("members:person", args=[one.public_id])):
        assert "<img src=x" not in desk.get(address).content.decode()


def test_a_list_that_is_asked_without_an_office_is_empty(person, people):
    assert directory_of(person()).count() == 0
    assert narrowed(Membership.objects.all(), {}).count() == 3


def taken(client, kind="csv", **asked):
    return client.post(f"{reverse('members:directory_file')}?{urlencode(asked)}", {"export": kind})


def test_what_is_shown_can_be_taken_home_and_who_took_it_is_written_down(people, keeper, at_desk):
    person = people["曾小梅"].person
    person.name = "=曾小梅"
    person.save()
    answer = taken(at_desk(keeper), q="小梅", shift="night")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert lines == [
        ["姓名", "工号", "科室", "分工会", "工会小组", "岗位", "班次", "会籍", "账号"],
        ["'=曾小梅", person.staff_number, "心内科", "内科分工会", "心内小组", "", "夜班", "在籍", "已启用"],
    ]
    assert answer["Cache-Control"] == "private, no-store"
    trace = Export.objects.get()
    assert (trace.taker, trace.number, trace.kind) == (keeper, 1, "csv")
    assert trace.narrowed == {"q": "小梅", "shift": "night"}


def test_a_workbook_has_the_same_rows(people, keeper, at_desk):
    answer = taken(at_desk(keeper), "xlsx")
    book = python_calamine.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert sorted(row[0] for row in rows[1:]) == ["吕绿", "张小美", "曾小梅"]


def test_a_group_leader_takes_home_the_own_group_alone(people, officer, at_desk):
    answer = taken(at_desk(officer("group_leader")))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["曾小梅"]


def test_taking_home_needs_a_fresh_proof_a_form_and_a_known_kind(people, keeper, client_of, at_desk):
    address = reverse("members:directory_file")
    stale = client_of(keeper)
    assert taken(stale, q="梅").url == f"{address}?{urlencode({'q': '梅'})}"
    asks = stale.get(address, {"q": "梅"})
    assert (
        asks.url == f"/accounts/reauthenticate/?{urlencode({'next': f'{address}?' + urlencode({'q': '梅'})})}"
    )
    back = at_desk(keeper).get(address, {"q": "梅"}, follow=True)
    assert back.redirect_chain == [(f"{ADDRESS}?{urlencode({'q': '梅'})}", 302)]
    assert "现在可以导出了" in back.content.decode()
    assert taken(at_desk(keeper), "pdf").status_code == 404
    assert taken(at_desk(keeper), shift="sometimes").status_code == 404
    assert not Export.objects.exists()
