"""The two steps of an honour: withdraw (撤销) and restore (恢复). Nothing else writes what they say."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from home.models import CommendationPage, Honour
from home.models.honours import WITHDRAWAL

MAY = "home.withdraw_honour"
WITHDRAWN, RESTORED = "home.honour.withdraw", "home.honour.restore"
LONGEST_REASON = 300


def pages_of(honour: Honour) -> list[CommendationPage]:
    """Return the pages of role models that show an honour."""
    return list(CommendationPage.objects.filter(honours__honour=honour).order_by("-dated_on", "-pk"))


def loses_all(page: CommendationPage, honour: Honour) -> bool:
    """Tell whether nothing stands on the page once this honour is withdrawn."""
    return all(other == honour for other in page.standing_honours)


def open_to(user: Any, page: CommendationPage) -> bool:
    """Tell whether somebody may take a page down or put it up."""
    rights = page.permissions_for_user(user)
    return bool(rights.can_unpublish() if page.live else rights.can_publish())


@transaction.atomic
def withdraw(honour: Honour, *, by: Any, on: date, why: str, down: Iterable[CommendationPage] = ()) -> None:
    """Withdraw an honour; take the pages ``down`` along. Raises ValidationError, at its field."""
    locked = _locked(honour, by)
    if not locked.is_standing:
        raise ValidationError(_already(locked))
    _check(locked, on, why)
    taken = [_take_down(page, by) for page in down]
    locked.withdrawn_on, locked.withdrawn_why, locked.withdrawn_by = on, why.strip(), by
    locked.save(update_fields=WITHDRAWAL)
    data = {"on": on.isoformat(), "why": locked.withdrawn_why, "pages": taken}
    log(instance=locked, action=WITHDRAWN, user=by, data=data)
    honour.refresh_from_db()


@transaction.atomic
def restore(honour: Honour, *, by: Any, up: Iterable[CommendationPage] = ()) -> None:
    """Let a withdrawn honour stand again; put the pages ``up`` as they were when it was withdrawn."""
    locked = _locked(honour, by)
    if locked.is_standing:
        raise ValidationError(_("This honour stands; somebody has restored it already."))
    shown = _taken_down(locked)
    put = [_put_up(page, shown.get(page.pk), by) for page in up]
    was = {"on": f"{locked.withdrawn_on:%Y-%m-%d}", "why": locked.withdrawn_why, "pages": put}
    locked.withdrawn_on, locked.withdrawn_why, locked.withdrawn_by = None, "", None
    locked.save(update_fields=WITHDRAWAL)
    log(instance=locked, action=RESTORED, user=by, data=was)
    honour.refresh_from_db()


def taken_down_with(honour: Honour) -> list[CommendationPage]:
    """Return the pages that went with the withdrawal and are still down."""
    keys = _taken_down(honour)
    return list(CommendationPage.objects.filter(pk__in=keys, live=False).order_by("-dated_on", "-pk"))


def _locked(honour: Honour, by: Any) -> Honour:
    if not by.has_perm(MAY):
        raise PermissionDenied
    return Honour.objects.select_for_update().get(pk=honour.pk)


def _already(honour: Honour) -> str:
    who = honour.withdrawn_by.name if honour.withdrawn_by else _("somebody")
    return _("%(who)s has withdrawn this honour already, on %(day)s: %(why)s") % {
        "who": who,
        "day": honour.withdrawn_on,
        "why": honour.withdrawn_why,
    }


def _check(honour: Honour, on: date, why: str) -> None:
    problems: dict[str, Any] = {}
    if on > timezone.localdate():
        problems["on"] = _("Choose today or an earlier day.")
    elif on < honour.earliest:
        problems["on"] = _("It was awarded later than this day.")
    if not why.strip():
        problems["why"] = _("Write the reason; it stays in the register.")
    elif len(why.strip()) > LONGEST_REASON:
        problems["why"] = _("Write at most %(n)d characters.") % {"n": LONGEST_REASON}
    if problems:
        raise ValidationError(problems)


def _take_down(page: CommendationPage, by: Any) -> list[int | None]:
    """Unpublish a page; return it with the version that was public."""
    if not open_to(by, page):
        raise PermissionDenied
    now = CommendationPage.objects.get(pk=page.pk)  # another version may have been published meanwhile
    public = now.live_revision_id
    now.unpublish(user=by)
    return [page.pk, public]


def _put_up(page: CommendationPage, revision_id: int | None, by: Any) -> list[int | None]:
    """Publish the version of a page that was public; a later draft stays a draft."""
    if not open_to(by, page):
        raise PermissionDenied
    revision = page.revisions.filter(pk=revision_id).first() or page.save_revision(user=by)
    revision.publish(user=by)
    return [page.pk, revision.pk]


def _taken_down(honour: Honour) -> dict[int, int | None]:
    """Return the pages that went with the last withdrawal, each with the version that was public."""
    entries = ModelLogEntry.objects.for_instance(honour).filter(action=WITHDRAWN)
    last = entries.order_by("-timestamp", "-pk").first()
    return dict(last.data["pages"]) if last else {}
