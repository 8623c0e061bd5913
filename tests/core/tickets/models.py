"""A room of the tests: somebody hands in a ticket with papers, a keeper approves or returns it."""

from django.conf import settings
from django.db import models

from extranet.core.models import Case
from extranet.core.vault import EncryptedTextField


class Status(models.TextChoices):
    HANDED_IN = "handed_in", "handed in"
    RETURNED = "returned", "returned"
    APPROVED = "approved", "approved"


class Ticket(Case):
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    amount_yuan = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    reason = EncryptedTextField(blank=True, default="")
    account = EncryptedTextField(null=True, show_last=4)
    status = models.CharField(max_length=12, choices=Status, default=Status.HANDED_IN)

    class Meta:
        app_label = "tickets"

    def get_absolute_url(self):
        return f"/tickets/{self.public_id}/"
