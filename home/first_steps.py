"""The first steps of a new site: its basic pages, the editors' groups and the workflow 初审 → 复审 → 发布.

``prepare()`` makes what is missing and leaves what is there as it is, so it may run again at any time.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.permissions import policy_registry
from wagtailmedia.models import get_media_model

from cms.kit.models import Navigation

from .models import (
    AlbumIndexPage,
    CampaignIndexPage,
    CommendationIndexPage,
    HomePage,
    HonourWallPage,
    NewsIndexPage,
    NoticeIndexPage,
    OrganisationPage,
    ReportIndexPage,
    RulesIndexPage,
    SitemapPage,
    StandardPage,
)
from .outlines import OUTLINES

FOOTED = ("charter", "joining", "contact", "privacy", "accessibility")
PAGE_RIGHTS = {
    "editors": ("add", "change"),
    "first": ("add", "change", "lock"),
    "second": ("add", "change", "publish", "lock", "unlock"),
}
# An honour is public as soon as it is saved: whoever may publish keeps the register. Nobody deletes; what was
# taken back is withdrawn.
REGISTER_RIGHTS = {
    "keepers": ("view_honour", "add_honour", "change_honour", "withdraw_honour"),
    "readers": ("view_honour",),
}


@dataclass(kw_only=True)
class Basics:
    """What a site stands on; ``made`` names what this run has added."""

    site: Site
    home: HomePage
    news: NewsIndexPage
    notices: NoticeIndexPage
    albums: AlbumIndexPage
    models: CommendationIndexPage
    wall: HonourWallPage
    organisation: OrganisationPage
    sitemap: SitemapPage
    reports: ReportIndexPage
    campaigns: CampaignIndexPage
    rules: RulesIndexPage
    pages: dict[str, StandardPage]
    editors: Group
    first_reviewers: Group
    second_reviewers: Group
    workflow: Workflow
    made: list[str] = field(default_factory=list)


def prepare(*, by: Any = None) -> Basics:
    """Make the basic pages, groups and workflow that are missing, all or nothing; ``by`` owns new pages.

    Titles and names are written in the site's language. Whatever exists stays as somebody left it.
    """
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        made: list[str] = []
        site, home = _home(made, by)
        news = _child(home, NewsIndexPage, made, by, title=_("Union news"), slug="news")
        notices = _child(
            home, NoticeIndexPage, made, by, title=_("Notices and announcements"), slug="notices"
        )
        albums = _child(home, AlbumIndexPage, made, by, title=_("Activities in pictures"), slug="albums")
        models = _child(home, CommendationIndexPage, made, by, title=_("Role models"), slug="role-models")
        wall = _child(home, HonourWallPage, made, by, title=_("Honour wall"), slug="honours")
        reports = _child(home, ReportIndexPage, made, by, title=_("Reports and plans"), slug="reports")
        campaigns = _child(home, CampaignIndexPage, made, by, title=_("Campaigns"), slug="campaigns")
        rules = _child(home, RulesIndexPage, made, by, title=_("Rules and forms"), slug="rules")
        pages = {outline.key: _standing(home, outline, made, by) for outline in OUTLINES}
        organisation = _child(
            home,
            OrganisationPage,
            made,
            by,
            title=_("Organisation of the union"),
            slug="organisation",
            show_in_menus=False,
        )
        sitemap = _child(home, SitemapPage, made, by, title=_("Map of the site"), slug="sitemap")
        _name_the_roots()
        groups = prepare_groups(home)
        workflow = prepare_workflow(home, groups[1], groups[2])
        sections = (news, notices, albums, wall, models, reports, campaigns, rules)
        _menus(site, sections, (*(pages[key] for key in FOOTED), organisation, sitemap))
        return Basics(
            site=site, home=home, news=news, notices=notices, albums=albums, models=models, wall=wall,
            reports=reports, campaigns=campaigns, rules=rules, organisation=organisation, sitemap=sitemap,
            pages=pages,
            editors=groups[0], first_reviewers=groups[1], second_reviewers=groups[2],
            workflow=workflow, made=made,
        )  # fmt: skip


def _home(made: list[str], by: Any) -> tuple[Site, HomePage]:
    """Return the default site with a home page at its root, in the place of Wagtail's welcome page."""
    site = Site.objects.filter(is_default_site=True).first()
    home = HomePage.objects.order_by("path").first()
    if home is None:
        home = HomePage(title=_("Home page"), slug="front", owner=by)
        home.sections = [
            (name, block.get_default())
            for name, block in home.sections.stream_block.child_blocks.items()
            if name in {"front", "services", "news", "albums", "models", "reports"}
        ]
        Page.get_first_root_node().add_child(instance=home)
        home.save_revision(user=by, log_action=False)
        made.append(home.title)
    if site is None:
        site = Site(is_default_site=True, hostname="localhost")
    if site.hostname == "localhost":  # as Wagtail leaves it: nobody has chosen an address yet
        address = urlsplit(settings.BASE_URL)
        site.hostname = address.hostname or "localhost"
        site.port = address.port or (443 if address.scheme == "https" else 80)
    if not site.root_page_id or not isinstance(site.root_page.specific, HomePage):
        site.root_page = home
    site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
    site.save()
    for page in Page.objects.filter(depth=2, content_type__model="page", numchild=0):
        page.delete()  # the welcome page of an empty database; any page of ours has a type of its own
    home.refresh_from_db()
    return site, home


