"""A small newsroom for the walk through the admin: people in groups, a workflow, pages in every state."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Comment, Workflow
from wagtailmedia.models import get_media_model

from cms.kit.models import HouseDocument
from home.first_steps import Basics, prepare
from home.models import (
    AlbumPage,
    AlbumPhoto,
    CampaignPage,
    Category,
    CommendationHonour,
    CommendationPage,
    Honour,
    NewsPage,
    NoticePage,
    ReportPage,
    RulePage,
)
from home.register.steps import withdraw

BODY = [
    {"type": "text", "value": "<h2>现场</h2><p>大家一起包了<b>二十斤</b>饺子。</p>"},
    {"type": "callout", "value": {"tone": "plain", "title": "提示", "text": "<p>请自带杯子。</p>"}},
    {"type": "quote", "value": {"text": "热热闹闹的。", "by": "一位护士"}},
]


@dataclass
class Newsroom:
    """What the walk needs to name: pages by their state, and one of each other kind."""

    pages: dict[str, Any]
    image: Any
    document: Any
    media: Any
    category: Category
    honour: Honour
    withdrawn: Honour
    workflow: Workflow
    task: Any
    collection: Collection
    redirect: Redirect
    group: Group


def _gather(basics: Basics, story: NewsPage, image: Any, document: HouseDocument) -> dict[str, Any]:
    """Make a report, a campaign and a rule in their sections."""
    figure = {"number": "52", "unit": "件", "text": "提案立案", "note": "台账"}
    report = basics.reports.add_child(
        instance=ReportPage(title="总结", slug="report", body=BODY, figures=[("figure", figure)])
    )
    report.attachments.add(report.attachments.model(document=document))
    report.save()
    row = {"title": "先读", "note": "", "pages": [story.pk, report.pk]}
    campaign = basics.campaigns.add_child(
        instance=CampaignPage(
            title="学先进", slug="learn", cover=image, body=[{"type": "pages", "value": row}]
        )
    )
    rule = basics.rules.add_child(instance=RulePage(title="慰问办法", slug="visits", document=document))
    return {
        "reports": basics.reports,
        "campaigns": basics.campaigns,
        "rules": basics.rules,
        "report": report,
        "campaign": campaign,
        "rule": rule,
    }


def _make_pages(basics: Basics, category: Category, editor: Any, reviewer: Any, image: Any) -> dict[str, Any]:
    news = basics.news

    def story(title: str, slug: str, **fields: Any) -> NewsPage:
        page = news.add_child(
            instance=NewsPage(
                title=title, slug=slug, owner=editor, category=category, cover=image, body=BODY, **fields
            )
        )
        page.save_revision(user=editor, log_action=True)
        return page

    published = story("包饺子", "dumplings")
    published.save_revision(user=reviewer, log_action=True).publish(user=reviewer)
    published.title = "包饺子迎冬至"
    published.body = [*BODY, {"type": "text", "value": "<p>补一段。</p>"}]
    published.save_revision(user=editor, log_action=True)
    Comment.objects.create(
        page=published, user=reviewer, text="这里再核对一下", contentpath="title", position="{}"
    )
    draft = story("草稿", "draft", live=False)
    scheduled = story("定时", "scheduled", live=False)
    scheduled.go_live_at = timezone.now() + datetime.timedelta(days=3)
    scheduled.expire_at = timezone.now() + datetime.timedelta(days=9)
    scheduled.save_revision(user=editor).publish(user=reviewer)
    locked = story("锁定", "locked")
    locked.locked, locked.locked_by, locked.locked_at = True, reviewer, timezone.now()
    locked.save()
    notice = basics.notices.add_child(
        instance=NoticePage(title="公示", slug="publicity", owner=editor, body=BODY, live=False)
    )
    album = AlbumPage(title="拔河", slug="tug", owner=editor, cover=image)
    basics.albums.add_child(instance=album)
    album.photos = [AlbumPhoto(image=image, caption="第一场")]
    album.save_revision(user=editor, log_action=True).publish(user=reviewer)
    waiting, returned = story("待审", "waiting", live=False), story("退回", "returned", live=False)
    model = basics.models.add_child(
        instance=CommendationPage(title="三支笔", slug="three-pens", who="护士长", owner=editor, cover=image)
    )
    return {
        "home": basics.home,
        "models": basics.models,
        "wall": basics.wall,
        "model": model,
        "news": news,
        "notices": basics.notices,
        "albums": basics.albums,
        "album": album,
        "charter": basics.pages["charter"],
        "sitemap": basics.sitemap,
        "published": published,
        "draft": draft,
        "scheduled": scheduled,
        "locked": locked,
        "notice": notice,
        "waiting": waiting,
        "returned": returned,
    }


def furnish(editor: Any, reviewer: Any, administrator: Any) -> Newsroom:
    """Take the first steps, then fill the site; editor and reviewer get their groups."""
    basics = prepare(by=administrator)
    editor.groups.add(basics.editors)
    reviewer.groups.add(basics.first_reviewers, basics.second_reviewers)
    category = Category.objects.create(name="文体", slug="sport")
    root = Collection.get_first_root_node()
    collection = root.add_child(name="活动照片")
    image = get_image_model()(title="饺子", description="一盘饺子", uploaded_by_user=editor)
    image.file.save("dumplings.png", get_test_image_file(), save=True)
    document = HouseDocument.objects.create(
        title="报名表", file=ContentFile(b"name", name="form.txt"), uploaded_by_user=editor
    )
    media = get_media_model().objects.create(
        title="合唱", type="video", duration=30, file=ContentFile(b"film", name="choir.mp4")
    )
    pages = _make_pages(basics, category, editor, reviewer, image)
    pages |= _gather(basics, pages["published"], image, document)
    given = {"level": 2, "issuer": "市总工会", "year": 2024, "recipient": "护士长"}
    honour = Honour.objects.create(title="市劳动模范", **given)
    honour.save_revision(user=reviewer, log_action=True)
    honour.issuer = "市人民政府"
    honour.save_revision(user=reviewer, log_action=True)
    CommendationHonour.objects.create(page=pages["model"], honour=honour)
    withdrawn = Honour.objects.create(title="十佳小组", **given)
    withdraw(withdrawn, by=administrator, on=timezone.localdate(), why="重复登记")
    workflow = basics.workflow
    workflow.start(pages["waiting"], editor)
    state = workflow.start(pages["returned"], editor)
    state.current_task_state.reject(user=reviewer, comment="请补一张照片")
    redirect = Redirect.objects.create(old_path="/old", redirect_page=pages["published"])
    task = workflow.tasks[0].specific
    return Newsroom(
        *(pages, image, document, media, category, honour, withdrawn, workflow, task, collection),
        *(redirect, basics.editors),
    )
