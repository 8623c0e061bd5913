"""Editors reach pages and files; people, settings and everything of the members' area stay shut."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.urls import URLPattern, get_resolver, reverse
from wagtail import hooks
from wagtail.models import PageViewRestriction

from cms.kit.models import Navigation, SiteIdentity
from home.models import Category
from tests.cms.test_admin_checks import post_data

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary files of new renditions to the collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile"),
]
ROLES = ("editor", "first", "second")


def admin_routes(patterns=None, prefix="/admin/"):
    """Yield the route and name of every address under /admin/."""
    if patterns is None:
        for entry in get_resolver().url_patterns:
            if str(entry.pattern) == "admin/":
                yield from admin_routes(entry.url_patterns)
        return
    for entry in patterns:
        route = prefix + str(entry.pattern).replace("^", "")
        if isinstance(entry, URLPattern):
            yield route, entry.name or ""
        else:
            yield from admin_routes(entry.url_patterns, route)


def of_the_extranet():
    return [model for model in apps.get_models() if model.__module__.startswith("extranet.")]


@pytest.fixture(params=ROLES)
def walker(request, newsroom, client_of):
    return client_of(getattr(newsroom, request.param))


def refused(answer):
    return answer.status_code in {302, 403, 404}


def test_people_and_groups_are_shut(walker, newsroom, person):
    secret = person(name="病员家属", staff_number="555666", mobile="13655556666")
    addresses = [
        reverse(f"wagtailusers_{kind}:{name}") for kind in ("users", "groups") for name in ("index", "add")
    ]
    addresses += [
        reverse(f"wagtailusers_users:{name}", args=[secret.pk])
        for name in ("edit", "delete", "history", "usage")
    ]
    group = newsroom.basics.editors.pk
    addresses += [reverse(f"wagtailusers_groups:{name}", args=[group]) for name in ("edit", "delete")]
    addresses += [
        f"{reverse('wagtail_bulk_action', args=['members', 'user', action])}?id={secret.pk}"
        for action in ("assign_role", "set_active_state", "delete")
    ]
    for address in addresses:
        assert refused(walker.get(address)), address
        assert refused(walker.post(address, {"mark_as_active": "False", "role": group})), address
    secret.refresh_from_db()
    assert secret.is_active and not secret.groups.exists()


def test_no_screen_an_editor_can_open_names_a_member(walker, person):
    person(name="病员家属", staff_number="555666", mobile="13655556666", email="family@example.org")
    opened = 0
    skipped = ("logout", "failwhale", "jsi18n", "sprite")
    for route, _name in admin_routes():
        if "<" in route or "(" in route or any(word in route for word in skipped):
            continue
        answer = walker.get(route, {"q": "病员"})
        assert answer.status_code < 500, route
        if answer.status_code == 200:
            opened += 1
            words = answer.content.decode().replace("病员&quot;", "").replace('value="病员"', "")
            for trace in ("病员家属", "555666", "13655556666", "family@"):
                assert trace not in words, route
    assert opened > 15


def test_no_address_of_the_admin_is_about_a_model_of_the_members_area_but_who_is_who():
    # Reference data for whoever holds the office; tests/members/test_reference.py keeps editors out of it.
    who_is_who = {"user", "department", "branch", "uniongroup", "officekind", "office"}
    words = {model._meta.model_name for model in of_the_extranet()}
    named = {
        (route, word)
        for route, _name in admin_routes()
        for word in words - who_is_who
        if f"/{word}/" in route
    }
    # Whether somebody in a photo agreed to be shown: the album's matter, not a member's consent.
    assert named == {("/admin/albums/<int:page_id>/photos/consent/", "consent")}


@pytest.mark.parametrize(
    "action", ["delete", "assign_role", "set_active_state", "publish", "move", "add_tags"]
)
def test_bulk_actions_on_models_of_the_members_area_are_refused(newsroom, client_of, action):
    client = client_of(newsroom.editor)
    for model in of_the_extranet():
        address = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, action])
        assert refused(client.get(f"{address}?id=1"))


def test_settings_are_shut(walker, newsroom):
    site = newsroom.basics.site
    for model in (SiteIdentity, Navigation):
        address = reverse("wagtailsettings:edit", args=["kit", model._meta.model_name, site.pk])
        assert refused(walker.get(address))
        assert refused(walker.post(address, {"house_name": "改了"}))
    for name in (
        "wagtailsites:index",
        "wagtailredirects:index",
        "wagtailadmin_workflows:index",
        "first_steps",
    ):
        assert refused(walker.get(reverse(name))), name


def test_categories_are_ordered_by_the_second_review_alone(newsroom, client_of):
    address = reverse(Category.snippet_viewset.get_url_name("list"))
    assert client_of(newsroom.second).get(address).status_code == 200
    assert refused(client_of(newsroom.editor).get(address))
    assert refused(client_of(newsroom.first).get(address))


def test_groups_can_be_given_no_right_over_the_members_area_but_people_and_reference_data():
    offered = Permission.objects.none()
    for register in hooks.get_hooks("register_permissions"):
        offered = offered | register()
    labels = {model._meta.app_label for model in of_the_extranet()}
    of_members = offered.filter(content_type__app_label__in=labels)
    reference = {"user", "specialday", "privacynotice", "retentionrun"}
    assert set(of_members.values_list("content_type__model", flat=True)) <= reference
    kept = of_members.filter(content_type__model="retentionrun")  # what was let go of is only ever read
    assert set(kept.values_list("codename", flat=True)) == {"view_retentionrun"}


def test_reviewers_approve_and_return_through_the_admin(newsroom, client_of, story):
    page = story(title="年会")
    state = page.get_workflow().start(page, newsroom.editor)

    def act(who, action, words):
        task = page.current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task.pk])
        return client_of(who).post(address, words)

    act(newsroom.editor, "approve", {"comment": ""})
    act(newsroom.second, "approve", {"comment": ""})
    state.refresh_from_db()
    assert (state.status, state.current_task_state.task.name) == (
        "in_progress",
        newsroom.basics.first_reviewers.name,
    )
    act(newsroom.first, "reject", {"comment": "请补照片"})
    state.refresh_from_db()
    assert (state.status, state.current_task_state.comment) == ("needs_changes", "请补照片")
    state.resume(newsroom.editor)
    act(newsroom.first, "approve", {"comment": ""})
    page.refresh_from_db()
    assert not page.live
    act(newsroom.second, "approve", {"comment": ""})
    page.refresh_from_db()
    assert page.live


def test_an_editor_cannot_publish_by_posting_the_button(newsroom, client_of, story):
    page = story(title="年会")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client = client_of(newsroom.editor)
    client.post(address, post_data(client, address) | {"action-publish": "1"})
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={page.pk}")
    page.refresh_from_db()
    assert not page.live


def test_privacy_offers_everybody_members_and_groups_and_no_shared_password(newsroom, client_of):
    address = reverse("wagtailadmin_pages:set_privacy", args=[newsroom.basics.news.pk])
    client = client_of(newsroom.second)
    form = client.get(address).context["form"]
    assert [value for value, _label in form.fields["restriction_type"].choices] == ["none", "login", "groups"]
    answer = client.post(address, {"restriction_type": "password", "password": "x", "groups": []})
    assert answer.context["form"].errors.keys() == {"restriction_type"}
    put = PageViewRestriction.objects.filter(page=newsroom.basics.news)
    assert not put.exists()
    client.post(address, {"restriction_type": "login", "password": "", "groups": []})
    assert put.get().restriction_type == "login"


def test_the_menu_of_an_editor_holds_what_an_editor_needs(newsroom, client_of):
    page = client_of(newsroom.editor).get("/admin/").content.decode()
    for address in ("/admin/images/", "/admin/documents/", "/admin/media/"):
        assert f'"url": "{address}"' in page
    for address in ("guide.wagtail.org", "/admin/users/", "/admin/settings/", "whats-new"):
        assert address not in page
