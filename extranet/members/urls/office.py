"""Rooms of the members' house, under /extranet/members/."""

from . import people

app_name = "members"
urlpatterns = [*people.urlpatterns]
