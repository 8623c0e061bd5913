"""The addresses of the whole house, and those of the ticket room."""

from django.urls import include, path

from cms.urls import handler400, handler403, handler404, handler500  # noqa: F401
from cms.urls import urlpatterns as of_the_house

urlpatterns = [path("tickets/", include("tests.core.tickets.urls")), *of_the_house]
