"""The honour wall: years, plates, filters, pages of whole years, certificates, few queries."""

import re

import pytest

from cms.kit.models import HouseDocument
from home.models import Honour
from home.wall import PLATES_PER_PAGE
from tests.home.factories import close, commendation, honour, model_index, picture, wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def hung(homepage):
    """The wall."""
    return wall(homepage, intro="每一块牌子后面都有人。")


@pytest.fixture
def section(homepage, hung):
    homepage.refresh_from_db()
    return model_index(homepage)


def shown(client, query=""):
    """Return [(year, [titles])] as they hang."""
    years = client.get(f"/honours/{query}").context["years"]
    return [(year.year, [plate.honour.title for plate in year.plates]) for year in years]


def chips(choices):
    return [(str(choice.label), choice.count, choice.current) for choice in choices]


def test_years_go_back_and_within_a_year_the_highest_level_hangs_first(client, hung):
    honour("院里的", year=2026, level=1)
    honour("国家的", year=2026, level=4)
    honour("去年的", year=2025)
    honour("第二块", year=2026, level=3, sort_order=2)
    honour("第一块", year=2026, level=3, sort_order=1)
    assert shown(client) == [(2026, ["国家的", "第一块", "第二块", "院里的"]), (2025, ["去年的"])]


def test_within_a_level_the_later_month_hangs_first_and_an_unknown_one_last(client, hung):
    for title, month in (("不知月份", None), ("四月", 4), ("七月", 7)):
        honour(title, year=2026, month=month)
    assert shown(client) == [(2026, ["七月", "四月", "不知月份"])]


def test_the_first_plate_of_a_year_is_large_from_provincial_level_on(client, hung):
    honour("省的", year=2026, level=3, citation="三十一个人", citation_source="推荐材料")
    honour("也是省的", year=2026, level=3, sort_order=1, citation="不写出来", citation_source="决定")
    honour("市的", year=2025)
    text = client.get("/honours/").content.decode()
    assert text.count("plate--first") == 1
    assert "三十一个人<small>推荐材料</small>" in text
    assert "不写出来" not in text


def test_filters_are_links_with_counts_and_keep_one_another(client, hung):
    honour("甲", level=4, kind="person")
    honour("乙", level=3, kind="team")
    honour("丙", level=3, kind="union")
    honour("撤了的", level=3, kind="union", withdrawn_on="2026-01-02", withdrawn_why="重复")
    answer = client.get("/honours/?level=provincial")
    found = answer.context["wall"]
    assert chips(found.by_level) == [("", 3, False), ("国家级", 1, False), ("省级", 2, True)]
    assert chips(found.by_kind) == [("", 2, True), ("院工会", 1, False), ("集体", 1, False)]
    assert [choice.query for choice in found.by_kind] == [
        "?level=provincial", "?level=provincial&kind=union", "?level=provincial&kind=team",
    ]  # fmt: skip
    assert shown(client, "?level=provincial&kind=union")[0][1] == ["丙"]
    assert '<meta name="robots" content="noindex, follow">' in answer.content.decode()
    assert (
        "<title>荣誉墙 · 省级 · 院工会 - "
        in client.get("/honours/?level=provincial&kind=union").content.decode()
    )


def test_the_unions_own_honours_are_found_under_the_union(client, hung):
    honour("先进职工之家", kind="union", recipient="院工会", year=2026)
    honour("模范职工之家", kind="union", recipient="院工会", year=2026, level=3)
    honour("市劳动模范")
    assert shown(client, "?kind=union") == [(2026, ["模范职工之家", "先进职工之家"])]


