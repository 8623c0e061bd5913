"""Pages of applications: what is shown to whom, what a form keeps, what a step says."""

from datetime import date, timedelta
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.urls import reverse
from django.utils import timezone

from extranet.core.models import Attachment, Notice, Submission
from extranet.members.models import Membership, MembershipCase
from extranet.members.services import cases
from tests.kit import papers, photographs
from tests.members.applications import (
    AT,
    KEY,
    Kind,
    Status,
    approved,
    at,
    bring,
    declined,
    entered,
    fresh,
    handed_in,
    page,
    returned,
    scheduled,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

TODAY = date(2026, 11, 25)
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _today(on_day):
    on_day(TODAY)


def new(kind, **query):
    return reverse("membership:new", args=[kind]) + (
        "?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""
    )


def step(case, verb):
    return reverse("membership:step", args=[case.public_id, verb])


def sent(form, **fields):
    """Return what a step's form posts."""
    return {"key": KEY} | {f"{form}-{name}": value for name, value in fields.items()}


@pytest.mark.parametrize("address", ["start", "queue", "queue_mine"])
def test_pages_are_behind_the_door(address, client):
    response = client.get(reverse(f"membership:{address}"))
    assert (response.status_code, response.url.split("?")[0]) == (302, "/accounts/login/")


def test_the_start_offers_what_is_open_and_says_why_the_rest_is_not(hall, client_of):
    shown = words(client_of(hall.newcomer).get(reverse("membership:start")))
    for kind in Kind.values:
        assert (f'href="{new(kind)}"' in shown) is (kind in {Kind.JOIN, Kind.ARRIVE, Kind.CORRECT})
    assert shown.count("这项只有会员能办，请先入会。") == 3
    assert "办理会员申请" not in shown


def test_the_start_leads_to_the_one_that_is_open(hall, client_of):
    case = handed_in(hall)
    shown = words(client_of(hall.member).get(reverse("membership:start")))
    assert f'href="{page(case)}"' in shown
    assert f'href="{new(Kind.MOVE)}"' not in shown
    assert client_of(hall.member).get(new(Kind.MOVE)).url == page(case)


@pytest.mark.parametrize(("who", "kind"), [("member", "join"), ("newcomer", "leave")])
def test_a_kind_that_is_not_open_leads_back(who, kind, hall, client_of):
    assert client_of(getattr(hall, who)).get(new(kind)).url == reverse("membership:start")


@pytest.mark.parametrize(
    "address",
    ["/extranet/members/cases/new/fly/", "/extranet/members/cases/new/correct/?field=salary",
     "/extranet/members/cases/nosuchcase99/", "/extranet/members/cases/nosuchcase99/complete/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(address, hall, client_of):
    assert client_of(hall.member).get(address).status_code == 404


def test_somebody_on_no_roster_is_told_so(hall, person, client_of):
    client = client_of(person())
    assert "花名册上还没有您" in words(client.get(reverse("membership:start")))
    assert client.get(new(Kind.JOIN)).url == reverse("membership:start")
    assert client.post(new(Kind.JOIN), {"key": KEY}).status_code == 404


def join(client, *files, **more):
    data = {"key": KEY, "willing": "on", "reason": "想参加活动。", "files-application": list(files)} | more
    return client.post(new(Kind.JOIN), data)


def pdf(name="申请书.pdf"):
    return photographs.upload(papers.pdf(), name)


def test_joining_by_form_with_files_and_a_double_click(hall, client_of):
    client = client_of(hall.newcomer)
    first = join(client, pdf())
    case = MembershipCase.objects.get()
    again = join(client, pdf())
    assert (first.url, again.url) == (page(case), page(case))
    assert (case.kind, case.reason, case.number) == (Kind.JOIN, "想参加活动。", "RH-2026-0001")
    assert Submission.objects.count() == 1
    assert [paper.name for paper in Attachment.objects.of(case)] == ["申请书.pdf"]


def test_a_hostile_file_is_refused_at_its_place_and_what_was_typed_and_chosen_stays(hall, client_of):
    client = client_of(hall.newcomer)
    bad = photographs.upload(b"MZ\x90\x00" + bytes(300), f"{HOSTILE}.pdf")
    shown = words(join(client, pdf(), bad))
    assert "想参加活动。" in shown
    assert "申请书.pdf" in shown
    assert HOSTILE not in shown
    assert 'href="#files-application"' in shown
    assert [paper.tray for paper in Attachment.objects.all()] == ["membership:join"]
    assert MembershipCase.objects.count() == 0
    assert "申请书.pdf" in words(client.get(new(Kind.JOIN)))
    assert join(client).status_code == 302


def test_what_is_missing_is_said_at_its_field_and_kept(hall, client_of):
    client = client_of(hall.newcomer)
    response = client.post(new(Kind.JOIN), {"key": KEY, "reason": "想参加活动。"})
    shown = words(response)
    assert response.status_code == 200
    assert "请勾选这一项，分工会才能接收您。" in shown
    assert "想参加活动。" in shown
    assert MembershipCase.objects.count() == 0
    assert "想参加活动。" in words(client.get(new(Kind.JOIN)))


def test_a_draft_is_kept_and_thrown_away_with_its_files(hall, client_of):
    client = client_of(hall.newcomer)
    left = join(client, pdf(), leave="1")
    assert left.url == reverse("core:desk")
    assert "想参加活动。" in words(client.get(new(Kind.JOIN)))
    client.post(new(Kind.JOIN), {"forget": "1"})
    assert "想参加活动。" not in words(client.get(new(Kind.JOIN)))
    assert Attachment.objects.count() == 0


def test_files_are_tended_without_sending(hall, client_of):
    client = client_of(hall.newcomer)
    shown = words(join(client, pdf(), keep_files="1"))
    assert "申请书.pdf" in shown
    assert "想参加活动。" in shown
    assert MembershipCase.objects.count() == 0
    there = Attachment.objects.get()
    join(client, take_back=there.public_id)
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        (Kind.MOVE, {"reason": "轮转。", "to_branch": ""}, "to_branch"),
        (Kind.DEPART, {"other_union": "市工会", "takes_effect_on": "2020-01-01"}, "takes_effect_on"),
        (Kind.LEAVE, {"reason": "", "takes_effect_on": "bald"}, "takes_effect_on"),
    ],
)
def test_a_wrong_form_says_so_beside_the_field(kind, data, field, hall, client_of):
    response = client_of(hall.member).post(new(kind), {"key": KEY} | data)
    assert response.status_code == 200
    assert f'id="id_{field}_error_1"' in words(response)
    assert MembershipCase.objects.count() == 0


def test_posted_rights_change_nothing(hall, client_of):
    data = {
        "key": KEY, "reason": "轮转。", "to_branch": hall.surgery.pk, "status": "entered",
        "person": hall.chair.pk, "branch": hall.surgery.pk, "due_on": "2030-01-01", "number": "ZH-1",
    }  # fmt: skip
    client_of(hall.member).post(new(Kind.MOVE), data)
    case = MembershipCase.objects.get()
    assert (case.status, case.person, case.branch) == (Status.HANDED_IN, hall.member, hall.branch)
    assert (case.number, case.due_on.year) == ("ZH-2026-0001", timezone.localdate().year)


def test_a_correction_begins_with_the_field_and_shows_what_the_roster_says(hall, client_of):
    Membership.objects.filter(person=hall.member).update(post="护士")
    client = client_of(hall.member)
    shown = words(client.get(new(Kind.CORRECT)))
    assert f"{new(Kind.CORRECT, field='post').replace('&', '&amp;')}" in shown
    assert "花名册上写的是“护士”" in words(client.get(new(Kind.CORRECT, field="post")))
    response = client.post(
        new(Kind.CORRECT, field="post"),
        {"key": KEY, "wanted": "护士长", "about": "post", "files-proof": pdf("聘任.pdf")},
    )
    case = MembershipCase.objects.get()
    assert response.url == page(case)
    assert (case.field, case.present, case.wanted) == ("post", "护士", "护士长")
    assert Attachment.objects.of(case).get().is_sealed


def test_a_draft_about_another_field_does_not_come_back(hall, client_of):
    client = client_of(hall.member)
    client.post(
        new(Kind.CORRECT, field="post"), {"key": KEY, "wanted": "护士长", "about": "post", "leave": "1"}
    )
    assert 'value="护士长"' in words(client.get(new(Kind.CORRECT, field="post")))
    assert "护士长" not in words(client.get(new(Kind.CORRECT, field="title")))


@pytest.mark.parametrize("field", MembershipCase.Field.values)
def test_every_field_has_its_form(field, hall, client_of):
    assert client_of(hall.member).get(new(Kind.CORRECT, field=field)).status_code == 200


def test_without_a_field_nothing_is_corrected(hall, client_of):
    assert client_of(hall.member).post(new(Kind.CORRECT), {"key": KEY}).status_code == 404


@pytest.mark.parametrize("status", Status.values)
def test_others_applications_are_not_there(status, hall, client_of, person):
    case = at(hall, status)
    if status in {Status.ENTERED, Status.SCHEDULED} and not fresh(case.person).is_active:
        pytest.skip("nobody to compare with")
    strangers = [hall.newcomer, hall.surgeon, person(is_superuser=True)]
    for stranger in strangers:
        client = client_of(stranger)
        for name in ("case", "complete", "paper"):
            address = reverse(f"membership:{name}", args=[case.public_id])
            missing = client.get(address.replace(case.public_id, "zzzzzzzzzzzz"))
            found = client.get(address)
            assert (found.status_code, missing.status_code) == (404, 404)
        assert client.post(step(case, "approve"), sent("approve")).status_code == 404
        assert client.get(reverse("membership:queue")).status_code == (
            200 if stranger == hall.surgeon else 404
        )
    assert MembershipCase.objects.get(pk=case.pk).status == status
    assert case.number not in words(client_of(hall.surgeon).get(reverse("membership:queue")))


@pytest.mark.parametrize("status", Status.values)
def test_the_page_says_where_it_stands_to_everybody_who_may_see_it(status, hall, client_of):
    case = at(hall, status)
    for reader in (hall.member, hall.chair, hall.officer, hall.president):
        response = client_of(reader).get(page(case))
        shown = words(response)
        assert response.status_code == 200
        assert case.number in shown
        assert str(Status(status).label) in shown
        assert response["Cache-Control"] == "private, no-store"


def test_the_page_shows_how_the_day_was_found_and_the_way(hall, client_of):
    shown = words(client_of(hall.member).get(page(handed_in(hall))))
    assert "分工会 5 个工作日内答复" in shown
    assert "内科分工会" in shown
    assert 'aria-current="step"' in shown


def test_the_chair_approves_and_the_officer_enters(hall, client_of):
    case = handed_in(hall)
    response = client_of(hall.chair).post(step(case, "approve"), sent("approve", note="欢迎。"))
    assert response.url == page(case)
    response = client_of(hall.officer).post(step(case, "enter"), sent("enter"))
    assert response.url == page(case)
    case.refresh_from_db()
    assert case.status == Status.ENTERED
    assert Membership.objects.get(person=hall.member).branch == hall.surgery
    assert "老会员从今天起属于外科分工会" in words(client_of(hall.surgeon).get(reverse("core:inbox")))


def test_a_return_asks_for_words_and_a_day_and_is_completed(hall, client_of):
    case = handed_in(hall, Kind.JOIN)
    chair, newcomer = client_of(hall.chair), client_of(hall.newcomer)
    shown = words(chair.post(step(case, "return"), sent("return", note=" ", until="2020-01-01")))
    assert "请写明缺什么，会员才好补。" in shown
    until = timezone.localdate() + timedelta(days=7)
    chair.post(
        step(case, "return"),
        {"return-note": f"缺合同 {HOSTILE}", "return-until": until.isoformat(), "key": "r" * 32},
    )
    case.refresh_from_db()
    assert (case.status, case.due_on) == (Status.RETURNED, until)
    shown = words(newcomer.get(page(case)))
    assert "缺合同" in shown
    assert HOSTILE not in shown
    complete = reverse("membership:complete", args=[case.public_id])
    assert complete in shown
    shown = words(newcomer.get(complete))
    assert "application.pdf" in shown
    response = newcomer.post(
        complete, {"key": KEY, "willing": "on", "files-proof": [pdf("合同.pdf"), pdf("工作证.pdf")]}
    )
    assert response.url == page(case)
    case.refresh_from_db()
    assert (case.status, Attachment.objects.of(case).count()) == (Status.HANDED_IN, 3)
    assert newcomer.get(complete).url == page(case)
    late = newcomer.post(complete, {"key": "l" * 32, "willing": "on"})
    assert late.url == page(case)
    assert "这一步办不了了" in words(newcomer.get(page(case)))


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_is_completed_with_what_was_said(kind, hall, client_of):
    case = returned(hall, kind)
    client = client_of(fresh(case.person))
    complete = reverse("membership:complete", args=[case.public_id])
    shown = words(client.get(complete))
    said = {
        "arrive": "市中医院工会", "move": "轮转到外科。", "depart": "市妇幼保健院工会",
        "leave": "随家人迁居外省。", "correct": "主管护师", "join": "照片上看不清签名。",
    }[kind]  # fmt: skip
    assert said in shown


def test_the_second_officer_is_told_who_was_first(hall, client_of):
    case = handed_in(hall)
    cases.approve(case, actor=hall.chair)
    client = client_of(hall.chair)
    client.post(step(case, "decline"), sent("decline", note="不同意。"))
    shown = words(client.get(page(case)))
    assert "这一步办不了了" in shown
    assert MembershipCase.objects.get().status == Status.APPROVED


@pytest.mark.parametrize(("verb", "status"), [("take_effect", 403), ("fly", 404)])
def test_what_nobody_does_by_hand_is_refused(verb, status, hall, client_of):
    case = scheduled(hall)
    assert client_of(hall.officer).post(step(case, verb), sent(verb)).status_code == status
    assert client_of(hall.officer).get(step(case, verb)).url == page(case)


@pytest.mark.parametrize(
    ("make", "who", "verb", "form", "end"),
    [
        (approved, "officer", "send_back", {"note": "缺。", "until": "soon"}, Status.RETURNED),
        (approved, "officer", "refuse", {"note": "重复。"}, Status.DECLINED),
        (handed_in, "member", "withdraw", {}, Status.WITHDRAWN),
        (handed_in, "officer", "urge", {}, Status.HANDED_IN),
        (returned, "member", "hand_in_again", {}, Status.HANDED_IN),
    ],
)
def test_each_step_has_its_service(make, who, verb, form, end, hall, client_of):  # noqa: PLR0913, PLR0917
    case = make(hall)
    if form.get("until") == "soon":
        form = form | {"until": (timezone.localdate() + timedelta(days=5)).isoformat()}
    client_of(getattr(hall, who)).post(step(case, verb), sent(verb, **form))
    case.refresh_from_db()
    assert case.status == end


def test_what_lies_ahead_is_scheduled_by_button(hall, client_of):
    case = approved(hall, Kind.LEAVE)
    client_of(hall.officer).post(step(case, "schedule"), sent("schedule"))
    case.refresh_from_db()
    assert case.status == Status.SCHEDULED
    assert "不用办理，到日自动生效" in words(client_of(hall.member).get(page(case)))


def test_a_refused_entering_is_said_on_the_page(hall, client_of):
    case = approved(hall, Kind.CORRECT)
    Membership.objects.filter(person=hall.member).update(post="护士长")
    shown = words(client_of(hall.officer).post(step(case, "enter"), sent("enter")))
    assert "花名册上现在是“护士长”" in shown
    assert MembershipCase.objects.get().status == Status.APPROVED


def test_a_declined_one_says_why_and_how_to_object(hall, client_of):
    case = declined(hall)
    shown = words(client_of(hall.member).get(page(case)))
    assert "照片上看不清签名。" in shown
    assert "15 天内书面或当面告诉院工会委员会" in shown
    assert "15 天内" not in words(client_of(hall.chair).get(page(case)))


def test_the_paper_is_a_pdf_with_facts_and_history(hall, client_of):
    response = client_of(hall.member).get(reverse("membership:paper", args=[entered(hall).public_id]))
    assert response["Content-Type"] == "application/pdf"
    with pdfium.PdfDocument(BytesIO(response.content)) as document:
        text = "".join(document[0].get_textpage().get_text_range().split())
    assert "ZH-2026-0001" in text
    assert "外科分工会" in text
    assert "登记入册" in text


def test_notices_lead_to_the_page(hall, client_of):
    case = handed_in(hall)
    assert set(Notice.objects.values_list("url", flat=True)) == {page(case)}
    assert set(AT) == set(Status.values)
    assert bring(hall.member, "membership:correct", "proof").is_sealed
