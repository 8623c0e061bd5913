"""Bring the data folder up to date: tables, throttle table, and the demo where it is asked for."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Idempotent; a second run takes seconds."""

    help = "Create or update the tables; with DEMO=1 load the demo site."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run each step, saying what is being done."""
        self.stdout.write("== 数据库 · Database")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("seed_workdays", if_empty=True)
        if settings.DEMO:
            self.stdout.write("== 演示内容 · Demo content")
            call_command("load_demo", verbosity=0)  # `up` tells who can sign in
