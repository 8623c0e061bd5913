"""Counters behind case numbers (编号)."""

from django.db import models


class Counter(models.Model):
    """The last number given in a series in a year."""

    series = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="core_counter_once")]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}: {self.last}"
