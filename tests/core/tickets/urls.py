"""Addresses of the ticket room."""

from django.urls import path

from cms.kit.doors import door
from tests.core.tickets import views

members = door("members")
app_name = "tickets"
urlpatterns = [
    path("", members(views.TicketList.as_view()), name="list"),
    path("new/", members(views.NewTicket.as_view()), name="new"),
    path("secret/", members(views.SecretTicket.as_view()), name="secret"),
    path("pages/", members(views.TicketWizard.as_view()), name="pages"),
    path("<slug:public_id>/", members(views.TicketDetail.as_view()), name="detail"),
    path("<slug:public_id>/paper/", members(views.TicketPaper.as_view()), name="paper"),
    path("<slug:public_id>/<slug:verb>/", members(views.TicketStep.as_view()), name="step"),
]
