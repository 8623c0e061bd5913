"""Group robots: off by default, only announcements, signed, twenty a minute, patient, never elsewhere."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.kit import jobs
from cms.settings import environment as env
from extranet.core.models import NoticeCopy
from extranet.core.models.notices import Channel, CopyState
from extranet.core.notices import announce, robots
from tests.core.postroom import tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room_topics")]
SECRET = "SEC-for-tests"


class Group(BaseHTTPRequestHandler):
    """What WeCom's or DingTalk's server does: keeps what it hears, answers as it is told."""

    def do_POST(self):
        heard = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, json.loads(heard)))
        status, body = self.server.answers.pop(0) if self.server.answers else (200, b'{"errcode":0}')
        if status is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        """Stay silent."""


@pytest.fixture
def group(settings):
    """A local group chat of both kinds."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Group)
    server.heard, server.answers, server.headers = [], [], {}
    base = f"http://127.0.0.1:{server.server_port}"
    settings.ROBOTS = {
        "wecom": f"{base}/cgi-bin/webhook/send?key=k-1",
        "dingtalk": f"{base}/robot/send?access_token=t-1",
        "dingtalk_secret": SECRET,
    }
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    cache.clear()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
    cache.clear()


@pytest.fixture
def one_robot(group, settings):
    settings.ROBOTS = {**settings.ROBOTS, "dingtalk": ""}
    return group


def say(key="a", title="周六停电检修", **more):
    with transaction.atomic():
        announce(**{"topic": "bookings", "title": title, "key": key, "url": "/notices/", **more})


def run_all():
    DBTaskResult.objects.update(run_after="2020-01-01T00:00:00Z")
    return jobs.run_waiting(strict=False)


def waiting():
    return DBTaskResult.objects.get(task_path="extranet.core.notices.robots.say_to_group")


def test_robots_are_off_until_somebody_names_them(settings):
    assert settings.ROBOTS == {"wecom": "", "dingtalk": "", "dingtalk_secret": ""}
    say()
    assert (NoticeCopy.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_an_announcement_is_said_to_each_group_once(group, settings):
    say()
    say()
    run_all()
    assert sorted(urlsplit(path).path for path, _words in group.heard) == [
        "/cgi-bin/webhook/send",
        "/robot/send",
    ]
    words = {"msgtype": "text", "text": {"content": f"【场馆】周六停电检修\n{settings.BASE_URL}/notices/"}}
    assert [said for _path, said in group.heard] == [words, words]
    assert set(NoticeCopy.objects.values_list("state", flat=True)) == {CopyState.SENT}


def test_wecom_carries_its_key_and_dingtalk_key_instant_and_signature(group):
    say()
    run_all()
    asked = {urlsplit(path).path: parse_qs(urlsplit(path).query) for path, _words in group.heard}
    assert asked["/cgi-bin/webhook/send"] == {"key": ["k-1"]}
    ding = asked["/robot/send"]
    (instant,), (sign,) = ding["timestamp"], ding["sign"]
    assert ding["access_token"] == ["t-1"]
    assert abs(time.time() * 1000 - int(instant)) < 60_000
    expected = hmac.new(SECRET.encode(), f"{instant}\n{SECRET}".encode(), hashlib.sha256).digest()
    assert base64.b64decode(sign) == expected


def test_no_notice_to_a_person_is_ever_said_to_a_group(group, person):
    tell(person(), topic="bookings")
    tell(person(), topic="proposals", key="b")
    run_all()
    assert (group.heard, NoticeCopy.objects.count()) == ([], 0)


@pytest.mark.parametrize("topic", ["proposals", "aid"])
def test_only_topics_for_groups_are_said_to_groups(group, topic):
    with pytest.raises(ValueError, match="not told to groups"):
        say(topic=topic)
    assert NoticeCopy.objects.count() == 0


def test_an_announcement_leads_nowhere_else_and_needs_its_transaction(group):
    with pytest.raises(ValueError, match="path of this house"):
        say(url="https://else.example/")
    assert NoticeCopy.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_announcement_outside_a_transaction_is_refused(group):
    with pytest.raises(RuntimeError, match="together with"):
        announce(topic="bookings", title="x", key="a", url="/")


def test_twenty_a_minute_and_the_rest_waits(one_robot, monkeypatch):
    for number in range(25):
        say(key=f"k{number}")
    assert jobs.run_waiting() == 25
    assert len(one_robot.heard) == 20
    later = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    assert later.count() == 5
    assert all(20 <= (row.run_after - timezone.now()).total_seconds() + 2 <= 75 for row in later)
    run_all()
    assert len(one_robot.heard) == 20  # the minute is not over
    cache.clear()  # seventy seconds later
    run_all()
    assert len(one_robot.heard) == 25
    assert NoticeCopy.objects.filter(state=CopyState.SENT).count() == 25
    assert {copy.tries for copy in NoticeCopy.objects.all()} == {1}  # waiting is no try


def test_the_places_are_shared_between_processes_and_apart_for_each_robot():
    cache.clear()
    taken = [robots.take_slot(Channel.WECOM) for _time in range(21)]
    assert taken == [True] * 20 + [False]
    assert robots.take_slot(Channel.DINGTALK) is True
    cache.clear()


@pytest.mark.parametrize(("code", "minutes"), [(45009, 1), (130101, 10)])
def test_a_robot_that_asks_for_patience_gets_it(one_robot, code, minutes):
    one_robot.answers.append((200, json.dumps({"errcode": code, "errmsg": "slow down"}).encode()))
    say()
    jobs.run_waiting()
    row = waiting()
    assert row.status == TaskResultStatus.READY
    assert abs((row.run_after - timezone.now()).total_seconds() - minutes * 60) < 10
    run_all()
    assert len(one_robot.heard) == 2
    assert NoticeCopy.objects.get().state == CopyState.SENT


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((200, b'{"errcode":93000,"errmsg":"invalid webhook url"}'), "errcode 93000"),
        ((200, b'{"errcode":310000,"errmsg":"sign not match"}'), "errcode 310000"),
        ((500, b"oops"), "HTTP 500"),
        ((302, b""), "HTTP 302"),
        ((200, b"<html>"), "no errcode"),
        ((200, b"[]"), "no errcode"),
    ],
)
def test_a_refusal_is_tried_thrice_then_visible(one_robot, answer, error):
    one_robot.answers.extend([answer] * 5)
    one_robot.headers["Location"] = "http://127.0.0.1:1/elsewhere"
    say()
    for _time in range(5):
        run_all()
    assert len(one_robot.heard) == 3
    copy = NoticeCopy.objects.get()
    assert (copy.state, copy.tries, copy.error) == (CopyState.GIVEN_UP, 3, error)
    assert waiting().status == TaskResultStatus.FAILED


