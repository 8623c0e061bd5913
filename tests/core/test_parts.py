"""The parts pages are made of: ways, histories, reckonings, words about days, drawings."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.utils import timezone

from cms.kit.cuts import CUTS, OF_ICON
from cms.kit.icons import ICONS
from extranet.core import trail
from extranet.core.filing import blame
from extranet.core.models import SpecialDay
from extranet.core.progress import Mark, Standing, Way
from extranet.core.telling import Teller, events_of
from extranet.core.templatetags import extranet as tags
from extranet.core.workdays import deadline
from extranet.core.workflow import record
from tests.core.conftest import STEPS
from tests.core.tickets.models import Status
from tests.core.tickets.views import TELLER, WAY

pytestmark = pytest.mark.django_db

LONG = Way(
    (
        Mark("ask", frozenset({"handed_in", "returned"})),
        Mark("check", frozenset({"checked"})),
        Mark("decide", frozenset({"approved"})),
    ),
    ends={"declined": "declined"},
)


@pytest.fixture
def in_november(monkeypatch):
    """Let it be November 2026: a day of that year is said without it."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 25))


def case(status):
    return SimpleNamespace(status=status, created_at=datetime(2026, 11, 2, 2, tzinfo=UTC))


def event(source, target, day):
    return SimpleNamespace(source=source, target=target, happened_at=datetime(2026, 11, day, 2, tzinfo=UTC))


def states(stops):
    return [(stop.label, stop.state) for stop in stops]


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("handed_in", ["done", "now", "next"]),
        ("returned", ["done", "now", "next"]),
        ("checked", ["done", "done", "now"]),
        ("approved", ["done", "done", "done"]),
    ],
)
def test_a_way_is_behind_here_or_ahead(status, line):
    assert [stop.state for stop in LONG.stops(case(status))] == line


def test_stops_behind_have_the_day_they_were_last_passed():
    events = [event("", "handed_in", 2), event("handed_in", "checked", 5), event("checked", "returned", 6)]
    events += [event("returned", "handed_in", 7), event("handed_in", "checked", 9)]
    days = [stop.on for stop in LONG.stops(case("checked"), events)]
    assert days == [date(2026, 11, 2), date(2026, 11, 9), None]


def test_a_way_that_broke_off_ends_where_it_did():
    events = [event("", "handed_in", 2), event("handed_in", "checked", 5), event("checked", "declined", 8)]
    stops = LONG.stops(case("declined"), events)
    assert states(stops) == [("ask", "done"), ("check", "done"), ("declined", "ended")]
    assert stops[-1].on == date(2026, 11, 8)
    assert states(LONG.stops(case("declined"))) == [("ask", "done"), ("declined", "ended")]


def test_a_jump_passes_every_mark_on_its_day():
    days = [stop.on for stop in LONG.stops(case("approved"), [event("handed_in", "approved", 8)])]
    assert days == [date(2026, 11, 2), date(2026, 11, 8), date(2026, 11, 8)]


def test_a_deadline_says_how_it_was_reckoned(in_november):
    SpecialDay.objects.create(day=date(2026, 10, 1), name="国庆节")
    SpecialDay.objects.create(day=date(2026, 10, 2), name="国庆节")
    SpecialDay.objects.create(day=date(2026, 10, 10), name="补班", is_worked=True)
    standing = Standing(deadline=deadline(date(2026, 9, 30), 5))
    assert standing.until == date(2026, 10, 9)
    assert standing.reckoning() == [
        "从9月30日（周三）的第二天起，数 5 个工作日。",
        "不算在内：周末 2 天、国庆节 10月1日–10月2日。",
        "所以到10月9日（周五）为止。",
    ]


def test_a_deadline_beyond_the_calendar_says_so(in_november):
    assert Standing(deadline=deadline(date(2026, 11, 2), 1)).reckoning() == [
        "从11月2日（周一）的第二天起，数 1 个工作日。",
        "所以到11月3日（周二）为止。",
        "工作日历里还没有放假安排，录入后这一天可能变动。",
    ]
    SpecialDay.objects.create(day=date(2026, 10, 1), name="国庆节")
    assert Standing(deadline=deadline(date(2026, 12, 30), 5)).reckoning() == [
        "从12月30日（周三）的第二天起，数 5 个工作日。",
        "不算在内：周末 2 天。",
        "所以到2027年1月6日（周三）为止。",
        "放假安排已公布到12月31日（周四）；以后公布的假期可能使这一天变动。",
    ]


def test_a_day_set_by_hand_has_no_reckoning():
    standing = Standing(due_on=date(2026, 12, 1))
    assert (standing.until, standing.reckoning()) == (date(2026, 12, 1), [])


def test_the_history_names_you_the_others_and_the_house(ticket, keeper):
    record(ticket, trail.Line(verb="hand_in", actor=ticket.holder))
    record(ticket, trail.Line(verb="secret", actor=keeper))
    record(ticket, trail.Line(verb="remind", actor=None, note="三天了。"))
    STEPS["approve"].apply(ticket, actor=keeper, facts={"yuan": "300.00", "score": 7})
    told = TELLER.tell(events_of(ticket), ticket.holder)
    assert [(entry.who, entry.words) for entry in told] == [
        ("管理员甲", "approve"),
        ("系统", "remind"),
        ("您", "handed in"),
    ]
    assert told[0].facts == (("yuan", "300.00"),)
    assert told[1].note == "三天了。"


