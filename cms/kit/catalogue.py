"""The catalogue of interface texts: find our messages, keep the .po file in step, judge it, compile it.

Everything is done in Python, for a bare machine has neither xgettext nor msgfmt. A message is known by
its key ``(context, text)``; the context is ``None`` for nearly all. Entries that translate a library's
message (Wagtail's, allauth's) carry the extracted comment ``library``: they stay although no file of
ours uses them.
"""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

LIBRARY = "library"
OURS = ("cms", "home", "extranet", "search")
TEMPLATE_ENDINGS = {".html", ".txt", ".xml", ".svg"}
NOT_READ = {"migrations", "locale", "__pycache__", "static"}

# How many leading arguments of a call are texts, and whether the first one is a context.
CALLS = {
    "_": (1, False),
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (2, True),
    "pgettext_lazy": (2, True),
    "npgettext": (3, True),
    "npgettext_lazy": (3, True),
}
_LITERAL = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
_TEMPLATE_CALL = re.compile(
    rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)", re.DOTALL
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +.\d]*[a-zA-Z]|%[-#0 +.\d]*[sdrif]|\{\w*(?:[.!:][^{}]*)?\}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MARKUP = re.compile(r"<[^>]*>|&\w+;")
# Words that are the same in Chinese.
PROPER_NAMES = {
    "API",
    "Atom",
    "CSS",
    "CSV",
    "HTML",
    "ID",
    "JSON",
    "PDF",
    "RSS",
    "URL",
    "Wagtail",
    "XLSX",
    "v2",
    "v3",
}

Key = tuple[str | None, str]


@dataclass
class Found:
    """A message as the code uses it: its plural form, if any, and the files it stands in."""

    plural: str = ""
    places: set[str] = field(default_factory=set)


def _message(name: str, texts: list[str]) -> tuple[Key, str]:
    _count, with_context = CALLS[name]
    context = texts[0] if with_context else None
    words = texts[1:] if with_context else texts
    return (context, words[0]), words[1] if len(words) > 1 else ""


def messages_in_python(source: str) -> Iterator[tuple[Key, str]]:
    """Yield (key, plural) of each translation call; raises ValueError for a text that is no literal."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        if name not in CALLS:
            continue
        arguments = node.args[: CALLS[name][0]]
        texts = [
            argument.value
            for argument in arguments
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if len(texts) == CALLS[name][0]:
            yield _message(name, texts)
        elif any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in arguments):
            message = f"line {node.lineno}: the text of {name}() must be one plain string"
            raise ValueError(message)


def messages_in_template(source: str) -> Iterator[tuple[Key, str]]:
    """Yield (key, plural) of each translated text of a Django template."""
    for call, literals in _TEMPLATE_CALL.findall(templatize(source)):
        texts = [ast.literal_eval(literal.lstrip("u")) for literal in re.findall(_LITERAL, literals)]
        yield _message(call, texts[: CALLS[call][0]])


def sources(base: Path) -> Iterator[Path]:
    """Yield the Python files and templates of our own code under `base`, in a steady order."""
    for room in OURS:
        for path in sorted((base / room).rglob("*")):
            if NOT_READ.intersection(path.relative_to(base).parts):
                continue
            if path.suffix == ".py" or (path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts):
                yield path


def collect(base: Path) -> dict[Key, Found]:
    """Return every message of our code; raises ValueError, naming the file that cannot be read."""
    found: dict[Key, Found] = {}
    for path in sources(base):
        read = messages_in_python if path.suffix == ".py" else messages_in_template
        place = path.relative_to(base).as_posix()
        try:
            for key, plural in read(path.read_text(encoding="utf-8")):
                message = found.setdefault(key, Found())
                message.plural = message.plural or plural
                message.places.add(place)
        except (SyntaxError, ValueError) as error:
            message_text = f"{place}: {error}"
            raise ValueError(message_text) from error
    return found


def key_of(entry: polib.POEntry) -> Key:
    """Return the key of a catalogue entry."""
    return entry.msgctxt, entry.msgid


def is_library(entry: polib.POEntry) -> bool:
    """Say whether the entry translates a message of a library and must stay whatever our code uses."""
    return LIBRARY in (entry.comment or "").split()


def open_catalogue(path: Path) -> polib.POFile:
    """Read the .po file, or start an empty one with a Chinese header."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "workers-home",
        "Language": "zh_Hans",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return catalogue


def refresh(catalogue: polib.POFile, found: dict[Key, Found]) -> tuple[int, int]:
    """Bring the catalogue in step with the code; return how many entries came and went."""
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    came = 0
    for key, message in found.items():
        entry = entries.get(key)
        if entry is None:
            context, text = key
            entry = polib.POEntry(msgctxt=context, msgid=text)
            entries[key] = entry
            came += 1
        if message.plural and not entry.msgid_plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {0: entry.msgstr}
            entry.msgstr = ""
        entry.occurrences = [(place, "") for place in sorted(message.places)]
    kept = []
    for key, entry in entries.items():
        if key not in found:
            entry.occurrences = []
        if key in found or is_library(entry):
            kept.append(entry)
    gone = len(list(catalogue)) + came - len(kept)
    catalogue[:] = sorted(kept, key=lambda entry: (is_library(entry), entry.msgid, entry.msgctxt or ""))
    return came, gone


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))


def _fits(entry: polib.POEntry, text: str, allowed: list[set[str]]) -> bool:
    used = _placeholders(text)
    return used in allowed or (is_library(entry) and any(used <= names for names in allowed))


def fault_of(entry: polib.POEntry) -> str | None:
    """Return what is wrong with one entry, or None."""
    texts = _texts(entry)
    if not texts or not all(texts):
        return "untranslated"
    if entry.fuzzy:
        return "fuzzy"
    allowed = [_placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text]
    # A library may hand over more than a Chinese sentence needs; our own sentences use all they get.
    if not all(_fits(entry, text, allowed) for text in texts):
        return "placeholders differ"
    for text in texts:
        words = re.findall(r"[A-Za-z]\w*", _MARKUP.sub(" ", _PLACEHOLDER.sub(" ", text)))
        if not _HAN.search(text) and not PROPER_NAMES.issuperset(words):
            return "still English"
    return None


def faults(catalogue: polib.POFile, found: Iterable[Key]) -> list[str]:
    """Return one line for each message that is missing or badly translated, empty when all is well."""
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    lines = [f"missing: {text!r}" for context, text in found if (context, text) not in entries]
    for entry in entries.values():
        fault = fault_of(entry)
        if fault:
            lines.append(f"{fault}: {entry.msgid!r}")
    return lines


def compile_catalogue(path: Path) -> Path:
    """Write the .mo file beside a .po file, whole or not at all, and return its path."""
    target = path.with_suffix(".mo")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    polib.pofile(str(path)).save_as_mofile(str(draft))
    draft.replace(target)
    return target
