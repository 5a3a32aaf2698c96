from django.urls import path
from django.utils.translation import pgettext_lazy as word

from cities import views

app_name = "cities"
urlpatterns = [
    path(word("address", "cities/"), views.city_list, name="list"),
    path(word("address", "cities/map.geojson"), views.city_geojson, name="geojson"),
    path(word("address", "cities/map.svg"), views.city_map, name="map"),
    path(word("address", "cities/<slug:slug>/"), views.city_detail, name="detail"),
    path(word("address", "countries/<slug:code>/"), views.country_detail, name="country"),
]
