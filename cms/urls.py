"""Every address of the site, Wagtail's pages last."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from cms.kit import pictures
from cms.kit.rooms import all_rooms
from cms.views.appearance import appearance
from cms.views.closed import closed
from cms.views.health import health
from cms.views.media import media
from home import views as site_views

# Who opens the doors that others built; the inspector (tests/house/test_doors.py) holds each one to it.
FOREIGN_DOORS = {
    "admin/": "editors",
    "": "public",
    # By name, where one differs from the place it is in: words and icons of the admin, for everybody.
    "wagtailadmin_javascript_catalog": "public",
    "wagtailadmin_sprite": "public",
}

urlpatterns = [
    path("admin/", include("cms.editing.urls")),  # before Wagtail's: its own sign-in is never reached
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("extranet.members.urls.accounts")),
    path("appearance/", appearance, name="appearance"),
    path("health/", health, name="health"),
    path("_util/<path:rest>", closed, name="closed"),  # Wagtail's sign-in without a throttle
    path("extranet/", include("extranet.core.urls")),
    path("extranet/members/cases/", include("extranet.members.urls.cases")),
    path("extranet/members/roster/", include("extranet.members.urls.roster")),
    path("extranet/members/", include("extranet.members.urls.office")),
    *(path(f"extranet/{room.slug}/", include(room.urls)) for room in all_rooms() if room.urls),
    path("documents/", include("cms.kit.urls")),
    path("media/<path:path>", media, name="media"),
    path("pictures/<str:name>", pictures.picture, name="picture"),
    path("films/<str:name>", pictures.film, name="film"),
    path("robots.txt", site_views.robots, name="robots"),
    path("sitemap.xml", site_views.sitemap, name="sitemap"),
    re_path(wagtail_urls.serve_pattern, site_views.page),  # answers for Wagtail's own, with fewer queries
    path("", include(wagtail_urls)),
]

handler400 = "cms.views.errors.bad_request"
handler403 = "cms.views.errors.permission_denied"
handler404 = "cms.views.errors.page_not_found"
handler500 = "cms.views.errors.server_error"

if settings.DEBUG:
    from cms.views.styleguide import styleguide

    urlpatterns.insert(0, path("styleguide/", styleguide, name="styleguide"))
