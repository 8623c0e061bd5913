"""Figure boxes (数字): a number that says something, with its source."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class FigureBlock(blocks.StructBlock):
    """One number, its unit, what it counts, where it comes from."""

    number = blocks.CharBlock(label=_("number"), max_length=12)
    unit = blocks.CharBlock(label=_("unit"), required=False, max_length=8)
    text = blocks.CharBlock(label=_("what it counts"), max_length=40)
    note = blocks.CharBlock(label=_("source or comparison"), required=False, max_length=60)

    class Meta:
        icon = "order"
        label = _("Figure")


class FiguresBlock(blocks.StructBlock):
    """A row of figure boxes."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=40)
    items = blocks.ListBlock(FigureBlock(), label=_("figures"), min_num=1, max_num=8)
    note = blocks.CharBlock(label=_("note under the figures"), required=False, max_length=160)

    class Meta:
        icon = "order"
        label = _("Figure boxes")
        template = "blocks/figures.html"
