"""Pictures, galleries and videos of the library."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import VideoChooserBlock


class GalleryItemBlock(blocks.StructBlock):
    """A picture with its words."""

    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        label=_("alt text here"),
        required=False,
        max_length=200,
        help_text=_(
            "What the picture shows, for those who cannot see it. Empty: the text kept with the image."
        ),
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")


class PictureBlock(GalleryItemBlock):
    """A picture in the story."""

    credit = blocks.CharBlock(
        label=_("credit"),
        required=False,
        max_length=80,
        help_text=_("Empty: the source kept with the image."),
    )
    wide = blocks.BooleanBlock(label=_("across the page"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    """Several pictures, opened one by one."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=60)
    items = blocks.ListBlock(GalleryItemBlock(), label=_("pictures"), min_num=2, max_num=40)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "blocks/gallery.html"


class VideoBlock(blocks.StructBlock):
    """A video of the library; never a player of another site."""

    video = VideoChooserBlock(label=_("video"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=200)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
