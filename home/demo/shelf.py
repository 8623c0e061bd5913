"""The files of the stories in the library of documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms.kit.models import HouseDocument
from home.demo.days import spoken
from home.demo.papers import make
from home.demo.stories import CAMPAIGNS, NEWS, NOTICES, PAGES
from home.demo.stories.shape import Files, Paper

COLLECTION = "表格与须知"


def papers() -> list[Paper]:
    """Return every paper of the demo that everybody may have as it is written."""
    blocks = [block for piece in (*NEWS, *NOTICES, *PAGES, *CAMPAIGNS) for block in piece.body]
    return [paper for block in blocks if isinstance(block, Files) for paper in block.papers]


def shelved() -> dict[Paper, int]:
    """Return the ids of the papers that are in the library."""
    ids = dict(HouseDocument.objects.filter(collection__name=COLLECTION).values_list("title", "pk"))
    return {paper: ids[paper.title] for paper in papers() if paper.title in ids}


def shelve() -> dict[Paper, int]:
    """Make the papers that are missing."""
    there = shelved()
    for paper in papers():
        if paper not in there:
            there[paper] = put(paper, open_collection()).pk
    return there


def open_collection() -> Collection:
    """Return the collection of what everybody may have."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(name=COLLECTION)


def put(paper: Paper, collection: Collection, content: bytes | None = None) -> HouseDocument:
    """Return the document of that title in a collection, made (of `content`, else the lines) when missing."""
    found = HouseDocument.objects.filter(collection=collection, title=paper.title).first()
    if found is None:
        file = ContentFile(content or make(paper), name=paper.name)
        found = HouseDocument.objects.create(title=paper.title, collection=collection, file=file)
    return found


def spoken_paper(paper: Paper, day: date) -> Paper:
    """Return a paper with its dates spoken."""
    lines = tuple(spoken(line, day) for line in paper.lines)
    return replace(paper, title=spoken(paper.title, day), lines=lines)
