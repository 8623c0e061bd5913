"""The register in the admin: who sees and keeps it, list, search, sheets, chooser, screens of the steps."""

import io
from types import SimpleNamespace

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.models import CommendationHonour, CommendationPage, Honour
from tests.home.factories import commendation, honour
from tests.prepared import prepared

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary files of new renditions to the collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile"),
]
TODAY = timezone.localdate()


def url(name, *args):
    return reverse(Honour.snippet_viewset.get_url_name(name), args=args)


@pytest.fixture
def desk(person, client_of):
    """The prepared site with one client for each task, and its section of role models."""
    basics = prepared()
    clients = {}
    for name, group in (
        ("editor", basics.editors),
        ("first", basics.first_reviewers),
        ("keeper", basics.second_reviewers),
    ):
        somebody = person(name={"keeper": "罗长青"}.get(name, name))
        somebody.groups.add(group)
        clients[name] = client_of(somebody)
    return SimpleNamespace(section=basics.models, **clients)


FORM = {
    "title": "省五一劳动奖章", "level": "3", "issuer": "省总工会", "year": "2026", "month": "4", "day": "",
    "document_number": "", "kind": "person", "recipient": "驻村医疗队队员", "department": "", "citation": "",
    "citation_source": "", "certificate_image": "", "certificate_file": "", "sort_order": "0",
}  # fmt: skip


def test_the_second_review_writes_and_everybody_else_of_the_desk_reads(desk):
    assert desk.keeper.post(url("add"), FORM).status_code == 302
    one = Honour.objects.get()
    assert (one.title, one.level, one.when, one.is_standing) == ("省五一劳动奖章", 3, "2026年4月", True)
    for client in (desk.editor, desk.first):
        assert client.get(url("list")).status_code == 200
        assert client.get(url("inspect", one.pk)).status_code == 200
        for name, args in (("add", ()), ("edit", (one.pk,)), ("withdraw", (one.pk,)), ("delete", (one.pk,))):
            assert client.get(url(name, *args)).status_code in {302, 403}, name
            client.post(url(name, *args), FORM | {"title": "改了", "on": TODAY, "why": "没有理由"})
    assert Honour.objects.standing().get().title == "省五一劳动奖章"


def test_an_editor_reads_the_card_of_an_honour(desk):
    one = honour(
        month=4, withdrawn_on=TODAY, withdrawn_why="重复登记", citation="一句", citation_source="决定"
    )
    text = " ".join(desk.editor.get(url("inspect", one.pk)).content.decode().split())
    for words in (f"{one.year}年4月", "重复登记", "一句", "市级"):
        assert words in text


def test_nobody_of_the_desk_deletes(desk):
    one = honour()
    bulk = reverse("wagtail_bulk_action", args=["home", "honour", "delete"])
    for client in (desk.editor, desk.first, desk.keeper):
        client.post(url("delete", one.pk))
        client.post(f"{bulk}?id={one.pk}")
    assert Honour.objects.get() == one


@pytest.mark.parametrize("how", ["one", "bulk", "draft"])
def test_an_administrator_deletes_what_no_page_shows_and_nothing_else(how, desk, client_of, admin):
    one, free = honour(), honour("没用到的")
    page = commendation(desk.section, honours=[one])
    if how == "draft":  # only a kept version of the page shows it
        page.save_revision()
        CommendationHonour.objects.all().delete()
    client = client_of(admin)
    bulk = reverse("wagtail_bulk_action", args=["home", "honour", "delete"])
    address = f"{bulk}?id={one.pk}" if how == "bulk" else url("delete", one.pk)
    answer = client.post(address, follow=True)
    assert "没有删除" in answer.content.decode()
    assert set(Honour.objects.all()) == {one, free}
    client.post(url("delete", free.pk))
    assert Honour.objects.get() == one


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(desk):
    answer = desk.keeper.post(url("add"), FORM | {"month": "2", "day": "30", "citation": "两年十四个村寨"})
    errors = answer.context["form"].errors
    assert {field: list(words) for field, words in errors.items()} == {
        "day": ["这个月没有这一天。"], "citation_source": ["请写明颁奖词的出处。"],
    }  # fmt: skip
    assert 'value="驻村医疗队队员"' in answer.content.decode()
    assert not Honour.objects.exists()


def titles(answer):
    return [one.title for one in answer.context["object_list"]]


