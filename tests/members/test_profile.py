"""My file: everything the union knows about me, from where, who looked; mine to take along."""

import json
from datetime import date

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from extranet.core.models import Notice
from extranet.members.models import Membership, User
from extranet.members.selectors.file import in_words, known_about, turns
from extranet.members.services.contact import change_mobile
from extranet.members.services.looking import uncover
from extranet.members.services.membership import Ground, change
from extranet.members.services.terms import tell_of_ending_terms

pytestmark = pytest.mark.django_db
ME = "/extranet/members/me/"


@pytest.fixture
def mine(member, department):
    return member("许平", department=department, post="护士", sex="female", born_in=date(1990, 4, 1))


@pytest.fixture
def home(mine, client):
    """Somebody who has just shown who they are."""
    client.post("/accounts/login/", {"login": mine.person.staff_number, "password": "Corridor-lamp-7"})
    client.post("/accounts/reauthenticate/", {"password": "Corridor-lamp-7"})
    return client


@pytest.fixture
def keeper(officer):
    return officer("membership_officer")


def test_my_file_shows_every_field_with_its_ground(home, mine, keeper, officer):
    change(mine, {"post": "护士长"}, Ground(on=date(2026, 6, 1), actor=keeper, reason="竞聘"))
    uncover(mine, reader=keeper)
    officer("keeper", mine.person)
    page = home.get(ME).content.decode()
    for said in (
        "心内科",
        "内科分工会",
        "心内小组",
        "护士长",
        "1990年4月",
        "竞聘",
        "场馆管理员",
        keeper.name,
        "在籍",
    ):
        assert said in page
    assert "来自干部登记" in page and "手机号和出生年月" in page


def test_somebody_without_a_roster_is_told_so(person, client_of):
    page = client_of(person()).get(ME).content.decode()
    assert "不在花名册上" in page and "工会办公室" in page


def test_strangers_are_led_to_the_entrance(client):
    for name in ("me", "mobile", "my_data", "my_paper", "directory"):
        assert client.get(reverse(f"members:{name}")).url.startswith("/accounts/login/")


def test_my_file_costs_the_same_with_a_long_history(home, mine, keeper, connection_count):
    home.get(ME)
    few = connection_count(lambda: home.get(ME))
    for day in range(1, 9):
        change(mine, {"post": f"岗位{day}"}, Ground(on=date(2026, 6, day), actor=keeper))
        uncover(mine, reader=keeper)
    assert connection_count(lambda: home.get(ME)) == few <= 15


def test_my_data_hold_everything_and_nobody_elses(home, mine, keeper, member, officer):
    member("旁人").changes.create(field="post", happened_on=date(2026, 1, 1), source="roster")
    change(mine, {"post": "护士长"}, Ground(on=date(2026, 6, 1), actor=keeper))
    uncover(mine, reader=keeper)
    officer("keeper", mine.person)
    response = home.get(reverse("members:my_data"))
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith('attachment; filename="file.json"')
    told = json.loads(response.content)
    assert told["account"]["staff_number"] == mine.person.staff_number
    facts = {one["field"]: one["value"] for one in told["membership"]}
    assert (facts["post"], facts["born_in"], facts["department"]) == ("护士长", "1990年4月", "心内科")
    assert [one["office"] for one in told["offices"]] == ["场馆管理员"]
    assert [(one["field"], one["before"], one["after"]) for one in told["changes"]] == [
        ("post", "护士", "护士长")
    ]
    assert [one["name"] for one in told["looked_at_by"]] == [keeper.name]
    assert "旁人" not in response.content.decode() and "password" not in response.content.decode()


def test_my_data_of_an_account_without_a_roster_are_short(person):
    from extranet.members.selectors.own import everything_about, paper_about

    somebody = person()
    told = everything_about(somebody)
    assert (told["membership"], told["changes"], told["looked_at_by"]) == ([], [], [])
    assert paper_about(somebody, "示范医院工会").blocks


def test_my_paper_is_a_pdf_that_reads(home, mine, keeper):
    uncover(mine, reader=keeper)
    response = home.get(reverse("members:my_paper"))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(response.content)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    assert "心内科" in words and "1990年4月" in words and keeper.name in words


