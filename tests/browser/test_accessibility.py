"""Every kind of page is free of what axe-core can find, in light and dark, wide and narrow, and in other scripts."""

import pytest

from tests.browser.kinds import KINDS, address, path

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def open_page(new_page):
    """Pages without the security policy: axe-core sets inline styles to measure contrast. Other tests keep it."""
    return lambda **options: new_page(bypass_csp=True, **options)


@pytest.fixture
def page(open_page):
    return open_page()


def settled(page):
    """Wait until a map, if there is one, has taken the place of its picture."""
    if page.locator("[data-city-map]").count():
        page.locator("[data-city-map]").first.scroll_into_view_if_needed()
        page.locator(".map--live").first.wait_for()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page, axe, kind):
    page.goto(address(kind))
    settled(page)

    assert not axe(page)


@pytest.mark.parametrize("language", ["el", "pl"])
@pytest.mark.parametrize(
    "kind", ["start page", "cities", "featured city", "network", "approaches", "approach"]
)
def test_axe_finds_nothing_in_the_dark_on_a_phone(open_page, axe, kind, language):
    page = open_page(viewport=PHONE, color_scheme="dark")
    page.goto(address(kind, language))
    settled(page)

    assert not axe(page)


def test_axe_finds_nothing_in_open_menus(open_page, axe):
    page = open_page(viewport=PHONE)
    page.goto(address("cities"))
    page.locator(".filter__summary").click()
    assert not axe(page)

    page.keyboard.press("Escape")
    page.locator(".language-switch summary").click()
    assert not axe(page)


def test_axe_finds_nothing_on_error_pages(page, axe):
    page.goto("/pl/atlantis/")

    assert page.locator("html").get_attribute("lang") == "pl"
    assert not axe(page)


def test_axe_finds_nothing_when_a_filter_finds_nothing(page, axe):
    page.goto(path("cities:list") + "?q=xyzzy&country=XX")

    assert page.locator(".empty").count() == 1
    assert not axe(page)
