"""What every template may ask: ``house``, which looks up nothing before a template asks for it."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.functional import cached_property
from django.utils.translation import get_language

from cms.kit.finder import Finder, finder
from cms.kit.frame import Frame, Strip, Way, frame_of, may_follow
from cms.kit.models import SiteIdentity
from cms.kit.models.pages import restricted_paths

SIZES = ("large", "normal")
THEMES = ("light", "dark", "system")
PAGE_LANGUAGES = {"zh-hans": "zh-CN"}
LONGEST_RETURN = 500


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the context every template shares."""
    return {"house": House(request)}


class House:
    """One request's view of the frame: menus this reader may follow, their choice of size and theme.

    ``nowhere`` is for a page that many addresses share: nothing in the menu is marked, nothing leads back.
    """

    def __init__(self, request: HttpRequest, *, nowhere: bool = False) -> None:
        self.request = request
        self.nowhere = nowhere

    @cached_property
    def _frame(self) -> Frame:
        return frame_of(self.request)

    @cached_property
    def _hidden(self) -> tuple[str, ...]:
        reader = getattr(self.request, "user", AnonymousUser())
        # Where nothing is hidden from visitors nothing is hidden from members either: no query.
        if not self._frame.hidden or not reader.is_authenticated:
            return self._frame.hidden
        return tuple(restricted_paths(reader))

    @property
    def identity(self) -> SiteIdentity:
        """Names, contacts, filing numbers of the site."""
        return self._frame.identity

    @cached_property
    def name(self) -> str:
        """The site's name with its union, for titles and sharing."""
        return " · ".join(filter(None, (self.identity.union_name, self.identity.house_name)))

    @cached_property
    def menu(self) -> list[Way]:
        """The main menu, the current item marked."""
        ways = self._for_reader(self._frame.menu)
        here = "" if self.nowhere else self.request.path
        inside = [w for w in ways if w.url and w.url != "/" and here.startswith(w.url) and w.url != here]
        nearest = max((w.url for w in inside), key=len, default="")
        marks = {nearest: "true", here: "page"}
        return [replace(way, current=marks.get(way.url, "")) for way in ways]

    @cached_property
    def quick_links(self) -> list[Way]:
        """Links beside the services of the members' area."""
        return self._for_reader(self._frame.quick_links)

    @cached_property
    def footer_links(self) -> list[Way]:
        """Links in the foot."""
        return self._for_reader(self._frame.footer_links)

    @cached_property
    def strips(self) -> list[Strip]:
        """Urgent lines for the top of the page."""
        return [strip for strip in self._frame.strips if may_follow(strip.path, self._hidden)]

    @property
    def finder(self) -> Finder | None:
        """The search, or None while there is none."""
        return finder()

    @cached_property
    def members_url(self) -> str:
        """The way into the members' area: the desk, behind the sign-in for whoever has not signed in."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    @property
    def size(self) -> str:
        """``large`` in large print, else nothing."""
        return "large" if self.request.COOKIES.get("size") == "large" else ""

    @property
    def theme(self) -> str:
        """``light`` or ``dark`` as chosen; nothing follows the system."""
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in {"light", "dark"} else ""

    @property
    def lang(self) -> str:
        """The language of the page as browsers write it."""
        language = get_language() or "zh-hans"
        return PAGE_LANGUAGES.get(language, language)

    @property
    def here(self) -> str:
        """This address, to come back to; only its path when it is absurdly long."""
        if self.nowhere:
            return "/"
        full = self.request.get_full_path()
        return full if len(full) <= LONGEST_RETURN else self.request.path[:LONGEST_RETURN]

    def _for_reader(self, ways: tuple[Way, ...]) -> list[Way]:
        return [way for way in ways if may_follow(way.path, self._hidden)]
