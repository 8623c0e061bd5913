"""The addresses of the house with the room of the tests."""

from django.urls import include, path

import cms.urls

from . import views

room = (
    [path("new/", views.new, name="new"), path("<slug:public_id>/", views.detail, name="detail")],
    "tickets",
)
urlpatterns = [path("tickets/", include(room)), *cms.urls.urlpatterns]
handler400, handler403 = cms.urls.handler400, cms.urls.handler403
handler404, handler500 = cms.urls.handler404, cms.urls.handler500
