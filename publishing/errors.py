"""Pages for what went wrong, in the language of the address."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import loader

from publishing.addresses import address_in_own_words


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "errors/403.html", status=403)


def csrf_failure(request, reason=""):
    """A form that came without its token: the page says how to send it again."""
    return render(request, "errors/403.html", {"form_expired": True}, status=403)


def not_found(request, exception=None):
    """Whoever changes the language in an address by hand, /en/cities/ to /pl/cities/, is led to the Polish words."""
    if request.resolver_match is None and (moved := address_in_own_words(request.path_info)):
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{moved}?{query}" if query else moved)
    return render(request, "errors/404.html", status=404)


def server_error(request):
    """Needs no database and no context processor: either may be what failed."""
    return HttpResponse(loader.get_template("errors/500.html").render({}), status=500)
