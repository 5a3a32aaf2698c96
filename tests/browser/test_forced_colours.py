"""Whoever forces colours of their own sees all that others see: shapes, points, chosen pages, words on ink."""

import pytest

from tests.browser.kinds import address, path

PAINT = """([selector, pseudo]) => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).map(element => {
  const style = getComputedStyle(element, pseudo || null);
  return [style.backgroundColor, style.color, style.fill, style.stroke];
})"""


@pytest.fixture(params=["light", "dark"])
def page(new_page, request):
    return new_page(forced_colors="active", color_scheme=request.param)


def paint(page, selector, pseudo=""):
    """Ground, words, fill and line of each visible element that a selector finds."""
    found = page.evaluate(PAINT, [selector, pseudo])
    assert found, selector
    return found


def canvas(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_the_shapes_of_policy_areas_show(page):
    page.goto(path("approaches:list"))

    assert canvas(page) not in {ground for ground, *_rest in paint(page, ".rows .area", "::before")}


def test_the_point_of_a_featured_city_shows(page):
    page.goto(f"{path('cities:list')}?featured=yes")

    assert canvas(page) not in {
        ground for ground, *_rest in paint(page, ".row--featured .row__title", "::before")
    }


def test_the_map_is_drawn_in_the_colours_of_the_visitor(page):
    page.goto(address("plain municipality"))

    ((_ground, _words, land, coast),) = paint(page, ".map__land")[:1]
    assert land == canvas(page)
    assert coast != land


@pytest.mark.parametrize("selector", [".pagination [aria-current]", ".search__button"])
def test_words_on_ink_can_be_read(page, selector):
    page.goto(path("search:results") if "search" in selector else path("cities:list"))

    for ground, words, *_rest in paint(page, selector):
        assert ground != canvas(page)
        assert words == canvas(page)


def test_the_focus_shows(page):
    page.goto(path("cities:list"))
    page.locator(".header__nav a").first.focus()
    page.keyboard.press("Tab")

    outline = page.evaluate("getComputedStyle(document.activeElement).outlineColor")
    assert outline != canvas(page)
