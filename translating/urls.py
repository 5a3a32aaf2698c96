"""The translators' desk, inside the admin: whoever is not signed in is asked to."""

from django.contrib import admin
from django.urls import path

from translating import file_views, machine_views, views

app_name = "translating"


def page(address, view, name):
    return path(address, admin.site.admin_view(view), name=name)


urlpatterns = [
    page("", views.languages, "languages"),
    page("coverage/", views.coverage, "coverage"),
    page("present/<str:kind>/<int:pk>/", views.presence, "presence"),
    page("<str:language>/", views.desk, "desk"),
    page("<str:language>/files/", file_views.exchange, "files"),
    page("<str:language>/files/export/", file_views.export, "export"),
    page("<str:language>/files/<int:pk>/", file_views.take_in, "import"),
    page("<str:language>/machine/", machine_views.suggest, "suggest"),
    page("<str:language>/<str:kind>/<int:pk>/", views.entry, "entry"),
]
