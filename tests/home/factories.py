"""Pages of the website for tests: published through Wagtail, shaped by keywords."""

from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection, PageViewRestriction

from cms.kit.closed import members_collection
from cms.kit.models import HouseDocument, HouseImage
from home.models import (
    AlbumIndexPage,
    AlbumPage,
    AlbumPhoto,
    CampaignIndexPage,
    CampaignPage,
    Category,
    CommendationHonour,
    CommendationIndexPage,
    CommendationPage,
    Honour,
    HonourWallPage,
    NewsIndexPage,
    NewsPage,
    NoticeIndexPage,
    NoticePage,
    ReportIndexPage,
    ReportPage,
    RulePage,
    RulesIndexPage,
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


def model_index(homepage, title="先进典型", slug="role-models", **fields):
    return add(homepage, CommendationIndexPage(title=title, slug=slug, **fields))


def wall(homepage, title="荣誉墙", slug="honours", **fields):
    return add(homepage, HonourWallPage(title=title, slug=slug, **fields))


def honour(title="市劳动模范", **fields):
    """An honour of the register; of last year, municipal, for a person, unless keywords say otherwise."""
    given = {"level": 2, "issuer": "市人民政府", "year": days_ago(366).year, "recipient": "检验科主管技师"}
    return Honour.objects.create(title=title, **given | fields)


def commendation(index, who="检验科主管技师", honours=(), **fields):
    """The page of a role model with these honours, in this order."""
    fields = {"title": f"{who}的故事", "dated_on": timezone.localdate()} | fields
    index.refresh_from_db()
    page = add(index, CommendationPage(who=who, **fields))
    rows = [CommendationHonour(page=page, honour=one, sort_order=place) for place, one in enumerate(honours)]
    CommendationHonour.objects.bulk_create(rows)
    return CommendationPage.objects.get(pk=page.pk)


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


def report_index(homepage, title="工作总结与计划", slug="reports", *, opened=False, **fields):
    """A section of reports; ``opened`` lifts its restriction as an editor would."""
    section = add(homepage, ReportIndexPage(title=title, slug=slug, **fields))
    if opened:
        section.view_restrictions.all().delete()
    return section


def report(index, title="上半年工作总结", **fields):
    fields.setdefault("dated_on", timezone.localdate())
    return add(index, ReportPage(title=title, **fields))


def campaign_index(homepage, title="专题", slug="campaigns", **fields):
    return add(homepage, CampaignIndexPage(title=title, slug=slug, **fields))


def campaign(index, title="学先进", **fields):
    return add(index, CampaignPage(title=title, **fields))


def rules_index(homepage, title="制度与表格", slug="rules", **fields):
    return add(homepage, RulesIndexPage(title=title, slug=slug, **fields))


def rule(index, title="慰问办法", **fields):
    if "document" not in fields:
        fields.setdefault("text", "<p>正文。</p>")
    return add(index, RulePage(title=title, **fields))


def paper(title="正式文本", name="report.pdf", *, closed=False, content=b"%PDF-1.4 one"):
    """A document of the library, in the members' collection when ``closed``."""
    collection = members_collection() if closed else Collection.get_first_root_node()
    return HouseDocument.objects.create(
        title=title, collection=collection, file=ContentFile(content, name=name)
    )


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
