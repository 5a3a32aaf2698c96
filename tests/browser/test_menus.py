"""Menus open and close as people expect, with and without scripts."""

from playwright.sync_api import expect

from tests.browser.kinds import address, path

MENU = ".language-switch"


def opened(page):
    return page.locator(f"{MENU}[open]")


def test_the_language_menu_closes_on_escape_and_gives_the_focus_back(page):
    page.goto(path("pages:about"))
    page.locator(f"{MENU} summary").click()
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    expect(opened(page)).to_have_count(0)
    expect(page.locator(f"{MENU} summary")).to_be_focused()


def test_the_language_menu_closes_when_one_turns_to_something_else(page):
    page.goto(path("pages:about"))
    page.locator(f"{MENU} summary").click()
    expect(opened(page)).to_have_count(1)

    page.locator("h1").click()

    expect(opened(page)).to_have_count(0)


def test_the_language_menu_closes_when_the_focus_leaves_it(page):
    page.goto(path("pages:about"))
    page.locator(f"{MENU} summary").click()

    page.locator(".header__search").focus()

    expect(opened(page)).to_have_count(0)


def test_languages_change_without_scripts_and_keep_the_filter(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"{path('cities:list')}?country=PL&page=1")

    page.locator(f"{MENU} summary").click()
    page.locator(f"{MENU}__menu a[hreflang=el]").click()

    page.wait_for_url(f"{path('cities:list', 'el')}?country=PL&page=1")
    assert page.locator("html").get_attribute("lang") == "el"


def test_the_language_menu_fits_a_small_phone(new_page):
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto(address("initiative", "el"))

    page.locator(f"{MENU} summary").click()

    box = page.locator(f"{MENU}__menu").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
