"""Finds English left over on a page: in what is read, heard, hinted at, or handed to the editor's scripts."""

import json
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString, Tag

# The same word in Chinese, each a name or a term people know by its Latin letters.
NAMES = {
    *("API", "Atom", "CSV", "English", "HTML", "HTTP", "HTTPS", "ICP", "ID", "IP", "JSON", "JavaScript"),
    *("PDF", "RSS", "TOTP", "TSV", "URL", "UTC", "Wagtail", "XLSX", "AVIF", "GIF", "HEIC", "JPEG", "JPG"),
    *("PNG", "WEBP", "WebP", "ZIP", "Excel", "PowerPoint", "Word", "Alt", "Ctrl", "Enter", "Esc", "Shift"),
    *("Tab", "KB", "MB", "csv", "doc", "docx", "pdf", "ppt", "pptx", "txt", "xls", "xlsx", "zip"),
}
NEVER_READ = {"script", "style", "textarea", "code", "kbd", "pre", "svg", "noscript"}
SPOKEN_ATTRIBUTES = ("title", "placeholder", "aria-label", "aria-description", "alt", "data-tippy-content")
LABEL_KEYS = {"label", "helpText", "help_text", "title", "text", "description", "placeholder", "verbose_name"}
# What the scripts show under these keys is data of the page, not words of the interface.
DATA_KEYS = {"value", "slug", "path", "url", "href", "classname", "name", "icon", "icon_name", "id"}

# Addresses, names of files and models, numbers of requests, and what somebody typed, in quotes.
ADDRESS = re.compile(
    r"%\(\w+\)[sd]|“[a-z0-9-]+”|\b[0-9a-f]{8,}\b|https?://\S+|[\w.+-]+@[\w.-]+|(?:/[\w\[\].:-]+)+/?|\b[\w-]+\.\w{2,5}\b|\b[a-z]+\.[a-z]+\b"
)
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]+")


def english_in(text: str) -> str:
    """Return the English words of a text, joined by blanks, or an empty string."""
    words = WORD.findall(ADDRESS.sub(" ", text))
    return " ".join(word for word in words if word not in NAMES)


def _of_no_interest(node: NavigableString) -> bool:
    if isinstance(node, Comment | Doctype):
        return True
    if node.strip() == "None" and node.parent.has_attr("hidden"):
        return True  # a counter the scripts fill in
    # Time zones are named by the tz database, languages by themselves.
    return any(
        parent.name in NEVER_READ or (parent.name == "select" and "time_zone" in parent.get("name", ""))
        for parent in node.parents
    )


def _labels(data: object, key: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            if name == "strings" and isinstance(value, dict):
                yield from (str(text) for text in value.values())
            elif name not in DATA_KEYS:
                yield from _labels(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _labels(value, key)
    elif isinstance(data, str) and key in LABEL_KEYS and not data.startswith("{"):
        yield BeautifulSoup(data, "html.parser").get_text() if "<" in data else data


def _configurations(tag: Tag) -> Iterator[object]:
    sources = [
        value for name, value in tag.attrs.items() if name.startswith("data-") and isinstance(value, str)
    ]
    if tag.name == "script" and tag.get("type") == "application/json":
        sources.append(tag.string or "")
    for source in sources:
        if source[:1] in {"{", "["}:
            try:
                yield json.loads(source)
            except ValueError:
                continue


def texts_of(markup: str) -> Iterator[str]:
    """Yield every text a person can meet on the page, once per place."""
    soup = BeautifulSoup(markup, "html.parser")
    for node in soup.find_all(string=True):
        if node.strip() and not _of_no_interest(node):
            yield node.strip()
    for tag in soup.select("*"):
        for name in SPOKEN_ATTRIBUTES:
            if isinstance(tag.get(name), str):
                yield tag[name].strip()
        if tag.name == "input" and tag.get("type") in {"submit", "button"}:
            yield tag.get("value", "")
        for configuration in _configurations(tag):
            yield from _labels(configuration)


def leftovers(markup: str) -> list[str]:
    """Return the texts of a page that still hold English words, sorted, each once."""
    return sorted({text for text in texts_of(markup) if english_in(text)})
