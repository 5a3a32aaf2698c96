"""What happens before any page: pictures are handed out, and the page's language is found."""

import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from publishing.errors import not_found

PICTURE = re.compile(r"pictures/[0-9a-f]{32}/(?:original|[0-9]+)\.(jpg|png|webp|avif)")
PICTURE_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}


class PictureMiddleware:
    """Hands out the files of pictures, for browsers to keep for good: an address never changes what it shows.

    It stands before everything that is for pages only, compression above all. A web server may do this instead.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(settings.MEDIA_URL) and request.method in ("GET", "HEAD"):
            name = request.path.removeprefix(settings.MEDIA_URL)
            if (found := PICTURE.fullmatch(name)) and default_storage.exists(name):
                response = FileResponse(default_storage.open(name), content_type=PICTURE_TYPES[found[1]])
                response["Cache-Control"] = "public, max-age=31536000, immutable"
                return response
        return self.get_response(request)


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of language, and the memory of it.

    The start page `/` stores the language it chose in a cookie. Whoever has this cookie and reads a page in another
    language has changed their mind, so the cookie changes too. No other page sets a cookie, and none reads one.
    """

    def process_response(self, request, response):
        in_address = translation.get_language_from_path(request.path_info)
        if settings.DEBUG and in_address and response.status_code == 404 and not request.resolver_match:
            response = not_found(request)  # see process_exception
        remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        response = super().process_response(request, response)
        if in_address and remembered and remembered != in_address:
            remember_language(response, in_address)
        return response

    def process_exception(self, request, exception):
        """Whoever tries the site out, with DEBUG, sees the page that readers would see, not Django's list of addresses."""
        if (
            settings.DEBUG
            and isinstance(exception, Http404)
            and translation.get_language_from_path(request.path_info)
        ):
            return not_found(request)
        return None


def remember_language(response, language):
    """Store the visitor's choice of language in the one cookie that public pages set."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
