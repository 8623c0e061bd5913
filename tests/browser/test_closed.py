"""A story for members: its pictures go with it, members see them, visitors get nothing by any address."""

import json
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Walk
from tests.browser.house import House

ADMINISTRATOR, MEMBER = "100001", "100002"
STORY = """
import json
from wagtail.models import PageViewRestriction, ReferenceIndex
from cms.kit.models import HouseImage
from home.models import NewsPage
drawn = HouseImage.objects.exclude(served={}).exclude(served__has_key="closed")
story = NewsPage.objects.filter(live=True, cover__in=drawn, view_restrictions=None).order_by("-dated_on")[2]
PageViewRestriction.objects.create(page=story, restriction_type="login")
ReferenceIndex.create_or_update_for_object(story)
print(json.dumps([story.pk, story.url, story.title, story.cover.pk, story.cover.served["stem"]]))
"""


def test_a_member_sees_a_closed_story_with_its_picture_and_a_visitor_neither(
    walk: Walk, another: Callable[[], Walk], house: House
) -> None:
    pk, url, title, cover, stem = json.loads(house.ask(STORY))
    public, private = f"/media/images/{stem}-800.jpg", f"/pictures/{stem}-800.jpg"
    visitor = another()
    assert visitor.page.request.get(house.url + public).status == 200

    page = walk.sign_in(ADMINISTRATOR, f"/admin/pages/{pk}/edit/")
    page.locator("[data-side-panel-toggle=checks]").first.click()
    panel = page.locator("[data-house-findings]")
    expect(panel).to_contain_text("这个页面不对所有人开放")
    walk.keep("closed-story-checks")
    panel.get_by_role("button", name="改为仅会员可见").click()
    if panel.get_by_role("button", name="全部移过去").count():
        walk.keep("closed-story-elsewhere")
        panel.get_by_role("button", name="全部移过去").click()
    expect(panel).to_contain_text("项改为仅会员可见")
    expect(panel).not_to_contain_text("这个页面不对所有人开放")
    walk.keep("closed-story-done")

    for address in (public, private):
        assert visitor.page.request.get(house.url + address).status == 404
    visitor.go(url)
    expect(visitor.page.get_by_role("heading", level=1)).not_to_have_text(title)
    for address in ("/", "/news/", "/news/feed/rss/", "/sitemap.xml"):
        text = visitor.page.request.get(house.url + address).text()
        assert url not in text
        assert stem not in text

    drawn = (
        f"from cms.kit.models import HouseImage; print('sizes' in HouseImage.objects.get(pk={cover}).served)"
    )
    house.wait_until(drawn, "True", seconds=240)  # behind the pictures of the demo
    member = another()
    member.sign_in(MEMBER, url)
    expect(member.page.get_by_role("heading", level=1)).to_have_text(title)
    picture = member.page.locator("main figure picture img").first
    assert picture.get_attribute("src") == private
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") > 0
    member.look("closed-story")
    assert member.page.request.get(house.url + private).headers["cache-control"] == "private, no-store"
