"""Addresses of the photo desk under /admin/."""

from django.urls import path

from . import views

urlpatterns = [
    path("albums/<int:page_id>/photos/", views.screen, name="album_photos"),
    path("albums/<int:page_id>/photos/add/", views.add, name="album_photos_add"),
    path("albums/<int:page_id>/photos/order/", views.order, name="album_photos_order"),
    path("albums/<int:page_id>/photos/consent/", views.consent_of_all, name="album_photos_consent"),
    path("albums/<int:page_id>/photos/<int:image_id>/", views.change, name="album_photo"),
]
