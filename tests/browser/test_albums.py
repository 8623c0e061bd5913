"""An editor fills an album from a folder; it is reviewed, published, read; a photo is taken down."""

import re
import secrets
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Walk
from tests.browser.house import House
from tests.browser.test_editor import EDITOR, FIRST, SECOND, decide, submit
from tests.kit.photographs import png_of

GOOD = 60
CAPTION = "集合：七点半，雾还没散。"
WRONG = {
    "ZZ 重复.jpg": "相册里已经有这张照片了",
    "合影（坏）.jpg": "损坏",
    "名单.jpg": "不是本站能用的图片",
    "太大.png": "像素",
    "标志.svg": "不是本站能用的图片",
}


def folder(place: Path, mark: int) -> list[Path]:
    """Sixty small photos as a phone names them, with five that cannot be taken among them."""
    files = []
    for number in range(1, GOOD + 1):
        shade = (number * 4 % 256, mark % 256, (mark // 256 + number * 7) % 256)
        size = ((640, 420), (420, 600), (520, 520), (640, 480))[number % 4]
        path = place / f"IMG_{number:03}.jpg"
        picture = Image.new("RGB", size, shade)
        picture.paste((250, 240, 220), (size[0] // 4, size[1] // 4, size[0] // 2, size[1] * 3 // 4))
        picture.save(path, quality=88)
        files.append(path)
    (place / "ZZ 重复.jpg").write_bytes(files[2].read_bytes())
    whole = Image.effect_noise((400, 300), 60).convert("RGB")
    whole.save(place / "合影（坏）.jpg", quality=95)
    content = (place / "合影（坏）.jpg").read_bytes()
    (place / "合影（坏）.jpg").write_bytes(content[: len(content) // 2])
    (place / "名单.jpg").write_bytes("工号,姓名\n".encode() * 50)
    (place / "太大.png").write_bytes(png_of(20_000, 20_000))
    (place / "标志.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return [*files, *(place / name for name in WRONG)]


def begin(walk: Walk, title: str) -> Page:
    """Begin an album from the dashboard and go to its photos."""
    page = walk.sign_in(EDITOR, "/admin/")
    page.get_by_role("link", name="建相册").click()
    page.fill("#id_title", title)
    page.press("#id_title", "Tab")
    page.fill("#id_lead", "一个下午，六十张照片，从集合拍到收队。")
    page.fill("#id_place", "城南步道")
    page.locator("footer button.action-save").first.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    page.locator(".photo-panel").get_by_role("link", name="添加照片").click()
    expect(page.locator("[data-photo-desk]")).to_be_visible()
    return page


def fill(walk: Walk, page: Page, files: list[Path]) -> None:
    """Send the folder: the good ones arrive in the order of their names, each other gets its sentence."""
    page.locator("#photo-files").set_input_files(files)
    expect(page.locator("[data-photo]")).to_have_count(GOOD, timeout=240_000)
    counted = page.locator("[data-counted]")
    expect(counted).to_contain_text(f"已收到 {GOOD} / {GOOD + len(WRONG)} 张", timeout=60_000)
    for name, sentence in WRONG.items():
        expect(page.locator(".photo-file--refused", has_text=name)).to_contain_text(sentence)
    expect(page.locator(".photo-file")).to_have_count(len(WRONG))
    shown = page.locator("[data-photo] .photo-card__picture img")
    names = shown.evaluate_all("all => all.map(one => one.alt)")
    assert names == [f"IMG_{number:03}" for number in range(1, GOOD + 1)]
    walk.keep("photo-desk-sent")


def caption_and_order(walk: Walk, page: Page) -> None:
    """Write a caption, move the photo, choose a cover, note consent for all: it is all kept."""
    first = page.locator("[data-photo]").first
    first.locator("[data-caption]").fill(CAPTION)
    first.locator("[data-caption]").blur()
    expect(first.locator("[data-said]")).to_have_text("已保存")
    first.locator("[data-step='1']").click()
    expect(page.locator("[data-status]")).to_have_text("顺序已保存。")
    page.get_by_role("radio").nth(4).check()
    expect(page.locator("[data-photo]").nth(4).locator("[data-said]")).to_have_text("已保存")
    page.locator("#consent-of-all").select_option("given")
    page.get_by_role("button", name="全部注明").click()
    expect(page.locator(".messages")).to_contain_text(f"已为 {GOOD} 张照片注明")
    page.reload()
    expect(page.locator("[data-photo] [data-caption]").nth(1)).to_have_value(CAPTION)
    expect(page.locator(".photo-card__consent--given")).to_have_count(GOOD)
    expect(page.locator("[data-cover]:checked")).to_have_count(1)
    first.scroll_into_view_if_needed()
    walk.look("photo-desk")


def publish(another: Callable[[], Walk], title: str) -> None:
    """First and second review."""
    for person in (FIRST, SECOND):
        decide(another().sign_in(person, "/admin/"), title, "approve")


def take_down(walk: Walk, number: str) -> None:
    """Take a photo down, saying why."""
    page = walk.go(f"/admin/images/{number}/take-down/")
    page.fill("[name=reason]", "照片里的同事来电话")
    walk.look("take-down")
    page.get_by_role("button", name="从所有地方撤下").click()
    expect(page.locator(".messages")).to_contain_text("已从所有地方撤下")
    expect(page.locator(".takedown__history")).to_contain_text("照片里的同事来电话")


def test_an_album_is_filled_reviewed_read_and_a_photo_taken_down(
    walk: Walk, another: Callable[[], Walk], house: House, tmp_path: Path
) -> None:
    title = f"城南徒步（{secrets.token_hex(2)}）"
    page = begin(walk, title)
    walk.look("photo-desk-empty")
    fill(walk, page, folder(tmp_path, secrets.randbelow(60000)))
    caption_and_order(walk, page)
    page.get_by_role("link", name="回到相册页").click()
    expect(page.locator(".photo-panel")).to_contain_text(f"{GOOD} 张照片")
    walk.keep("album-editor")
    submit(page)
    publish(another, title)

    visitor = another()
    public = visitor.go("/albums/")
    visitor.look("albums")
    public.get_by_role("link", name=title).click()
    expect(public.get_by_role("heading", level=1)).to_have_text(title)
    expect(public.locator(".album-grid > li")).to_have_count(20)
    read(visitor, public)

    slug = public.url.split("?")[0].removeprefix(house.url)
    find = f"from home.models import AlbumPage; page = AlbumPage.objects.get(title='{title}');"
    ready = f"{find} print(sum(1 for one in page.photos.all() if one.image.served))"
    house.wait_until(ready, str(GOOD), seconds=240)
    thumb = visitor.go(slug).locator(".album-grid a").nth(1)
    visitor.look("album")
    anchor = thumb.get_attribute("href") or ""
    source = thumb.locator("img").get_attribute("src") or ""
    ask = visitor.context.request
    assert ask.get(house.url + source).status == 200
    take_down(walk, anchor.removeprefix("#photo-"))
    for place in (slug, "/albums/", "/albums/feed/rss/", "/"):
        assert source.rsplit("-", 1)[0] not in ask.get(house.url + place).text(), place
    assert ask.get(house.url + source).status == 404
    public = visitor.go(slug)
    expect(public.locator(f"{anchor}-thumb")).to_have_count(0)
    expect(public.locator(".facts")).to_contain_text(f"{GOOD - 1} 张")


def read(visitor: Walk, public: Page) -> None:
    """Open a photo, walk on by key, over the end of the page, and close it; focus comes back."""
    frames = public.locator(".viewer__frame")
    public.locator(".album-grid a").nth(1).click()
    expect(frames.nth(1)).to_be_visible()
    expect(frames.nth(1)).to_contain_text(CAPTION)
    visitor.look("album-viewer")
    public.keyboard.press("ArrowRight")
    expect(frames.nth(2)).to_be_visible()
    expect(frames.nth(1)).to_be_hidden()
    public.keyboard.press("ArrowLeft")
    public.keyboard.press("Escape")
    expect(public.locator(".viewer__frame:visible")).to_have_count(0)
    expect(public.locator(".album-grid a").nth(1)).to_be_focused()
    public.locator(".album-grid a").last.click()
    public.locator(".viewer__frame:target [rel=next]").click()
    public.wait_for_url(re.compile(r"\?page=2#photo-\d+$"))
    expect(public.locator(".viewer__frame:target .viewer__count")).to_have_text(f"21 / {GOOD}")


def test_what_the_network_lost_is_sent_again(walk: Walk, tmp_path: Path) -> None:
    page = begin(walk, f"断网的下午（{secrets.token_hex(2)}）")
    files = folder(tmp_path, secrets.randbelow(60000))[:4]
    page.route("**/photos/add/", lambda route: route.abort())
    page.locator("#photo-files").set_input_files(files)
    expect(page.locator("[data-notice]")).to_have_text("网络断了。已收到的照片都在。")
    expect(page.locator(".photo-file--failed")).to_have_count(4)
    expect(page.locator("[data-photo]")).to_have_count(0)
    walk.look("photo-desk-offline")
    walk.complaints.clear()  # the browser has told of the lost connection too
    page.unroute("**/photos/add/")
    page.get_by_role("button", name="全部重新上传").click()
    expect(page.locator("[data-photo]")).to_have_count(4)
    expect(page.locator("[data-counted]")).to_have_text("完成：4 张照片已收到。")
    expect(page.locator(".photo-file")).to_have_count(0)
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("[data-remove]").first.click()
    expect(page.locator("[data-photo]")).to_have_count(3)
    page.reload()
    expect(page.locator("[data-photo]")).to_have_count(3)


def test_the_viewer_needs_no_script(browser: Browser, house: House) -> None:
    drawn = "from home.models import AlbumPage; page = AlbumPage.objects.get(slug='choir-album')"
    house.wait_until(f"{drawn}; print(page.photos.count())", "16", seconds=300)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{house.url}/albums/choir-album/")
    page.locator(".album-grid a").first.click()
    frame = page.locator(".viewer__frame:target")
    expect(frame).to_be_visible()
    expect(frame.locator(".viewer__count")).to_have_text("1 / 16")
    frame.locator("[rel=next]").click()
    expect(frame.locator(".viewer__count")).to_have_text("2 / 16")
    frame.locator("[data-viewer]").click()
    expect(page.locator(".viewer__frame:visible")).to_have_count(0)
    context.close()
