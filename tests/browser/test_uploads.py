"""Files in a form, on a phone and on a desktop: several at once, one hostile, one lost on the way."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.bench.servers import ROOT
from tests.browser.conftest import WIDTHS, Walk
from tests.drills.test_worker_killed import database_of_its_own, on_the_server
from tests.kit import papers
from tests.kit import photographs as pictures
from tests.services import free_port, tables

NEW = "/tickets/new/"
MEMBER = """
from django.contrib.auth import get_user_model
from django.test import Client
from django.core.management import call_command
from home.first_steps import prepare
call_command("collectstatic", "--noinput", "-v0")
call_command("migrate", "-v0")
call_command("createcachetable")
prepare()
person = get_user_model().objects.create_user("700001", "Corridor-lamp-7", name="田禾")
clients = [Client(), Client()]
for client in clients:
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
print(*(client.cookies["sessionid"].value for client in clients))
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A site with the room of the tests, served by its own process; ``sessions``: a member's, by width."""
    folder, port = tmp_path_factory.mktemp("room"), free_port()
    url, name = database_of_its_own()
    if name:
        on_the_server(f"CREATE DATABASE {name}")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.core.tickets.settings",
        "DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "WEB_PROCESSES": "1",
        "STATIC_ROOT": str(folder / "static"),
        "LOG_LEVEL": "ERROR",
    }

    def manage(*arguments):
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1:]

    tables.lay(environment)
    (said,) = manage("shell", "--no-imports", "-v0", "-c", MEMBER)
    command = [sys.executable, "-m", "gunicorn", "-c", "python:cms.gunicorn", "tests.core.tickets.serving"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        sessions = dict(zip(WIDTHS, said.split(), strict=True))
        place = SimpleNamespace(url=f"http://127.0.0.1:{port}", port=port, sessions=sessions)
        wait_for(place)
        yield place
    finally:
        process.terminate()
        process.wait(30)
        if name:
            on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


def wait_for(place):
    until = time.monotonic() + 90
    while True:
        try:
            with urllib.request.urlopen(f"{place.url}/health/", timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            assert time.monotonic() < until, "the room does not open"
            time.sleep(0.2)


@pytest.fixture
def member(browser, room, width):
    """A member at the form, signed in."""
    walk = Walk(browser, room, width)
    cookie = {"name": "sessionid", "value": room.sessions[width], "domain": "127.0.0.1", "path": "/"}
    walk.context.add_cookies([cookie])
    walk.go(NEW)
    yield walk
    buttons = walk.go(NEW).locator("[data-take-back]")
    for left in range(buttons.count() - 1, -1, -1):
        buttons.first.press("Enter")
        expect(buttons).to_have_count(left)
    walk.context.close()
    assert [one for one in walk.complaints if "ERR_INTERNET" not in one] == []


def photo(name="证明.jpg"):
    return {"name": name, "mimeType": "image/jpeg", "buffer": pictures.camera_jpeg(400, 300)}


HOSTILE = {"name": "床位报价.pages", "mimeType": "application/zip", "buffer": b"PK\x03\x04" + bytes(300)}
DIAGNOSIS = {"name": "诊断.pdf", "mimeType": "application/pdf", "buffer": papers.pdf(2)}


def slot(page, name):
    return page.locator(f'[data-slot="{name}"]')


def choose(page, files, name="proof"):
    page.set_input_files(f'input[name="files-{name}"]', files)


def lines(page, name="proof"):
    return slot(page, name).locator(".upload")


def test_three_files_at_once_one_hostile_then_the_form_is_sent(member):
    page = member.page
    choose(page, [photo("一.jpg"), HOSTILE, photo("二.jpg")])
    expect(lines(page).locator("[data-take-back]")).to_have_count(2)
    bad = lines(page).filter(has_text="床位报价.pages")
    expect(bad).to_have_class(re.compile("upload--bad"))
    expect(bad).to_contain_text("这种格式的文件不能添加。请另存为 PDF 或拍成照片再传。")
    choose(page, [DIAGNOSIS], "diagnosis")
    expect(lines(page, "diagnosis")).to_contain_text("已传好")
    member.look("uploads")
    bad.get_by_role("button", name="移除 床位报价.pages").press("Enter")
    expect(lines(page)).to_have_count(2)
    page.get_by_role("button", name="移除 一.jpg").press("Enter")
    expect(lines(page)).to_have_count(1)
    expect(page.get_by_role("status").first).to_have_text("一.jpg 已移除。")
    assert page.evaluate("document.activeElement.name") == "files-proof"
    page.fill("#id_reason", "家里漏水了")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/tickets/[a-z2-9]{12}/$"))
    expect(page.locator(".upload__name")).to_have_text(["二.jpg", "诊断.pdf"])
    member.look("uploads-handed-in")
    page.get_by_role("link", name="诊断.pdf", exact=True).click()
    page.fill("#id_password", "Corridor-lamp-7")  # before what lies encrypted
    page.press("#id_password", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("诊断.pdf")
    expect(page.locator(".picture__frame img")).to_be_visible()
    expect(page.locator(".picture__frame img")).to_have_js_property("complete", value=True)
    assert page.locator(".picture__frame img").evaluate("image => image.naturalWidth") > 0
    member.look("file-viewer")


def test_a_file_lost_on_the_way_goes_again_when_the_line_is_back(member):
    page = member.page
    member.context.set_offline(True)
    choose(page, [photo()])
    expect(lines(page)).to_contain_text("网络断了。已传到的都在，请重传这一个。")
    member.keep("uploads-lost")
    member.context.set_offline(False)
    expect(lines(page)).to_contain_text("已传好")


def test_the_form_waits_for_files_on_their_way(member):
    page, gate = member.page, []
    page.route("**/extranet/files/", lambda route: gate.append(route))  # noqa: PLW0108 - it looks at our name
    page.fill("#id_reason", "家里漏水了")
    choose(page, [photo("慢.jpg")])
    expect(lines(page)).to_have_count(1)
    expect(lines(page).locator("progress")).to_be_visible()
    member.keep("uploads-on-the-way")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("status").first).to_have_text("文件传完后会自动提交。")
    assert page.url.endswith(NEW)
    while not gate:
        page.wait_for_timeout(50)
    gate[0].continue_()
    page.wait_for_url(re.compile(r"/tickets/[a-z2-9]{12}/$"))
    expect(page.locator(".upload__name")).to_have_text(["慢.jpg"])


def test_one_that_is_stopped_leaves_nothing_and_one_too_many_is_refused_at_once(member):
    page, gate = member.page, []
    page.route("**/extranet/files/", lambda route: gate.append(route))  # noqa: PLW0108 - it looks at our name
    choose(page, [photo("停.jpg")])
    page.get_by_role("button", name="停 停.jpg").press("Enter")
    expect(lines(page)).to_contain_text("正在停止")  # small: it may have arrived already
    member.keep("uploads-stopping")
    while not gate:
        page.wait_for_timeout(50)
    gate[0].continue_()
    expect(lines(page)).to_have_count(0)
    page.unroute("**/extranet/files/")
    choose(page, [photo(f"{number}.jpg") for number in range(4)])
    expect(lines(page).locator("[data-take-back]")).to_have_count(3)
    expect(lines(page).filter(has_text="3.jpg")).to_contain_text("这里放不下更多文件了，请先移除一个。")


def test_a_large_one_that_is_stopped_is_cut_off_on_its_way(member):
    page, gate = member.page, []
    page.route("**/extranet/files/", lambda route: gate.append(route))  # noqa: PLW0108 - it looks at our name
    choose(page, [{**photo("大.jpg"), "buffer": pictures.camera_jpeg(400, 300) + bytes(5 * 1024 * 1024)}])
    while not gate:
        page.wait_for_timeout(50)
    page.get_by_role("button", name="停 大.jpg").press("Enter")
    expect(lines(page)).to_have_count(0)
    expect(page.get_by_role("status").first).to_have_text("已停止。")
    gate[0].abort()


def test_without_a_script_files_go_with_the_form(browser, room, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.add_cookies(
        [{"name": "sessionid", "value": room.sessions[width], "domain": "127.0.0.1", "path": "/"}]
    )
    page = context.new_page()
    page.goto(room.url + NEW)
    choose(page, [photo("一.jpg"), HOSTILE])
    page.fill("#id_reason", "家里漏水了")
    page.get_by_role("button", name="提交").click()
    expect(lines(page).filter(has_text="床位报价.pages")).to_contain_text("这种格式")
    expect(lines(page).filter(has_text="一.jpg")).to_contain_text("已传好")
    expect(page.locator("#id_reason")).to_have_value("家里漏水了")
    choose(page, [photo("二.jpg")])
    page.get_by_role("button", name="上传所选文件").first.click()
    expect(lines(page)).to_have_count(2)
    page.get_by_role("button", name="移除 二.jpg").press("Enter")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/tickets/[a-z2-9]{12}/$"))
    expect(page.locator(".upload__name")).to_have_text(["一.jpg"])
    context.close()
