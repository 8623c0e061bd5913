"""Addresses of the inbox, in the namespace of the building."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("unread/", views.unread_again, name="unread_again"),
    path("choices/", views.choices, name="choices"),
    path("<slug:public_id>/", views.notice, name="notice"),
]
