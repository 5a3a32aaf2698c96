"""The language of a page: the one in its address; elsewhere the visitor's choice."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from publishing.errors import not_found


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of language, and the memory of it.

    The start page `/` stores the language it chose in a cookie. Whoever has this cookie and reads a page in another
    language has changed their mind, so the cookie changes too. No other page sets a cookie, and none reads one.
    """

    def process_response(self, request, response):
        in_address = translation.get_language_from_path(request.path_info)
        if settings.DEBUG and in_address and response.status_code == 404:
            # Whoever tries the site out sees the page that readers would see, not Django's list of addresses.
            response = not_found(request)
        remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        response = super().process_response(request, response)
        if in_address and remembered and remembered != in_address:
            remember_language(response, in_address)
        return response


def remember_language(response, language):
    """Store the visitor's choice of language in the one cookie that public pages set."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
