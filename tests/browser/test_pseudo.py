"""A language written from right to left, with longer words than any of ours, breaks nothing; each kind of page in it:
test_layout.py."""

import pytest

from tests.browser.kinds import address, path
from tests.browser.maps import settled
from tests.browser.pseudo import LANGUAGE, speak, translated, translated_page


@pytest.fixture
def page(new_page):
    page = new_page()
    speak(page)
    return page


def middle(page, selector):
    """How far from the left the middle of an element is, as a share of the window."""
    box = page.locator(selector).first.bounding_box()
    return (box["x"] + box["width"] / 2) / page.viewport_size["width"]


def test_texts_grow_by_two_fifths_and_keep_what_is_no_word():
    english = "Municipalities that welcome migrants and refugees, by country, size and network"

    assert 1.3 < len(translated(english)) / len(english) < 1.5
    assert translated("12 &amp; 3 &#x27;") == "12 &amp; 3 &#x27;"
    assert translated_page('<a title="City" href="/en/">Go</a><script>let city;</script>').endswith(
        "<script>let city;</script>"
    )


def test_every_page_reads_from_the_right(page):
    page.goto(path("pages:home"))

    assert page.locator("html").get_attribute("lang") == LANGUAGE
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert "Çíítííééš" in page.locator(".header__nav").inner_text()


def test_what_stands_at_the_start_stands_on_the_right(page):
    page.goto(path("cities:list"))

    assert middle(page, ".header__logo") > 0.7
    assert middle(page, ".language-switch") < 0.3
    assert middle(page, ".listing__filter") > middle(page, ".listing__results")


def test_the_language_menu_opens_within_the_window(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path("pages:home"))

    page.locator(".language-switch summary").click()

    box = page.locator(".language-switch__menu").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def test_an_arrow_points_where_reading_goes(page):
    page.goto(address("initiative"))

    assert (
        page.locator(".pairs__arrow").first.evaluate("e => getComputedStyle(e).transform")
        == "matrix(-1, 0, 0, 1, 0, 0)"
    )


def test_west_stays_on_the_left_of_the_map(page):
    page.goto(path("cities:list"))
    page.locator(".map--live").wait_for()
    settled(page)

    for map_of_a_kind in [".map__picture", ".leaflet-container"]:
        assert page.locator(map_of_a_kind).first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    picture, stage = (page.locator(part).first.bounding_box() for part in [".map__picture", ".map__stage"])
    assert abs((picture["x"] + picture["width"] / 2) - (stage["x"] + stage["width"] / 2)) < 1
