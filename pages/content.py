"""The file of editable pages, and the list of all content files in the order in which they build on each other."""

from importlib import import_module

from pages.models import Page
from publishing.content.columns import Column, Translated
from publishing.content.files import YamlFile


class PageFile(YamlFile):
    name = "pages.yaml"
    model = Page
    fields = [Column("slug"), Translated("title"), Translated("body")]


files = [PageFile()]


def content_files():
    """Every file of content, each after those it refers to."""
    apps = ["cities", "networks", "approaches", "commitments", "news", "pages"]
    places = ["publishing.content.pictures", *(f"{app}.content" for app in apps)]
    return [file for place in places for file in import_module(place).files]
