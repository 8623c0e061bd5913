"""Activation and recovery by officers, under /extranet/members/."""

from django.urls import path

from extranet.members.views import office_activation as activation
from extranet.members.views import office_recovery as recovery

urlpatterns = [
    path("activation/", activation.waiting, name="activation"),
    path("activation/make/", activation.make, name="make_codes"),
    path("activation/batches/", activation.batches, name="batches"),
    path("activation/batches/<str:public_id>/", activation.batch, name="batch"),
    path("recovery/", recovery.recovery, name="recovery"),
    path("recovery/slip/", recovery.slip, name="recovery_slip"),
    path("recovery/resets/", recovery.reset, name="request_reset"),
    path("recovery/resets/<str:public_id>/", recovery.reset_detail, name="reset"),
    path("recovery/resets/<str:public_id>/<slug:verb>/", recovery.reset_step, name="reset_step"),
]