def test_the_list_is_filtered_and_searched_in_chinese(desk):
    honour("全国先进工作者", level=4, year=2026, recipient="重症医学科护士长")
    honour("先进职工之家", year=2025, kind="union", recipient="院工会", issuer="市直机关工会")
    honour("十佳小组", level=1, year=2025, kind="team", withdrawn_on=TODAY, withdrawn_why="重复登记")
    for query, found in (
        ("", ["全国先进工作者", "先进职工之家", "十佳小组"]),
        ("level=4", ["全国先进工作者"]),
        ("year=2025", ["先进职工之家", "十佳小组"]),
        ("kind=union", ["先进职工之家"]),
        ("standing=withdrawn", ["十佳小组"]),
        ("standing=standing&year=2025", ["先进职工之家"]),
        ("q=护士长", ["全国先进工作者"]),
        ("q=职工 市直", ["先进职工之家"]),
        ("q=没有这个词", []),
    ):
        assert titles(desk.keeper.get(f"{url('list')}?{query}")) == found, query
    text = desk.keeper.get(url("list")).content.decode()
    assert "已撤销" in text and 'title="重复登记"' in text


def test_the_list_costs_the_same_queries_for_three_honours_and_thirty(desk, django_assert_max_num_queries):
    for place in range(3):
        honour(f"荣誉{place}")
    desk.keeper.get(url("list"))
    with django_assert_max_num_queries(40) as few:
        desk.keeper.get(url("list"))
    for place in range(27):
        honour(f"更多{place}", withdrawn_on=TODAY, withdrawn_why="重复")
    with django_assert_max_num_queries(len(few)):
        desk.keeper.get(url("list"))


def test_sheets_are_read_as_utf8_and_hold_no_formula(desk):
    honour('=HYPERLINK("http://x")', recipient="+86", issuer="-1", department="@sum", month=4, level=3)
    raw = b"".join(desk.keeper.get(f"{url('list')}?export=csv").streaming_content)
    assert raw.startswith(b"\xef\xbb\xbf")
    head, row = raw.decode("utf-8-sig").splitlines()
    assert head.startswith("标题,级别,授予单位,授予时间,文号,授予对象,获奖者,科室,")
    assert row.startswith('"\'=HYPERLINK(""http://x"")",省级,\'-1,')
    assert ",'+86,'@sum," in row
    sheet = b"".join(desk.keeper.get(f"{url('list')}?export=xlsx").streaming_content)
    cells = [cell for line in openpyxl.load_workbook(io.BytesIO(sheet)).active for cell in line]
    assert '\'=HYPERLINK("http://x")' in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_the_chooser_offers_what_stands_and_searches_it(desk):
    honour("全国先进工作者", recipient="护士长")
    honour("十佳小组")
    honour("撤了的", withdrawn_on=TODAY, withdrawn_why="重复")
    chooser = Honour.snippet_viewset.chooser_viewset
    address = reverse(chooser.get_url_name("choose_results"))
    text = desk.editor.get(address).content.decode()
    assert ("全国先进工作者" in text, "十佳小组" in text, "撤了的" in text) == (True, True, False)
    text = desk.editor.get(f"{address}?q=护士").content.decode()
    assert ("全国先进工作者" in text, "十佳小组" in text) == (True, False)


def test_withdrawing_asks_names_the_pages_and_can_be_taken_back(desk):
    one, other = honour(), honour("护理操作能手", level=1)
    alone = commendation(desk.section, "技师", [one], slug="alone")
    alone.save_revision().publish()
    commendation(desk.section, "护士长", [one, other], slug="kept")
    text = desk.keeper.get(url("edit", one.pk)).content.decode()
    assert f'href="{url("withdraw", one.pk)}"' in text
    answer = desk.keeper.get(url("withdraw", one.pk))
    form = answer.context["form"]
    assert form.fields["pages"].initial == [alone.pk]
    assert {page.slug for page in form.fields["pages"].queryset} == {"alone", "kept"}
    assert "技师的故事" in answer.content.decode()
    answer = desk.keeper.post(
        url("withdraw", one.pk), {"on": TODAY, "why": "申报材料不实", "pages": [alone.pk]}, follow=True
    )
    text = answer.content.decode()
    assert "已撤销。荣誉墙、页面和首页上都没有它了" in text
    assert f'href="{url("restore", one.pk)}"' in text
    assert "申报材料不实" in text and "登记人：罗长青" in text
    assert dict(CommendationPage.objects.values_list("slug", "live")) == {"alone": False, "kept": True}
    answer = desk.keeper.get(url("restore", one.pk))
    assert answer.context["form"].fields["pages"].initial == [alone.pk]
    desk.keeper.post(url("restore", one.pk), {"pages": [alone.pk]})
    one.refresh_from_db()
    assert one.is_standing
    assert CommendationPage.objects.get(slug="alone").live
    history = desk.keeper.get(url("history", one.pk)).content.decode()
    assert f"于 {TODAY:%Y-%m-%d} 撤销：申报材料不实" in history and "恢复（曾于" in history


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"on": TODAY, "why": " "}, "why", "请填写此项。"),
        ({"on": "2999-01-01", "why": "材料不实"}, "on", "请选择今天或更早的日子。"),
        ({"on": "yesterday", "why": "材料不实"}, "on", "请输入有效的日期，例如 2026-11-22。"),
        ({"on": "1900-01-01", "why": "材料不实"}, "on", "这一天它还没有授予，请选择授予之后的日子。"),
    ],
)
def test_a_withdrawal_that_is_not_sound_is_refused_at_its_field(answers, field, sentence, desk):
    one = honour()
    answer = desk.keeper.post(url("withdraw", one.pk), answers)
    assert answer.context["form"].errors == {field: [sentence]}
    assert answers["why"] in answer.content.decode()
    one.refresh_from_db()
    assert one.is_standing
    assert not ModelLogEntry.objects.for_instance(one).exists()


