"""An editor, a reviewer and an administrator walk their screens: no English is left over."""

import gettext
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from cms.kit import catalogue
from tests.house.admin_screens import all_screens
from tests.house.english import english_in, leftovers
from tests.house.newsroom import furnish

CATALOGUES = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES"
# How many screens open at the least, so that a walk that meets only closed doors fails.
OPEN = {"editor": 60, "reviewer": 80, "administrator": 120}
# What Wagtail 8.0.1 writes without a mark for translators, so that no catalogue can reach it.
OUT_OF_REACH = {
    "Search": "submit button of the header's search, for screen readers",
    "plain": "choice in a comparison: the stored word, not its label",
}
# The name of a workflow Wagtail's migrations write (first steps retire it), and of permissions.
FROM_MIGRATIONS = re.compile(
    r"Moderators approval|"
    r"(.* \| )?(Can (add|change|delete)|Delete pages|Lock/unlock|Publish any|Unlock any) .*"
)

# Wagtail leaves the temporary files of new renditions to the collector.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile")


@pytest.fixture(scope="module", autouse=True)
def _compiled_catalogue():
    """Speak from the catalogue as it is now, whether or not it has been compiled since."""
    for path in CATALOGUES.glob("*.po"):
        catalogue.compile_catalogue(path)
    gettext._translations.clear()
    trans_real._translations.clear()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def people(person, admin):
    return {"editor": person(name="小编"), "reviewer": person(name="老审"), "administrator": admin}


