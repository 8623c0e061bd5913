"""Every address of the admin that a person can open, for the walks of the house tests."""

from django.urls import URLPattern, get_resolver, reverse

# Addresses that are no screen: files, scripts, the way out, a page that fails on purpose.
NO_SCREEN = (
    "/admin/api/",
    "/admin/block-preview/",
    "/admin/dismissibles/",
    "/admin/failwhale/",
    "/admin/jsi18n/",
    "/admin/logout/",
    "/admin/sprite/",
    "/admin/tag-autocomplete/",
)
MOVED_AND_ASKED = (
    *("home", "news", "notices", "albums", "models", "model", "published", "waiting"),
    *("reports", "campaigns", "rules", "report", "campaign", "rule"),
)
OF_A_PAGE = (
    *("add_subpage", "delete", "copy", "move", "history", "workflow_history", "usage", "set_privacy"),
)
OF_ONE = {
    "image": [*(f"wagtailimages:{name}" for name in ("edit", "delete", "image_usage")), "image_takedown"],
    "document": ["wagtaildocs:edit", "wagtaildocs:delete", "wagtaildocs:document_usage"],
    "media": ["wagtailmedia:edit", "wagtailmedia:delete", "wagtailmedia:media_usage"],
    "category": [f"wagtailsnippets_home_category:{name}" for name in ("edit", "delete", "usage", "history")],
    "honour": [
        f"wagtailsnippets_home_honour:{name}"
        for name in ("edit", "inspect", "delete", "usage", "history", "withdraw")
    ],
    "withdrawn": [
        f"wagtailsnippets_home_honour:{name}" for name in ("edit", "inspect", "usage", "history", "restore")
    ],
    "collection": [f"wagtailadmin_collections:{name}" for name in ("edit", "delete", "set_privacy")],
    "workflow": [f"wagtailadmin_workflows:{name}" for name in ("edit", "usage", "disable")],
    "task": ["wagtailadmin_workflows:edit_task", "wagtailadmin_workflows:disable_task"],
    "redirect": ["wagtailredirects:edit", "wagtailredirects:delete"],
    "site": [f"wagtailsites:{name}" for name in ("edit", "delete", "history", "usage")],
    "person": [f"wagtailusers_users:{name}" for name in ("edit", "delete", "history", "usage")],
    "group": [f"wagtailusers_groups:{name}" for name in ("edit", "delete", "history", "usage")],
}
IN_BULK = {
    ("wagtailcore", "page"): ("delete", "move", "publish", "unpublish"),
    ("kit", "houseimage"): ("add_tags", "add_to_collection", "delete"),
    ("kit", "housedocument"): ("add_tags", "add_to_collection", "delete"),
    ("home", "category"): ("delete",),
    ("home", "honour"): ("delete",),
    ("members", "user"): ("assign_role", "delete", "set_active_state"),
}
SEARCHED = ("wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index")


def without_argument(patterns=None, prefix="/admin/"):
    """Yield every admin address that needs no argument."""
    if patterns is None:
        patterns = next(
            entry.url_patterns for entry in get_resolver().url_patterns if prefix == f"/{entry.pattern}"
        )
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if any(sign in route for sign in "<^(") or route.startswith(NO_SCREEN):
            continue
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from without_argument(entry.url_patterns, route)


def of_pages(pages):
    """Yield the editor of every page, and of some every other screen and the form of each page type below."""
    for page in pages.values():
        yield reverse("wagtailadmin_pages:edit", args=[page.pk])
    for key in MOVED_AND_ASKED:
        page = pages[key]
        yield reverse("wagtailadmin_explore", args=[page.pk])
        for name in OF_A_PAGE:
            yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        for kind in page.specific_class.creatable_subpage_models():
            named = [kind._meta.app_label, kind._meta.model_name, page.pk]
            yield reverse("wagtailadmin_pages:add", args=named)


def of_albums(pages):
    """Yield the photo desk of an album and two versions of it side by side."""
    yield reverse("album_photos", args=[pages["album"].pk])
    yield reverse("wagtailadmin_pages:revisions_compare", args=[pages["album"].pk, "earliest", "latest"])