def test_whoever_comes_late_to_a_step_is_told_and_led_back(desk):
    one = honour()
    answer = desk.keeper.get(url("restore", one.pk), follow=True)
    assert "这项荣誉在册，不需要恢复。" in answer.content.decode()
    Honour.objects.filter(pk=one.pk).update(withdrawn_on=TODAY, withdrawn_why="重复登记")
    answer = desk.keeper.get(url("withdraw", one.pk), follow=True)
    assert "这项荣誉已经撤销了。" in answer.content.decode()
    answer = desk.keeper.post(url("withdraw", one.pk), {"on": TODAY, "why": "再来一次"})
    assert "有人已经撤销了这项荣誉" in answer.content.decode()
    assert Honour.objects.get().withdrawn_why == "重复登记"


def test_a_step_of_no_honour_is_a_page_that_does_not_exist(desk):
    assert desk.keeper.get(url("withdraw", 999)).status_code == 404


def test_the_form_of_a_withdrawn_honour_keeps_it_withdrawn(desk):
    one = honour(withdrawn_on=TODAY, withdrawn_why="重复登记")
    assert desk.keeper.post(url("edit", one.pk), FORM | {"title": "改正的名称"}).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.withdrawn_why) == ("改正的名称", "重复登记")


def rows(*honours):
    """What the inline rows of a page post for these honours."""
    fields = {"honours-TOTAL_FORMS": len(honours), "honours-INITIAL_FORMS": 0}
    for place, one in enumerate(honours):
        fields |= {f"honours-{place}-honour": one.pk, f"honours-{place}-ORDER": place + 1}
        fields |= {f"honours-{place}-id": "", f"honours-{place}-DELETE": ""}
    return fields


def page_form(*honours, **fields):
    related = {"related_links-TOTAL_FORMS": 0, "related_links-INITIAL_FORMS": 0}
    given = {
        "title": "二十二分钟", "slug": "", "who": "检验科主管技师", "post": "", "lead": "", "dated_on": TODAY,
        "cover": "", "citation": "", "citation_source": "", "author": "", "source": "", "body-count": 0,
    }  # fmt: skip
    return {**given, **rows(*honours), **related, **fields}


def test_an_editor_writes_about_a_role_model_and_is_told_what_is_missing(desk):
    one = honour()
    address = reverse("wagtailadmin_pages:add", args=["home", "commendationpage", desk.section.pk])
    text = desk.editor.post(address, page_form(one), follow=True).content.decode()
    page = CommendationPage.objects.get()
    assert (page.live, page.slug) == (False, "er-shi-er-fen-zhong")
    assert [link.honour for link in page.honours.all()] == [one]
    for sentence in ("还没有肖像", "还没有颁奖词", "导语"):
        assert sentence in text
    assert "没有在册的荣誉" not in text


def test_the_same_honour_in_two_rows_is_refused_at_the_second(desk):
    one = honour()
    address = reverse("wagtailadmin_pages:add", args=["home", "commendationpage", desk.section.pk])
    answer = desk.editor.post(address, page_form(one, honour("另一项"), one))
    forms = answer.context["form"].formsets["honours"].forms
    assert [dict(form.errors) for form in forms] == [{}, {}, {"honour": ["这项荣誉已经在另一行里了。"]}]
    assert not CommendationPage.objects.exists()


def test_a_source_without_its_citation_is_told(desk):
    address = reverse("wagtailadmin_pages:add", args=["home", "commendationpage", desk.section.pk])
    answer = desk.editor.post(address, page_form(citation_source="表彰决定"))
    assert answer.context["form"].errors == {"citation": ["请写出这个出处里的那句话。"]}


def test_a_page_with_a_withdrawn_honour_can_still_be_edited(desk):
    one = honour(withdrawn_on=TODAY, withdrawn_why="重复登记")
    page = commendation(desk.section, honours=[one])
    page.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = desk.editor.get(address)
    assert "（已撤销）" in answer.content.decode()
    link = page.honours.get()
    kept = {"honours-INITIAL_FORMS": 1, "honours-0-id": link.pk}
    text = desk.editor.post(address, page_form(one, **kept), follow=True).content.decode()
    assert "没有在册的荣誉" in text
    assert [row.honour for row in page.get_latest_revision_as_object().honours.all()] == [one]
