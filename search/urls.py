from django.urls import path
from django.utils.translation import pgettext_lazy as word

from search import views

app_name = "search"
urlpatterns = [
    path(word("address", "search/"), views.results, name="results"),
    path(word("address", "search/suggestions/"), views.suggestions, name="suggestions"),
]
