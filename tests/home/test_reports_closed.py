"""A closed report is closed by any address: page, list, feed, map, PDF, files, preview, kept pages."""

import pytest
from django.test import Client

from cms.editing.checks import findings
from cms.kit import pdf
from cms.kit.models import Navigation
from home.models import NewsRelatedLink, ReportAttachment, ReportPage, SitemapPage
from tests.home.factories import add, campaign, campaign_index, close, news, paper, report, report_index

pytestmark = pytest.mark.django_db

WORDS = ("上半年总结", "工作总结与计划", "/reports/", "五十二件提案")
CLOSED = ("/reports/", "/reports/h1/", "/reports/h1/pdf/", "/reports/feed/rss/", "/reports/feed/atom/")
CLOSED = (*CLOSED, "/reports/?year=2026", "/reports/?kind=plan", "/reports/?page=9")
OPEN = (
    "/",
    "/news/",
    "/news/open/",
    "/news/feed/rss/",
    "/sitemap.xml",
    "/map/",
    "/campaigns/",
    "/campaigns/c/",
)


@pytest.fixture
def everything(homepage, newsroom):
    """A site in which everything leads to a report of a closed section."""
    add(homepage, SitemapPage(title="网站地图", slug="map"))
    homepage.refresh_from_db()
    section = report_index(homepage)
    page = report(section, "上半年总结", slug="h1", lead="五十二件提案。", body=[("text", "<h2>正文</h2>")])
    document = paper("正式文本", "h1.pdf", closed=True)
    ReportAttachment.objects.create(page=page, document=document)
    newsroom.refresh_from_db()
    story = news(newsroom, "公开的", slug="open")
    NewsRelatedLink.objects.create(page=story, related=page)
    homepage.refresh_from_db()
    campaign(
        campaign_index(homepage),
        "专题一",
        slug="c",
        body=[{"type": "pages", "value": {"title": "总结", "note": "", "pages": [page.pk, story.pk]}}],
    )
    homepage.refresh_from_db()
    homepage.sections = [
        ("reports", {"title": "", "number": 4, "figures": [], "note": ""}),
        ("numbers", {"title": "数字", "figures": [{"number": "1", "text": "件"}], "note": "", "page": page}),
    ]
    homepage.save()
    menus = Navigation.for_site(homepage.get_site())
    menus.menu_items = [menus.menu_items.model(page=section)]
    menus.save()
    return page, document


def mentioned(client):
    return {
        (address, words)
        for address in OPEN
        for words in WORDS
        if words in client.get(address).content.decode()
    }


def test_a_visitor_finds_no_trace_of_it_anywhere(client, everything):
    assert {address: client.get(address).status_code for address in OPEN} == dict.fromkeys(OPEN, 200)
    assert mentioned(client) == set()


def test_a_member_finds_it_where_it_belongs(client_of, person, everything):
    found = mentioned(client_of(person()))
    assert {address for address, words in found if words == "上半年总结"} == {
        "/",
        "/news/open/",
        "/campaigns/c/",
    }
    assert {address for address, words in found if words == "工作总结与计划"} == set(OPEN) - {
        "/news/feed/rss/",
        "/sitemap.xml",
    }


@pytest.mark.parametrize("address", CLOSED)
def test_a_visitor_is_led_to_sign_in_and_back(client, everything, address):
    response = client.get(address)
    assert response.status_code == 302
    path, _mark, _query = address.partition("?")
    assert response["Location"].startswith(f"/accounts/login/?next={path}")
    assert "上半年总结" not in response.content.decode()
    assert client.head(address).status_code == 302


def test_a_member_reads_it_and_no_cache_keeps_it(client_of, person, everything):
    _page, document = everything
    client = client_of(person())
    for address in ("/reports/", "/reports/h1/", "/reports/h1/pdf/", document.url):
        response = client.get(address)
        assert response.status_code == 200, address
        assert "no-store" in response["Cache-Control"], address
        assert b"".join(response), address  # read to its end: the test client then closes files itself
    assert "没有" not in client.get("/reports/").content.decode().split("<main")[1].split("</h1>")[0]


def test_a_closed_section_has_no_feed_and_offers_none(client_of, person, everything):
    client = client_of(person())
    assert client.get("/reports/feed/rss/").status_code == 404
    assert "/reports/feed/" not in client.get("/reports/").content.decode()


