"""Addresses of the roster, for whoever keeps it."""

from django.urls import path

from cms.kit.doors import door
from extranet.members.views import roster as views

app_name = "roster"
members = door("members")

urlpatterns = [
    path("", members(views.index), name="list"),
    path("new/", members(views.upload), name="new"),
    path("template/", members(views.template), name="template"),
    path("export/", members(views.export), name="export"),
    path("<slug:public_id>/", members(views.detail), name="detail"),
    path("<slug:public_id>/columns/", members(views.columns), name="columns"),
    path("<slug:public_id>/progress/", members(views.progress), name="progress"),
    path("<slug:public_id>/errors/", members(views.errors), name="errors"),
    path("<slug:public_id>/answers/", members(views.answer), name="answers"),
    path("<slug:public_id>/apply/", members(views.apply), name="apply"),
    path("<slug:public_id>/undo/", members(views.undo), name="undo"),
    path("<slug:public_id>/again/", members(views.again), name="again"),
    path("<slug:public_id>/drop/", members(views.drop), name="drop"),
]
