from django.urls import path
from django.utils.translation import pgettext_lazy as word

from pages import styleguide, views
from pages.models import Page

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path(word("address", "about/"), views.page, {"slug": Page.Slug.ABOUT}, name="about"),
    path(
        word("address", "data-collection/"),
        views.page,
        {"slug": Page.Slug.DATA_COLLECTION},
        name="data_collection",
    ),
    path(word("address", "imprint/"), views.page, {"slug": Page.Slug.IMPRINT}, name="imprint"),
    path(word("address", "privacy/"), views.page, {"slug": Page.Slug.PRIVACY}, name="privacy"),
    path(
        word("address", "accessibility/"), views.page, {"slug": Page.Slug.ACCESSIBILITY}, name="accessibility"
    ),
    path(word("address", "styleguide/"), styleguide.styleguide, name="styleguide"),
]
