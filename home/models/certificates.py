"""The scan of an honour's certificate, one page each: below the wall and below the story that shows it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from cms.kit.models import HouseDocument
from home import selectors

from .honours import Honour


class ShowsCertificates(RoutablePageMixin):
    """A page with ``certificate/<honour>/`` below it."""

    def certifiable(self) -> Any:
        """Return the honours whose certificates may be asked for here; never a withdrawn one."""
        return Honour.objects.standing().filter(certificate_public=True)

    def way_to_certificate(self, request: HttpRequest, honour: Honour) -> str:
        """Return where the certificate of an honour can be seen, or nothing."""
        here = self.get_url(request) or "/"
        return f"{here}certificate/{honour.pk}/" if honour.has_open_certificate else ""

    @path("certificate/<int:number>/", name="certificate")
    def certificate(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show a certificate everybody may see; raises Http404 for any other."""
        found = self.certifiable().select_related("certificate_image").filter(pk=number).first()
        if found is None:
            raise Http404
        picture = selectors.shown(found.certificate_image)
        readable = HouseDocument.objects.visible_to(request.user).filter(pk=found.certificate_file_id)
        file = readable.first() if found.certificate_file_id else None
        if picture is None and file is None:
            raise Http404
        frame = selectors.frame_of_page(self, request)
        frame["trail"].append(selectors.Step(self.title, frame["here"]))
        frame["canonical"] = f"{frame['canonical']}certificate/{number}/"
        # Not get_context(): nothing else that stands on the page is shown here.
        around = {**Page.get_context(self, request), **frame}
        shown = {"honour": found, "picture": picture, "document": file}
        return TemplateResponse(request, "home/certificate.html", {**around, **shown})
