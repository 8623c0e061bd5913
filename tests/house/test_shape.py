"""The shape of the house: sizes, names, a trade that is blind to requests, nothing from elsewhere."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {"template": 120, "test": 400, "module": 300}
NO_NAME = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "info", "data"}
NEVER_SEE_A_REQUEST = {"services", "selectors", "rules", "models", "jobs"}
OF_REQUESTS = ("django.http", "django.shortcuts", "django.views", "django.contrib.messages", "django.urls")


def tracked(*endings):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.split("\0") if name]
    return sorted(ROOT / name for name in names if name.endswith(endings) and (ROOT / name).is_file())


def lines(path):
    return path.read_text(encoding="utf-8").count("\n")


def told(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


PYTHON = [path for path in tracked(".py") if "migrations" not in path.parts]
TEMPLATES = tracked(".html")
OUR_MODULES = [path for path in PYTHON if path.relative_to(ROOT).parts[0] in {"cms", "home", "extranet"}]


@pytest.mark.parametrize("kind", LIMITS)
def test_no_file_is_over_its_limit(kind):
    of_kind = {
        "template": TEMPLATES,
        "test": [path for path in PYTHON if path.relative_to(ROOT).parts[0] == "tests"],
        "module": [path for path in PYTHON if path.relative_to(ROOT).parts[0] != "tests"],
    }
    assert {
        name: size for path in of_kind[kind] if (size := lines(path)) > LIMITS[kind] for name in told([path])
    } == {}


def test_no_module_is_called_nothing_in_particular():
    assert told(path for path in PYTHON if {path.stem, path.parent.name} & NO_NAME) == []


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def is_trade(path):
    inside = path.relative_to(ROOT).parts
    return inside[0] == "extranet" and (
        path.stem in NEVER_SEE_A_REQUEST or path.parent.name in NEVER_SEE_A_REQUEST
    )


def test_the_trade_never_sees_a_request():
    seen = {
        name: seeing
        for path in OUR_MODULES
        if is_trade(path)
        for name in told([path])
        if (
            seeing := [
                m for m in imports_of(path) if m.startswith(OF_REQUESTS) and m != "django.urls.reverse"
            ]
        )
    }
    assert seen == {}


def test_the_sites_questions_answer_readers_and_make_no_answers():
    wrong = {
        name: seeing
        for path in OUR_MODULES
        if path.relative_to(ROOT).as_posix().startswith(("home/models/", "home/selectors", "cms/kit/models/"))
        for name in told([path])
        if (
            seeing := [
                m for m in imports_of(path) if m.startswith(("django.shortcuts", "django.contrib.messages"))
            ]
        )
    }
    assert wrong == {}


def calls(path, wanted):
    """Yield the lines where a method of this name is called without arguments."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == wanted:
            yield node.lineno


def test_every_list_of_pages_asks_who_is_reading():
    bare = {
        name: found
        for path in OUR_MODULES
        if path != ROOT / "cms/kit/models/pages.py"
        for name in told([path])
        if (found := list(calls(path, "live")))
    }
    assert bare == {}


def test_every_room_is_declared_and_held_to_the_shape():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["name"]: one for one in config["tool"]["importlinter"]["contracts"]}
    declared = set(contracts["Every room has the same shape"]["containers"])
    folders = {f"extranet.{path.parent.name}" for path in ROOT.glob("extranet/*/__init__.py")}
    assert declared == folders - {"extranet.core"}


INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE
    ),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript address": re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
}
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", re.DOTALL)


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what):
    held = [
        path for path in TEMPLATES if INLINE[what].search(COMMENT.sub("", path.read_text(encoding="utf-8")))
    ]
    assert told(held) == []


ELSEWHERE = re.compile(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
NAMESPACES = ("http://www.w3.org/", "https://www.w3.org/", "https://schema.org", "http://www.sitemaps.org/")
FETCHED = re.compile(
    r"""(?:src|srcset|poster|data|action)\s*=\s*["']([^"']*)|url\(([^)]*)\)|@import[^;]*|<link[^>]*>"""
)


def test_no_page_asks_anything_of_another_house():
    asking = {}
    for path in [*TEMPLATES, *tracked(".css", ".js", ".svg", ".webmanifest")]:
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        parts = [found.group(0) for found in FETCHED.finditer(text)] if path.suffix == ".html" else [text]
        found = [address for part in parts for address in ELSEWHERE.findall(part) if not known(part, address)]
        if found:
            asking[told([path])[0]] = found
    assert asking == {}


def known(text, address):
    place = text.index(address)
    return text.startswith(NAMESPACES, place)


BARE_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)


def test_every_page_stands_in_the_frame():
    frames = {"cms/templates/base.html", "cms/templates/plain.html"}
    bare = [path for path in TEMPLATES if BARE_PAGE.search(path.read_text(encoding="utf-8"))]
    assert set(told(bare)) <= frames


def words(*parts):
    """Put a forbidden word together here, so that this file does not hold it."""
    return "".join(parts)


OF_A_MACHINE = re.compile(
    "|".join(
        [
            words("/", r"(?:root|work/(?:main|shared)|Users/[a-z]+)/"),
            words(r"registry\.", r"npmjs"),
            words(r"pypi\.", r"org/simple"),
            words("artifact", "ory"),
            words(r"index", r"-url"),
            words(r"proxy\.", r"golang"),
        ]
    )
)


def test_no_file_knows_the_machine_it_was_written_on():
    knowing = {}
    for path in tracked(
        ".py", ".toml", ".md", ".html", ".css", ".js", ".txt", ".lock", "Makefile", "run", ".service"
    ):
        if path.name == "test_shape.py":
            continue
        found = OF_A_MACHINE.search(path.read_text(encoding="utf-8"))
        if found:
            knowing[told([path])[0]] = found.group(0)
    assert knowing == {}
