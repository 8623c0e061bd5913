"""The page of a list: shown by GET; taken home, or worked on several at once, by POST.

Before a list is taken home people show once more that it is them, and are back at the list as they saw it.
"""

import hashlib
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from . import export
from .doors import asked_again
from .filing import key_of
from .listing import Listing
from .models import Case, CaseEvent
from .permissions import may
from .stepping import taken_words
from .submissions import new_key, once
from .telling import Teller
from .workflow import Steps, StepTakenError, Transition

MOST_AT_ONCE = 100
PROVE = "prove"
"""In the address of a list: ask who it is, then show the list."""


class RoomList(View):
    """A list of a room. ``exports`` names the permission to take it home; ``bulk`` the verbs for several.

    A step that must have words is not for several at once: each case deserves its own.
    """

    listing: ClassVar[type[Listing]]
    model: ClassVar[type[Case]]
    room_title: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    template_name: ClassVar[str] = "extranet/list.html"
    exports: ClassVar[str] = ""
    bulk: ClassVar[tuple[str, ...]] = ()
    steps: ClassVar[Steps]
    teller: ClassVar[Teller]

    def rows(self) -> Any:
        """Return what this person may see, with what the columns show."""
        return self.model._default_manager.visible_to(self.request.user)  # type: ignore[attr-defined]  # noqa: SLF001

    def context(self) -> dict[str, Any]:
        """Return what else the template shows."""
        return {}

    def get(self, request: HttpRequest, **_place: Any) -> HttpResponseBase:
        """Show a page of the list."""
        if PROVE in request.GET:
            return self._prove()
        listing = self._listing()
        context = {
            "listing": listing,
            "room_title": self.room_title,
            "lead": self.lead,
            "may_export": self._may_export(),
            "bulk": self._bulk(listing),
            "key": new_key(),
            **self.context(),
        }
        return render(request, self.template_name, context)

    def post(self, request: HttpRequest, **_place: Any) -> HttpResponseBase:
        """Send the list as a file, or take a step on the chosen ones."""
        kind = request.POST.get("export")
        if kind is None:
            return self._take_several()
        if kind not in export.KINDS:
            raise Http404
        if not self._may_export():
            raise PermissionDenied
        if asked_again(request):  # a file must not come in answer to somebody's password
            return redirect(self._address(prove="1"))
        return export.answer(self._listing(), kind, user=request.user)

    def _prove(self) -> HttpResponseBase:
        """Ask who it is; whoever has shown it is back at the list and hears what can be done now."""
        if asked := asked_again(self.request):
            return asked
        messages.info(self.request, _("Thank you. You can take the list home now."))
        return redirect(self._address())

    def _address(self, **more: str) -> str:
        """Return the address of the list as it is narrowed and sorted."""
        asked = self.request.GET.copy()
        asked.pop(PROVE, None)
        asked.update(more)
        return f"{self.request.path}?{asked.urlencode()}" if asked else self.request.path

    def take(self, step: Transition, case: Any) -> CaseEvent:
        """Take one step of several; a room whose steps are services of their own calls them here."""
        return step.apply(case, actor=self.request.user)

    def _listing(self) -> Listing:
        return self.listing(self.rows(), user=self.request.user, asked=self.request.GET)

    def _may_export(self) -> bool:
        return bool(self.exports) and may(self.request.user, self.exports)

    def _bulk(self, listing: Listing) -> dict[str, Any]:
        """Return the steps for several, and which rows of the page can take one."""
        steps = [step for verb in self.bulk if (step := self.steps[verb]).note != "required"]
        user = self.request.user
        rows = [line.row for line in listing.lines]
        open_to = {step.verb: {row.public_id for row in rows if step.open_to(user, row)} for step in steps}
        can = set().union(*open_to.values())
        return {"steps": [step for step in steps if open_to[step.verb]], "can": can} if can else {}

    def _take_several(self) -> HttpResponse:
        verb, chosen = self.request.POST.get("do", ""), self.request.POST.getlist("case")[:MOST_AT_ONCE]
        if verb not in self.bulk or self.steps[verb].note == "required":
            raise Http404
        step, done, left = self.steps[verb], 0, []
        for case in self.rows().filter(public_id__in=chosen):
            refused = self._refusal(step, case)
            if refused:
                left.append(_("%(case)s: %(why)s") % {"case": case, "why": refused})
            else:
                done += 1
        self._say(step, done, left)
        return redirect(self.request.get_full_path())

    def _refusal(self, step: Transition, case: Any) -> str:
        """Take the step on one case; return why it could not be, or nothing."""
        user = self.request.user
        mixed = hashlib.blake2b(f"{key_of(self.request)}{case.public_id}".encode(), digest_size=16)
        try:
            once(user, mixed.hexdigest(), lambda: self.take(step, case))
        except PermissionDenied:
            return _("This step is not yours to take.")
        except StepTakenError as error:
            return taken_words(self.teller, error, user)
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def _say(self, step: Transition, done: int, left: list[str]) -> None:
        if done:
            words = ngettext("%(done)s: %(count)d case.", "%(done)s: %(count)d cases.", done)
            messages.success(self.request, words % {"done": step.done, "count": done})
        for line in left:
            messages.warning(self.request, line)
        if not done and not left:
            messages.warning(self.request, _("Nothing was chosen. Tick the cases first."))
