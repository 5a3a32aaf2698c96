"""What live maps say of places beyond the lists: partners of a city, seats of organisations, members in a year."""

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import path
from tests.browser.maps import live_map, settled

GDANSK = path("cities:detail", slug="gdansk")


def test_the_live_map_of_a_city_has_its_partners_and_lines(page):
    figure = live_map(page, GDANSK)

    here = figure.locator(".map-point--here")
    expect(here).to_have_attribute("aria-label", "Gdańsk")
    assert figure.locator(".map__live .map__lines--partners").count() == 1
    partner = page.locator("#initiatives ~ .links [data-place]").first
    partner.scroll_into_view_if_needed()
    partner.hover()
    expect(figure.locator(".map__live .map-point--active")).to_have_count(1)
    here.click()
    expect(figure.locator(".map-card")).to_contain_text("This municipality")


def test_seats_of_organisations_have_a_frame_and_say_so(page):
    figure = live_map(page, path("networks:actors") + "?kind=organisation")

    seat = figure.locator(".map-point--seat").first
    assert seat.get_attribute("aria-label").endswith(" (Organisation)")
    assert seat.evaluate("seat => getComputedStyle(seat, '::after').borderTopWidth") == "2px"
    assert figure.locator(".map-cluster__seat").count() == figure.locator(".map-cluster").count()
    seat.click()
    expect(figure.locator(".map-card__networks")).to_have_text("Organisation")


def test_frames_go_with_the_filter(page):
    figure = live_map(page, path("networks:actors"))
    assert figure.locator(".map-point--seat, .map-cluster__seat").count() > 0

    page.locator("input[name=kind][value=municipality]").check()
    page.wait_for_url("**kind=municipality**")
    settled(page)

    assert figure.locator(".map-point--seat, .map-cluster__seat, [data-seat]").count() == 0


@pytest.mark.parametrize("address", [GDANSK, path("networks:actors")])
def test_lines_of_a_city_and_frames_hinder_nobody(new_page, axe, address):
    page = new_page(viewport={"width": 390, "height": 844}, bypass_csp=True)
    live_map(page, address)

    assert not axe(page)


def test_the_live_map_of_a_network_follows_the_year(page):
    figure = live_map(page, path("networks:detail", slug="eccar") + "?at=2010")

    shown = page.evaluate(
        "fetch(document.querySelector('[data-city-map]').dataset.cityMap).then(r => r.json()).then(d => d.features.length)"
    )
    listed = page.locator(".members [data-place]").count()
    assert 0 < shown <= listed
    assert figure.locator(".map-point--marked, .map-cluster__marks").count() > 0
    assert figure.locator(".map-point:not(.map-point--marked)").count() == 0
