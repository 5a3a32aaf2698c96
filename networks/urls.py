from django.urls import path
from django.utils.translation import pgettext_lazy as word

from networks import actor_views, graph_views, tie_views, views

app_name = "networks"
urlpatterns = [
    path(word("address", "actors/"), actor_views.actor_list, name="actors"),
    path(word("address", "actors/map.geojson"), actor_views.actor_geojson, name="geojson"),
    path(word("address", "actors/map.svg"), actor_views.actor_map, name="map"),
    path(word("address", "networks/"), views.network_list, name="list"),
    path(word("address", "networks/overlap/"), tie_views.overlap, name="overlap"),
    path(word("address", "networks/overlap.csv"), tie_views.overlap_csv, name="overlap_csv"),
    path(
        word("address", "networks/overlap/<slug:first>/<slug:second>/"),
        tie_views.shared_members,
        name="shared_members",
    ),
    path(word("address", "networks/connection/"), tie_views.connection, name="connection"),
    path(word("address", "networks/connection/names/"), tie_views.actor_names, name="actor_names"),
    path(word("address", "networks/graph/"), graph_views.graph, name="graph"),
    path(word("address", "networks/graph.csv"), graph_views.graph_csv, name="graph_csv"),
    path(word("address", "networks/graph.json"), graph_views.graph_json, name="graph_json"),
    path(word("address", "networks/graph.graphml"), graph_views.graph_graphml, name="graph_graphml"),
    path(word("address", "networks/graph.gexf"), graph_views.graph_gexf, name="graph_gexf"),
    path(word("address", "networks/graph.svg"), graph_views.graph_svg, name="graph_svg"),
    path(word("address", "networks/graph.png"), graph_views.graph_png, name="graph_png"),
    path(word("address", "networks/<slug:slug>/"), views.network_detail, name="detail"),
    path(word("address", "initiatives/<slug:slug>/"), views.initiative_detail, name="initiative"),
    path(
        word("address", "initiatives/<slug:slug>/map.geojson"),
        views.initiative_geojson,
        name="initiative_geojson",
    ),
    path(word("address", "declarations/<slug:slug>/"), views.declaration_detail, name="declaration"),
    path(word("address", "organisations/<slug:slug>/"), views.organisation_detail, name="organisation"),
    path(word("address", "cities/<slug:slug>/peers/"), tie_views.city_peers, name="peers"),
]
