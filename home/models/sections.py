"""Sections of the home page; each shows itself only when there is something to show.

A new kind of section is one block here (or beside its page type) and one template. ``ask`` tells the window
what it will need, so that all sections together read the database once; ``fill`` returns what its template
shows, or None when there is nothing to show.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.kit.blocks import FigureBlock

from .commendations import portraits
from .named import CardBlock, PageBlock

if TYPE_CHECKING:
    from home.window import Window

Shown = dict[str, Any] | None


class SectionBlock(blocks.StructBlock):
    """Abstract: a section of the home page."""

    def ask(self, value: Any, window: "Window") -> None:
        """Tell the window what this section will need."""

    def fill(self, value: Any, window: "Window") -> Shown:
        """Return what the template shows beside ``value``, or None to stay invisible."""
        raise NotImplementedError


def title_block(*, required: bool = False) -> blocks.CharBlock:
    """Return the field for a section's title."""
    words = "" if required else _("Empty: the title of its section.")
    return blocks.CharBlock(label=_("title"), required=required, max_length=20, help_text=words)


class FrontBlock(SectionBlock):
    """The story of the week beside the newest notices."""

    story = PageBlock(
        label=_("story of the week"),
        required=False,
        page_type="home.NewsPage",
        help_text=_("Empty: the pinned or newest story with a picture."),
    )
    notices = blocks.IntegerBlock(label=_("how many notices"), default=6, min_value=3, max_value=10)

    class Meta:
        icon = "pick"
        label = _("Story of the week and notices")
        template = "home/sections/front.html"

    def ask(self, value: Any, window: "Window") -> None:
        """A lead story and some notices."""
        window.want_lead(value["story"])
        window.want_notices(value["notices"] or 0)

    def fill(self, value: Any, window: "Window") -> Shown:
        """The lead story, the notices and where all of them stand; either may be missing."""
        notices = window.notices(value["notices"] or 0)
        lead = window.lead
        if not lead and not notices:
            return None
        return {"lead": lead, "notices": notices, "notice_section": window.notice_section}


class ServicesBlock(SectionBlock):
    """Tiles to the rooms of the members' area and quick links."""

    title = blocks.CharBlock(
        label=_("title"), required=False, max_length=20, help_text=_("Empty: Members' services.")
    )
    note = blocks.CharBlock(label=_("note"), required=False, max_length=60)

    class Meta:
        icon = "grip"
        label = _("Services")
        template = "home/sections/services.html"

    def fill(self, value: Any, window: "Window") -> Shown:  # noqa: ARG002
        """The ways in of every room, then the editors' quick links."""
        tiles, links = window.tiles, window.quick_links
        return {"tiles": tiles, "links": links} if tiles or links else None


class NewsBlock(SectionBlock):
    """Newest stories: some with pictures, the rest as headlines."""

    title = title_block()
    index = PageBlock(
        label=_("section"),
        required=False,
        page_type="home.NewsIndexPage",
        help_text=_("Empty: the news of the whole site."),
    )
    pictures = blocks.IntegerBlock(label=_("with picture"), default=3, min_value=1, max_value=6)
    headlines = blocks.IntegerBlock(label=_("headlines"), default=4, min_value=0, max_value=10)

    class Meta:
        icon = "doc-full"
        label = _("News")
        template = "home/sections/news.html"

    def ask(self, value: Any, window: "Window") -> None:
        """Stories of one section or of all."""
        window.want_news(value["index"], (value["pictures"] or 0) + (value["headlines"] or 0))

    def fill(self, value: Any, window: "Window") -> Shown:
        """Teasers and headlines, without the story that already stands on top."""
        pictures = value["pictures"] or 0
        stories = window.news(value["index"], pictures + (value["headlines"] or 0))
        if not stories:
            return None
        return {
            "teasers": stories[:pictures],
            "headlines": stories[pictures:],
            "section": window.news_section(value["index"]),
        }


