"""Documents of the library: Wagtail's own addresses, answered by the checked views, and the viewer."""

from django.urls import re_path

from cms.kit import files

urlpatterns = [
    re_path(r"^(\d{1,12})/view/$", files.document_view, name="document_view"),
    re_path(r"^(\d{1,12})/(.+)$", files.document, name="wagtaildocs_serve"),
]
