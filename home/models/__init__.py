"""Page types of the website, one family a file."""

from .albums import AlbumIndexPage, AlbumPage, AlbumPhoto, AlbumRelatedLink
from .campaigns import CampaignIndexPage, CampaignPage
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
from .organisation import OrganisationPage
from .reports import ReportAttachment, ReportIndexPage, ReportKind, ReportPage, ReportRelatedLink
from .rules import RuleKind, RulePage, RulesIndexPage
from .standard import SitemapPage, StandardPage
from .story import Category
from .wall import HonourWallPage

__all__ = [
    "AlbumIndexPage",
    "AlbumPage",
    "AlbumPhoto",
    "AlbumRelatedLink",
    "CampaignIndexPage",
    "CampaignPage",
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
    "OrganisationPage",
    "ReportAttachment",
    "ReportIndexPage",
    "ReportKind",
    "ReportPage",
    "ReportRelatedLink",
    "RuleKind",
    "RulePage",
    "RulesIndexPage",
    "SitemapPage",
    "StandardPage",
]
