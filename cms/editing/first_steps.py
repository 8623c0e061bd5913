"""First steps (第一步): what a new site still needs, read from its data; one button makes the basics."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import GroupApprovalTask, Site, WorkflowPage

from cms.backup import LAST_BACKUP
from cms.kit.models import Navigation, SiteIdentity
from extranet.members.services.standard import lay_out
from home.first_steps import prepare
from home.models import Category, HomePage, NewsPage, NoticePage, StandardPage


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the list: what, why, whether it is done, and where it is done."""

    label: Any
    hint: Any
    done: bool
    url: str = ""
    action: Any = ""
    of_the_server: bool = False
    """Done where the server is kept, by whoever runs it: listed, but no reason to remind on the dashboard."""


class Ground:
    """What the steps look at, each thing read once."""

    @cached_property
    def site(self) -> Site | None:
        """The default site."""
        return Site.objects.filter(is_default_site=True).select_related("root_page").first()

    @cached_property
    def home(self) -> HomePage | None:
        """The home page at the site's root."""
        return HomePage.objects.filter(pk=self.site.root_page_id).first() if self.site else None

    @cached_property
    def identity(self) -> SiteIdentity | None:
        """Names and contacts, if anybody has opened them."""
        return SiteIdentity.objects.filter(site=self.site).first() if self.site else None

    @cached_property
    def standing(self) -> dict[str, StandardPage]:
        """Standing pages by address."""
        return {
            page.slug: page for page in StandardPage.objects.only("slug", "live", "path", "depth", "title")
        }

    def settings_url(self, model: str) -> str:
        """Return the address of a setting of the default site."""
        app = "kit"
        return reverse("wagtailsettings:edit", args=[app, model, *([self.site.pk] if self.site else [])])


def home_page(ground: Ground) -> Step:
    """A home page of ours at the root of the site."""
    return Step(
        label=_("Create the home page"),
        hint=_("The button above makes it together with the sections and standing pages."),
        done=ground.home is not None,
    )


def names(ground: Ground) -> Step:
    """Names and contacts."""
    card = ground.identity
    return Step(
        label=_("Fill in names and contacts"),
        hint=_("Union, hospital, organiser, phone and place stand at the foot of every page."),
        done=bool(
            card and card.union_name and card.organiser and (card.phone or card.email) and card.address
        ),
        url=ground.settings_url("siteidentity"),
        action=_("Fill in"),
    )


def sections(ground: Ground) -> Step:
    """Sections on the home page."""
    return Step(
        label=_("Lay out the home page"),
        hint=_("Choose the sections and their order; empty ones do not show."),
        done=bool(ground.home and len(ground.home.sections)),
        url=reverse("wagtailadmin_pages:edit", args=[ground.home.pk]) if ground.home else "",
        action=_("Lay out"),
    )


def menus(ground: Ground) -> Step:
    """A main menu."""
    return Step(
        label=_("Set up the main menu"),
        hint=_("Five to seven entries are enough; drafts show only once published."),
        done=Navigation.objects.filter(site=ground.site, menu_items__isnull=False).exists(),
        url=ground.settings_url("navigation"),
        action=_("Edit the menus"),
    )


def categories(ground: Ground) -> Step:  # noqa: ARG001
    """Categories of stories."""
    return Step(
        label=_("Add categories for stories"),
        hint=_("Four to eight, such as news, care, learning, sports. Their order is yours."),
        done=Category.objects.exists(),
        url=reverse(Category.snippet_viewset.get_url_name("list")),
        action=_("Add categories"),
    )


def people(ground: Ground) -> Step:  # noqa: ARG001
    """Somebody who writes and two who review."""
    tasks = GroupApprovalTask.objects.filter(active=True)
    reviewing = Group.objects.filter(groupapprovaltask__in=tasks).distinct()
    steps = tasks.count()
    staffed = reviewing.filter(user__is_active=True).count() if steps else 0
    writers = Group.objects.filter(page_permissions__permission__codename="add_page", user__is_active=True)
    return Step(
        label=_("Give editors and reviewers their accounts"),
        hint=_("At least one editor, one for the first review and one for the second, each in their group."),
        done=bool(steps) and staffed >= steps and writers.exclude(pk__in=reviewing).exists(),
        url=reverse("wagtailusers_users:index"),
        action=_("Add people"),
    )


