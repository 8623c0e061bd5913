"""Who took a list home (导出记录)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .cases import AppendOnly


class Export(AppendOnly):
    """A list that left the house as a file: who took it, what it was, how it was narrowed, how many rows."""

    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now, db_index=True)
    what = models.CharField(max_length=60)
    kind = models.CharField(max_length=4)
    number = models.PositiveIntegerField()
    narrowed = models.JSONField(default=dict)

    class Meta:
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.taken_at:%Y-%m-%d} ({self.number})"
