"""Whether the house stands (健康检查): for load balancers and monitors, without a word to strangers."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import Error
from django.db.models import Max
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.kit.doors import door
from cms.kit.models.jobs import WorkerPulse

SILENCE = timedelta(minutes=3)
LEAST_FREE = 200 * 1024 * 1024


@door("public")
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the same for everybody
    """Answer 200 while visitors can be served, 503 when not.

    ``status`` is ``ok``, ``degraded`` (pages are served, but without a worker mail and pictures wait)
    or ``down``. Asks the database once; no session, no template, no cache.
    """
    found = {**_database_and_worker(), "disk": "ok" if has_room() else "full"}
    down = found["database"] != "ok" or found["disk"] != "ok"
    status = "down" if down else "ok" if found["worker"] == "ok" else "degraded"
    response = JsonResponse({"status": status, **found}, status=503 if down else 200)
    response["Cache-Control"] = "no-store"
    return response


def _database_and_worker() -> dict[str, str]:
    try:
        seen = WorkerPulse.objects.aggregate(seen=Max("seen_at"))["seen"]
    except Error:  # away, locked, or not yet made
        return {"database": "away", "worker": "unknown"}
    alive = seen is not None and timezone.now() - seen < SILENCE
    return {"database": "ok", "worker": "ok" if alive else "away"}


def has_room() -> bool:
    """Tell whether the disk of the private files can take what people send."""
    try:
        return shutil.disk_usage(settings.PRIVATE_ROOT).free >= LEAST_FREE
    except OSError:
        return False