def _name_the_roots() -> None:
    """Say in the site's language what Wagtail calls Root: the tops of the trees of pages and files."""
    Page.objects.filter(depth=1, title="Root").update(title=_("All pages"), draft_title=_("All pages"))
    Collection.objects.filter(depth=1, name="Root").update(name=_("All files"))


def _child(home: HomePage, kind: type[Page], made: list[str], by: Any, **fields: Any) -> Any:
    """Return the first page of ``kind`` under the home page, published now when there is none."""
    page = kind.objects.child_of(home).order_by("path").first()
    if page is None:
        page = home.add_child(instance=kind(owner=by, **{"show_in_menus": True, **fields}))
        page.save_revision(user=by, log_action=False).publish(user=by, log_action=False)
        made.append(page.title)
    return page


def _standing(home: HomePage, outline: Any, made: list[str], by: Any) -> StandardPage:
    """Return the standing page at the outline's address, as a draft when there is none."""
    page = StandardPage.objects.child_of(home).filter(slug=outline.slug).first()
    if page is None:
        page = StandardPage(title=str(outline.title), slug=outline.slug, lead=str(outline.lead), owner=by)
        page.body = outline.body()
        page.live, page.has_unpublished_changes = False, True
        home.add_child(instance=page)
        page.save_revision(user=by, log_action=False)
        made.append(page.title)
    return page


def prepare_groups(home: Page) -> tuple[Group, Group, Group]:
    """Return the groups of editors, first reviewers and second reviewers with their rights.

    A group that exists keeps the rights an administrator gave it. Wagtail's two groups go when empty.
    """
    wagtails_own = Group.objects.filter(name__in=["Editors", "Moderators"], page_permissions__page__depth=1)
    Group.objects.filter(pk__in=wagtails_own, user=None).delete()
    names = (
        pgettext("group", "Editors"),
        pgettext("group", "First review"),
        pgettext("group", "Second review"),
    )
    groups = []
    for rights, name in zip(PAGE_RIGHTS.values(), names, strict=True):
        group, new = Group.objects.get_or_create(name=name)
        if new:
            _grant(group, home, rights)
        groups.append(group)
    editors, first, second = groups
    return editors, first, second


def _grant(group: Group, home: Page, page_rights: tuple[str, ...]) -> None:
    """Give a group the admin, the home tree and the library; never people or settings."""
    group.permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    of_the_website = Permission.objects.filter(content_type__app_label="home")
    keeps = "publish" in page_rights
    if keeps:
        group.permissions.add(*of_the_website.filter(content_type__model="category"))
    rights = REGISTER_RIGHTS["keepers" if keeps else "readers"]
    group.permissions.add(*of_the_website.filter(codename__in=rights))
    for right in page_rights:
        GroupPagePermission.objects.create(group=group, page=home, permission_type=right)
    root = Collection.get_first_root_node()
    for model in (get_image_model(), get_document_model(), get_media_model()):
        # Rights on our images are those of Wagtail's own image model, as its policy has it; so for documents.
        kind = policy_registry.get_by_type(model).auth_model._meta  # noqa: SLF001
        # Who may change everybody's files may delete them too: editors keep to their own.
        verbs = ("add", "choose", "change") if "lock" in page_rights else ("add", "choose")
        codenames = [f"{verb}_{kind.model_name}" for verb in verbs]
        for permission in Permission.objects.filter(
            content_type__app_label=kind.app_label, codename__in=codenames
        ):
            GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)


def prepare_workflow(home: Page, first: Group, second: Group) -> Workflow:
    """Return the workflow of two reviews, published on approval, assigned to the home tree."""
    name = _("First review, second review, publishing")
    workflow = Workflow.objects.filter(name=name).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=name)
        for order, group in enumerate((first, second)):
            task = GroupApprovalTask.objects.create(name=group.name)
            task.groups.add(group)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    _retire_wagtails_own()
    return workflow


def _retire_wagtails_own() -> None:
    """Take Wagtail's ready-made workflow off the root: its group of moderators is gone."""
    for old in Workflow.objects.filter(name="Moderators approval", active=True):
        old.deactivate()
        for task in old.tasks:
            task.specific.deactivate()


def _menus(site: Site, sections: tuple[Page, ...], foot: tuple[Page, ...]) -> None:
    """Fill the menus of a site that has none; drafts show themselves once published."""
    menus = Navigation.for_site(site)
    if not menus.menu_items.exists():
        menus.menu_items = [menus.menu_items.model(page=page) for page in sections]
    if not menus.footer_links.exists():
        menus.footer_links = [menus.footer_links.model(page=page) for page in foot]
    menus.save()
