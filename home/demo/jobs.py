"""What the worker does for the demo: draw a page's pictures and hang them in it, index all pages."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from cms.kit.jobs import done, enqueue, job
from home.demo.pages import Press
from home.demo.pictures import draw, drawings, hang, on_file
from home.demo.shelf import shelved
from home.demo.stories import ALBUMS, CAMPAIGNS, NEWS, NOTICES, PAGES, PROFILES, REPORTS


@job(label=_("Draw the pictures of a demo page"), atomic=False)
def illustrate(slug: str, page_id: int) -> None:
    """Draw what the page still lacks and publish it with its pictures.

    A page that somebody has edited, moved away or deleted since stays as it is.
    """
    pieces = {piece.slug: piece for piece in (*NEWS, *NOTICES, *ALBUMS, *PAGES, *PROFILES, *CAMPAIGNS)}
    named = [*pieces, *(report.slug for report in REPORTS), "news", "notices", "albums"]
    piece = pieces[slug]
    wanted = drawings(piece)
    known = on_file(wanted)
    drawn = {drawing: draw(drawing) for drawing in wanted if drawing not in known}
    with done():
        images = {**known, **hang(drawn)}
        page = Page.objects.filter(pk=page_id, slug=slug).specific().first()
        if page is None or not page.live or page.revisions.count() != 1:
            return
        dates = {"first_published_at": page.first_published_at, "last_published_at": page.last_published_at}
        press = Press(
            today=timezone.localdate(),
            images=images,
            papers=shelved(),
            categories={},
            pages={other.slug: other for other in Page.objects.filter(slug__in=named)},
            by=page.owner,
        )
        press.fill(page, piece)
        page.save_revision(log_action=False).publish(None, log_action=False)
        Page.objects.filter(pk=page_id).update(**dates)


ONE_BY_ONE = ("wagtail.tasks.update_reference_index_task", "modelsearch.tasks.insert_or_update_object_task")


@job(label=_("Index the demo pages"), atomic=False, priority=20)
def index_all() -> None:
    """Build search index and reference index anew."""
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)


def index_later() -> None:
    """Let one job index everything, in place of the hundreds that saving pages has queued."""
    enqueue(index_all, key="all")
    DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path__in=ONE_BY_ONE).delete()
