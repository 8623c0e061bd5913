"""Addresses of applications about memberships, under /extranet/members/cases/."""

from django.urls import path

from cms.kit.doors import door
from extranet.members.views import cases, cases_filling, cases_queue

members = door("members")

app_name = "membership"
urlpatterns = [
    path("", cases.start, name="start"),
    path("new/<slug:kind>/", members(cases_filling.NewApplication.as_view()), name="new"),
    path("queue/", members(cases_queue.ApplicationQueue.as_view()), name="queue"),
    path("queue/mine/", members(cases_queue.ApplicationQueue.as_view(mine=True)), name="queue_mine"),
    path("<slug:public_id>/", members(cases.ApplicationPage.as_view()), name="case"),
    path("<slug:public_id>/complete/", members(cases_filling.CompleteApplication.as_view()), name="complete"),
    path("<slug:public_id>/paper/", members(cases.ApplicationPaper.as_view()), name="paper"),
    path("<slug:public_id>/<slug:verb>/", members(cases.ApplicationStep.as_view()), name="step"),
]
