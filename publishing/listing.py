"""Pages that list records under a filter, whole or only their listing."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_listing(request, template, context):
    """The page of a list, from a template that extends `listing.html`.

    Who refines the list in place has the page already and gets the listing alone.
    """
    frame = "partials/_part.html" if request.htmx else "base.html"
    response = render(request, template, context | {"frame": frame})
    # A cache must never give the one in place of the other.
    patch_vary_headers(response, ["HX-Request"])
    return response
