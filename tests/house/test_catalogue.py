"""The catalogue is complete, true to the code, and the only place where Chinese interface words stand."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cms.kit import catalogue

FOLDER = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"
HAN = re.compile(r"[\u3400-\u9fff]")
TEMPLATE_REMARK = re.compile(r"{#.*?#}|{% comment .*?%}.*?{% endcomment %}", re.DOTALL)

# Files whose strings are Chinese by nature, each with its reason. Docstrings and comments are never asked.
CHINESE_BY_NATURE = {
    "cms/settings/base.py": "the names of the languages and of the site, each in its own language",
    "cms/kit/models/site.py": "the name a new site starts with; an editor changes it",
    "extranet/members/roster/cells.py": "how a day is written in a cell of somebody's roster",
    "extranet/members/models/names.py": "surnames that are read unlike the same character elsewhere",
    "cms/management/commands/prepare.py": "lines of the console, in both languages side by side",
}
CHINESE_FOLDERS = ("home/demo/", "extranet/members/demo/", "cms/locale/")
CHINESE_FILES = ("/demo.py",)  # what a room shows in the demo


@pytest.fixture(scope="module")
def found():
    return catalogue.collect(settings.ROOT)


@pytest.fixture(scope="module")
def ours():
    return catalogue.open_catalogue(FOLDER / "django.po")


def strings_of(source):
    """Yield (line, text) of each string of a Python file that is no docstring."""
    tree = ast.parse(source)
    remarks = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in remarks:
            yield node.lineno, node.value


def test_every_message_of_our_code_is_in_the_catalogue_and_translated(found, ours):
    assert len(found) > 150
    assert catalogue.faults(ours, found) == []


def test_the_catalogue_keeps_nothing_the_code_no_longer_says(found, ours):
    stale = [
        entry.msgid
        for entry in ours
        if catalogue.key_of(entry) not in found and not catalogue.is_library(entry)
    ]
    assert stale == []


def test_the_texts_of_libraries_are_whole_in_both_domains(ours):
    scripts = catalogue.open_catalogue(FOLDER / "djangojs.po")
    assert catalogue.faults(scripts, ()) == []
    assert all(catalogue.is_library(entry) for entry in scripts)
    assert sum(map(catalogue.is_library, ours)) > 900


def test_no_message_stands_twice(ours):
    keys = [catalogue.key_of(entry) for entry in ours]
    assert len(keys) == len(set(keys))


def test_the_catalogue_addresses_people_with_respect_and_without_shouting(ours):
    rude = [
        text
        for entry in ours
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if "你" in text or "！" in text or text.rstrip().endswith("!") or "操作成功" in text
    ]
    assert rude == []


def test_chinese_words_stand_only_in_the_catalogue_and_the_demo():
    strays = []
    for path in catalogue.sources(settings.ROOT):
        place = path.relative_to(settings.ROOT).as_posix()
        if place.startswith(CHINESE_FOLDERS) or place.endswith(CHINESE_FILES) or place in CHINESE_BY_NATURE:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            texts = strings_of(source)
        else:
            remarkless = TEMPLATE_REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), source)
            texts = enumerate(remarkless.splitlines(), start=1)
        strays += [f"{place}:{line}: {text.strip()[:40]}" for line, text in texts if HAN.search(text)]
    assert strays == []


def test_exceptions_for_chinese_words_are_still_needed():
    idle = [
        place
        for place in CHINESE_BY_NATURE
        if not any(HAN.search(text) for _line, text in strings_of((settings.ROOT / place).read_text("utf-8")))
    ]
    assert idle == []


def test_python_calls_of_every_kind_are_read():
    source = """
