"""Pages of the website for tests: published through Wagtail, shaped by keywords."""

from datetime import date, timedelta

from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.kit.models import HouseImage
from home.models import (
    AlbumIndexPage,
    AlbumPage,
    AlbumPhoto,
    Category,
    NewsIndexPage,
    NewsPage,
    NoticeIndexPage,
    NoticePage,
    StandardPage,
)


def days_ago(number):
    """The day so many days before today; negative: after it."""
    return timezone.localdate() - timedelta(days=number)


def add(parent, page):
    """Put a page under its parent, published."""
    return parent.add_child(instance=page)


def news_index(homepage, title="工会动态", slug="news", **fields):
    return add(homepage, NewsIndexPage(title=title, slug=slug, **fields))


def notice_index(homepage, title="通知公告", slug="notices", **fields):
    return add(homepage, NoticeIndexPage(title=title, slug=slug, **fields))


def news(index, title="一则动态", **fields):
    fields.setdefault("dated_on", timezone.localdate())
    return add(index, NewsPage(title=title, **fields))


def notice(index, title="一则通知", **fields):
    fields.setdefault("dated_on", timezone.localdate())
    return add(index, NoticePage(title=title, **fields))


def standard(parent, title="关于工会", **fields):
    return add(parent, StandardPage(title=title, **fields))


def category(name="职工生活", slug="life", sort_order=0):
    return Category.objects.create(name=name, slug=slug, sort_order=sort_order)


def picture(title="门诊楼", sizes=((400, 250), (800, 500), (1280, 800)), **fields):
    """An image whose sizes lie ready, without drawing a single one."""
    fields.setdefault("description", "剪纸画：亮着灯的窗")
    image = HouseImage(title=title, file=f"originals/{title}.jpg", width=1600, height=1000, **fields)
    image.served = {"stem": "window", "sizes": [list(size) for size in sizes]} if sizes else {}
    HouseImage.objects.bulk_create([image])
    return HouseImage.objects.get(title=title)


def close(page, *groups):
    """Let only signed-in members read a page and what lies below it, or only these groups."""
    kind = PageViewRestriction.GROUPS if groups else PageViewRestriction.LOGIN
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(groups)
    return restriction


def many_news(index, number, first=date(2024, 1, 1), **fields):
    """So many stories in a row, one a day, written without Wagtail's care for each one."""
    index.refresh_from_db()
    for place in range(number):
        news(index, f"动态{place:04}", slug=f"n{place}", dated_on=first + timedelta(days=place), **fields)


def album_index(homepage, title="活动掠影", slug="albums", **fields):
    return add(homepage, AlbumIndexPage(title=title, slug=slug, **fields))


def album(index, title="一本相册", photos=(), **fields):
    """An album; ``photos`` are images, or pairs of image and caption."""
    fields.setdefault("dated_on", timezone.localdate())
    page = add(index, AlbumPage(title=title, **fields))
    rows = [one if isinstance(one, tuple) else (one, "") for one in photos]
    AlbumPhoto.objects.bulk_create(
        AlbumPhoto(page=page, image=image, caption=caption, sort_order=place)
        for place, (image, caption) in enumerate(rows)
    )
    return page


def pictures(number, prefix="照片", **fields):
    """So many images whose sizes lie ready."""
    return [picture(f"{prefix}{place:03}", **fields) for place in range(1, number + 1)]
