"""Group robots (群机器人): announcements in a chat of WeCom (企业微信) or DingTalk (钉钉).

Switched off until the environment names an address. A robot says twenty things a minute and no more, whatever
the number of workers; what is too much waits.
"""

import base64
import hashlib
import hmac
import http.client
import json
import random
import ssl
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote_plus, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.kit.jobs import Failure, Unsure, done, enqueue, job
from extranet.core.models import NoticeCopy
from extranet.core.models.notices import Channel, CopyState

from .copies import OPEN, fail, settle
from .tell import stays_here
from .topics import known
from .words import put

A_MINUTE = 20
"""What both allow: 每个机器人发送的消息不能超过20条/分钟 (WeCom 群机器人配置说明; DingTalk 自定义机器人)."""
SLOT_SECONDS = 70
"""A minute, and as long as a message may be on its way."""
PATIENCE = 5
LONGEST_ANSWER = 65536
LONGEST_WORDS = 600
"""WeCom takes 2048 bytes of text: six hundred Chinese characters and an address."""
STALE = timedelta(hours=12)
WAIT = {
    45009: timedelta(minutes=1),  # WeCom: api freq out of limit
    130101: timedelta(minutes=10),  # DingTalk: send too fast; it stays deaf for ten minutes
}
"""Answers that ask for patience, and how much."""


def announce(*, topic: str, title: Any, key: str, url: str, facts: Mapping[str, Any] | None = None) -> None:
    """Tell the groups of the robots that are switched on what everybody may know, once for each key.

    Raises RuntimeError outside a transaction, LookupError for an unknown topic, ValueError for one that is
    not told to groups or an address elsewhere.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an announcement is written together with what it is about")
    about = known(topic)
    if not about.robots:
        raise ValueError(f"{topic} is not told to groups")
    stays_here(url)
    words = put(title, "", facts or {}).title
    with translation.override(settings.LANGUAGE_CODE):
        head = _("%(topic)s: %(title)s") % {"topic": about.label, "title": words}
    said = f"{head[:LONGEST_WORDS]}\n{settings.BASE_URL}{url}"
    for channel in robots():
        copy, new = NoticeCopy.objects.get_or_create(
            channel=channel, key=key, recipient=None, defaults={"topic": topic, "words": said}
        )
        if new:
            enqueue(say_to_group, pk=copy.pk)


def robots() -> list[Channel]:
    """Return the robots that are switched on."""
    return [channel for channel, address in _addresses().items() if address]


def _addresses() -> dict[Channel, str]:
    return {channel: settings.ROBOTS[channel.value] for channel in (Channel.WECOM, Channel.DINGTALK)}


@job(
    label=gettext_lazy("Tell a group chat"),
    atomic=False,
    remember=False,
    losses=1,
    backoff=(timedelta(minutes=1), timedelta(minutes=10)),
)
def say_to_group(pk: int) -> None:
    """Put one announcement into a group; one too many for this minute waits, one too old is given up."""
    copy = NoticeCopy.objects.filter(pk=pk, state__in=OPEN).first()
    if copy is None:
        return
    channel = Channel(copy.channel)
    if channel not in robots():
        _end(copy, CopyState.DROPPED)
    elif timezone.now() - copy.made_at > STALE:
        _end(copy, CopyState.GIVEN_UP)
    elif not take_slot(channel):
        _later(copy, timedelta(seconds=random.randint(20, SLOT_SECONDS)))  # noqa: S311 - spreads them
    elif wait := _said(channel, copy):
        _later(copy, wait)
    else:
        _end(copy, CopyState.SENT)


def _said(channel: Channel, copy: NoticeCopy) -> timedelta | None:
    """Say it; returns how long the robot asks to be left alone first, None when it has said it."""
    try:
        return say(channel, copy.words)
    except Exception as error:
        fail(copy, error)
        raise


def _end(copy: NoticeCopy, state: CopyState) -> None:
    with done():
        settle(copy, state)


def _later(copy: NoticeCopy, wait: timedelta) -> None:
    with done():
        enqueue(say_to_group, run_after=wait, pk=copy.pk)


def take_slot(channel: Channel) -> bool:
    """Take one of the twenty places of this minute; False when all are taken.

    A place is an entry of the cache that all processes share: whoever adds it has it until it runs out, so no
    seventy seconds ever see more than twenty.
    """
    places = random.sample(range(A_MINUTE), A_MINUTE)
    return any(cache.add(f"robot:{channel}:{place}", 1, SLOT_SECONDS) for place in places)


def say(channel: Channel, words: str) -> timedelta | None:
    """Send one text; returns the patience the robot asks for, None when it has said it.

    Raises OSError when the robot cannot be reached (nothing was said), Unsure when it may have heard, Failure
    with the errcode when it refuses. Follows no redirect: an address leads where the settings say.
    """
    address = urlsplit(_addresses()[channel])
    target = f"{address.path}?{address.query}{_signed(channel)}"
    body = json.dumps({"msgtype": "text", "text": {"content": words}}, ensure_ascii=False).encode()
    line = _line(address.scheme, address.hostname or "", address.port)
    line.connect()
    try:
        line.request("POST", target, body, {"Content-Type": "application/json; charset=utf-8"})
        answer = line.getresponse()
        heard = answer.read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        raise Unsure from error
    finally:
        line.close()
    code = _errcode(answer.status, heard)
    if code and code not in WAIT:
        raise Failure(f"errcode {code}")
    return WAIT.get(code)


def _line(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=PATIENCE, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=PATIENCE)


def _errcode(status: int, heard: bytes) -> int:
    if status != http.client.OK:
        raise Failure(f"HTTP {status}")
    try:
        return int(json.loads(heard)["errcode"])
    except (ValueError, KeyError, TypeError) as error:
        raise Failure("no errcode") from error


def _signed(channel: Channel) -> str:
    """Return DingTalk's signature (加签): HMAC-SHA256 of instant and secret, good for an hour."""
    secret = settings.ROBOTS["dingtalk_secret"]
    if channel != Channel.DINGTALK or not secret:
        return ""
    instant = str(round(time.time() * 1000))
    digest = hmac.new(secret.encode(), f"{instant}\n{secret}".encode(), hashlib.sha256).digest()
    return f"&timestamp={instant}&sign={quote_plus(base64.b64encode(digest))}"
