"""The admin's screens for taking a picture down and bringing it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import ReferenceIndex

from cms.kit import takedown
from cms.kit.doors import door
from cms.kit.models import HouseImage


class ReasonForm(forms.Form):
    """Why a picture is taken down."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=takedown.LONGEST_REASON,
        help_text=gettext_lazy("Only editors see it. For example: asked for by phone on 22 November."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@door("editors")
@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take the picture down."""
    image = get_object_or_404(HouseImage, pk=pk)
    if not takedown.may_take_down(request.user, image):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    back = _back(request, image)
    if request.method == "POST" and form.is_valid():
        try:
            done = takedown.take_down(image, request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = (
                _("“%(title)s” is taken down everywhere.")
                if done
                else _("“%(title)s” was taken down already.")
            )
            messages.success(request, words % {"title": image.title})
            return redirect(back)
    edit_url = reverse("wagtailimages:edit", args=[image.pk])
    context: dict[str, Any] = {
        "header_title": _("Take down: %(title)s") % {"title": image.title},
        "header_icon": "view",
        "breadcrumbs_items": [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": edit_url, "label": image.title},
            {"url": "", "label": _("Take down")},
        ],
        "image": image,
        "form": form,
        "back": back,
        "uses": ReferenceIndex.get_grouped_references_to(image).count(),
        "history": takedown.history(image),
    }
    return TemplateResponse(request, "kit/takedown.html", context, status=422 if form.errors else 200)


@door("editors")
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the picture again."""
    image = get_object_or_404(HouseImage, pk=pk)
    if takedown.restore(image, request.user):
        messages.success(request, _("“%(title)s” is shown again where it stood.") % {"title": image.title})
    return redirect(_back(request, image))


def _back(request: HttpRequest, image: HouseImage) -> str:
    """Return where somebody came from, if that is a screen of this admin, else the image."""
    came_from = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    if here and came_from.startswith("/admin/"):
        return came_from
    return reverse("wagtailimages:edit", args=[image.pk])
