"""Addresses of the building itself."""

from django.urls import include, path

app_name = "core"
urlpatterns = [
    path("inbox/", include("extranet.core.inbox.urls")),
]
