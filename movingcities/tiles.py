"""The tile service that an operator may name for streets on the map."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def tile_service(url, attribution, consent):
    """What the map and the policy need to know of the service: {url, host, source, attribution, consent}.

    `source` is what the Content-Security-Policy allows. None without an address; raises ImproperlyConfigured if the
    address is none of tiles, or if nobody is credited.
    """
    if not url:
        return None
    address = urlsplit(url)
    parts = ("{z}", "{x}", "{y}")
    if (
        address.scheme not in ("http", "https")
        or not address.netloc
        or any(part not in url for part in parts)
    ):
        raise ImproperlyConfigured(
            "MAP_TILES_URL must be an address with {z}, {x} and {y} (see .env.example)."
        )
    if not attribution:
        raise ImproperlyConfigured("MAP_TILES_ATTRIBUTION must say whose map MAP_TILES_URL shows.")
    return {
        "url": url,
        "host": address.netloc.removeprefix("{s}."),
        "source": f"{address.scheme}://{address.netloc.replace('{s}', '*')}",
        "attribution": attribution,
        "consent": consent,
    }
