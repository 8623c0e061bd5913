"""Reports, campaigns, rules and forms into the page tree, with their papers on the shelf."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wagtail.models import Collection, Page

from cms.kit.closed import members_collection
from cms.kit.pdf import Letter, compose
from cms.kit.templatetags.house import long_date
from home.demo.days import resolve, spoken
from home.demo.pages import Press, at_hour
from home.demo.shelf import open_collection, put, spoken_paper
from home.demo.stories import CAMPAIGNS, REPORTS, RULES, house
from home.demo.stories.shape import Campaign, Paper, Report, Rule, Span
from home.first_steps import Basics
from home.letters import blocks_of, figures_of
from home.models import CampaignPage, ReportPage, RulePage
from home.periods import Period


@dataclass(kw_only=True)
class Placed:
    """What has an address and still wants its body."""

    reports: list[tuple[Report, ReportPage]]
    campaigns: list[tuple[Campaign, CampaignPage]]


def place(basics: Basics, press: Press) -> Placed:
    """Put everything into its section; bodies follow when all pages have an address."""
    press.pages |= {"reports": basics.reports, "campaigns": basics.campaigns, "rules": basics.rules}
    older_first = sorted(REPORTS, key=lambda report: resolve(report.when, press.today))
    placed = Placed(
        reports=[(report, _report(basics.reports, report, press)) for report in older_first],
        campaigns=[(campaign, _campaign(basics.campaigns, campaign, press)) for campaign in CAMPAIGNS],
    )
    for rule in RULES:
        _rule(basics.rules, rule, press)
    return placed


def issue(placed: Placed, press: Press) -> None:
    """Write the bodies and publish, reports with their papers in the collection for members."""
    inside = members_collection()
    for report, page in placed.reports:
        press.fill(page, report)
        page.figures = press.setter(report.slug, page.dated_on).stream("figure", report.figures)
        documents = [_formal(page, inside), *_papers(report, page, inside)]
        attach = page.attachments.model
        page.attachments = [attach(document=one, sort_order=at) for at, one in enumerate(documents)]
        _publish(page, page.dated_on, press)
    for campaign, campaign_page in placed.campaigns:
        press.fill(campaign_page, campaign)
        _publish(campaign_page, resolve(campaign.starts, press.today), press)


def period_of(span: Span, day: date) -> Period:
    """Return the days of a span for a report of that day."""
    year = day.year + span.year
    return Period(date(year, *span.first), date(year, *span.last))


def _report(section: Page, report: Report, press: Press) -> ReportPage:
    day = resolve(report.when, press.today)
    page = ReportPage(slug=report.slug, owner=press.by, **report_fields(report, day))
    return _into(section, page, press)


def report_fields(report: Report, day: date) -> dict[str, Any]:
    """Return what a report says of itself on a day, without its body."""
    period = period_of(report.period, day)
    return {
        "title": spoken(report.title, day),
        "lead": spoken(report.lead, day),
        "kind": report.kind,
        "dated_on": day,
        "period_from": period.first,
        "period_until": period.last,
        "source": report.office,
        "deliberated_by": report.deliberated,
    }


def _campaign(section: Page, campaign: Campaign, press: Press) -> CampaignPage:
    first = resolve(campaign.starts, press.today)
    last = None if campaign.lasts is None else first + timedelta(days=campaign.lasts)
    page = CampaignPage(
        title=campaign.title,
        slug=campaign.slug,
        lead=campaign.lead,
        starts_on=first,
        ends_on=last,
        owner=press.by,
    )
    return _into(section, page, press)


def _rule(section: Page, rule: Rule, press: Press) -> None:
    first = resolve(rule.starts, press.today)
    paper = spoken_paper(rule.paper, first) if rule.paper else None
    page = RulePage(
        title=spoken(rule.title, first),
        slug=rule.slug,
        kind=rule.kind,
        intro=rule.intro,
        number=spoken(rule.number, first),
        issuer=rule.issuer,
        valid_from=first,
        valid_until=resolve(rule.ends, press.today) if rule.ends else None,
        replaces=press.pages.get(rule.replaces),
        document=put(paper, open_collection()) if paper else None,
        text=press.setter(rule.slug, first).prose(rule.text) if rule.text else "",
        owner=press.by,
    )
    _publish(_into(section, page, press), first, press)


def _into(section: Page, page: Any, press: Press) -> Any:
    section.refresh_from_db()
    section.add_child(instance=page)
    press.pages[page.slug] = page
    return page


def _publish(page: Any, day: date, press: Press) -> None:
    page.save_revision(user=press.by, log_action=False).publish(None, log_action=False)
    when = at_hour(min(day, press.today))
    Page.objects.filter(pk=page.pk).update(first_published_at=when, last_published_at=when)


def _papers(report: Report, page: ReportPage, inside: Collection) -> Iterable[Any]:
    return [put(spoken_paper(paper, page.dated_on), inside) for paper in report.papers]


def _formal(page: ReportPage, inside: Collection) -> Any:
    """Return the report itself as a paper with letterhead: what the page says, word for word."""
    blocks = blocks_of(page.body)
    if page.figures:
        blocks.insert(0, figures_of([figure.value for figure in page.figures]))
    period = page.period
    facts = [("时期", period.label)] if period else []
    letter = Letter(
        title=page.title,
        union=house.IDENTITY["union_name"],
        lead=page.lead,
        facts=[*facts, ("发布", long_date(page.dated_on)), ("审议", page.deliberated_by)],
        blocks=blocks,
        signed=page.source,
        day=page.dated_on,
    )
    paper = Paper("pdf", f"{page.slug}.pdf", f"{page.title}（正式文本）", ())
    return put(paper, inside, compose(letter))
