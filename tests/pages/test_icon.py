"""The icon is also where browsers look that have not read the page, and phones find one for their start screen."""

import json

from django.contrib.staticfiles import finders

from tests.test_architecture import ROOT
from tests.test_styles import colours


def test_the_icon_has_its_old_address(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 301
    assert response["Location"].endswith("favicon-32.png")


def test_phones_find_an_icon_and_the_colours_of_the_site():
    manifest = json.loads((ROOT / "static/img/manifest.json").read_text())

    assert all(finders.find(f"img/{icon['src']}") for icon in manifest["icons"])
    assert {manifest["theme_color"], manifest["background_color"]} == {colours()["paper"][0]}
