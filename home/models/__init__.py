"""Page types of the website, one family a file."""

from .albums import AlbumIndexPage, AlbumPage, AlbumPhoto, AlbumRelatedLink
from .home import HomePage
from .news import NewsIndexPage, NewsPage, NewsRelatedLink
from .notices import NoticeIndexPage, NoticePage, NoticeRelatedLink
from .standard import SitemapPage, StandardPage
from .story import Category

__all__ = [
    "AlbumIndexPage",
    "AlbumPage",
    "AlbumPhoto",
    "AlbumRelatedLink",
    "Category",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "NewsRelatedLink",
    "NoticeIndexPage",
    "NoticePage",
    "NoticeRelatedLink",
    "SitemapPage",
    "StandardPage",
]
