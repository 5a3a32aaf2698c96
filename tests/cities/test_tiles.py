"""Streets from a tile service: only if the operator names one, and said wherever it matters."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from movingcities.tiles import tile_service
from publishing.addresses import in_language
from tests.factories import make_city, make_page

ADDRESS = "https://{s}.tiles.example/{z}/{x}/{y}.png"


@pytest.fixture
def service(settings):
    settings.MAP_TILES = tile_service(ADDRESS, '© <a href="https://maps.example/">Maps</a>', consent=True)
    return settings.MAP_TILES


def test_by_default_there_is_none(settings):
    assert settings.MAP_TILES is None
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] == ["'self'", "data:"]


@pytest.mark.parametrize(
    ("address", "host", "source"),
    [
        (ADDRESS, "tiles.example", "https://*.tiles.example"),
        ("https://tiles.example:8443/{z}/{x}/{y}", "tiles.example:8443", "https://tiles.example:8443"),
    ],
)
def test_the_policy_allows_the_host_and_no_more(address, host, source):
    service = tile_service(address, "© Maps", consent=True)

    assert (service["host"], service["source"]) == (host, source)


@pytest.mark.parametrize(
    ("address", "attribution"),
    [
        ("https://tiles.example/", "© Maps"),
        ("tiles.example/{z}/{x}/{y}", "© Maps"),
        ("/tiles/{z}/{x}/{y}", "© Maps"),
        ("javascript:{z}{x}{y}", "© Maps"),
        (ADDRESS, ""),
    ],
)
def test_a_setting_that_makes_no_sense_stops_the_start(address, attribution):
    with pytest.raises(ImproperlyConfigured, match="MAP_TILES"):
        tile_service(address, attribution, consent=True)


@pytest.mark.django_db
@pytest.mark.parametrize("consent", [True, False])
def test_the_map_names_the_service_and_asks_unless_told_otherwise(client, service, consent):
    service["consent"] = consent
    make_city(latitude=50, longitude=10)

    page = client.get("/en/cities/").content.decode()

    assert f'data-tiles="{ADDRESS}"' in page
    assert '© <a href="https://maps.example/">Maps</a>' in page
    assert ('data-tiles-ask="yes"' in page) == consent
    assert ("Show streets from tiles.example?" in page) == consent


@pytest.mark.django_db
def test_without_a_service_no_page_speaks_of_streets(client):
    make_city(latitude=50, longitude=10)
    make_page("privacy")

    for address in ["/en/cities/", in_language("pages:privacy", "en")]:
        assert "streets" not in client.get(address).content.decode().lower()


@pytest.mark.django_db
@pytest.mark.parametrize(("consent", "words"), [(True, "asks before"), (False, "come from tiles.example")])
def test_the_privacy_page_says_who_receives_what(client, service, consent, words):
    service["consent"] = consent
    make_page("privacy")

    page = client.get(in_language("pages:privacy", "en")).content.decode()

    assert "Streets on the map" in page
    assert words in page
    assert "IP address" in page
