from django.urls import path
from django.utils.translation import pgettext_lazy as word

from news import views

app_name = "news"
urlpatterns = [
    path(word("address", "news/"), views.news_list, name="list"),
    path(word("address", "news/<slug:slug>/"), views.news_detail, name="detail"),
    path(word("address", "events/"), views.event_list, name="event_list"),
    path(word("address", "events/<slug:slug>/"), views.event_detail, name="event_detail"),
    path(word("address", "events/<slug:slug>.ics"), views.event_calendar, name="event_calendar"),
]
