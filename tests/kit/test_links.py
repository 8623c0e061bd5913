"""Links in running text: one query a text, and never a link to a page that is gone."""

import pytest
from wagtail.models import Page, Site
from wagtail.rich_text import expand_db_html

from tests.home.factories import standard

pytestmark = pytest.mark.django_db


def text(*numbers):
    return "".join(f'<a linktype="page" id="{number}">词</a>' for number in numbers)


def test_the_links_of_a_text_cost_one_query(homepage, django_assert_num_queries):
    first, second = standard(homepage, slug="a"), standard(homepage, slug="b")
    expand_db_html(text(first.pk))
    with django_assert_num_queries(1):
        html = expand_db_html(text(first.pk, second.pk, first.pk))
    assert html == '<a href="/a/">词</a><a href="/b/">词</a><a href="/a/">词</a>'


def test_a_link_to_a_page_that_is_gone_leads_nowhere(homepage):
    page = standard(homepage, slug="a")
    Page.objects.get(pk=page.pk).delete()
    assert expand_db_html(text(page.pk)) == "<a>词</a>"


def test_a_moved_root_is_seen_by_the_next_reader(homepage, site, django_capture_on_commit_callbacks):
    page = standard(homepage, slug="a")
    assert expand_db_html(text(page.pk)) == '<a href="/a/">词</a>'
    with django_capture_on_commit_callbacks(execute=True):
        Site.objects.create(hostname="other.example", root_page=page, port=80)
    assert expand_db_html(text(page.pk)) == '<a href="http://other.example/">词</a>'
