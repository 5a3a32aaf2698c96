"""Every kind of page, menu and dialog is free of what axe-core can find: light, dark and in the colours that a person
has chosen, wide and narrow, in all languages."""

import pytest

from tests.browser.conftest import AXE_COLOURS, AXE_TAGS
from tests.browser.kinds import KINDS, LANGUAGES, address, path
from tests.browser.maps import enter_map, live_map, settled

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SCHEMES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
# Each kind in another language; the kinds of a language are unlike each other.
LANGUAGE_OF = {kind: LANGUAGES[number % len(LANGUAGES)] for number, kind in enumerate(KINDS)}
GDANSK = {"latitude": 54.35, "longitude": 18.65}


@pytest.fixture
def open_page(new_page):
    """Pages without motion and without the security policy: axe-core sets inline styles to measure contrast, and
    colours on their way are neither the old nor the new ones. Other tests keep both."""
    return lambda **options: new_page(bypass_csp=True, reduced_motion="reduce", **options)


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def look(axe):
    """Looks at a page or a part of it as it stands, in all schemes of colours, and gives what is found as text:
    for everything in the first scheme, for what colours decide in the others."""

    def in_schemes(page, within="html"):
        found = []
        for name, scheme in SCHEMES.items():
            page.emulate_media(**scheme)
            if problems := axe(page, within, rules=() if name == "light" else AXE_COLOURS):
                found.append(f"{name}, {page.viewport_size['width']} px, {page.url}\n{problems}")
        return "\n".join(found)

    return in_schemes


def show_whole(page):
    """Wait until a map, if there is one, has taken the place of its picture."""
    if page.locator("[data-city-map]").count():
        live_map(page)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page, look, kind):
    page.goto(address(kind, LANGUAGE_OF[kind]))
    show_whole(page)
    assert not look(page)

    page.set_viewport_size(PHONE)
    settled(page)
    assert not look(page)


def test_axe_finds_nothing_among_the_components(page, axe, log_in_staff):
    log_in_staff(page)
    page.goto(path("pages:styleguide"))

    # The guide shows many searches and menus of the same name on one page; pages have one of each.
    assert not axe(page, tags=[tag for tag in AXE_TAGS if tag != "best-practice"])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_the_menu_of_languages(open_page, look, size):
    page = open_page(viewport=size)
    page.goto(address("approach", "pl"))

    page.locator(".language-switch summary").click()
    page.locator(".language-switch__menu").wait_for()

    # What the open menu lies on is no target meanwhile.
    assert not look(page, within=".language-switch")


def test_axe_finds_nothing_in_the_sheet_of_filters(open_page, look):
    page = open_page(viewport=PHONE)
    page.goto(address("filtered cities", "el"))

    page.locator(".filter__summary").click()
    page.get_by_role("dialog").wait_for()
    assert not look(page)

    page.locator("[data-live=facet-country] input[type=search]").fill("γαλλ")
    page.locator(".facet--finding").wait_for()
    assert not look(page)


def test_axe_finds_nothing_while_an_option_is_sought(page, look):
    page.goto(address("cities", "de"))
    country = page.locator("[data-live=facet-country]")

    country.locator("input[type=search]").fill("oster")
    assert not look(page)

    country.locator("input[type=search]").fill("xyzzy")
    assert not look(page)


def test_axe_finds_nothing_in_the_table_of_contents_of_a_phone(open_page, look):
    page = open_page(viewport=PHONE)
    page.goto(address("featured city", "it"))

    page.locator("[data-toc] summary").click()
    page.locator("[data-toc] a").first.wait_for()

    assert not look(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_beside_an_open_source(open_page, look, size):
    page = open_page(viewport=size)
    page.goto(address("featured city", "fr"))

    page.locator("main [data-cite]").first.click()
    page.locator(".cited").wait_for()

    assert not look(page)


def test_axe_finds_nothing_where_an_address_is_copied_by_hand(page, look):
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto(address("filtered approaches", "es"))

    page.locator("[data-copy]").click()
    page.locator(".tools__address input").wait_for()

    assert not look(page)


def test_axe_finds_nothing_on_the_map_that_somebody_has_entered(page, look):
    figure = live_map(page, path("cities:list", "pl") + "?country=PL")
    enter_map(page, figure)
    assert not look(page)

    figure.locator(".map-point", has_text="Gdańsk").focus()
    assert not look(page)

    page.keyboard.press("Enter")
    figure.locator(".map-card").wait_for()
    settled(page)
    assert not look(page)


def test_axe_finds_nothing_on_the_large_map_of_a_phone(open_page, look):
    page = open_page(viewport=PHONE)
    figure = live_map(page, address("start page", "el"))

    figure.locator("[data-do=large]").click()
    page.locator(".map--large").wait_for()
    settled(page)

    assert not look(page)


def test_axe_finds_nothing_where_the_visitor_is_located(open_page, look):
    page = open_page(geolocation=GDANSK, permissions=["geolocation"])
    figure = live_map(page, address("cities", "de"))

    figure.locator("[data-do=locate]").click()
    page.get_by_role("dialog").wait_for()
    assert not look(page)

    page.get_by_role("dialog").locator("button[value=yes]").click()
    figure.locator(".map__nearest a").first.wait_for()
    settled(page)
    assert not look(page)


def test_axe_finds_nothing_where_the_visitor_is_asked_for_streets(page, look, tiles):
    figure = live_map(page, address("cities", "fr"))

    figure.locator("[data-part=streets]").click()
    page.get_by_role("dialog").wait_for()

    assert not look(page)