@pytest.mark.parametrize(
    "query",
    [
        "?level=cosmic", "?level=", "?kind=club", "?kind=", "?page=0", "?page=2", "?page=x", "?page=-1",
        "?level=4", "?page=999999", "?page=1000000000", "?level=" + "a" * 2000,
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_a_page_that_does_not_exist(query, client, hung):
    honour()
    assert client.get(f"/honours/{query}").status_code == 404


def test_a_level_without_honours_says_so_and_shows_the_way_back(client, hung):
    honour()
    answer = client.get("/honours/?level=national")
    assert answer.status_code == 200
    assert "墙上没有这样的荣誉" in answer.content.decode()
    assert chips(answer.context["wall"].by_level)[1] == ("国家级", 0, True)


def test_an_empty_wall_speaks_to_visitors_and_leads_editors_to_the_register(client, client_of, admin, hung):
    assert "/admin/snippets/home/honour/" not in client.get("/honours/").content.decode()
    assert "/admin/snippets/home/honour/" in client_of(admin).get("/honours/").content.decode()


def test_a_year_is_never_cut(client, hung):
    for year, number in ((2026, 20), (2025, 15), (2024, 40), (2023, 2)):
        for place in range(number):
            honour(f"{year}-{place}", year=year, level=1)
    pages = [[(year, len(titles)) for year, titles in shown(client, f"?page={page}")] for page in (1, 2, 3)]
    assert pages == [[(2026, 20)], [(2025, 15)], [(2024, 40)]]
    assert shown(client, "?page=4")[0][0] == 2023
    assert client.get("/honours/?page=5").status_code == 404
    text = re.sub(r"\s+", " ", client.get("/honours/?page=2").content.decode())
    assert "共 77 条，第 2 / 4 页" in text
    assert 'href="/honours/"' in text and 'href="?page=3"' in text
    assert PLATES_PER_PAGE == 30


def test_a_plate_leads_to_its_story_for_those_who_may_read_it(client, client_of, person, hung, section):
    one, other = honour("甲", year=2026), honour("乙", year=2026)
    commendation(section, "旧的", [one], slug="old", dated_on="2024-01-01")
    page = commendation(section, "新的", [one, other], slug="new")
    hidden = commendation(section, "草稿", [other], slug="draft", dated_on="2030-01-01")
    hidden.unpublish()

    def ways(somebody):
        plates = somebody.get("/honours/").context["years"][0].plates
        return {plate.honour.title: plate.url for plate in plates}

    assert ways(client) == {"甲": "/role-models/new/", "乙": "/role-models/new/"}
    close(page)
    assert ways(client) == {"甲": "/role-models/old/", "乙": ""}
    assert ways(client_of(person())) == {"甲": "/role-models/new/", "乙": "/role-models/new/"}


def test_a_certificate_has_a_page_of_its_own(client, hung):
    scan = picture("证书", description="一张盖红章的证书")
    one = honour("甲", certificate_image=scan, certificate_public=True, document_number="示政发〔2026〕8号")
    address = f"/honours/certificate/{one.pk}/"
    assert f'href="{address}"' in client.get("/honours/").content.decode()
    text = client.get(address).content.decode()
    assert 'alt="一张盖红章的证书"' in text and "示政发〔2026〕8号" in text
    assert '<meta name="robots" content="noindex">' in text


def test_a_certificate_that_is_no_longer_public_is_gone(client, hung):
    scan = picture("证书")
    one = honour("甲", certificate_image=scan, certificate_public=True)
    address = f"/honours/certificate/{one.pk}/"
    for change in (
        {"certificate_public": False},
        {"withdrawn_on": "2026-01-02", "withdrawn_why": "重复"},
    ):
        Honour.objects.filter(pk=one.pk).update(**change)
        assert client.get(address).status_code == 404
        Honour.objects.filter(pk=one.pk).update(certificate_public=True, withdrawn_on=None, withdrawn_why="")
    scan.consent = "withdrawn"
    scan.save()
    assert client.get(address).status_code == 404
    assert client.get("/honours/certificate/999/").status_code == 404
    assert client.get("/honours/certificate/x/").status_code == 404


def test_a_certificate_file_comes_through_the_checked_view(client, hung):
    file = HouseDocument.objects.create(
        title="证书扫描件", file="documents/scan.pdf", original_name="scan.pdf"
    )
    one = honour("甲", certificate_file=file, certificate_public=True)
    text = client.get(f"/honours/certificate/{one.pk}/").content.decode()
    assert f'href="{file.url}"' in text
    assert "证书扫描件" in text


@pytest.mark.parametrize("number", [10, 200])
def test_the_wall_costs_the_same_queries_and_stays_light(
    number, client, hung, section, django_assert_num_queries
):
    honours = [
        Honour(
            title=f"市级以上表彰的先进集体{place}",
            level=1 + place % 4,
            issuer="市总工会、市卫生健康委员会",
            year=2026 - place // 20,
            month=1 + place % 12,
            recipient="重症医学科护理一组",
            certificate_public=True,
            certificate_image=picture(f"证书{place}") if place % 10 == 0 else None,
        )
        for place in range(number)
    ]
    Honour.objects.bulk_create(honours)
    page = commendation(section, "护理一组", Honour.objects.all()[:8])
    client.get("/honours/")
    with django_assert_num_queries(5):
        answer = client.get("/honours/")
    assert len(answer.content) < 40_000
    assert answer.context["wall"].total == number
    assert page.url in answer.content.decode()


def test_the_wall_stands_in_the_sitemap_and_says_what_it_is_when_shared(client, hung):
    assert "/honours/" in client.get("/sitemap.xml").content.decode()
    text = client.get("/honours/").content.decode()
    assert '<meta property="og:description" content="每一块牌子后面都有人。">' in text