def test_its_files_are_closed_by_their_own_addresses(client, client_of, person, everything):
    _page, document = everything
    for address in (
        document.url,
        f"/documents/{document.pk}/view/",
        f"/documents/{document.pk}/view/?page=1&picture=820",
    ):
        response = client.get(address)
        assert (response.status_code, response["Location"].startswith("/accounts/login/")) == (302, True)
        assert "no-store" in response["Cache-Control"]
    assert client.get(f"/media/{document.file.name}").status_code == 404
    response = client_of(person()).get(document.url)
    assert (response.status_code, b"".join(response)) == (200, b"%PDF-1.4 one")


def test_a_draft_is_seen_by_those_who_may_edit(client, client_of, person, admin, everything):
    page = ReportPage.objects.get()
    page.save_revision()
    address = f"/admin/pages/{page.pk}/view_draft/"
    for reader in (client, client_of(person())):
        assert reader.get(address).status_code in {302, 403}
    assert "五十二件提案" in client_of(admin).get(address).content.decode()


def test_kept_pages_let_nobody_in(settings, client, client_of, person, everything):
    settings.KEEP_PAGES = True
    member = client_of(person())
    assert "五十二件提案" in member.get("/reports/h1/").content.decode()
    member.get("/reports/h1/pdf/")
    for address in CLOSED[:5]:
        assert Client().get(address).status_code == 302
    for _again in range(2):
        assert mentioned(Client()) == set()


def test_a_section_opened_by_an_editor_is_open_and_closed_again_is_closed_at_once(
    settings, client, everything, django_capture_on_commit_callbacks
):
    settings.KEEP_PAGES = True
    page, _document = everything
    section = page.get_parent()
    with django_capture_on_commit_callbacks(execute=True):
        section.view_restrictions.all().delete()
    assert "五十二件提案" in client.get("/reports/h1/").content.decode()
    assert "上半年总结" in client.get("/").content.decode()
    answer = client.get("/reports/h1/pdf/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
    with django_capture_on_commit_callbacks(execute=True):
        close(section)
    assert mentioned(client) == set()
    assert client.get("/reports/h1/").status_code == 302
    assert client.get("/reports/h1/pdf/").status_code == 302


def test_the_paper_of_a_report_says_what_the_page_says(client_of, person, everything):
    import pypdfium2

    page, _document = everything
    page.body = [
        (
            "text",
            "<h2>一、提案</h2><p>立案<b>五十二</b>件 &amp; 答复。</p>"
            "<ol><li>甲<ul><li>乙</li></ul></li></ol>",
        ),
        ("quote", {"text": "看懂了。", "by": "一位会员"}),
        ("callout", {"tone": "plain", "title": "记得", "text": "<p>带工牌</p>"}),
        ("files", {"title": "附件", "documents": [paper("空白表", "a.docx")]}),
    ]
    page.save()
    response = client_of(person()).get("/reports/h1/pdf/")
    assert response["Content-Type"] == "application/pdf"
    assert (
        "filename*=UTF-8''%E4%B8%8A%E5%8D%8A%E5%B9%B4%E6%80%BB%E7%BB%93.pdf"
        in response["Content-Disposition"]
    )
    document = pypdfium2.PdfDocument(response.content)
    text = document[0].get_textpage().get_text_bounded().replace("\r\n", "\n")
    document.close()
    for words in (
        "上半年总结",
        "五十二件提案。",
        "一、提案",
        "立案五十二件 & 答复。",
        "1. 甲",
        "2. 乙",
        "看懂了。",
    ):
        assert words in text
    for words in ("—— 一位会员", "记得", "带工牌", "附件", "空白表", "第 1 页 共 1 页"):
        assert words in text


def test_a_paper_that_cannot_be_set_is_excused_and_kept_nowhere(client_of, person, everything, monkeypatch):
    def refuse(_letter):
        raise pdf.Unset

    monkeypatch.setattr(pdf, "for_reader", refuse)
    response = client_of(person()).get("/reports/h1/pdf/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "no-store" in response["Cache-Control"]


def test_the_editor_is_told_which_files_everybody_may_fetch(everything):
    page, _document = everything
    assert [line for line in findings(page) if "正式文本" in line] == []
    bare = paper("收支明细", "money.pdf")
    ReportAttachment.objects.create(page=page, document=bare)
    page.body = [
        ("files", {"title": "", "documents": [paper("一览表", "list.pdf")]}),
        ("text", f'<p>见<a id="{paper("说明", "note.pdf").pk}" linktype="document">说明</a></p>'),
    ]
    page.save()
    told = [line for line in findings(ReportPage.objects.get()) if "收支明细" in line]
    assert len(told) == 1
    assert "3" in told[0]
    assert all(title in told[0] for title in ("一览表", "收支明细", "说明"))
    page.get_parent().view_restrictions.all().delete()
    assert [line for line in findings(ReportPage.objects.get()) if "收支明细" in line] == []
