"""People: found by initials; one's own file; an office lost mid-session."""

from playwright.sync_api import expect

OFFICER, MEMBER, LEADER = "100014", "100006", "100007"


def test_an_officer_finds_somebody_by_initials_and_opens_them(walk):
    page = walk.sign_in(OFFICER, "/extranet/members/")
    walk.look("directory")
    page.fill("#id_q", "lwq")
    page.press("#id_q", "Enter")
    expect(page.get_by_role("link", name="陆晚晴")).to_be_visible()
    walk.look("directory-found")
    page.get_by_role("link", name="陆晚晴").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("陆晚晴")
    expect(page.get_by_text("夜班").first).to_be_visible()
    walk.look("person")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("手机号和出生年月").first).to_be_visible()
    walk.look("person-uncovered")
    page.get_by_role("link", name="修改花名册信息").click()
    walk.look("person-change")


def test_nothing_found_says_what_would_work(walk):
    page = walk.sign_in(OFFICER, "/extranet/members/")
    page.fill("#id_q", "qqqq")
    page.press("#id_q", "Enter")
    expect(page.get_by_text("没有找到")).to_be_visible()
    walk.look("directory-nobody")


def test_a_member_reads_their_own_file_and_finds_no_directory(walk):
    page = walk.sign_in(MEMBER, "/extranet/members/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("我的档案")
    expect(page.get_by_text("急诊重症分工会").first).to_be_visible()
    walk.look("my-file")
    assert page.goto(walk.house.url + "/extranet/members/").status == 404
    assert page.goto(walk.house.url + "/admin/").status in {403, 404}


def test_everybody_sees_who_stands_for_the_union(walk):
    page = walk.go("/organisation/")
    expect(page.get_by_text("秦远山")).to_be_visible()
    walk.look("organisation")


def test_an_office_is_lost_mid_session(walk):
    page = walk.sign_in(LEADER, "/extranet/members/")
    expect(page.get_by_role("link", name="陆晚晴")).to_be_visible()
    end_and_give_back(walk.house, "end")
    try:
        assert page.reload().status == 404
        walk.look("office-lost")
    finally:
        end_and_give_back(walk.house, "give")
    assert page.goto(walk.house.url + "/extranet/members/").status == 200


WORDS = """
from django.utils import timezone
from extranet.members.models import Office, User
from extranet.members.services.offices import Term, appoint, end_office
person, verb = User.objects.get(staff_number={person!r}), {verb!r}
if verb == "end":
    end_office(Office.objects.running().get(person=person), because="journey", actor=None)
else:
    last = Office.objects.filter(person=person).latest("pk")
    appoint(person, last.kind, Term(starts_on=timezone.localdate(), group=last.group), actor=None)
print("done")
"""


def end_and_give_back(house, verb):
    """End the leader's office, or give it back, as another officer would meanwhile."""
    assert "done" in house.ask(WORDS.format(person=LEADER, verb=verb))
