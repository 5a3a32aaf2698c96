from django.urls import path
from django.utils.translation import pgettext_lazy as word

from approaches import views

app_name = "approaches"
urlpatterns = [
    path(word("address", "approaches/"), views.approach_list, name="list"),
    path(word("address", "approaches/map.geojson"), views.approach_geojson, name="geojson"),
    path(word("address", "approaches/map.svg"), views.approach_map, name="map"),
    path(word("address", "approaches/<slug:slug>/"), views.approach_detail, name="detail"),
    path(word("address", "policy-areas/<slug:slug>/"), views.policy_area_detail, name="policy_area"),
]
