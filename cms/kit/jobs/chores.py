"""The house's own periodic jobs: publish on time, forget old sessions and finished jobs."""

from datetime import time, timedelta
from io import StringIO

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.kit.models.changes import Change
from cms.kit.models.jobs import Schedule, WorkerPulse

from .declare import job, periodic, private_paths, rhythms
from .run import WIPED

KEEP_DONE = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)
BATCH = 500


@periodic(every=timedelta(minutes=1))
@job(label=_("Publish and take down what is due"), atomic=False, remember=False, priority=50)
def publish_on_time() -> None:
    """Publish scheduled revisions and take expired pages down."""
    call_command("publish_scheduled", stdout=StringIO())


@periodic(at=time(3, 10))
@job(label=_("Forget expired sessions"))
def forget_sessions() -> None:
    """Delete sessions nobody can use any more."""
    call_command("clearsessions")


@periodic(at=time(3, 20))
@job(label=_("Tidy up the list of jobs"), atomic=False)
def tidy_jobs() -> None:
    """Delete jobs done 14 or failed 90 days ago; wipe private arguments of those failed 14 days ago.

    Also forget old rows of the generation (``cms.kit.cache``).
    """
    now = timezone.now()
    old = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_DONE)
    old |= Q(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED)
    while batch := list(DBTaskResult.objects.filter(old).order_by().values_list("pk", flat=True)[:BATCH]):
        DBTaskResult.objects.filter(pk__in=batch).delete()
    failed = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_DONE, task_path__in=private_paths()
    )
    failed.update(args_kwargs=WIPED)
    Schedule.objects.exclude(name__in=rhythms()).delete()
    WorkerPulse.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    Change.tidy()


@periodic(every=timedelta(hours=1))
@job(label=_("Keep closed pictures closed"), atomic=False, remember=False)
def keep_closed() -> None:
    """Look once more that pictures and videos lie where their collection says, and nothing is left over.

    Each change does so by itself; this is for what happens behind its back: a backup restored, a process
    killed.
    """
    from cms.kit import closed, film_files, photo_files  # noqa: PLC0415 - they need the models

    closed.follow()
    photo_files.sweep()
    film_files.tidy()


@periodic(at=time(3, 40))
@job(label=_("Tidy up pictures"), atomic=False)
def tidy_pictures() -> None:
    """Draw pictures whose job was lost; forget the pages of documents that are gone."""
    from cms.kit import files, photos  # noqa: PLC0415 - both need the models, and photos this package

    photos.render_missing()
    files.tidy()
