"""The site's addresses and a view that does nothing, as the measure for all others."""

from django.http import HttpResponse
from django.urls import path

from movingcities.urls import *  # noqa: F403
from movingcities.urls import urlpatterns

urlpatterns = [path("hello/", lambda request: HttpResponse("Hello, world")), *urlpatterns]