def test_an_absent_robot_costs_tries_and_nothing_else(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.ROBOTS = {
            "wecom": f"http://127.0.0.1:{taken.getsockname()[1]}/send?key=k",
            "dingtalk": "",
            "dingtalk_secret": "",
        }
        cache.clear()
        say()
        run_all()
    copy = NoticeCopy.objects.get()
    assert (copy.state, copy.error) == (CopyState.FAILED, "ConnectionRefusedError")


def test_an_answer_that_is_lost_leads_to_one_more_try_only(one_robot):
    one_robot.answers.extend([(None, b"")] * 4)
    say()
    for _time in range(4):
        run_all()
    assert len(one_robot.heard) == 2


def test_a_robot_switched_off_meanwhile_says_nothing(one_robot, settings):
    say()
    settings.ROBOTS = {**settings.ROBOTS, "wecom": ""}
    run_all()
    assert (one_robot.heard, NoticeCopy.objects.get().state) == ([], CopyState.DROPPED)


def test_yesterdays_news_is_not_said(one_robot):
    say()
    NoticeCopy.objects.update(made_at="2020-01-01T00:00:00Z")
    run_all()
    assert (one_robot.heard, NoticeCopy.objects.get().state) == ([], CopyState.GIVEN_UP)


def test_words_fit_what_a_robot_takes(one_robot):
    say(title="长" * 1000)
    run_all()
    content = one_robot.heard[0][1]["text"]["content"]
    assert len(content.encode()) <= 2048


WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc"


@pytest.mark.parametrize(
    "address", ["", WECOM, "http://127.0.0.1:8123/send?key=k", "http://localhost:8123/send?key=k"]
)
def test_addresses_that_may_be_named(monkeypatch, address):
    monkeypatch.setenv("WECOM_ROBOT_URL", address)
    assert env.robots()["wecom"] == address


@pytest.mark.parametrize(
    "address",
    [
        WECOM.replace("https", "http"),
        WECOM.replace("qq.com", "qq.com.else.example"),
        "https://else.example/send?key=secret-key",
        "https://127.0.0.1.else.example/send?key=secret-key",
        "https://qyapi.weixin.qq.com:8443/send?key=secret-key",
        "https://user@qyapi.weixin.qq.com/send?key=secret-key",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
        "https://169.254.169.254/?key=secret-key",
        "file:///etc/passwd?key=secret-key",
        "nonsense",
    ],
)
def test_addresses_that_may_not_are_refused_without_repeating_them(monkeypatch, address):
    monkeypatch.setenv("WECOM_ROBOT_URL", address)
    with pytest.raises(ImproperlyConfigured, match=r"^WECOM_ROBOT_URL: .*qyapi\.weixin\.qq\.com") as refused:
        env.robots()
    assert "secret-key" not in str(refused.value)
