"""Page types of the website, one family a file."""

from .campaigns import CampaignIndexPage, CampaignPage
from .home import HomePage
from .news import NewsIndexPage, NewsPage, NewsRelatedLink
from .notices import NoticeIndexPage, NoticePage, NoticeRelatedLink
from .reports import ReportAttachment, ReportIndexPage, ReportKind, ReportPage, ReportRelatedLink
from .rules import RuleKind, RulePage, RulesIndexPage
from .standard import SitemapPage, StandardPage
from .story import Category

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "Category",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "NewsRelatedLink",
    "NoticeIndexPage",
    "NoticePage",
    "NoticeRelatedLink",
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
