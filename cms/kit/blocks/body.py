"""The body of a story."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .figures import FiguresBlock
from .pictures import GalleryBlock, PictureBlock, VideoBlock
from .words import CalloutBlock, FilesBlock, QuoteBlock, table_block


class StoryBody(blocks.StreamBlock):
    """Everything an editor may lay into a story, most used first."""

    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", template="blocks/text.html")
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    figures = FiguresBlock()
    table = table_block()
    files = FilesBlock()
    video = VideoBlock()
