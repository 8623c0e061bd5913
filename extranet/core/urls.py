"""Addresses of the building itself."""

from django.urls import include, path

from .attachments import views as files
from .views import desk, drafts

app_name = "core"
urlpatterns = [
    path("", desk.show, name="desk"),
    path("waiting/", desk.waiting, name="waiting"),
    path("cases/", desk.cases, name="cases"),
    path("draft/", drafts.keep, name="draft"),
    path("inbox/", include("extranet.core.inbox.urls")),
    path("files/", files.upload, name="upload"),
    path("files/<slug:public_id>/", files.attachment, name="attachment"),
    path("files/<slug:public_id>/view/", files.attachment_view, name="attachment_view"),
    path("files/<slug:public_id>/take-back/", files.take_back, name="attachment_take_back"),
]
