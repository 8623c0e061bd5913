"""The desk: what every room has for one person, bounded, whatever a room does."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from cms.kit.rooms import Case, Coming, News, Queue, Room, Some, Tile, Waiting, Wanted, first
from extranet.core import desk
from extranet.core.progress import Way
from tests.core.tickets.models import Status, Ticket
from tests.core.tickets.views import WAY

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.tickets.house_urls")]


def day(ahead):
    return timezone.localdate() + timedelta(days=ahead)


def at(hour):
    return datetime(2026, 11, 25, hour, tzinfo=UTC)


def room(slug, weight=1, **parts):
    return Room(slug=slug, label=slug.capitalize(), weight=weight, **parts)


def waits(*items):
    return lambda user, limit: Some(items[:limit], len(items))


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def thing(title, due_on=None, **more):
    return Waiting(title=title, url=f"/{title}/", due_on=due_on, **more)


def test_strangers_are_led_to_the_sign_in_and_back(client):
    for address in ("", "waiting/", "cases/"):
        answer = client.get(f"/extranet/{address}")
        assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next=/extranet/{address}")


def test_an_empty_desk_says_what_will_be_here_and_leads_on(client_of, person, stand):
    stand()
    page = client_of(person()).get("/extranet/")
    said = text(page)
    assert "没有事等您。有人请您办什么、要您补什么，会连同期限排在这里。" in said
    assert "您现在没有在办的事项。您提交的事办到哪一步，都能在这里看到。" in said
    assert '<a class="button" href="/">看看工会动态</a>' in page.content.decode()
    assert page.content.decode().count("<h1>") == 1


def test_the_empty_desk_of_a_house_with_rooms_offers_the_first_one(client_of, person, stand):
    stand(room("bookings", tiles=lambda user: [Tile(label="订场馆", hint="", icon="bat", url="/bookings/")]))
    page = client_of(person()).get("/extranet/").content.decode()
    assert '<a class="button" href="/bookings/">订场馆</a>' in page


def test_things_of_all_rooms_stand_by_their_day_the_overdue_first(person, stand):
    stand(
        room("aid", 1, waiting=waits(thing("soon", day(2)), thing("whenever"))),
        room("proposals", 2, waiting=waits(thing("late", day(-1)), thing("today", day(0)))),
    )
    part = desk.waiting(person(), 3)
    assert [line.item.title for line in part.lines] == ["late", "today", "soon"]
    assert [line.room.slug for line in part.lines] == ["proposals", "proposals", "aid"]
    assert part.total == 4


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (-2, 'left--late">过期 2 天<'),
        (0, 'left--today">今天到期<'),
        (3, 'left--soon">还有 3 天<'),
        (4, 'left--">还有 4 天<'),
    ],
)
def test_how_near_a_day_is_is_said_in_words(ahead, said, client_of, person, stand):
    stand(room("aid", waiting=waits(thing("paper", day(ahead)))))
    page = client_of(person()).get("/extranet/").content.decode()
    assert f'<span class="left {said}/span>' in page


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], "没有事等您。"),
        ([None], "有 1 件事等您。"),
        ([0, 3], "有 2 件事等您，最近的一件今天到期。"),
        ([-3], "有 1 件事等您，最近的一件已经过期。"),
    ],
)
def test_the_first_sentence_says_how_much_waits_and_how_near(days, sentence, client_of, person, stand):
    things = [thing(f"t{n}", None if ahead is None else day(ahead)) for n, ahead in enumerate(days)]
    stand(room("aid", waiting=waits(*things)))
    assert sentence in text(client_of(person()).get("/extranet/"))


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (4, "田禾，夜深了，辛苦您"),
        (5, "田禾，早上好"),
        (9, "田禾，上午好"),
        (12, "田禾，中午好"),
        (14, "田禾，下午好"),
        (18, "田禾，晚上好"),
        (23, "田禾，夜深了，辛苦您"),
    ],
)
def test_the_greeting_knows_the_hour(hour, words):
    assert desk.greeting("田禾", hour) == words


def test_a_case_shows_its_way_and_who_holds_it(client_of, person, stand, ticket, on_day):
    on_day(date(2026, 11, 25))
    case = Case(
        title="夜餐点",
        url="/t/",
        status="交办",
        changed_at=at(3),
        number="017 号",
        stops=WAY.stops(ticket),
        holder="总务科",
        awaits="答复您",
        due_on=date(2026, 12, 21),
    )
    stand(room("proposals", cases=lambda user, wanted: Some([case], 1)))
    said = text(client_of(person()).get("/extranet/"))
    assert "hand in （已完成） decide （现在）" in said
    assert "现在在总务科： 12月21日（周一）前， 答复您" in said


def test_a_room_that_fails_is_named_and_silences_nobody(client_of, person, stand, caplog):
    def fail(*_asked):
        raise ZeroDivisionError

    broken = dict.fromkeys(("tiles", "waiting", "cases", "coming", "news", "queues", "badge"), fail)
    stand(room("broken", 1, **broken), room("aid", 2, waiting=waits(thing("paper", day(1)))))
    answer = client_of(person()).get("/extranet/")
    assert answer.status_code == 200
    assert "“Broken”暂时打不开。里面的东西都在，请过几分钟再看。" in text(answer)
    assert text(answer).count("暂时打不开") == 1
    assert "paper" in text(answer)
    assert "room broken cannot tell its waiting" in [record.getMessage() for record in caplog.records]


def of_tickets():
    """Return the parts a room of tickets has, as a room writes them."""

    def mine(user, wanted):
        rows = Ticket.objects.visible_to(user).order_by("-changed_at")
        if wanted.closed is not None:
            rows = rows.filter(status=Status.APPROVED) if wanted.closed else rows.exclude(status="approved")
        if wanted.year:
            rows = rows.filter(created_at__year=wanted.year)
        return first(rows, wanted.limit, as_case)

    def to_do(user, limit):
        rows = Ticket.objects.visible_to(user).filter(status=Status.RETURNED).order_by("created_at")
        return first(rows, limit, lambda row: Waiting(title=str(row), url=row.get_absolute_url()))

    return room(
        "tickets",
        waiting=to_do,
        cases=mine,
        badge=lambda user: Ticket.objects.filter(holder=user, status=Status.RETURNED).count(),
        tiles=lambda user: [Tile(label="Tickets", hint="", icon="ticket", url="/tickets/")],
        queues=lambda user: [Queue(label="To decide", url="/tickets/", number=Ticket.objects.count())],
    )


def as_case(row):
    return Case(
        title=str(row),
        url=row.get_absolute_url(),
        status=row.get_status_display(),
        changed_at=row.changed_at,
        stops=WAY.stops(row),
        closed=row.status == Status.APPROVED,
    )


def many(holder, number, **fields):
    Ticket.objects.bulk_create([Ticket(holder=holder, **fields) for _one in range(number)])


@pytest.mark.parametrize("address", ["/extranet/", "/extranet/cases/", "/extranet/waiting/"])
def test_five_hundred_cases_cost_what_twenty_one_cost(
    address, client_of, person, stand, django_assert_max_num_queries
):
    stand(of_tickets())
    holder = person()
    client = client_of(holder)
    many(holder, 21, status=Status.RETURNED)
    client.get(address)
    with django_assert_max_num_queries(15) as few:
        client.get(address)
    many(holder, 479, status=Status.RETURNED)
    with django_assert_max_num_queries(15) as much:
        page = client.get(address)
    assert len(much) == len(few)
    assert len(page.content) < 60_000


def test_the_desk_shows_a_few_and_leads_to_all(client_of, person, stand):
    stand(of_tickets())
    holder = person()
    many(holder, 9, status=Status.RETURNED)
    page = client_of(holder).get("/extranet/").content.decode()
    assert page.count('class="agenda__title"') == 6 + 1  # the queue stands above
    assert page.count('class="case-line"') == 5
    assert '<a class="bay__more" href="/extranet/waiting/">全部 9 件</a>' in page
    assert "在办 9 件" in page


def test_the_long_lists_have_pages_and_nothing_beyond_them(client_of, person, stand):
    stand(of_tickets())
    holder = person()
    many(holder, 25, status=Status.RETURNED)
    client = client_of(holder)
    assert client.get("/extranet/waiting/?p=2").content.decode().count('class="agenda__title"') == 5
    assert client.get("/extranet/cases/?p=2").content.decode().count('class="case-line"') == 5
    for wrong in ("p=3", "p=0", "p=x", "p=²", "p=999999999", "room=attic", "state=lost", "year=1850"):
        assert client.get(f"/extranet/cases/?{wrong}").status_code == 404, wrong


def test_cases_are_narrowed_by_state_room_and_year(client_of, person, stand):
    asked = []

    def tell(user, wanted):
        asked.append(wanted)
        return Some()

    stand(room("aid", cases=tell), room("proposals", 2, cases=tell))
    year = timezone.localdate().year
    client_of(person()).get(f"/extranet/cases/?state=closed&room=aid&year={year}")
    assert asked == [Wanted(limit=20, closed=True, year=year)]


def test_queues_show_to_whom_a_room_shows_them_the_overdue_first(client_of, person, stand):
    stand(
        room("aid", 1, queues=lambda user: [Queue(label="Aid", url="/a/", number=3)] if user.name else []),
        room("proposals", 2, queues=lambda user: [Queue(label="Late ones", url="/p/", number=2, overdue=1)]),
    )
    part = desk.queues(person())
    assert [line.item.label for line in part.lines] == ["Late ones", "Aid"]
    assert "过期 1 件" in text(client_of(person()).get("/extranet/"))


def test_what_comes_and_what_is_new_stand_beside(client_of, person, stand):
    now = timezone.now()
    coming = Coming(
        title="乒乓球 2 号台",
        url="/b/",
        starts_at=now + timedelta(days=30),
        ends_at=now + timedelta(days=30, hours=1),
        place="五楼",
    )
    news = News(title="停电检修", url="/n/", sent_at=now - timedelta(days=40), about="场馆")
    stand(
        room("bookings", coming=lambda user, limit: Some([coming], 1)),
        room(
            "inbox",
            2,
            news=lambda user, limit: Some([news], 1),
            tiles=lambda user: [Tile(label="消息", hint="", icon="bell", url="/inbox/")],
        ),
    )
    answer = client_of(person()).get("/extranet/")
    assert "1 小时 乒乓球 2 号台 五楼" in text(answer)
    assert "没读的通知 1 条 全部通知 停电检修 场馆 ·" in text(answer)
    assert '<a class="bay__more" href="/inbox/">' in answer.content.decode()


def test_a_way_knows_only_its_own_statuses(ticket):
    with pytest.raises(LookupError, match="handed_in"):
        Way(()).stops(ticket)
