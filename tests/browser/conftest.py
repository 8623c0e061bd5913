"""Headless Chromium walking the running house, on a phone and on a desktop."""

import os
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.house import PASSWORD, ROOT, House, shared, stock

WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
FOLDER = Path(__file__).parent
SCREENS = ROOT / "build" / "screens"
FAILED = pytest.StashKey[bool]()
EXPECTED = (
    "the server responded with a status of 4",  # refusals the journeys provoke
    "a matching panel for the trigger/tab",  # Wagtail's own tabs, when a chooser's window closes
)
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys; each test process has one house and one browser for those it walks."""
    for item in items:
        if item.path.parent == FOLDER:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return Chromium's path, or say how to get it."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        reason = "no Chromium: apt install chromium fonts-noto-cjk, or name it in CHROMIUM"
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    return str(found)


@pytest.fixture(scope="session")
def house(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The running house: a copy of a furnished one, which JOURNEYS_FOLDER keeps for the next run."""
    place = House(tmp_path_factory.mktemp("house"))
    try:
        if "DATABASE_URL" in place.environment:
            place.furnish()
        else:
            place.move_in(stock(shared(tmp_path_factory.getbasetemp())))
        place.open()
        _wait_for_the_door(place)
        yield place
    finally:
        place.close()


def _wait_for_the_door(place: House) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"{place.url}/health/", timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            assert time.monotonic() < deadline, (place.folder / "house.log").read_text()[-4000:]
            time.sleep(0.2)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """One browser for all journeys."""
    # Playwright leaves an event loop running in this thread; Django must not take other tests for async ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        instance = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield instance
        instance.close()


class Walk:
    """A person walking: a fresh profile at one width, watched for errors and foreign requests."""

    def __init__(self, browser: Any, house: House, width: str) -> None:
        self.house, self.width = house, width
        self.context = browser.new_context(
            viewport=WIDTHS[width],
            is_mobile=width == "phone",
            has_touch=width == "phone",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and not any(word in message.text for word in EXPECTED):
            self.complaints.append(message.text)

    def _watch(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme.startswith("http") and parts.netloc != urlsplit(self.house.url).netloc:
            self.complaints.append(f"foreign request: {request.url}")

    def go(self, path: str) -> Page:
        """Open an address of the house."""
        self.page.goto(self.house.url + path)
        return self.page

    def sign_in(self, staff_number: str, then: str = "/") -> Page:
        """Sign in at the door, as a person would."""
        self.go(f"/accounts/login/?next={then}")
        self.page.fill("#id_login", staff_number)
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url(self.house.url + then)
        return self.page

    def keep(self, name: str, *, anyway: bool = False) -> None:
        """Keep a picture of the page as it stands, for people to look at, where SCREENS asks for pictures."""
        if not (anyway or os.environ.get("SCREENS")):
            return
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}-{self.width}.png", full_page=True)

    def look(self, name: str) -> None:
        """Check the page as it stands: accessible, nothing wider than the screen; keep a picture of it."""
        self.keep(name)
        overflow = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{name} is {overflow} px wider than the screen"
        found = Axe().run(self.page).response["violations"]
        assert not found, [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found]


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> str:
    """A phone, then a desktop."""
    return str(request.param)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Remember how a journey went: of one that failed the last page is kept."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def walk(request: pytest.FixtureRequest, browser: Any, house: House, width: str) -> Iterator[Walk]:
    """One person at one width; afterwards the console must have stayed silent."""
    person = Walk(browser, house, width)
    yield person
    person.keep("last-page", anyway=request.node.stash.get(FAILED, False))
    person.context.close()
    assert person.complaints == []


@pytest.fixture
def another(
    request: pytest.FixtureRequest, browser: Any, house: House, width: str
) -> Iterator[Callable[[], Walk]]:
    """Make more people, each with a profile of their own."""
    people: list[Walk] = []

    def come() -> Walk:
        people.append(Walk(browser, house, width))
        return people[-1]

    yield come
    for number, person in enumerate(people, start=2):
        person.keep(f"last-page-of-person-{number}", anyway=request.node.stash.get(FAILED, False))
        person.context.close()
    assert [person.complaints for person in people if person.complaints] == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A photo to upload, never the same twice."""
    from PIL import Image

    path = tmp_path / "活动照片.jpg"
    Image.frombytes("RGB", (60, 40), os.urandom(60 * 40 * 3)).resize((1200, 800)).save(path)
    return path
