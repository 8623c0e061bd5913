"""Page types of the website, one family a file."""

from .commendations import (
    CommendationHonour,
    CommendationIndexPage,
    CommendationPage,
    CommendationRelatedLink,
)
from .home import HomePage
from .honours import Honour
from .news import NewsIndexPage, NewsPage, NewsRelatedLink
from .notices import NoticeIndexPage, NoticePage, NoticeRelatedLink
from .standard import SitemapPage, StandardPage
from .story import Category
from .wall import HonourWallPage

__all__ = [
    "Category",
    "CommendationHonour",
    "CommendationIndexPage",
    "CommendationPage",
    "CommendationRelatedLink",
    "HomePage",
    "Honour",
    "HonourWallPage",
    "NewsIndexPage",
    "NewsPage",
    "NewsRelatedLink",
    "NoticeIndexPage",
    "NoticePage",
    "NoticeRelatedLink",
    "SitemapPage",
    "StandardPage",
]
