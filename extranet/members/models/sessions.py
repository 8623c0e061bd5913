"""Where somebody is signed in (登录设备): device in words, network, since when; the session itself is Django's."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class SignedIn(models.Model):
    """One running session of a person. The network is a /24 or /48: enough to know one's own, no more."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signed_in_at"
    )
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=50, blank=True)
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.device
