"""The generation of what visitors see: one row for each transaction that changed something."""

import secrets

from django.db import models


def random_token() -> int:
    return secrets.randbelow(2**44)


class Change(models.Model):
    """A change. The number of rows and the sum of their tokens is the generation (``cms.kit.cache``).

    Rows are only added: changes made at the same time do not wait for one another, and none can be overlooked
    because it was committed after a later one.
    """

    KEPT = 100

    token = models.BigIntegerField(default=random_token, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def tidy(cls) -> int:
        """Forget all but the newest rows, which is a change like any other; return how many."""
        old = list(cls.objects.order_by("-pk").values_list("pk", flat=True)[cls.KEPT : cls.KEPT + 5000])
        return cls.objects.filter(pk__in=old).delete()[0]