def test_officers_may_be_named_by_their_office(ticket, keeper):
    STEPS["approve"].apply(ticket, actor=keeper)
    teller = Teller(steps=STEPS, name_of=lambda event: "帮扶委员会")
    assert teller.tell(events_of(ticket), ticket.holder)[0].who == "帮扶委员会"
    assert teller.tell(events_of(ticket), keeper)[0].who == "您"
    assert teller.tell(events_of(ticket), keeper)[0].facts == ()


def test_a_trail_costs_one_query(ticket, keeper, django_assert_num_queries):
    STEPS["return"].apply(ticket, actor=keeper, note="缺")
    STEPS["resend"].apply(ticket, actor=ticket.holder)
    trail.of(ticket).count()
    with django_assert_num_queries(1):
        assert len(TELLER.tell(events_of(ticket), keeper)) == 2


def test_the_ticket_rooms_way_names_every_status():
    assert {status for mark in WAY.marks for status in mark.statuses} == set(Status.values)


@pytest.mark.parametrize(
    ("ahead", "words"), [(0, "今天"), (1, "明天"), (2, None), (6, None), (7, "date"), (-1, "date")]
)
def test_a_day_is_called_as_people_call_it(ahead, words):
    day = timezone.localdate() + timedelta(days=ahead)
    weekday = "周" + "一二三四五六日"[day.weekday()]
    expected = {None: weekday, "date": tags.short_date(day)}.get(words, words)
    assert tags.day_name(day) == expected


@pytest.mark.parametrize(
    ("minutes", "words"), [(60, "1 小时"), (120, "2 小时"), (30, "30 分钟"), (90, "90 分钟")]
)
def test_how_long_something_lasts(minutes, words):
    start = timezone.now()
    item = SimpleNamespace(starts_at=start, ends_at=start + timedelta(minutes=minutes))
    assert tags.lasts(item) == words
    assert tags.lasts(SimpleNamespace(starts_at=start, ends_at=None)) == ""


def test_how_long_ago_something_was_sent(monkeypatch):
    noon = datetime(2026, 11, 25, 4, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    assert tags.ago(noon - timedelta(minutes=5)) == "5 分钟前"
    assert tags.ago(noon - timedelta(hours=2)) == "2 小时前"
    assert tags.ago(noon - timedelta(hours=13)) == "11月24日"
    assert tags.ago(None) == tags.day_name(None) == tags.due(None) == tags.nearness(None) == ""


def test_money_is_written_as_on_a_bill():
    assert [tags.money(amount) for amount in (1234.5, 0, None)] == ["¥1,234.50", "¥0.00", ""]


def test_every_icon_of_a_room_has_a_paper_cut_of_its_own_or_the_house():
    assert set(OF_ICON) <= set(ICONS)
    assert set(OF_ICON.values()) == set(CUTS)
    assert 'class="cut-1"' in tags.cut("no-such-icon")


class Everything(forms.Form):
    text = forms.CharField(label="Text", help_text="One line.")
    long = forms.CharField(label="Long", widget=forms.Textarea, max_length=20, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label="Many", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False
    )
    sure = forms.BooleanField(label="Sure", help_text="Really.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(name, **context):
    return engines["django"].get_template(f"extranet/parts/{name}.html").render(context)


def test_every_field_has_its_label_its_help_and_its_errors_tied_to_it():
    page = drawn("form", form=Everything({}))
    assert '<label class="field__label" for="id_text">Text</label>' in page
    assert 'aria-describedby="id_text_help id_text_error_1"' in page
    assert '<legend class="field__label">Kind</legend>' in page
    assert 'type="checkbox" name="sure"' in page
    assert 'aria-describedby="id_sure_error_1"' in page
    assert '<p class="field__count" data-count="id_long" data-most="20" hidden></p>' in page
    for name in ("text", "kind", "sure"):
        assert f'id="id_{name}_error_1"' in page
        assert f'href="#id_{name}"' in page
        assert f'id="id_{name}"' in page
    assert page.count('role="alert"') == 1
    assert "选填" in page


def test_a_form_that_was_not_sent_shows_no_fault():
    page = drawn("form", form=Everything())
    assert "field--error" not in page
    assert 'role="alert"' not in page


def test_what_a_service_refuses_goes_to_its_field_or_above():
    form = Everything({"text": "x", "kind": "a", "sure": "on"})
    assert form.is_valid()
    blame(form, forms.ValidationError({"text": "Taken.", "elsewhere": "Closed.", "__all__": "Too late."}))
    assert form.errors == {"text": ["Taken."], "__all__": ["Closed.", "Too late."]}


def test_facts_say_when_there_is_nothing_to_say():
    page = drawn("facts", facts=[("Amount", 0), ("Phone", ""), ("Note", "a\nb")])
    assert "<dt>Amount</dt><dd>0</dd>" in page
    assert "<dt>Phone</dt><dd>—</dd>" in page
    assert "<dd>a<br>b</dd>" in page
