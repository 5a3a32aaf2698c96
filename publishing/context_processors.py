"""What base.html needs on each page: the page's own addresses and the language switch."""

from django.core.exceptions import DisallowedHost

from publishing.addresses import in_languages, site_address
from publishing.languages import LANGUAGES, OWN_NAMES, current_language


def site(request):
    """The page in all languages.

    `languages` is for the switch, which keeps the filters and the page number and says where the page is not yet
    translated. `address` is the page's own, as it stands on paper. `canonical` and `alternates` are for
    search engines: absolute addresses, alternates only for the languages in which the page really exists. A view that
    shows one record says so in `request.page_languages`, a list of codes, and has its picture in `request.page_picture`,
    for previews of links to it.
    """
    if not getattr(request, "LANGUAGE_CODE", None) or request.path_info.startswith("/admin/"):
        return {}
    paths = in_languages(request)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    # Page 2 of a list is a page of its own for search engines; a filtered list is a view of the whole one.
    number = request.GET.get("page", "") if set(request.GET) == {"page"} else ""
    page = f"?page={number}" if number.isdecimal() and number != "1" else ""
    here = current_language()
    existing = getattr(request, "page_languages", None) or LANGUAGES
    try:
        start = site_address(request)
    except DisallowedHost:
        # The page that says so is not one to link to.
        start = ""
    alternates = [
        (language, f"{start}{paths[language]}{page}") for language in LANGUAGES if language in existing
    ]
    default = next((address for language, address in alternates if language == "en"), alternates[0][1])
    return {
        "site_address": start,
        "page_picture": getattr(request, "page_picture", None),
        "address": start and f"{start}{request.path}{query}",
        "canonical": f"{start}{paths[here]}{page}" if here in existing else default,
        "alternates": alternates,
        "default_alternate": default,
        "languages": [
            {
                "code": language,
                "name": OWN_NAMES[language],
                "url": f"{paths[language]}{query}",
                "current": language == here,
                "exists": language in existing,
            }
            for language in LANGUAGES
        ],
    }
