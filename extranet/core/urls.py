"""Addresses of the building itself."""

from django.urls import path

from .views import desk, drafts

app_name = "core"
urlpatterns = [
    path("", desk.show, name="desk"),
    path("waiting/", desk.waiting, name="waiting"),
    path("cases/", desk.cases, name="cases"),
    path("draft/", drafts.keep, name="draft"),
]
