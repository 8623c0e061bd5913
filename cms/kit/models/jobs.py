"""What django-tasks does not keep: leases of running jobs, the schedule, signs of life."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Lease(models.Model):
    """The right of one worker to run one job until a moment; whoever holds ``token`` may settle the job.

    A row belongs to each job that was queued with a key or claimed at least once.
    """

    task = models.OneToOneField(
        "django_tasks_database.DBTaskResult",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="lease",
    )
    key = models.CharField(max_length=300, blank=True, db_index=True)
    token = models.CharField(max_length=32, blank=True)
    worker = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    losses = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        default_permissions = ()
        permissions = [("tend_jobs", _("Can see background jobs and run failed ones again"))]

    def __str__(self) -> str:
        return str(self.pk)


class Schedule(models.Model):
    """When a periodic job is due next; moved on by exactly one of the workers."""

    name = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class WorkerPulse(models.Model):
    """A worker's sign of life, renewed several times a minute."""

    name = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
