"""The start page and the pages about the directory itself."""

from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from publishing.middleware import remember_language


def start(request):
    """`/` leads to the start page in the visitor's language and remembers it."""
    response = redirect("pages:home")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    remember_language(response, get_language())
    return response


def home(request):
    raise NotImplementedError


def page(request, slug):
    raise NotImplementedError


def robots(request):
    raise NotImplementedError


def sitemap(request):
    raise NotImplementedError