@pytest.fixture
def newsroom(db, people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return furnish(**people)


def words_on(response):
    """Return the English texts of a page or of a dialogue sent as JSON."""
    if response.headers["Content-Type"].startswith("application/json"):
        answer = json.loads(response.content)
        return leftovers(answer.get("html", "")) if isinstance(answer, dict) else []
    return leftovers(response.content.decode())


def known(text):
    """Say whether the English of a text is beyond any catalogue."""
    return text in OUT_OF_REACH or bool(FROM_MIGRATIONS.fullmatch(text))


def walk(client, addresses):
    """Visit the addresses; return {English text: first address} and how many opened."""
    spoken, opened = {}, 0
    for address in addresses:
        response = client.get(address)
        assert response.status_code < 500, address
        if response.status_code in {200, 404}:
            opened += response.status_code == 200
            for text in words_on(response):
                if not known(text):
                    spoken.setdefault(text, address)
    return spoken, opened


def told(spoken):
    """Return one line for each English text, for the failure to be read."""
    return "\n".join(f"{text!r} at {place}" for text, place in spoken.items())


@pytest.mark.any_database
@pytest.mark.parametrize("role", OPEN)
def test_every_screen_of_the_admin_speaks_chinese(role, newsroom, people, client_of):
    spoken, opened = walk(client_of(people[role]), all_screens(newsroom, people["editor"]))
    assert spoken == {}, told(spoken)
    assert opened > OPEN[role]


def test_the_scripts_of_the_admin_speak_chinese(client_of, admin):
    source = client_of(admin).get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    start = source.index("const newcatalog = ") + len("const newcatalog = ")
    texts = json.JSONDecoder().raw_decode(source[start:])[0]
    assert {entry.msgid for entry in catalogue.open_catalogue(CATALOGUES / "djangojs.po")} <= set(texts)
    english = {
        msgid: text
        for msgid, text in texts.items()
        if english_in(" ".join(text) if isinstance(text, list) else text)
    }
    assert english == {}


def form_of(client, address, **answers):
    """Return what the edit form at `address` would post, with `answers` typed in; streams are empty."""
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    fields = {"body-count": "0"}
    for field in soup.select("form[data-edit-form] [name]"):
        if field.name == "select":
            chosen = field.select("option[selected]")
            fields[field["name"]] = [option.get("value", "") for option in chosen]
        elif field.name == "textarea":
            fields[field["name"]] = field.text.lstrip("\n")
        elif field.get("type") not in {"checkbox", "radio", "submit", "button", "file"} or field.has_attr(
            "checked"
        ):
            fields[field["name"]] = field.get("value", "")
    return fields | answers


def english_after(client, address, **answers):
    """Post to `address`, follow to the page with the message, and return its English."""
    response = client.post(address, answers, follow=True)
    assert response.status_code == 200, address
    return {text for text in words_on(response) if not known(text)}


def test_what_is_refused_in_a_page_form_is_said_in_chinese(newsroom, people, client_of):
    client = client_of(people["reviewer"])
    address = reverse("wagtailadmin_pages:edit", args=[newsroom.pages["draft"].pk])
    for wrong in (
        {"title": ""},
        {"slug": "dumplings"},
        {"slug": "not a slug"},
        {"dated_on": "yesterday"},
        {"title": "长" * 300},
        {"go_live_at": "2030-01-02 10:00", "expire_at": "2030-01-01 10:00"},
        {"expire_at": "2001-01-01 10:00"},
    ):
        assert english_after(client, address, **form_of(client, address, **wrong)) == set(), wrong


@pytest.mark.parametrize(
    ("state", "action"),
    [
        ("draft", {}),
        ("draft", {"action-submit": "1"}),
        ("draft", {"action-publish": "1"}),
        ("draft", {"action-publish": "1", "go_live_at": "2090-01-02 10:00"}),
        ("published", {"action-publish": "1"}),
        ("published", {"action-publish": "1", "go_live_at": "2090-01-02 10:00"}),
        ("waiting", {"action-cancel-workflow": "1"}),
        ("waiting", {"action-workflow-action": "1", "workflow-action-name": "approve"}),
        (
            "waiting",
            {
                "action-workflow-action": "1",
                "workflow-action-name": "reject",
                "workflow-action-extra-data": '{"comment": "请补一张照片"}',
            },
        ),
        ("returned", {"action-restart-workflow": "1"}),
        ("locked", {}),
    ],
)
def test_what_became_of_a_page_is_said_in_chinese(state, action, newsroom, people, client_of):
    client = client_of(people["administrator"])
    address = reverse("wagtailadmin_pages:edit", args=[newsroom.pages[state].pk])
    mail.outbox.clear()
    assert english_after(client, address, **form_of(client, address, **action)) == set()
    for message in mail.outbox:
        assert english_in(f"{message.subject}\n{message.body}") == ""


def test_page_actions_are_confirmed_in_chinese(newsroom, people, client_of):
    client, pages = client_of(people["administrator"]), newsroom.pages
    published, draft = pages["published"], pages["draft"]
    copied = {"new_title": "再包一次", "new_slug": "again", "new_parent_page": pages["news"].pk, "alias": ""}
    for name, page, answers in (
        ("lock", published, {}),
        ("unlock", published, {}),
        ("copy", published, copied),
        ("copy", published, {**copied, "new_slug": "dumplings"}),
        ("unpublish", published, {}),
        ("delete", draft, {}),
    ):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        assert english_after(client, address, **answers) == set(), name
    for action in ("publish", "unpublish", "delete"):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        assert english_after(client, f"{bulk}?id={published.pk}&next=/admin/pages/") == set(), action


def test_empty_forms_of_the_administration_are_refused_in_chinese(newsroom, people, client_of):
    client = client_of(people["administrator"])
    formset = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}
    sets = {
        f"{prefix}_permissions-{name}": value
        for prefix in ("page", "collection", "image", "document", "media")
        for name, value in formset.items()
    }
    workflow = {
        f"{prefix}-{name}": value
        for prefix in ("pages", "workflow_tasks", "content_types")
        for name, value in formset.items()
    }
    for name, answers in (
        ("wagtailusers_users:add", {}),
        ("wagtailusers_users:add", {"staff_number": "!", "password1": "a", "password2": "b", "email": "x"}),
        ("wagtailusers_groups:add", sets),
        ("wagtailadmin_collections:add", {}),
        ("wagtailsites:add", {}),
        ("wagtailredirects:add", {"old_path": "", "redirect_link": "x"}),
        ("wagtailadmin_workflows:add", workflow),
        ("wagtailsnippets_home_category:add", {}),
        ("wagtailsnippets_home_honour:add", {}),
        ("wagtailsnippets_home_honour:add", {"year": "26", "month": "13", "level": "9", "kind": "x"}),
        ("wagtailimages:add", {}),
        ("wagtaildocs:add", {}),
    ):
        assert english_after(client, reverse(name), **answers) == set(), name


def test_the_doors_of_the_site_and_lost_visitors_are_addressed_in_chinese(client, newsroom):
    for address in ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/no/such/page/"):
        response = client.get(address, follow=True)
        assert response.status_code in {200, 404}
        assert leftovers(response.content.decode()) == [], address
    wrong = client.post("/accounts/login/", {"login": "900001", "password": "not the right one"})
    assert leftovers(wrong.content.decode()) == []
