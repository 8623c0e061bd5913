"""The log: one line a request, nothing typed, nobody's name."""

import json
import logging
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from cms.logs import failure, formatter
from cms.middleware import RequestLog

SECRETS = ["王小明", "900001", "Corridor-lamp-7", "secret-search", "192.0.2.77"]


def lines_of(caplog):
    return [
        json.loads(formatter("json").format(record)) for record in caplog.records if record.name == "requests"
    ]


@pytest.fixture
def heard(caplog):
    caplog.set_level(logging.INFO, logger="requests")
    return caplog


def test_a_request_is_one_line_with_what_an_operator_asks(heard, client, site):
    answer = client.get("/", REMOTE_ADDR="192.0.2.77")
    (line,) = lines_of(heard)
    assert line.pop("time").endswith("Z")
    assert line.pop("ms") >= 0
    assert line.pop("route") != ""
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "requests",
        "request": answer["X-Request-ID"],
        "method": "GET",
        "status": 200,
        "bytes": len(answer.content),
        "signed_in": False,
        "network": "192.0.2.0/24",
    }


def test_no_line_holds_what_somebody_typed_or_is_known_by(heard, client_of, person, site):
    member = person(name="王小明", staff_number="900001")
    client = client_of(member)
    client.get("/", {"q": "secret-search"}, REMOTE_ADDR="192.0.2.77")
    client.post(
        "/accounts/login/", {"login": "900001", "password": "Corridor-lamp-7"}, REMOTE_ADDR="192.0.2.77"
    )
    client.get("/accounts/password/reset/key/1-secret-search/", REMOTE_ADDR="192.0.2.77")
    text = "\n".join(formatter("json").format(record) for record in heard.records)
    assert len(lines_of(heard)) == 3
    assert [secret for secret in SECRETS if secret in text] == []


def test_a_line_says_whether_somebody_was_signed_in(heard, client_of, admin, site):
    client_of(admin).get("/admin/")
    assert lines_of(heard)[-1]["signed_in"] is True


def broken(request):
    name = "王小明"
    raise ValueError(f"no such person: {name}")


urlpatterns = [path("broken/", broken, name="broken")]
handler500 = "cms.views.errors.server_error"


def test_what_broke_is_told_by_place_and_kind_without_values(heard, client, settings, db):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    answer = client.get("/broken/")
    (line,) = lines_of(heard)
    assert answer.status_code == 500
    assert answer["X-Request-ID"][:8] in answer.content.decode()
    assert (line["level"], line["status"], line["route"]) == ("error", 500, "broken")
    assert line["failure"].endswith("ValueError")
    assert "tests/cms/test_logs.py" in line["failure"]
    assert "王小明" not in json.dumps(line, ensure_ascii=False)


def fail_twice():
    try:
        {}["900001"]
    except KeyError as error:
        raise RuntimeError("王小明") from error


def test_the_cause_of_a_failure_is_told_too():
    try:
        fail_twice()
    except RuntimeError as error:
        told = failure(error)
    assert "RuntimeError" in told
    assert "-- after:" in told
    assert told.endswith("KeyError")
    assert "900001" not in told
    assert "王小明" not in told


def test_errors_that_speak_of_the_program_keep_their_text():
    try:
        _ = None.nothing
    except AttributeError as error:
        told = failure(error)
    assert told.endswith("AttributeError: 'NoneType' object has no attribute 'nothing'")


def test_a_path_in_an_error_of_the_disk_is_left_out():
    told = failure(PermissionError(13, "Permission denied", "王小明.pdf"))
    assert told == "PermissionError: Permission denied"


def test_other_loggers_speak_the_same_form():
    record = logging.getLogger("jobs").makeRecord(
        "jobs", logging.WARNING, "x", 1, "job %(job)s", ({"job": "mail"},), None, extra={"tries": 2}
    )
    line = json.loads(formatter("json").format(record))
    assert (line["event"], line["tries"], line["level"]) == ("job mail", 2, "warning")


def test_an_error_of_any_logger_is_told_without_values():
    try:
        int("王小明")
    except ValueError:
        record = logging.getLogger("x").makeRecord("x", logging.ERROR, "x", 1, "failed", (), sys.exc_info())
    for style in ("json", "plain"):
        text = formatter(style).format(record)
        assert "ValueError" in text
        assert "王小明" not in text


def test_the_plain_form_is_one_readable_line(heard, client, site):
    client.get("/")
    (record,) = [record for record in heard.records if record.name == "requests"]
    text = formatter("plain").format(record)
    assert "\n" not in text
    assert "status=200" in text


def test_an_unknown_method_is_not_repeated(heard, db):
    request = RequestFactory().generic("王小明".encode().hex().upper(), "/")
    RequestLog(lambda _request: HttpResponse())(request)
    assert lines_of(heard)[0]["method"] == "?"


@pytest.mark.parametrize("address", ["/health/", "/media/images/nothing.webp"])
def test_what_is_asked_all_the_time_is_not_written(heard, client, db, address):
    client.get(address)
    assert lines_of(heard) == []
