"""The addresses of Moving Cities. Each public one starts with a language; its words are translated, slugs are not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import pages.views
from publishing.errors import bad_request, not_found, permission_denied, server_error

urlpatterns = [
    path("", pages.views.start, name="start"),
    path("favicon.ico", pages.views.favicon, name="favicon"),
    path("robots.txt", pages.views.robots, name="robots"),
    path("sitemap.xml", pages.views.sitemap, name="sitemap"),
    path("admin/language/", include("django.conf.urls.i18n")),
    path("admin/translate/", include("translating.urls")),
    path("admin/", admin.site.urls),
]

urlpatterns += i18n_patterns(
    path("", include("cities.urls")),
    path("", include("networks.urls")),
    path("", include("approaches.urls")),
    path("", include("commitments.urls")),
    path("", include("news.urls")),
    path("", include("search.urls")),
    path("", include("pages.urls")),
)

handler400 = bad_request
handler403 = permission_denied
handler404 = not_found
handler500 = server_error
