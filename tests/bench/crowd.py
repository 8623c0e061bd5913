"""Twenty people at once on one worker: signing in, the desk, the inbox, the directory.

Each opens a page about once a second, far oftener than people do. Passwords are kept by a quick hash here
(``tests.bench.settings``): what is measured is everything but the hash, which is slow on purpose.
"""

import http.client
import random
import re
import statistics
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode

from .servers import serving

PEOPLE = 20
ROUNDS = 10
PAUSE = (0.5, 1.5)
"""Seconds between two pages of one person, from and to."""
PASSWORD = "Corridor-lamp-7"  # of a house that lasts as long as the benchmark
PAGES = {
    "desk": "/extranet/",
    "inbox": "/extranet/inbox/",
    "directory": "/extranet/members/",
    "directory, search": "/extranet/members/?q=zhang",
}
MAKE = f"""
import json
from django.utils import timezone
from extranet.members.models import Office, OfficeKind, User
from extranet.members.services.consents import acknowledge_for_demo
people = list(User.objects.filter(staff_number__startswith="2", is_active=True).order_by("pk")[:{PEOPLE}])
kind = OfficeKind.objects.get(slug="membership_officer")
for person in people:
    person.set_password("{PASSWORD}")
    person.save()
    Office.objects.get_or_create(person=person, kind=kind, defaults={{"starts_on": timezone.localdate()}})
acknowledge_for_demo(User.objects.filter(pk__in=[person.pk for person in people]))
print(json.dumps([person.staff_number for person in people]))
"""
KEY = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Person:
    """One browser: keeps its connection and its cookies."""

    def __init__(self, port: int, number: str) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.number = number
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page or send a form; return status and text."""
        headers = {"Accept": "text/html", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = urlencode(form) if form else None
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request("POST" if form else "GET", path, body, headers)
        answer = self.link.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _is, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode()

    def sign_in(self) -> float:
        """Sign in and return how many ms the answer to the form took."""
        self.cookies = {}
        _status, page = self.ask("/accounts/login/")
        form = {"csrfmiddlewaretoken": KEY.findall(page)[0], "login": self.number, "password": PASSWORD}
        began = time.perf_counter()
        status, _text = self.ask("/accounts/login/", form)
        took = (time.perf_counter() - began) * 1000
        if status != http.client.FOUND:
            raise SystemExit(f"signing in answered {status}")
        return took


def _day(person: Person, begin: Barrier) -> dict[str, list[float]]:
    """Let one person sign in and read; return ms by page."""
    took: dict[str, list[float]] = defaultdict(list)
    dice = random.Random(person.number)  # noqa: S311 - only pauses
    begin.wait()
    for _round in range(3):
        time.sleep(dice.uniform(0, PAUSE[1]))
        took["sign-in"].append(person.sign_in())
    for _round in range(ROUNDS):
        for label, path in PAGES.items():
            time.sleep(dice.uniform(*PAUSE))
            began = time.perf_counter()
            status, _text = person.ask(path)
            took[label].append((time.perf_counter() - began) * 1000)
            if status != http.client.OK:
                raise SystemExit(f"{path} answered {status}")
    return took


def report(environment: dict[str, str], numbers: list[str]) -> None:
    """Print the median and the 95th percentile of what these people waited, in ms."""
    print(f"\n{len(numbers)} people at once on one worker (bar: p95 150 ms)")
    print(f"{'page':18}" + "".join(f"{head:>10}" for head in ("p50 ms", "p95 ms", "answers")))
    begin = Barrier(len(numbers))
    with (
        serving("cms.wsgi:application", environment, threads=4) as house,
        ThreadPoolExecutor(len(numbers)) as crowd,
    ):
        house.get("/accounts/login/", 5)
        days = list(crowd.map(lambda number: _day(Person(house.port, number), begin), numbers))
    for label in ("sign-in", *PAGES):
        took = sorted(ms for day in days for ms in day[label])
        p95 = statistics.quantiles(took, n=20)[-1]
        print(f"{label:18}{statistics.median(took):>10.1f}{p95:>10.1f}{len(took):>10}")
