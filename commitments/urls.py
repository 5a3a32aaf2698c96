from django.urls import path
from django.utils.translation import pgettext_lazy as word

from commitments import views

app_name = "commitments"
urlpatterns = [
    path(word("address", "commitments/"), views.commitment_list, name="list"),
    path(word("address", "commitments/<slug:slug>/"), views.commitment_detail, name="detail"),
]
