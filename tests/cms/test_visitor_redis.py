"""Kept pages in Redis: shared, ended by a change, and missed by nobody when the server goes away."""

import pytest
from django.core.cache import CacheHandler
from django.test import Client

from cms.kit import cache
from home.models import StandardPage
from tests.services import needed
from tests.services.redis import redis

pytestmark = [pytest.mark.django_db, pytest.mark.service]


@pytest.fixture
def server(settings, monkeypatch):
    settings.KEEP_PAGES = True
    monkeypatch.setattr(cache, "RECHECK", 3600)
    with needed(redis) as url:
        pages = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
        handler = CacheHandler({"default": pages, "pages": {**pages, "KEY_PREFIX": "pages"}})
        monkeypatch.setattr(cache, "caches", handler)
        yield handler["pages"]
        handler["pages"].close()


def title(answer):
    return answer.content.decode().split("<title>")[1].split("</title>")[0].split(" - ")[0]


def test_pages_are_shared_through_redis_until_a_change(
    homepage, server, django_assert_num_queries, django_capture_on_commit_callbacks
):
    page = homepage.add_child(instance=StandardPage(title="工会章程", slug="rules"))
    first = Client().get("/rules/")
    with django_assert_num_queries(0):
        assert Client().get("/rules/").content == first.content
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "新章程"
        page.save_revision().publish()
    assert title(Client().get("/rules/")) == "新章程"
    assert cache.claim("x", 5) is True
    assert cache.claim("x", 5) is False
    cache.give_back("x")
    assert cache.claim("x", 5) is True
