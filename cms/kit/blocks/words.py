"""Words: quote, callout, table, files."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(label=_("quote"), max_length=400)
    by = blocks.CharBlock(label=_("who said it"), required=False, max_length=60)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """A box for what must not be missed."""

    tone = blocks.ChoiceBlock(
        label=_("tone"),
        default="plain",
        choices=[
            ("plain", _("Good to know")),
            ("important", _("Important")),
            ("good", _("Good news")),
        ],
    )
    title = blocks.CharBlock(label=_("title"), required=False, max_length=40)
    text = blocks.RichTextBlock(label=_("text"), features=["bold", "link", "ul", "ol"])

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "blocks/callout.html"


class FilesBlock(blocks.StructBlock):
    """Files to take away."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=40)
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("document")), label=_("documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Files")
        template = "blocks/files.html"


def table_block() -> TypedTableBlock:
    """Return the table: words or numbers by column, with a caption."""
    return TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text column"), required=False)),
            ("number", blocks.CharBlock(label=_("Number column"), required=False)),
        ],
        label=_("Table"),
        icon="table",
        template="blocks/table.html",
    )
