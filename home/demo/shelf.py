"""The files of the stories in the library of documents."""

from __future__ import annotations

from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms.kit.models import HouseDocument
from home.demo.papers import make
from home.demo.stories import NEWS, NOTICES, PAGES
from home.demo.stories.shape import Files, Paper

COLLECTION = "表格与须知"


def papers() -> list[Paper]:
    """Return every paper of the demo."""
    blocks = [block for piece in (*NEWS, *NOTICES, *PAGES) for block in piece.body]
    return [paper for block in blocks if isinstance(block, Files) for paper in block.papers]


def shelved() -> dict[Paper, int]:
    """Return the ids of the papers that are in the library."""
    ids = dict(HouseDocument.objects.filter(collection__name=COLLECTION).values_list("title", "pk"))
    return {paper: ids[paper.title] for paper in papers() if paper.title in ids}


def shelve() -> dict[Paper, int]:
    """Make the papers that are missing; a PDF stays out where no Chinese font is at hand."""
    there = shelved()
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)
    for paper in papers():
        content = None if paper in there else make(paper)
        if content:
            file = ContentFile(content, name=paper.name)
            document = HouseDocument.objects.create(title=paper.title, collection=collection, file=file)
            there[paper] = document.pk
    return there