def of_versions(pages):
    """Yield comparing, reverting, unscheduling, moving and taking down."""
    published, scheduled = pages["published"], pages["scheduled"]
    for older in ("live", "earliest"):
        yield reverse("wagtailadmin_pages:revisions_compare", args=[published.pk, older, "latest"])
    first = published.revisions.earliest("pk")
    yield reverse("wagtailadmin_pages:revisions_revert", args=[published.pk, first.pk])
    planned = scheduled.scheduled_revision
    yield reverse("wagtailadmin_pages:revisions_unschedule", args=[scheduled.pk, planned.pk])
    yield reverse("wagtailadmin_pages:move_confirm", args=[published.pk, pages["news"].pk])
    yield reverse("wagtailadmin_pages:unpublish", args=[published.pk])
    yield reverse("wagtailadmin_pages:unpublish", args=[pages["news"].pk])
    for name in ("type_use", "choose_parent"):
        yield reverse(f"wagtailadmin_pages:{name}", args=["home", "newspage"])


def of_the_register(honour):
    """Yield the register filtered and searched, what changed in an honour, and going back to it."""
    base = "wagtailsnippets_home_honour"
    for query in ("?standing=withdrawn", "?q=劳动", "?q=没有这个词", "?level=9"):
        yield reverse(f"{base}:list") + query
    first, last = honour.revisions.order_by("pk")
    yield reverse(f"{base}:revisions_compare", args=[honour.pk, first.pk, last.pk])
    yield reverse(f"{base}:revisions_revert", args=[honour.pk, first.pk])


def of_reviews(pages):
    """Yield the screens and dialogues of a page that waits and of one that came back."""
    for name in ("waiting", "returned"):
        for state in pages[name].workflow_states.all():
            yield reverse("wagtailadmin_pages:workflow_history_detail", args=[pages[name].pk, state.pk])
    waiting = pages["waiting"]
    task = waiting.current_workflow_task_state
    yield reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[waiting.pk])
    for action in ("approve", "reject"):
        yield reverse("wagtailadmin_pages:collect_workflow_action_data", args=[waiting.pk, action, task.pk])


def of_one_each(things):
    """Yield the screens of one image, one person, one group ... of `things` by kind."""
    for kind, names in OF_ONE.items():
        for name in names:
            yield reverse(name, args=[things[kind].pk])


def of_bulk_actions(things):
    """Yield the confirmation of every bulk action, for the object of `things` by (app, model)."""
    for (app, model), actions in IN_BULK.items():
        for action in actions:
            yield f"{reverse('wagtail_bulk_action', args=[app, model, action])}?id={things[app, model].pk}"


def of_forms_and_searches(site, image):
    """Yield settings, uploads, choosers, and searches with and without a hit."""
    for model in ("siteidentity", "navigation"):
        yield reverse("wagtailsettings:edit", args=["kit", model, site.pk])
    for kind in ("audio", "video"):
        yield reverse("wagtailmedia:add", args=[kind])
        yield reverse("wagtailmedia:chooser_typed", args=[kind])
    yield reverse("wagtailimages_chooser:select_format", args=[image.pk])
    yield reverse("wagtailadmin_workflows:add_task", args=["wagtailcore", "groupapprovaltask"])
    for term in ("饺子", "没有这个词"):
        for name in SEARCHED:
            yield f"{reverse(name)}?q={term}"


def all_screens(room, person):
    """Yield every screen of a furnished newsroom, with `person` as the one who is looked at."""
    site = room.pages["home"].get_site()
    yield from without_argument()
    yield from of_pages(room.pages)
    yield from of_albums(room.pages)
    yield from of_versions(room.pages)
    yield from of_reviews(room.pages)
    yield from of_the_register(room.honour)
    yield from of_one_each({**vars(room), "site": site, "person": person})
    yield from of_bulk_actions(
        {
            ("wagtailcore", "page"): room.pages["published"],
            ("kit", "houseimage"): room.image,
            ("kit", "housedocument"): room.document,
            ("home", "category"): room.category,
            ("home", "honour"): room.honour,
            ("members", "user"): person,
        }
    )
    yield from of_forms_and_searches(site, room.image)
