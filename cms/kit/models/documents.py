"""Documents (文件): they stay private and come through the checked view, whichever page links to them."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet

from cms.kit import closed
from cms.kit.storage import document_path, private_storage

from .fields import NamedFileField, store


class HouseDocumentQuerySet(DocumentQuerySet):
    """Documents, asked with a reader in mind."""

    def visible_to(self, user: Any) -> "HouseDocumentQuerySet":
        """Leave out documents of collections, or below collections, that ``user`` may not read."""
        return self.exclude(closed.closes("collection__path", user))


class HouseDocument(AbstractDocument):
    """A file that always comes through the checked view; its collection decides who may read it, not the page
    that links to it. ``original_name`` is the name it came with and leaves with.
    """

    file = NamedFileField(_("file"), upload_to=document_path, storage=private_storage)
    original_name = models.CharField(max_length=150, blank=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "tags")

    objects = HouseDocumentQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    @property
    def filename(self) -> str:
        """Return the name a reader sees and saves."""
        return self.original_name or super().filename

    def _set_document_file_metadata(self) -> None:
        """Do nothing: the field knows size and hash of what it stores, and leaves no file open."""

    def clean(self) -> None:
        """Let Wagtail look at the extension, unless the form has refused the file already."""
        if self.file:
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new file before its row, and let the replaced one go with the commit."""
        store(self.file)
        with transaction.atomic():
            old = type(self).objects.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            if old and old.file.name != self.file.name:
                transaction.on_commit(lambda: old.file.storage.delete(old.file.name))
