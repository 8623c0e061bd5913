"""The register of the demo: its honours, and the certificates the worker draws."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.kit.jobs import done, job
from home.demo.days import resolve, spoken
from home.demo.pictures import draw, hang, on_file
from home.demo.stories import MEDALS, PROFILES
from home.demo.stories.shape import Drawing, Medal
from home.models import Honour

NEWEST = 4  # role models in the row of the front page


def register(today: date, by: Any) -> dict[str, Honour]:
    """Write every honour into the register; return them by key."""
    return {medal.key: _enter(medal, today, by) for medal in MEDALS}


def _enter(medal: Medal, today: date, by: Any) -> Honour:
    day = resolve(medal.when, today)
    gone, why = medal.withdrawn or (0, "")
    return Honour.objects.create(
        title=medal.title,
        level=medal.level,
        issuer=medal.issuer,
        year=day.year,
        month=day.month,
        day=day.day if medal.exact else None,
        document_number=spoken(medal.number, day),
        kind=medal.kind,
        recipient=medal.recipient,
        department=medal.department,
        citation=medal.citation,
        citation_source=medal.source,
        withdrawn_on=max(today - timedelta(days=gone), day) if why else None,
        withdrawn_why=why,
        withdrawn_by=by if why else None,
    )


def front_portraits(today: date) -> list[Drawing]:
    """Return the portraits of the row on the front page."""
    newest = sorted(PROFILES, key=lambda profile: resolve(profile.when, today), reverse=True)
    return [profile.picture for profile in newest[:NEWEST]]


def scans() -> list[Drawing]:
    """Return the pictures of certificates."""
    return [medal.scan for medal in MEDALS if medal.scan]


@job(label=_("Draw the certificates of the demo"), atomic=False)
def certify() -> None:
    """Draw the certificates and show them with their honours; an honour that has a picture keeps it."""
    known = on_file(scans())
    drawn = {scan: draw(scan) for scan in scans() if scan not in known}
    with done():
        images = {**known, **hang(drawn)}
        for medal in MEDALS:
            if medal.scan is None:
                continue
            bare = Honour.objects.filter(
                title=medal.title, recipient=medal.recipient, certificate_image=None
            ).first()
            if bare is not None:
                bare.certificate_image, bare.certificate_public = images[medal.scan], True
                bare.save()
