"""The directory, a person's page, and one's own file, under /extranet/members/.

Taking one's data along and changing the mobile number ask once more who one is.
"""

from allauth.account.decorators import reauthentication_required
from django.urls import path

from extranet.members.views import directory, profile

urlpatterns = [
    path("", directory.directory, name="directory"),
    path("file/", directory.take_home, name="directory_file"),
    path("people/<slug:public_id>/", directory.person, name="person"),
    path("people/<slug:public_id>/contact/", directory.contact, name="contact"),
    path("people/<slug:public_id>/shift/", directory.shift, name="shift"),
    path("people/<slug:public_id>/change/", directory.change_person, name="change"),
    path("people/<slug:public_id>/leave/", directory.leave, name="leave"),
    path("me/", profile.me, name="me"),
    path("me/mobile/", reauthentication_required(profile.mobile), name="mobile"),
    path("me/data.json", reauthentication_required(profile.my_data), name="my_data"),
    path("me/data.pdf", reauthentication_required(profile.my_paper), name="my_paper"),
]
