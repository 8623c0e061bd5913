"""Rooms of the members' house, under /extranet/members/."""

from . import door, people

app_name = "members"
urlpatterns = [*people.urlpatterns, *door.urlpatterns]
