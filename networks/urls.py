from django.urls import path
from django.utils.translation import pgettext_lazy as word

from networks import views

app_name = "networks"
urlpatterns = [
    path(word("address", "networks/"), views.network_list, name="list"),
    path(word("address", "networks/<slug:slug>/"), views.network_detail, name="detail"),
    path(word("address", "initiatives/<slug:slug>/"), views.initiative_detail, name="initiative"),
    path(word("address", "declarations/<slug:slug>/"), views.declaration_detail, name="declaration"),
    path(word("address", "organisations/<slug:slug>/"), views.organisation_detail, name="organisation"),
]