def test_a_paper_that_cannot_be_set_now_is_told(home, monkeypatch):
    from cms.kit import pdf

    def unset(_letter):
        raise pdf.Unset

    monkeypatch.setattr(pdf, "for_reader", unset)
    assert home.get(reverse("members:my_paper")).url == ME
    assert "请过一分钟再试" in home.get(ME).content.decode()


@pytest.mark.parametrize("name", ["mobile", "my_data", "my_paper"])
def test_what_leaves_or_changes_the_account_asks_once_more(mine, client_of, name):
    response = client_of(mine.person).get(reverse(f"members:{name}"))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/reauthenticate/")


def test_i_change_my_own_mobile_and_hear_of_it(home, mine):
    User.objects.filter(pk=mine.person_id).update(email="xu@example.org")
    before = DBTaskResult.objects.count()
    assert home.get(reverse("members:mobile")).status_code == 200
    assert home.post(reverse("members:mobile"), {"mobile": "138 0000-0001"}).url == ME
    assert User.objects.get(pk=mine.person_id).mobile == "13800000001"
    assert DBTaskResult.objects.count() == before + 1
    told = Notice.objects.get(recipient=mine.person)
    assert (told.topic, told.title) == ("account", "您的手机号已修改")
    home.post(reverse("members:mobile"), {"mobile": "13800000001"})
    assert DBTaskResult.objects.count() == before + 1
    wrong = home.post(reverse("members:mobile"), {"mobile": "call me"})
    assert list(wrong.context["form"].errors) == ["mobile"]
    home.post(reverse("members:mobile"), {"mobile": ""})
    assert User.objects.get(pk=mine.person_id).mobile == ""


def test_nobody_changes_anothers_mobile(mine, person):
    with pytest.raises(PermissionDenied):
        change_mobile(mine.person, "13800000001", actor=person())


def test_posted_fields_of_the_roster_change_nothing(home, mine):
    home.post(reverse("members:mobile"), {"mobile": "13800000001", "status": "ended", "name": "别人"})
    mine.refresh_from_db()
    assert (mine.status, mine.person.name) == ("active", "许平")


def test_history_is_told_in_words(mine, keeper):
    ground = Ground(on=date(2026, 6, 1), actor=None, source="roster")
    lines = change(mine, {"shift": "night", "joined_on": date(2025, 1, 2)}, ground)
    told = {str(turn.label): (turn.before, turn.after, turn.actor) for turn in turns(lines)}
    assert told == {"班次": ("", "夜班", ""), "入会日期": ("2026年1月1日", "2025年1月2日", "")}
    assert in_words("status", "unheard") == "unheard"
    known = {one.field: one for one in known_about(mine, lines)}
    assert (known["shift"].value, known["shift"].since, known["post"].since) == (
        "夜班",
        date(2026, 6, 1),
        None,
    )
    assert known_about(Membership(person=mine.person), ())[0].value == "未入会"


def test_a_term_that_ends_soon_is_told_once(officer, person):
    from datetime import timedelta

    from django.utils.timezone import localdate

    officer("chair", person(name="主席"))
    officer("keeper", person(name="场馆一"), ends_on=localdate() + timedelta(days=30))
    officer("keeper", person(name="场馆二"), ends_on=localdate() + timedelta(days=31))
    officer("keeper", person(name="场馆三"), ends_on=localdate() + timedelta(days=2))
    assert tell_of_ending_terms() == 2
    told = Notice.objects.filter(topic="union", is_duty=True)
    assert sorted(told.values_list("recipient__name", flat=True)) == ["主席", "主席", "场馆一", "场馆三"]
    assert told.get(recipient__name="场馆一").body.startswith("场馆一的场馆管理员任期到 ")
    assert tell_of_ending_terms() == 0
    assert told.count() == 4


def test_the_nightly_jobs_follow_the_terms(person, officer, kinds):
    from extranet.members.jobs import terms

    somebody = person()
    somebody.groups.add(kinds["chair"].groups.get())
    terms.follow_the_offices()
    assert somebody.groups.count() == 0
    ending = officer("keeper", ends_on=date.fromordinal(timezone.localdate().toordinal() + 9)).offices.get()
    terms.tell_of_ending_terms()
    ending.refresh_from_db()
    assert ending.told_of_end == ending.ends_on