class AlbumsBlock(SectionBlock):
    """Newest albums as a mosaic."""

    title = title_block()
    index = PageBlock(
        label=_("section"),
        required=False,
        page_type="home.AlbumIndexPage",
        help_text=_("Empty: the albums of the whole site."),
    )
    number = blocks.IntegerBlock(label=_("how many albums"), default=4, min_value=3, max_value=5)

    class Meta:
        icon = "image"
        label = _("Albums")
        template = "home/sections/albums.html"

    def ask(self, value: Any, window: "Window") -> None:
        """Albums of one section or of all."""
        window.want_albums(value["index"], value["number"] or 0)

    def fill(self, value: Any, window: "Window") -> Shown:
        """The albums that have a photo to show, and where all of them stand."""
        albums = window.albums(value["index"], value["number"] or 0)
        if not albums:
            return None
        return {"albums": albums, "section": window.album_section(value["index"])}


class NumbersBlock(SectionBlock):
    """Figures and where they come from."""

    title = title_block(required=True)
    figures = blocks.ListBlock(FigureBlock(), label=_("figures"), min_num=1, max_num=6)
    note = blocks.CharBlock(label=_("note"), required=False, max_length=120)
    page = PageBlock(label=_("read more"), required=False)

    class Meta:
        icon = "order"
        label = _("Figures")
        template = "home/sections/numbers.html"

    def fill(self, value: Any, window: "Window") -> Shown:
        """The figures, and the page behind them if this reader may read it."""
        return {"page": window.way_to(value["page"])} if value["figures"] else None


class ModelsBlock(SectionBlock):
    """The newest role models as a row of portraits."""

    title = title_block()
    number = blocks.IntegerBlock(label=_("how many"), default=4, min_value=2, max_value=8)

    class Meta:
        icon = "group"
        label = _("Role models")
        template = "home/sections/models.html"

    def ask(self, value: Any, window: "Window") -> None:
        """Role models of the whole site."""
        window.want_models(value["number"] or 0)

    def fill(self, value: Any, window: "Window") -> Shown:
        """The portraits with the honour each shows first; the wall, or else all of them."""
        found = window.models[: value["number"] or 0]
        if not found:
            return None
        return {
            "models": portraits(found, window.request, window.reader),
            "section": window.model_section,
            "wall": window.wall,
        }


class ReportsBlock(SectionBlock):
    """Newest reports and plans, for those who may read them."""

    title = title_block()
    number = blocks.IntegerBlock(label=_("how many"), default=4, min_value=1, max_value=8)
    figures = blocks.ListBlock(FigureBlock(), label=_("figures"), min_num=0, max_num=4, default=[])
    note = blocks.CharBlock(label=_("note"), required=False, max_length=120)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Reports and figures")
        template = "home/sections/reports.html"

    def ask(self, value: Any, window: "Window") -> None:
        """Some reports."""
        window.want_reports(value["number"] or 0)

    def fill(self, value: Any, window: "Window") -> Shown:
        """The reports with the figures beside them; nothing when this reader may read none."""
        reports = window.reports(value["number"] or 0)
        return {"reports": reports, "section": window.report_section} if reports else None


class CampaignBlock(SectionBlock):
    """One campaign, large."""

    campaign = CardBlock(
        label=_("campaign"),
        required=False,
        page_type="home.CampaignPage",
        help_text=_("Empty: the section stays invisible."),
    )

    class Meta:
        icon = "pick"
        label = _("Campaign")
        template = "home/sections/campaign.html"

    def fill(self, value: Any, window: "Window") -> Shown:
        """The campaign, if there is one that this reader may read."""
        found = window.campaign(value["campaign"])
        return {"campaign": found[0], "card": found[1]} if found else None


class WordsBlock(SectionBlock):
    """A few words and a link."""

    title = title_block(required=True)
    text = blocks.RichTextBlock(label=_("text"), features=["bold", "link", "ul"])

    class Meta:
        icon = "pilcrow"
        label = _("A few words")
        template = "home/sections/words.html"

    def fill(self, value: Any, window: "Window") -> Shown:  # noqa: ARG002
        """The words."""
        return {} if value["text"].source.strip() else None


class HomeSections(blocks.StreamBlock):
    """What an editor arranges on the home page."""

    front = FrontBlock(group=_("Stories"))
    news = NewsBlock(group=_("Stories"))
    albums = AlbumsBlock(group=_("Stories"))
    models = ModelsBlock(group=_("Stories"))
    reports = ReportsBlock(group=_("Stories"))
    campaign = CampaignBlock(group=_("Stories"))
    services = ServicesBlock(group=_("Services and words"))
    numbers = NumbersBlock(group=_("Services and words"))
    words = WordsBlock(group=_("Services and words"))