_("plain")
gettext_lazy("one " "string")
ngettext("%(n)s page", "%(n)s pages", n)
pgettext("verb", "order")
npgettext("seat", "place", "places", n)
_(variable)
"""
    assert list(catalogue.messages_in_python(source)) == [
        ((None, "plain"), ""),
        ((None, "one string"), ""),
        ((None, "%(n)s page"), "%(n)s pages"),
        (("verb", "order"), ""),
        (("seat", "place"), "places"),
    ]


def test_a_text_put_together_at_run_time_is_refused():
    with pytest.raises(ValueError, match=r"line 1: the text of _\(\) must be one plain string"):
        list(catalogue.messages_in_python('_(f"Hello {name}")'))


def test_template_tags_of_every_kind_are_read():
    source = """{% translate "It's 5% off" %}{% trans 'Save' context "verb" %}
{{ title|default:_("None yet") }}
{% blocktranslate trimmed count n=pages %}
  {{ n }} page
{% plural %}
  {{ n }} pages
{% endblocktranslate %}"""
    assert list(catalogue.messages_in_template(source)) == [
        ((None, "It's 5%% off"), ""),
        (("verb", "Save"), ""),
        ((None, "None yet"), ""),
        ((None, "%(n)s page"), "%(n)s pages"),
    ]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="Save", msgstr="保存"), None),
        (polib.POEntry(msgid="Save", msgstr=""), "untranslated"),
        (polib.POEntry(msgid="Save", msgstr="保存", flags=["fuzzy"]), "fuzzy"),
        (polib.POEntry(msgid="Save", msgstr="Save it"), "still English"),
        (polib.POEntry(msgid="RSS", msgstr="RSS"), None),
        (polib.POEntry(msgid="%(n)s left", msgstr="还剩 %(m)s"), "placeholders differ"),
        (polib.POEntry(msgid="{n} left", msgstr="还剩一些"), "placeholders differ"),
        (polib.POEntry(msgid="100%% of %s", msgstr="%s 的 100%%"), None),
        (
            polib.POEntry(msgid="one", msgid_plural="%(n)s pages", msgstr_plural={0: "%(n)s 个页面"}),
            None,
        ),
    ],
)
def test_each_kind_of_fault_is_named(entry, fault):
    assert catalogue.fault_of(entry) == fault


def test_refreshing_keeps_translations_and_library_texts_and_drops_what_is_gone():
    po = polib.POFile()
    po.append(polib.POEntry(msgid="kept", msgstr="留着"))
    po.append(polib.POEntry(msgid="gone", msgstr="没了"))
    po.append(polib.POEntry(msgid="theirs", msgstr="别人的", comment="library"))
    found = {
        (None, "kept"): catalogue.Found(places={"home/models/news.py"}),
        (None, "new"): catalogue.Found("news", {"home/feeds.py"}),
    }
    assert catalogue.refresh(po, found) == (1, 1)
    assert [(entry.msgid, entry.msgstr) for entry in po] == [
        ("kept", "留着"),
        ("new", ""),
        ("theirs", "别人的"),
    ]
    assert po.find("new").msgstr_plural == {0: ""}
    assert po.find("kept").occurrences == [("home/models/news.py", "")]


def test_the_command_checks_compiles_and_names_what_is_missing(tmp_path, settings, capsys):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path]
    call_command("catalogue")
    with pytest.raises(CommandError, match=r"untranslated: 'news story'"):
        call_command("catalogue", "--check")
    call_command("catalogue", "--compile")
    assert capsys.readouterr().out.endswith("django.mo written\n")
    assert [entry.msgid for entry in polib.mofile(str(folder / "django.mo"))] == []


def test_the_compiled_catalogue_says_what_the_source_says(tmp_path):
    source = FOLDER / "django.po"
    copy = tmp_path / "django.po"
    copy.write_bytes(source.read_bytes())
    compiled = polib.mofile(str(catalogue.compile_catalogue(copy)))
    assert {catalogue.key_of(entry): entry.msgstr for entry in compiled} == {
        catalogue.key_of(entry): entry.msgstr for entry in polib.pofile(str(source)) if entry.translated()
    }
