from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy as word

from cities import views

app_name = "cities"
page_of_city = word("address", "cities/<slug:slug>/")
urlpatterns = [
    path(word("address", "cities/"), views.city_list, name="list"),
    path(word("address", "cities/map.geojson"), views.city_geojson, name="geojson"),
    path(word("address", "cities/map.svg"), views.city_map, name="map"),
    path(page_of_city, views.city_detail, name="detail"),
    path(format_lazy("{}map.geojson", page_of_city), views.partners_geojson, name="partners"),
    path(word("address", "countries/<slug:code>/"), views.country_detail, name="country"),
]