def workflow(ground: Ground) -> Step:
    """A workflow on the home tree."""
    return Step(
        label=_("Have pages reviewed before they are published"),
        hint=_("First review, second review, publishing: the button above sets it up."),
        done=bool(ground.home)
        and WorkflowPage.objects.filter(page=ground.home, workflow__active=True).exists(),
        url=reverse("wagtailadmin_workflows:index"),
        action=_("See the workflow"),
    )


def first_notice(ground: Ground) -> Step:  # noqa: ARG001
    """Something to read."""
    return Step(
        label=_("Publish a first notice or story"),
        hint=_("Say that the site is open and what members will find here."),
        done=NoticePage.objects.filter(live=True).exists() or NewsPage.objects.filter(live=True).exists(),
        url=reverse("wagtailadmin_home"),
        action=_("Write from the dashboard"),
    )


def duties(ground: Ground) -> Step:
    """The pages the law asks for."""
    needed = [ground.standing.get(slug) for slug in ("privacy", "accessibility")]
    draft = next((page for page in needed if page and not page.live), None)
    return Step(
        label=_("Publish the privacy and accessibility pages"),
        hint=_("Their drafts say what belongs where; replace each hint by your own words, then publish."),
        done=all(page and page.live for page in needed),
        url=reverse("wagtailadmin_pages:edit", args=[draft.pk]) if draft else "",
        action=_("Open the draft"),
    )


def mail(ground: Ground) -> Step:  # noqa: ARG001
    """A mail server."""
    backend = getattr(settings, "MAIL_BACKEND", settings.EMAIL_BACKEND)
    return Step(
        label=_("Set up mail"),
        hint=_("Whoever runs the server sets EMAIL_URL and MAIL_FROM; without them no reset mail leaves."),
        done=not any(word in backend for word in ("dummy", "console")),
        of_the_server=True,
    )


def backup(ground: Ground) -> Step:  # noqa: ARG001
    """A backup that was really made."""
    return Step(
        label=_("Make a backup"),
        hint=_("Whoever runs the server calls “manage.py backup” every night and tries “restore” once."),
        done=(settings.PRIVATE_ROOT / LAST_BACKUP).is_file(),
        of_the_server=True,
    )


STEPS: tuple[Callable[[Ground], Step], ...] = (
    home_page,
    names,
    sections,
    menus,
    categories,
    workflow,
    people,
    duties,
    first_notice,
    mail,
    backup,
)


def steps() -> list[Step]:
    """Return every step with what the data say about it."""
    ground = Ground()
    return [step(ground) for step in STEPS]


class FirstStepsView(WagtailAdminTemplateMixin, TemplateView):
    """The list, and the button that makes the basic pages; administrators only."""

    template_name = "cms/admin/first_steps.html"
    page_title = gettext_lazy("First steps")
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse for everybody but administrators: the steps lead to settings and people."""
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the steps and how many are done."""
        found = steps()
        done = sum(step.done for step in found)
        return super().get_context_data(steps=found, done=done, basics=self.basics_missing(found), **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    @staticmethod
    def basics_missing(found: list[Step]) -> bool:
        """Tell whether the button has something to make."""
        missing_page = (
            not {"charter", "joining", "privacy", "accessibility", "contact"} <= Ground().standing.keys()
        )
        return missing_page or not found[STEPS.index(home_page)].done or not found[STEPS.index(workflow)].done

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make what is missing of pages, groups and workflow, and say what was made."""
        made = prepare(by=request.user).made + lay_out()
        if made:
            words = ngettext("%(n)d page made: %(titles)s.", "%(n)d pages made: %(titles)s.", len(made))
            messages.success(request, words % {"n": len(made), "titles": "、".join(made)})
        else:
            messages.info(request, _("The basic pages were all there already."))
        return redirect("first_steps")


class FirstStepsPanel(Component):
    """A card on the dashboard of administrators until every step of theirs is done."""

    name = "first_steps"
    template_name = "cms/admin/first_steps_panel.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Return the next open steps and how far one is."""
        ours = [step for step in steps() if not step.of_the_server]
        waiting = [step for step in ours if not step.done]
        done = len(ours) - len(waiting)
        return {"waiting": waiting[:3], "done": done, "all": len(ours), "url": reverse("first_steps")}
