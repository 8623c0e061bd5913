"""Keeps what somebody is typing; called by ``draft.js``, never by a person."""

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.kit.doors import door
from extranet.core import drafting
from extranet.core.filing import key_of


@door("members")
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the posted fields of the form the ticket names, and say so in words."""
    try:
        form, page, names = drafting.opened(request.user, request.POST.get("ticket", ""))
    except BadSignature as error:
        raise Http404 from error
    try:
        typed = drafting.typed_in(request.POST, names)
        kept = drafting.keep(request.user, form, page, typed, key=key_of(request))
    except drafting.TooMuchError:
        words = _("This is more than a draft can keep. Please send it, or make it shorter.")
        return JsonResponse({"said": words}, status=413)
    if kept.at is None:
        return JsonResponse({"said": ""})
    return JsonResponse({"said": _("Draft kept %(hour)s") % {"hour": f"{timezone.localtime(kept.at):%H:%M}"}})
