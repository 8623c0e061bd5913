"""The first steps of a new site."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Page,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowPage,
)
from wagtail.permissions import policy_registry

from cms.kit.models import HouseDocument, HouseImage, HouseMedia, Navigation
from home.first_steps import prepare
from home.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


def counts():
    return (
        Page.objects.count(),
        Site.objects.count(),
        Group.objects.count(),
        Workflow.objects.count(),
        GroupApprovalTask.objects.count(),
        WorkflowPage.objects.count(),
    )


def test_an_empty_database_becomes_a_site(settings):
    settings.BASE_URL = "https://union.example.org"
    basics = prepare()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page_id) == ("union.example.org", 443, basics.home.pk)
    assert isinstance(site.root_page.specific, HomePage)
    assert not Page.objects.filter(slug="home").exists()
    assert len(basics.made) == 16
    assert {section.block_type for section in basics.home.sections} == {
        "front", "services", "news", "albums", "models", "reports",
    }  # fmt: skip
    assert basics.news.live and basics.notices.live and basics.albums.live and basics.sitemap.live
    assert basics.reports.live and basics.campaigns.live and basics.rules.live
    assert [row.page_id for row in PageViewRestriction.objects.all()] == [basics.reports.pk]
    drafts = StandardPage.objects.child_of(basics.home)
    assert sorted(drafts.values_list("slug", "live")) == [
        ("accessibility", False),
        ("charter", False),
        ("contact", False),
        ("joining", False),
        ("privacy", False),
    ]


def test_running_again_adds_nothing():
    prepare()
    before = counts()
    again = prepare()
    assert again.made == []
    assert counts() == before


def test_a_standing_page_that_somebody_wrote_is_left_alone():
    page = prepare().pages["privacy"]
    page.title = "我们怎样保护您的信息"
    page.save_revision().publish()
    assert prepare().pages["privacy"].title == "我们怎样保护您的信息"


def test_the_outline_is_in_the_draft_that_an_editor_opens():
    page = prepare().pages["privacy"]
    draft = page.get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["text"]
    assert draft.body[0].value.source.count("<h2>") == 5


def test_pages_go_through_first_and_second_review_and_are_published(person):
    basics = prepare()
    writer, first, second = person(), person(), person()
    writer.groups.add(basics.editors)
    first.groups.add(basics.first_reviewers)
    second.groups.add(basics.second_reviewers)
    page = basics.pages["contact"]
    assert page.get_workflow() == basics.workflow
    page.save_revision(user=writer)
    state = basics.workflow.start(page, writer)
    names = [group.name for group in (basics.first_reviewers, basics.second_reviewers)]
    assert state.current_task_state.task.name == names[0]
    assert not state.current_task_state.task.specific.get_actions(page, second)
    state.current_task_state.approve(user=first)
    state.refresh_from_db()
    page.refresh_from_db()
    assert (state.current_task_state.task.name, page.live) == (names[1], False)
    state.current_task_state.approve(user=second)
    page.refresh_from_db()
    assert page.live


def test_nothing_is_left_of_wagtails_own_groups_and_workflow():
    prepare()
    assert not Group.objects.filter(name="Moderators").exists()
    assert list(Workflow.objects.active()) == [WorkflowPage.objects.get().workflow]
    assert GroupApprovalTask.objects.filter(active=True).count() == 2


def test_a_group_somebody_is_in_is_not_deleted(person):
    person().groups.add(Group.objects.get(name="Moderators"))
    prepare()
    assert Group.objects.filter(name="Moderators").exists()


def test_rights_that_an_administrator_changed_stay_changed():
    basics = prepare()
    basics.editors.page_permissions.all().delete()
    assert prepare().editors == basics.editors
    assert basics.editors.page_permissions.count() == 0


def test_menus_are_filled_once():
    basics = prepare()
    menus = Navigation.for_site(basics.site)
    assert [item.page.slug for item in menus.menu_items.all()] == [
        "news",
        "notices",
        "albums",
        "honours",
        "role-models",
        "reports",
        "campaigns",
        "rules",
    ]
    assert [link.page.slug for link in menus.footer_links.all()] == [
        "charter", "joining", "contact", "privacy", "accessibility", "organisation", "sitemap",
    ]  # fmt: skip
    menus.menu_items.all()[0].delete()
    prepare()
    assert Navigation.for_site(basics.site).menu_items.count() == 7


def test_only_second_reviewers_publish_and_order_categories(person):
    basics = prepare()
    can = {}
    for key in ("editors", "first_reviewers", "second_reviewers"):
        somebody = person()
        somebody.groups.add(getattr(basics, key))
        can[key] = (
            basics.news.permissions_for_user(somebody).can_publish(),
            somebody.has_perm("home.change_category"),
            somebody.has_perm("kit.change_siteidentity") or somebody.has_perm("members.change_user"),
        )
    assert can == {
        "editors": (False, False, False),
        "first_reviewers": (False, False, False),
        "second_reviewers": (True, True, False),
    }


@pytest.mark.parametrize("model", [HouseImage, HouseDocument, HouseMedia])
@pytest.mark.parametrize(
    ("group", "others"), [("editors", False), ("first_reviewers", True), ("second_reviewers", True)]
)
def test_editors_keep_their_own_files_and_reviewers_everybodys(person, group, others, model):
    somebody = person()
    somebody.groups.add(getattr(prepare(), group))
    policy = policy_registry.get_by_type(model)
    root = Collection.get_first_root_node()
    own, strange = model(title="x", collection=root, uploaded_by_user=somebody), model(collection=root)
    assert policy.user_has_permission(somebody, "add")
    if model is not HouseMedia:  # its chooser asks for any right
        assert policy.user_has_permission(somebody, "choose")
    assert policy.user_has_permission_for_instance(somebody, "change", own)
    assert policy.user_has_permission_for_instance(somebody, "delete", strange) is others
