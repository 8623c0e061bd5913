"""What the drill of publishing runs beside the test: editors as processes, two hundred readers in one loop.

Every place a story shows in carries its number and its version (``7号第12版``): title, lead, body, lists,
menu.
"""

import asyncio
import random
import re
import time
from dataclasses import dataclass, field

SAYS = re.compile(r"(\d+)号第(\d+)版")
THINKING = (0.05, 0.4)
HURRY = 60

NEWSROOM = """
from cms.kit.models import Navigation
from home.first_steps import prepare
from home.models import Category, HomePage, NewsPage
basics = prepare()
topic = Category.objects.create(name="drill", slug="drill")
stories = []
for number in range(STORIES):
    says = f"{number}号第1版"
    stories.append(basics.news.add_child(instance=NewsPage(
        title=says, slug=f"s{number}", lead=says, category=topic, body=[("text", f"<p>{says}</p>")])))
menu = Navigation.for_site(basics.site)
menu.menu_items.add(menu.menu_items.model(page=stories[0]), menu.menu_items.model(page=basics.news))
menu.save()
home = HomePage.objects.get(pk=basics.home.pk)
home.sections = [
    ("front", {"story": None, "notices": 0}),
    ("news", {"title": "", "index": None, "pictures": 3, "headlines": 6}),
]
home.save()
answer = [home.url, basics.news.url, *[story.url for story in stories]]
"""
EDITORS = """
import os, random, sys, time
import django
django.setup()
from django.db import connection
from home.models import NewsPage

stories, until, log = int(sys.argv[1]), time.monotonic() + float(sys.argv[2]), sys.argv[3]

def edit(number):
    pk = NewsPage.objects.get(slug=f"s{number}").pk
    chance, version = random.Random(number), 1
    with open(log, "a", buffering=1) as acknowledged:
        while time.monotonic() < until:
            version += 1
            page = NewsPage.objects.get(pk=pk)
            page.title = page.lead = f"{number}号第{version}版"
            page.body = [("text", f"<p>{page.title}</p>")]
            page.save_revision().publish()
            acknowledged.write(f"{time.monotonic()} {number} {version}\\n")
            time.sleep(chance.uniform(0.5, 2.0))  # twenty people, not twenty machines
    return 0

connection.close()
children = []
for number in range(stories):
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = edit(number)
        finally:
            os._exit(code)
    children.append(pid)
sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children))
"""


@dataclass
class Readers:
    """What two hundred readers saw: (asked at, story, version); answers that mixed; errors."""

    port: int
    addresses: list[str]
    seen: list[tuple[float, int, int]] = field(default_factory=list)
    answers: int = 0
    mixed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def read(self, number: int, seconds: float) -> None:
        """Let so many people read at once, each for so long."""
        until = time.monotonic() + seconds
        await asyncio.gather(*(self._one(random.Random(n), until) for n in range(number)))  # noqa: S311

    async def _one(self, chance: random.Random, until: float) -> None:
        await asyncio.sleep(chance.uniform(0, 1))
        while time.monotonic() < until:
            # The front, the list and the stories, each kind a third of the time.
            address = self.addresses[min(chance.randrange(3), 2)]
            if address == self.addresses[2]:
                address = chance.choice(self.addresses[2:])
            asked_at = time.monotonic()
            try:
                status, text = await asyncio.wait_for(self._get(address), HURRY)
            except (TimeoutError, OSError, EOFError) as error:
                self.errors.append(f"{address}: {error!r}")
                continue
            self._judge(address, asked_at, status, text)
            await asyncio.sleep(chance.uniform(*THINKING))

    async def _get(self, address: str) -> tuple[int, str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(
                f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n"
                "Connection: close\r\n\r\n".encode()
            )
            await writer.drain()
            answer = await reader.read()
        finally:
            writer.close()
        head, _blank, body = answer.partition(b"\r\n\r\n")
        return int(head.split(b" ", 2)[1]), body.decode()

    def _judge(self, address: str, asked_at: float, status: int, text: str) -> None:
        self.answers += 1
        if status != 200:
            self.errors.append(f"{address}: {status}")
            return
        found: dict[int, set[int]] = {}
        for number, version in SAYS.findall(text):
            found.setdefault(int(number), set()).add(int(version))
        self.mixed += [f"{address}: {n} in {sorted(v)}" for n, v in found.items() if len(v) > 1]
        self.seen += [(asked_at, number, max(versions)) for number, versions in found.items()]


def ages(readers: Readers, acknowledged: list[tuple[float, int, int]]) -> list[float]:
    """Return, for every sight of a version that had a successor, how long ago that had been acknowledged."""
    at = {(number, version): moment for moment, number, version in acknowledged}
    return [
        asked_at - at[number, version + 1]
        for asked_at, number, version in readers.seen
        if asked_at > at.get((number, version + 1), asked_at)
    ]
